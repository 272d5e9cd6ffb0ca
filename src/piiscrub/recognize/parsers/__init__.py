"""Finders in code, for what a pattern cannot say: blocks with two ends, spans smaller than what decides about them.

A pack names one with ``parser = "<module>"``. Each module has ``find(text, pack)``, which reads the folded text in linear
time and yields ``(start, end, pattern name, check)``.
"""
