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
from piiscrub.validators import luhn
from piiscrub.validators._base import InvalidComponent, strip
from piiscrub.validators.card_number import is_identity_card

_NONE: frozenset[int] = frozenset()


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength, InvalidChecksum or InvalidComponent."""
    number = luhn.validate(number)
    if len(number) not in cards.lengths("world").get(number[:4], _NONE):
        raise InvalidComponent("No card network uses this range and length.")
    if is_identity_card(number):
        raise InvalidComponent("The number is that of an identity card.")
    return number


def is_valid(number: str) -> bool:
    """Whether a card network uses this range and length and the check digit fits; the range is asked first."""
    if not number.isdigit():
        number = compact(number)
    return (
        len(number) in cards.lengths("world").get(number[:4], _NONE)
        and number.isascii()
        and number.isdigit()
        and not luhn.checksum(number)
        and not is_identity_card(number)
    )


def brands(number: str) -> tuple[str, ...]:
    """The networks the number may belong to; raises as ``validate`` does."""
    return cards.brands()[validate(number)[:4]]
