"""Quality: what is found of what should be, and what is found that should not be. ``python -m benchmarks.quality``."""
