"""Keys: the ring, keys bound to a recipient and a purpose, chance from a key, the vault."""
