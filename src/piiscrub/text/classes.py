"""Where characters of some sets stand in a long text.

A search for one of many characters asks about each that it meets, at some sixty instructions; a look into a table of numpy's
takes a quarter of that for all sets together. Loading numpy takes as long as searching some megabytes, so a text is searched
where nobody has loaded it, and short ones in any case.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONG = 30_000
"""Characters from which on a table is asked."""

_BLOCK = 1_000_000  # characters looked up together: thirteen bytes each are held meanwhile
_BEYOND = 0x10000


class Classes:
    """Up to eight sets of characters, a bit each, the first one 1. All characters beyond the basic plane count as one."""

    def __init__(self, *sets: Collection[str]) -> None:
        self._sets = sets

    def marks(self, text: str, *, load: bool = False) -> NDArray[np.uint8] | None:
        """The sets that each character belongs to, as bits; None where a search costs less: a short text, or one in ASCII.

        ``load``: numpy may be loaded for it, since more texts are to come.

        >>> import numpy
        >>> Classes("一二", "二三").marks("一二三四" * 20_000)[:4].tolist()
        [1, 3, 2, 0]
        """
        if len(text) < LONG or text.isascii() or not (load or "numpy" in sys.modules):
            return None
        import numpy as np

        marks = np.empty(len(text), np.uint8)
        for at in range(0, len(text), _BLOCK):
            codes = np.array(text[at : at + _BLOCK]).reshape(1).view(np.uint32)
            self._table.take(codes, mode="clip", out=marks[at : at + _BLOCK])
        return marks

    @cached_property
    def _table(self) -> NDArray[np.uint8]:
        import numpy as np

        table = np.zeros(_BEYOND + 1, np.uint8)
        for number, characters in enumerate(self._sets):
            table[[min(ord(one), _BEYOND) for one in characters]] |= 1 << number
        return table


def places(marks: NDArray[np.integer[Any]]) -> NDArray[np.intp]:
    """Where there is any; numpy finds truths at a fifth of the price of numbers.

    >>> import numpy
    >>> places(numpy.array([0, 2, 0, 1], numpy.uint8)).tolist()
    [1, 3]
    """
    return marks.astype(bool).nonzero()[0]


def texts_at(found: NDArray[np.intp], texts: Iterable[str], *, apart: int = 1) -> set[int]:
    r"""The numbers of the texts that hold one of these places, where ``"\n".join(texts)`` was looked at.

    ``apart``: characters between two texts.

    >>> import numpy
    >>> texts_at(numpy.array([1, 7]), ["ab", "cd", "ef"])
    {0, 2}
    """
    ends: Sequence[int] = list(accumulate(len(text) + apart for text in texts)) if len(found) else ()
    return {bisect_right(ends, place) for place in found.tolist()}
