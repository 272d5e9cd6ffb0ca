"""What happens to a value: small frozen callables, checked when they are built.

One operator, one file; ``protocol.py`` says what an operator is. Their names are registered in ``registry/operators.py``.
"""
