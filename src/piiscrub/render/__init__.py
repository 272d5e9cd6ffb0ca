"""What people read: the wording in two languages, stand-ins for values, and the only HTML."""
