"""Words whose characters stand apart: 姓 名：张 三 丰, 住 址：北 京 市 朝 阳 区, 出 生 1 9 9 0 年 1 月 2 日.

Forms set labels so, text recognition reads stamps and headings so, and whoever evades filters types so. No Chinese word has a
space in it: three characters and more at one distance, or two before a colon, are read without. 男 and 女 stay apart: in a row
of particulars they are a cell of their own (男 汉 未婚).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from piiscrub.text.late import late

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = "[\u3007\u4e00-\u9fff]"
_HAN = "[\u3007\u4e00-\u5972\u5974-\u7536\u7538-\u9fff]"  # all but 女 and 男
_PART = f"(?:{_HAN}|[0-9])"
_MOST = 8  # digits between two of them: those of a day or a house; a longer row has patterns of its own
# From the first space on: a search for one character runs at memory speed.
_FIRST = re.compile(f" (?<={_HAN} )(?<!{_WORD}. ) {{0,3}}(?={_PART}[ :：])")
_RUN = late(f"(?P<gap> {{1,3}})(?:[0-9](?P=gap)){{0,{_MOST}}}{_HAN}(?:(?:(?P=gap)[0-9]){{0,{_MOST}}}(?P=gap){_HAN})*(?!{_WORD})")
_PAIR = late(f" {{1,4}}{_HAN}(?= ?[:：])")
_LABEL = late(" ?[:：]")


SETS = ("".join(map(chr, (0x3007, *range(0x4E00, 0xA000)))), " ", ":：", "0123456789")
"""The sets of characters that tell for many texts at once where a word may be spread."""

_IS_WORD, _IS_SPACE, _IS_COLON, _IS_FIGURE = 1, 2, 4, 8


def hints(marks: NDArray[np.integer[Any]]) -> NDArray[np.intp]:
    """Where spaces may stand within a word, by the sets that each character belongs to: one to four before a single character."""
    import numpy as np

    at = ((marks[:-1] & _IS_WORD) & (marks[1:] >> 1)).astype(bool).nonzero()[0]
    found = []
    for step in range(2, 6):
        one, behind = (marks.take(at + steps, mode="clip") for steps in (step, step + 1))
        single = (one & (_IS_WORD | _IS_FIGURE) > 0) & (behind & (_IS_SPACE | _IS_COLON) > 0)
        found.append(at[single])
        at = at[one & _IS_SPACE > 0]
    return np.concatenate(found)


def spread_spaces(text: str) -> list[int]:
    """The places of the spaces that stand within words; what stands before a label's two characters is none of it.

    >>> text = "姓 名：张 三 丰 性 别：男 族：汉"
    >>> spaces = spread_spaces(text)
    >>> "".join(ch for at, ch in enumerate(text) if at not in spaces)
    '姓名：张三丰 性别：男 族：汉'
    """
    places: list[int] = []
    for first in _FIRST.finditer(text):
        start = first.start()
        if places and start <= places[-1]:
            continue
        run = _RUN.match(text, start)
        gap = len(run["gap"]) if run else 0
        if run is None or run.end() - start < 2 * gap + 2:  # two characters
            run, gap = _PAIR.match(text, start), 0
        if run is None:
            continue
        spaces = [at for at in range(start, run.end()) if text[at] == " "]
        if text[start - 2 : start - 1] in (":", "：") and _LABEL.match(text, run.end()):
            del spaces[len(spaces) - 2 * gap : len(spaces) - gap]
        places += spaces
    return places
