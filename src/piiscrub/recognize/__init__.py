"""What is there? Recognizers report everything they see; nothing is decided here."""
