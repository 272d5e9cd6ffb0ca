"""Presidio, both ways: ours in theirs, theirs in ours, and theirs faster. Imported only by who asks for it."""
