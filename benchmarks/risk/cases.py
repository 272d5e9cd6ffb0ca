"""The tables both sides measure: made by a generator of two lines, the same on every machine. Standard library only."""

from __future__ import annotations

from collections.abc import Iterator

QUASI = ("q1", "q2", "q3")
NUMBER, WORD = "number", "word"
CASES = tuple(range(10))


def _chance(seed: int) -> Iterator[int]:
    """Numbers below 2^31: the generator of Lehmer with the constants of Park and Miller."""
    state = seed * 7919 % 2147483647 or 1
    while True:
        state = state * 48271 % 2147483647
        yield state


def case(number: int, rows: int = 0) -> dict[str, list[object]]:
    """A table: three quasi-identifiers, a sensitive number and a sensitive word. Rarer values are of higher codes."""
    rows = rows or (20, 60, 200, 400, 40, 120, 300, 500, 90, 250)[number]
    sizes = ((2, 2, 1), (2, 2, 1), (3, 2, 1), (4, 2, 1), (2, 1, 1), (3, 2, 1), (4, 3, 2), (3, 3, 3), (2, 2, 1), (4, 3, 1))[number]
    chance = _chance(number + 1)
    table: dict[str, list[object]] = {}
    for name, size in zip(QUASI, sizes, strict=True):
        table[name] = [_skewed(next(chance), size) for _ in range(rows)]
    table["q3"] = [f"v{value}" for value in table["q3"]]
    table[NUMBER] = [(1, 2, 3, 5, 8, 13, 21)[_skewed(next(chance), 3 + number % 5)] for _ in range(rows)]
    table[WORD] = [f"w{_skewed(next(chance), 2 + number % 4)}" for _ in range(rows)]
    return table


def large(rows: int, columns: int = 4) -> dict[str, list[int]]:
    """Columns of 72, 7, 16 and 7 values, for timing."""
    chance = _chance(99)
    return {f"q{at + 1}": [_skewed(next(chance), size) for _ in range(rows)] for at, size in enumerate((72, 7, 16, 7)[:columns])}


def _skewed(draw: int, size: int) -> int:
    """Half of the draws fall evenly, half on the first third."""
    return draw % size if draw & 1024 else draw % max(1, size // 3)
