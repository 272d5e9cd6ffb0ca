r"""Named edges of a match.

A Han character is a letter to ``\b`` in Python, so ``\b`` finds no edge in 身份证11010519491231002X. Packs name an edge
instead, and the names live here only. All look-behinds have a fixed width, as the ``re`` module asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Boundary(NamedTuple):
    """Look-around sources placed before and after a pattern.

    ``worded``: nor does a word stand before that makes a dotted number a section or a version. These words are in a table,
    which this room does not read: whoever compiles the edge adds them by ``not_behind``.
    """

    left: str
    right: str
    worded: bool = False


_ALNUM_LEFT = "(?<![0-9A-Za-z])"
_ALNUM_RIGHT = "(?![0-9A-Za-z])"


def not_behind(words: Sequence[str], joint: str = "") -> str:
    """Look-behinds for what no word and joint stand right before; most places are told by the last letter alone.

    >>> not_behind(("Step", "Rule"), " ")
    '(?:(?<![ep] )|(?<!Step )(?<!Rule ))'
    """
    last = "".join(sorted({word[-1] for word in words}))
    return f"(?:(?<![{last}]{joint})|{''.join(f'(?<!{word}{joint})' for word in words)})"


BOUNDARIES: dict[str, Boundary] = {
    # No ASCII letter or digit touches.
    "alnum": Boundary(_ALNUM_LEFT, _ALNUM_RIGHT),
    # alnum, and not part of a decimal, version, object id or UUID (rule book G6).
    "number": Boundary(
        _ALNUM_LEFT + r"(?<![0-9][.#\-])(?<![0-9A-Fa-f]{4}-)",
        _ALNUM_RIGHT + r"(?![.][0-9])",
    ),
    # number, and no further group of digits follows either: for values that look like the front of a longer one.
    "group": Boundary(
        _ALNUM_LEFT + r"(?<![0-9][.#\- /,:])(?<![0-9A-Fa-f]{4}-)",
        _ALNUM_RIGHT + r"(?![.\-/,:][0-9])",
    ),
    # group, but for what may be another value of the same row: a comma, a space behind a long number, date or amount, a stroke
    # beside a long number (2024-03-05 4111 …, 13800138000/138 0013 8000). For values that a check or their form makes certain.
    "cell": Boundary(
        _ALNUM_LEFT
        + r"(?<![0-9][.#\-:])(?<![0-9A-Fa-f]{4}-)"
        + r"(?:(?<![0-9][ /])|"  # nearly always
        + "".join(rf"(?<![^0-9./:\-][0-9]{{{n}}} )(?<!\A[0-9]{{{n}}} )" for n in range(1, 7))
        + "".join(rf"(?<![^0-9\-][0-9]{{{n}}}/)(?<!\A[0-9]{{{n}}}/)" for n in range(1, 5))
        + ")",
        _ALNUM_RIGHT + r"(?![.\-:][0-9])(?!/[0-9]{1,4}(?![0-9]|[ \-][0-9]{3}))",
    ),
    # An identifier in the programming sense: _ and - belong to it.
    "word": Boundary("(?<![0-9A-Za-z_-])", "(?![0-9A-Za-z_-])"),
    # What may stand in the local part or the domain of an address belongs to it.
    "email": Boundary(r"(?<![0-9A-Za-z._%+\-])", r"(?![0-9A-Za-z\-])(?![.][0-9A-Za-z])"),
    # A dotted number: neither digits nor a dot with a digit touch; 第 makes it a section (第3.2.1.4节).
    "dotted": Boundary(r"(?<![0-9A-Za-z第])(?<![0-9]\.)", r"(?![0-9A-Za-z])(?![.][0-9])"),
    # dotted, and no section, version or object id by the word right before it or behind it (section 4.5.6.7, 4.5.6.7条), and no
    # network of 256 addresses or more (10.0.0.0/8).
    "address": Boundary(
        r"(?<![0-9A-Za-z第])(?<![0-9]\.)(?<!§)(?<!§ )",
        r"(?![0-9A-Za-z])(?![.][0-9])(?![条條款章]|[节節](?!点|點)|/(?<=\.0/)(?:[89]|1[0-9]|2[0-4])(?![0-9]))",
        worded=True,
    ),
    # Groups of hexadecimal digits with colons between. A colon before is a label's (MAC:00:…) unless a group stands before it.
    "colon": Boundary(
        r"(?<![0-9A-Za-z.])(?<!::)" + "".join(rf"(?<![^0-9A-Za-z][0-9A-Fa-f]{{{n}}}:)" for n in (1, 2, 3, 4)),
        r"(?![0-9A-Za-z:])(?![.][0-9])",
    ),
    # No star touches: masked values.
    "star": Boundary(r"(?<![0-9A-Za-z*])", r"(?![0-9A-Za-z*])"),
    # Chinese words that end their clause: no Han character follows.
    "clause": Boundary(_ALNUM_LEFT, "(?![0-9A-Za-z一-龥])"),
    # Nothing else in the text, but for white space behind.
    "whole": Boundary(r"(?:\A|(?<=\A\s))", r"(?!\s*\S)"),
    "none": Boundary("", ""),
}
