"""What the keyed operators cost, and how often their results meet."""
