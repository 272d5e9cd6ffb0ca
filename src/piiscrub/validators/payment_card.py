"""Payment card number (ISO/IEC 7812-1): range of a network, a length it uses, Luhn check digit.

Ranges are data (reference/card_ranges.tsv): Visa, Mastercard, American Express, Diners, JCB, Discover, UnionPay, Maestro.
Up to 19 digits. Confidence H for Luhn, M for the ranges. Beside a card word the range does not matter: see ``card_number``.

>>> validate("4111 1111 1111 1111")
'4111111111111111'
>>> brands("6212 0090 8642 5068 140")
('unionpay', 'maestro')
>>> validate("4111 1111 1111 1112")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("1234567812345670")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: No card network uses this range and length.
"""

from __future__ import annotations

from piiscrub.reference import cards
from piiscrub.validators._base import strip
from piiscrub.validators._cards import in_range, is_in_range


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength, InvalidChecksum or InvalidComponent."""
    return in_range(number, "world", "No card network uses this range and length.")


def is_valid(number: str) -> bool:
    """Whether a card network uses this range and length and the check digit fits; the range is asked first."""
    return is_in_range(number, "world")


def brands(number: str) -> tuple[str, ...]:
    """The networks the number may belong to; raises as ``validate`` does."""
    return cards.brands()[validate(number)[:4]]
