"""Measures of piiscrub: quality (what is found, what is found wrongly) and speed. See README.md for the commands."""
