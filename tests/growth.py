"""How the time of a call grows with its text: a ratio within one run, for machines differ and other work runs beside.

CPU seconds, not those of the clock on the wall. The long call comes first, so what the first of all pays alone is its; and what
seems to grow is measured again, for another program takes caches away in passing.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

TIMES = 8  # time in proportion to the text gives 8, time in proportion to its square 64
LINEAR = 20.0  # caches and allocation make a long text dearer than its share
TURNS = 3
_SHORTEST = 0.002  # below this the clock measures itself


def growth(call: Callable[[int], object], size: int) -> float:
    """CPU seconds of ``call(size)`` over those of ``call(size // TIMES)``, each the best of as many turns as LINEAR takes."""
    return ratio(lambda: call(size), lambda: call(size // TIMES), LINEAR)


def ratio(call: Callable[[], object], beside: Callable[[], object], most: float) -> float:
    """CPU seconds of ``call`` over those of ``beside``, each the best of up to TURNS turns; the first below ``most`` is said."""
    one = other = found = math.inf
    for _ in range(TURNS):
        one = min(one, seconds(call))
        other = min(other, seconds(beside), seconds(beside))
        found = one / max(other, _SHORTEST)
        if found < most:
            break
    return found


def seconds(call: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    begin = time.process_time()
    call()
    return time.process_time() - begin
