"""Frames of others: pandas, polars and Arrow in, the same out; ``df.pii``. Importing this package loads none of them."""
