"""An identity number read out in Chinese numerals with pauses: 幺幺零幺零五，幺九四九幺二三幺，零零二X.

Region, birth date and check digit are asked for, so no word beside it is; right behind its label a digit may be misheard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.parse.read_out import read_out
from piiscrub.validators import birth_date, cn_id_card

NEEDS = ("幺", "零", "〇", "○")  # no such number without a zero is likely


_LABELS = ("身份证", "证件号", "身份号")
_DIGITS, _REACH = 18, 12


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every number so written.

    >>> text = "身份证是幺幺零幺零五，幺九四九，幺二三幺，零零二X"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['幺幺零幺零五，幺九四九，幺二三幺，零零二X']
    """
    for start, end, number in read_out(text):
        if cn_id_card.is_valid(number):
            yield start, end, "read out", "passed"
        elif len(number) == _DIGITS and birth_date.is_valid(number[6:14]):
            low = max(0, start - _REACH)
            if any(text.find(label, low, start) >= 0 for label in _LABELS):
                yield start, end, "misheard", "none"
