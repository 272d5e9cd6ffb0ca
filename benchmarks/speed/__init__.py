"""Speed: throughput, start-up, memory, hostile input. ``python -m benchmarks.speed``."""
