"""A bank card's number read out in Chinese numerals with pauses: 六二二二，零二零零，零零零零，零零零零，零零零.

Sixteen to nineteen digits of which the check digit is right; right behind its label a digit may be misheard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.parse.read_out import read_out
from piiscrub.validators import cn_bank_card

NEEDS = ("零", "〇", "○", "幺")  # no such number without a zero or a one is likely
_LABELS = ("卡号", "账号", "账户", "帐号", "张卡", "银行卡", "储蓄卡", "的卡")
_SHORTEST, _LONGEST, _REACH = 16, 19, 14


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every number so written.

    >>> text = "卡号是六二二二，零二零零，零零零零，零零零零，零零零，对吧"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['六二二二，零二零零，零零零零，零零零零，零零零']
    """
    for start, end, number in read_out(text):
        if not _SHORTEST <= len(number) <= _LONGEST:
            continue
        if cn_bank_card.is_valid(number):
            yield start, end, "read out", "passed"
        elif any(text.find(label, max(0, start - _REACH), start) >= 0 for label in _LABELS):
            yield start, end, "misheard", "none"
