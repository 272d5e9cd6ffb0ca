"""A card number damaged or disguised behind its label, or read out: 4111 1111|1111 1111, card number four one one one ….

The check digit is asked for, and the range of a network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.parse.disguised import SPOKEN, behind, labels

_LABELS = ("卡号", "银行卡", "信用卡", "储蓄卡", "card", "Card")
NEEDS = SPOKEN
ODD_DIGITS = True
_SHORTEST = 13  # digits


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    r"""Every number so written.

    >>> text = "card number: four-one-one-one 1111 1111 1111，卡号4111 1111\n1111 1112"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['four-one-one-one 1111 1111 1111']
    """
    from piiscrub.validators import card_number, payment_card  # loaded with the first text that may hold one

    for start, end, number in behind(text, labels(_LABELS)):
        if len(number) >= _SHORTEST and card_number.is_valid(number) and payment_card.is_valid(number):
            yield start, end, "disguised", "passed"
