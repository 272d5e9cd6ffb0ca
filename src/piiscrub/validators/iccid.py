"""Number of a SIM card (ITU-T E.118): 89, country, issuer, account, Luhn check digit; 19 or 20 digits.

Not every issuer prints the check digit, so a failure lowers a score and rejects nothing by itself. Confidence M.

>>> validate("89860000000000000019")
'89860000000000000019'
>>> validate("89860000000000000010")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("8886000000000000001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The number does not begin with 89, telecommunications.
"""

from __future__ import annotations

from piiscrub.validators import luhn
from piiscrub.validators._base import InvalidComponent, digits, passes, strip


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength, InvalidComponent or InvalidChecksum."""
    number = digits(compact(number), 19, 20)
    if not number.startswith("89"):
        raise InvalidComponent("The number does not begin with 89, telecommunications.")
    return luhn.validate(number)


def is_valid(number: str) -> bool:
    """Whether prefix and check digit fit."""
    return passes(validate, number)
