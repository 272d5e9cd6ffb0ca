"""Routing number of a bank in the United States (American Bankers Association): nine digits, weights 3 7 1, a known prefix.

Wraps ``stdnum.us.rtn``, which does not test the prefix (00-12, 21-32, 61-72, 80). Confidence H.

>>> validate("021000021")
'021000021'
>>> validate("021000022")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("151000021")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The prefix is not assigned.
"""

from __future__ import annotations

from stdnum.us import rtn as _rtn

from piiscrub.validators._base import InvalidComponent, delegate, digits, passes, strip

_PREFIXES = frozenset([*range(13), *range(21, 33), *range(61, 73), 80])


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength, InvalidComponent or InvalidChecksum."""
    number = digits(compact(number), 9)
    if int(number[:2]) not in _PREFIXES:
        raise InvalidComponent("The prefix is not assigned.")
    return delegate(_rtn.validate, number)


def is_valid(number: str) -> bool:
    """Whether prefix and check digit fit."""
    return passes(validate, number)
