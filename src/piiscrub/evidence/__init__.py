"""What was done, with what, under which rules: counts, versions and hashes, never a value."""
