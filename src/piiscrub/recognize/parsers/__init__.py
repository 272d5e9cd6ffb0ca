"""Finders in code, for what a pattern cannot say: blocks with two ends, spans smaller than what decides about them.

A pack names one with ``parser = "<module>"``. Each module has ``find(text, numbers)``, which reads the folded text in linear
time and yields ``(start, end, pattern name, check)``. ``numbers`` are the places where small numbers begin; None: not
looked for yet. A text without any of the module's ``NEEDS`` holds none, if it names some; the engine then does not ask. What
is none but a small number needs no word: such a module has ``at_numbers(text, numbers)`` for the other texts.
"""
