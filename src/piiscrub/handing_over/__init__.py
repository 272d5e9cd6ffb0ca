"""Hand over and prove: what leaves goes into a signed bundle, what stays into a record; anybody can verify the bundle."""
