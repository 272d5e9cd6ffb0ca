"""Checks: one module per kind of number, pure, no state.

Every module has ``compact`` (separators away), ``validate`` (returns the compact number or raises) and ``is_valid``.
A pack names its check by module name. No exception of this room ever holds the number.
"""
