"""Which texts hold digits in odd company: letters that look like one, Chinese numerals, a bar or the end of a line between.

A number that arrived damaged or disguised (parse/disguised.py) shows by that. Its label stands in half of all texts, so by
the label alone nearly every text would be searched.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from piiscrub.parse.disguised import ALIKE, NUMERALS
from piiscrub.recognize.together import Together
from piiscrub.text.classes import LONG
from piiscrub.text.late import late

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FIGURES = "0123456789"
_JOINTS = "\r\n|，。…、*_~·"  # between groups
_SINGLES = "-~*·|_"  # between single figures
SETS = (ALIKE + NUMERALS, _FIGURES + NUMERALS, _JOINTS, _SINGLES)
"""The sets of characters for the last four of the eight bits of ``Together.marks``: a numeral has two."""

_ALIKE, _FIGURE, _NUMERAL, _JOINT, _SINGLE = 0x10, 0x20, 0x30, 0x40, 0x80
_CODES = 0xF0

# From a digit on, so that a search passes over everything else at the price of one look.
_ODD = late(
    rf"[0-9{NUMERALS}](?:(?<=[0-9])(?:[{NUMERALS}]|[{ALIKE}]{{1,8}}(?![A-Za-z])|[{_SINGLES}][0-9][{_SINGLES}][0-9])"
    rf"|(?<=[{NUMERALS}])(?:[0-9]|[{NUMERALS}]{{2}})"
    rf"|(?<=[{ALIKE}][0-9])(?:(?<![A-Za-z]..)|(?<=[{ALIKE}]{{2}}[0-9])(?<![A-Za-z]...))"
    r"|(?<=[0-9]{2})(?:\r?\n|[|，。…、*_~·])[0-9]{2})"
)


def texts_with(together: Together) -> Iterable[int]:
    """The positions of the texts with such digits; all of them are told at once where the sets of their characters are known."""
    marks = _of_ascii(together) if together.marks is None else together.marks
    if marks is None:
        maybe: Iterable[int] = range(len(together.readings))
    else:
        maybe = {together.place(at)[0] for at in _hints(marks).tolist()}
    return (position for position in maybe if _ODD.search(together.readings[position].text))


def _hints(marks: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Where a digit may be in odd company."""
    import numpy as np

    codes = marks & _CODES
    one, two = codes[:-1], codes[1:]
    met = (one != two) & (np.minimum(one, two) > 0)  # something of these and something else
    met |= (one & two) == _NUMERAL
    at = met.nonzero()[0]
    before, own, behind, second, third = (codes.take(at + step, mode="clip") for step in range(-1, 4))
    beside = (own <= _NUMERAL) & (behind <= _NUMERAL) & (own != behind)
    numerals = (own == _NUMERAL) & (behind == _NUMERAL) & (second == _NUMERAL)
    next_one = (second == _FIGURE) | (second & _JOINT > 0) & (third == _FIGURE)  # behind one sign, or the two of a line's end
    groups = (own == _FIGURE) & (before == _FIGURE) & (behind & _JOINT > 0) & next_one
    singles = (own == _FIGURE) & (behind & _SINGLE > 0) & (second == _FIGURE) & (third & _SINGLE > 0)
    found: NDArray[np.intp] = at[beside | numerals | groups | singles]
    return found


def _of_ascii(together: Together) -> NDArray[np.uint8] | None:
    """The sets of the characters of long ASCII text; None where a search costs less."""
    if len(together.plain) < LONG or not together.text.isascii() or "numpy" not in sys.modules:
        return None
    import numpy as np

    return _ascii_table().take(np.frombuffer(together.plain, np.uint8))


@cache
def _ascii_table() -> NDArray[np.uint8]:
    import numpy as np

    bits = [sum(1 << bit for bit, signs in enumerate(SETS, 4) if chr(code) in signs) for code in range(128)]
    return np.array(bits, np.uint8)
