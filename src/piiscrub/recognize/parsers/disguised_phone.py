"""A phone number damaged or disguised behind a word for telephone: 138-OO13-8OOO, 138 呃 0013 8000, (2l2) 555-0l43.

A mobile number of an assigned segment, a landline with its area code, or ten digits as North America gives them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from piiscrub.model.finding import Check
from piiscrub.parse.disguised import behind, in_front, labels
from piiscrub.parse.read_out import is_american
from piiscrub.validators import cn_landline, cn_mobile

_LABELS = (
    "电话", "手机", "座机", "号码", "联系", "拨打", "致电", "打给", "回电", "来电", "同号", "phone", "Phone", "mobile", "Mobile",
    "Tel", "tel", "cell", "Cell", "call", "Call", "number is", "Contact", "contact", "reach me", "WhatsApp", "whatsapp",
)  # fmt: skip
_BEHIND = ("加我", "找我")
NEEDS = (*_LABELS, *_BEHIND)
_SEARCH = labels(_LABELS)


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every number so written.

    >>> text = "电话138-OO13-8OOO，my phone is 212, uh, 555, um, 0143，手机 138|0013|80"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['138-OO13-8OOO', '212, uh, 555, um, 0143']
    """
    for start, end, number in chain(behind(text, _SEARCH), in_front(text, _BEHIND)):
        if cn_mobile.is_valid(number) or is_american(number) or (number[0] == "0" and cn_landline.is_valid(number)):
            yield start, end, "disguised", "passed"
