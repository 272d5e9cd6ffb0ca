"""Employer Identification Number of the United States: a prefix the IRS assigns, seven digits; no check digit.

Wraps ``stdnum.us.ein`` and its prefixes. It names an organisation. Confidence H.

>>> validate("12-3456789")
'123456789'
>>> validate("07-1144442")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: A part of the number names something that does not exist.
>>> validate("12-345678")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from stdnum.us import ein as _ein

from piiscrub.validators._base import delegate, digits, passes, strip


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    return delegate(_ein.validate, digits(compact(number), 9))


def is_valid(number: str) -> bool:
    """Whether the prefix is assigned."""
    return passes(validate, number)
