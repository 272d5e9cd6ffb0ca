"""What the card validators share: the range and length of a scope, the check digit, and that it is no identity card."""

from __future__ import annotations

from piiscrub.reference import cards
from piiscrub.validators import luhn
from piiscrub.validators._base import InvalidComponent, strip
from piiscrub.validators.card_number import is_identity_card

_NONE: frozenset[int] = frozenset()


def in_range(number: str, scope: str, otherwise: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength, InvalidChecksum or InvalidComponent."""
    number = luhn.validate(number)
    if len(number) not in cards.lengths(scope).get(number[:4], _NONE):
        raise InvalidComponent(otherwise)
    if is_identity_card(number):
        raise InvalidComponent("The number is that of an identity card.")
    return number


def is_in_range(number: str, scope: str) -> bool:
    """The same as a yes or no, without exceptions; the range is asked first, for most numbers fail there."""
    if not number.isdigit():
        number = strip(number)
    return (
        len(number) in cards.lengths(scope).get(number[:4], _NONE)
        and number.isascii()
        and number.isdigit()
        and not luhn.checksum(number)
        and not is_identity_card(number)
    )
