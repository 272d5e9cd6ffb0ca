r"""Cells of CSV and TSV that a spreadsheet would run as a formula get a leading ``'``, and lose it again on restore.

Meant are text cells that begin, after white space, with ``=``, ``@``, a tab or a carriage return (also full-width), or with
``+`` or ``-`` where no number or phone follows. A cell that begins with ``'`` before such a sign gets another one, so that
taking one off always gives the cell as it was. https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_SPACE = "[\\s\ufeff\u200b-\u200d\u2060]*"
_RISKY = re.compile(
    rf"'*(?:{_SPACE}[=@＝＠]|{_SPACE}[\t\r]"
    rf"|{_SPACE}[+\-＋－](?!{_SPACE}[(（]?\d[\d\s().,\-（）]*(?:[eE][+-]?\d+)?\s*%?\Z))"
)
# RE2, over a whole column at once: what may be risky. Its \s knows ASCII only.
_SUSPECT = r"^'*[\s\p{Z}\x{feff}\x{200b}-\x{200d}\x{2060}\v\x1c-\x1f\x{85}]*[=@＝＠+\-＋－]|^'*[\s\p{Z}\x{feff}\x{200b}-\x{200d}\x{2060}\v\x1c-\x1f\x{85}]*[\t\r]"  # noqa: E501  # one expression


def defused(text: str) -> str:
    """The cell as it may be written.

    >>> defused("=1+1"), defused("+86 138-0013-8000"), defused("-3.5%"), defused("-1+cmd|x")
    ("'=1+1", '+86 138-0013-8000', '-3.5%', "'-1+cmd|x")
    """
    return "'" + text if _RISKY.match(text) else text


def restored(text: str) -> str:
    """The cell as it was before ``defused``.

    >>> restored("'=1+1"), restored("'tis"), restored(defused("'=x"))
    ('=1+1', "'tis", "'=x")
    """
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text


def defuse(column: pa.Array, written: Sequence[bool] | None = None) -> tuple[pa.Array, int]:
    """A column of text with every risky cell defused, and how many those were.

    ``written`` says which cells are ours; without it, all of them are looked at.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_string(column.type) and not pa.types.is_large_string(column.type):
        return column, 0
    suspects = pc.indices_nonzero(pc.fill_null(pc.match_substring_regex(column, _SUSPECT), False)).to_pylist()
    mine = suspects if written is None else [at for at in suspects if written[at]]
    if not mine:
        return column, 0
    cells = column.to_pylist()
    count = 0
    for at in mine:
        safe = defused(cells[at])
        count += safe != cells[at]
        cells[at] = safe
    return pa.array(cells, column.type), count
