"""International Mobile Subscriber Identity (ITU-T E.212): 15 digits, country and network known, no check digit.

Wraps ``stdnum.imsi`` and its table, which also takes 14 digits. Under 460, mainland China, it takes any network, so
those are listed here. Confidence H for the form, M for that list.

>>> validate("460000000000001")
'460000000000001'
>>> validate("460990000000001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The network is not known.
>>> validate("46000000000001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from stdnum import imsi as _imsi

from piiscrub.validators._base import InvalidComponent, delegate, digits, passes, strip

# Mobile 00 02 04 07 08, Unicom 01 06 09, Telecom 03 05 11, Broadnet 15, railway 20; no holder of 13 was found
_CHINA = frozenset("00 01 02 03 04 05 06 07 08 09 11 13 15 20".split())


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    number = digits(compact(number), 15)
    if number.startswith("460"):
        known = number[3:5] in _CHINA
    else:
        known = passes(lambda value: delegate(_imsi.validate, value), number) and len(_imsi.split(number)) == 3
    if not known:
        raise InvalidComponent("The network is not known.")
    return number


def is_valid(number: str) -> bool:
    """Whether country and network are known."""
    return passes(validate, number)
