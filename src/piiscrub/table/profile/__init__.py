"""What each column of a table holds: by its header, its values and its neighbours; and when that cannot be told."""
