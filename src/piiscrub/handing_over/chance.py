"""Which short numbers of a kept column may rightly equal one that was taken out elsewhere.

The rule is that a number of six digits or more that was taken out fails a hand-over wherever it stands. Numbers of six and seven
digits meet by chance: in a table of a million rows an amount is somebody's postcode, an order has the number of a customer.
They pass (counted, and looked at in their own row) only where chance explains them; a number that is a stranger in its column
does not.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow.compute as pc

from piiscrub.handing_over.remembering import SHORT, Column, Mask

_USUAL = 0.1
"""Share of a column's different values from which numbers of a length are at home in it: running numbers, codes."""
_RARE = 1e-4
"""Numbers of a length that would be met by chance if all were equally likely; below this one that is met is no chance."""
_SUM = r"^\s*[-+]?[\d,]{1,15}\.\d{1,4}\s*$"


def by_chance(values: Column, bad: Mask, removed: Mapping[int, int]) -> Mask:
    """Which of the ``bad`` values are plain numbers that chance explains.

    Args:
        values: the different values of the column in this batch.
        bad: those that equal, or hold, one that was taken out.
        removed: how many plain numbers of each length were taken out.

    >>> amounts = Column(["123456", *(str(n) for n in range(200_000, 200_100))])
    >>> stranger = Column(["123456", *(str(n) for n in range(100))])
    >>> only = np.array([True] + [False] * 100)
    >>> [bool(by_chance(one, only, {6: 50})[0]) for one in (amounts, stranger)]
    [True, False]
    """
    digits, lengths = values.digits(), values.lengths()
    short = np.asarray(bad & (digits == lengths) & (lengths < SHORT))
    if not short.any():
        return short
    sums = np.asarray(pc.match_substring_regex(values.texts, _SUM))
    for length in set(lengths[short].tolist()):
        own = (digits == lengths) & (lengths == length)
        held = int(own.sum())
        expected = held * removed.get(length, 0) / (9 * 10 ** (length - 1))
        if expected < _RARE and held < max(_USUAL * len(values), 2):
            short = np.asarray(short & (~own | sums))  # a sum of money with its fraction is no code, wherever it stands
    return short
