"""One person, one pseudonym: a generated hand-over, and how many mentions of a person stay that person."""
