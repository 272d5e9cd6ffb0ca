"""Names to things: recognizers, operators, policies. Unknown names fail with the nearest right one."""
