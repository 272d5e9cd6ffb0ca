"""服务电话, telephone number of an organisation in mainland China: 400 and 800 numbers, 95xxx, 96xxx, 12xxx, 100xx.

These name an organisation, not a person; they are known so that they can be kept.
Confidence M for the prefixes, L for the lengths after 95 and 96.

>>> validate("400-000-0001")
'4000000001'
>>> validate("95588")
'95588'
>>> validate("500-000-0001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: No service has this prefix and length.
"""

from __future__ import annotations

from piiscrub.validators._base import InvalidComponent, InvalidFormat, passes, strip

# prefix, shortest and longest length
_SHAPES = (("400", 10, 10), ("800", 10, 10), ("95", 5, 8), ("96", 5, 6), ("12", 5, 5), ("100", 5, 5))


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat or InvalidComponent."""
    number = compact(number)
    if not (number.isascii() and number.isdigit()):
        raise InvalidFormat
    if not any(number.startswith(prefix) and low <= len(number) <= high for prefix, low, high in _SHAPES):
        raise InvalidComponent("No service has this prefix and length.")
    return number


def is_valid(number: str) -> bool:
    """Whether this is the number of a service."""
    return passes(validate, number)
