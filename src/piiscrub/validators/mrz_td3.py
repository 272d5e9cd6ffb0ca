"""Machine-readable zone of passports, two lines of 44 (ICAO Doc 9303 part 4).

Check digits with weights 7 3 1 over number, birth, expiry, and once over all. Confidence H.

The specimen of the document:

>>> specimen = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
>>> validate(specimen)[-1]
'0'
>>> is_valid(specimen[:-1] + "1")
False
>>> validate(specimen[:-1])
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from piiscrub.validators import _mrz
from piiscrub.validators._base import passes

_SIZE = 88


def compact(number: str) -> str:
    """Remove line breaks and spaces."""
    return _mrz.compact(number, _SIZE)


def validate(number: str) -> str:
    """Return the block in one line, or raise InvalidFormat, InvalidLength or InvalidChecksum."""
    block = compact(number)
    _mrz.require(block, _SIZE, "P")
    line = block[44:]
    _mrz.require_check(line[:9], line[9])
    _mrz.require_person(line[13:20], line[20], line[21:28])
    _mrz.require_check(line[28:42], line[42])
    _mrz.require_check(line[:10] + line[13:20] + line[21:43], line[43])
    return block


def is_valid(number: str) -> bool:
    """Whether all check digits fit."""
    return passes(validate, number)
