"""Tables on Arrow columns: each distinct value is examined and changed once, and taken back by its code."""
