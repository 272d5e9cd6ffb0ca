"""How the time of a call grows with its text: a ratio within one run, for machines differ and other work runs beside."""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES = 8  # time in proportion to the text gives 8, time in proportion to its square 64
LINEAR = 20.0  # caches and allocation make a long text dearer than its share
_SHORTEST = 0.002  # below this the clock measures itself


def growth(call: Callable[[int], object], size: int) -> float:
    """CPU seconds of ``call(size)`` over those of ``call(size // TIMES)``, each the best of three by turns."""
    short, long = [], []
    for _ in range(3):
        short.append(_seconds(call, size // TIMES))
        long.append(_seconds(call, size))
    return min(long) / max(min(short), _SHORTEST)


def _seconds(call: Callable[[int], object], size: int) -> float:
    begin = time.process_time()
    call(size)
    return time.process_time() - begin
