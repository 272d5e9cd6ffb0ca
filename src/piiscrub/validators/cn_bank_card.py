"""银行卡号, number of a card issued in mainland China: UnionPay 62 and 81, old domestic 9xxxxx, dual-brand cards.

16 digits (credit) to 19 (debit), Luhn check digit; ranges are data (reference/card_ranges.tsv, scope cn and both).
Confidence H for Luhn, M for the ranges (JR/T 0008-2000 was not seen).

>>> validate("6222 0282 4591 5102 258")
'6222028245915102258'
>>> is_valid("9558809556697648030")
True
>>> validate("6222028245915102259")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("1000009378767718")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: No card of the mainland uses this range and length.
"""

from __future__ import annotations

from piiscrub.validators._base import strip
from piiscrub.validators._cards import in_range, is_in_range


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength, InvalidChecksum or InvalidComponent."""
    return in_range(number, "cn", "No card of the mainland uses this range and length.")


def is_valid(number: str) -> bool:
    """Whether a card of the mainland can have this number; the range is asked first."""
    return is_in_range(number, "cn")
