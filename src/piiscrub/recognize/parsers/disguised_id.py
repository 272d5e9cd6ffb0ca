r"""An identity number damaged or disguised behind its label: 11010519491231\n002X, 11O1O5 1949 l231 002X.

Region, birth date and check character are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.parse.disguised import SPOKEN, behind, labels

_LABELS = ("身份证", "证件号", "身份号", "ID card", "ID Card", "ID number", "ID Number", "ID no", "ID No", "id card", "id number")
NEEDS = SPOKEN
ODD_DIGITS = True


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    r"""Every number so written.

    >>> text = "身份证号11O1O519491231\n002X"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['11O1O519491231\n002X']
    """
    from piiscrub.validators import cn_id_card  # loaded with the first text that may hold one

    for start, end, number in behind(text, labels(_LABELS)):
        if cn_id_card.is_valid(number):
            yield start, end, "disguised", "passed"
