"""What happens to every column for a purpose and a recipient: made from a profile, saved to be read, compared, checked."""
