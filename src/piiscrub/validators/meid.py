"""Mobile Equipment Identifier (3GPP2): 14 hexadecimal digits from A to F, perhaps a check digit.

Wraps ``stdnum.meid`` for the Luhn check in base 16. Confidence H.

>>> validate("AF-012345-0ABCDE-C")
'AF0123450ABCDEC'
>>> validate("AF0123450ABCDED")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("90000000000001A")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from stdnum import meid as _meid

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[A-F][0-9A-F]{13}[0-9A-F]?")


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat  # what begins with a digit is an IMEI
    return delegate(lambda value: _meid.validate(value, strip_check_digit=False), number)


def is_valid(number: str) -> bool:
    """Whether the check digit, where there is one, fits."""
    return passes(validate, number)
