"""Hand-over measured end to end: speed and memory, planted leaks, clean runs, crashes, values in evidence."""
