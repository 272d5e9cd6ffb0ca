"""A mobile number of the mainland damaged or disguised behind a word for telephone: 138-OO13-8OOO, 138 呃 0013 8000.

Eleven digits of an assigned segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from piiscrub.model.finding import Check
from piiscrub.parse.disguised import SPOKEN, behind, in_front, labels

_LABELS = (
    "电话", "手机", "号码", "联系", "拨打", "致电", "打给", "回电", "来电", "同号", "phone", "Phone", "mobile", "Mobile",
    "Tel", "tel", "cell", "Cell", "call", "Call", "number is", "Contact", "contact", "reach me", "WhatsApp", "whatsapp",
)  # fmt: skip
_BEHIND = ("加我", "找我")
NEEDS = SPOKEN
ODD_DIGITS = True


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every number so written.

    >>> text = "电话138-OO13-8OOO，手机 138|0013|80"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['138-OO13-8OOO']
    """
    from piiscrub.validators import cn_mobile  # loaded with the first text that may hold one

    for start, end, number in chain(behind(text, labels(_LABELS, "1")), in_front(text, _BEHIND)):
        if cn_mobile.is_valid(number):
            yield start, end, "disguised", "passed"
