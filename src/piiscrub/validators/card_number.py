"""A number that can be on a payment card of whatever range: 12 to 19 digits, Luhn check digit, and no identity card number.

Beside a card word the range does not matter (rule book A3). One in ten identity card numbers passes Luhn by chance, but only
15 in a million numbers pass the check of the identity card (rule book G10); what passes both is an identity card number.
Confidence H.

>>> validate("5038 6729 7114")
'503867297114'
>>> is_valid("503867297115"), is_valid("59")
(False, False)
>>> validate("59")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from piiscrub.validators import cn_id_card, luhn
from piiscrub.validators._base import InvalidComponent, InvalidLength, strip

SHORTEST, LONGEST = 12, 19


def is_identity_card(number: str) -> bool:
    """Whether the digits are an identity card number.

    >>> is_identity_card("440524188001010014"), is_identity_card("4111111111111111")
    (True, False)
    """
    return len(number) == 18 and cn_id_card.is_valid(number)


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength, InvalidChecksum or InvalidComponent."""
    number = compact(number)
    if not SHORTEST <= len(number) <= LONGEST:
        raise InvalidLength
    number = luhn.validate(number)
    if is_identity_card(number):
        raise InvalidComponent("The number is that of an identity card.")
    return number


def is_valid(number: str) -> bool:
    """Whether the number can be on a card."""
    if not number.isdigit():
        number = compact(number)
    return SHORTEST <= len(number) <= LONGEST and luhn.is_valid(number) and not is_identity_card(number)
