"""Machine-readable zone of identity documents in two lines of 36 (ICAO Doc 9303 part 6).

Check digits with weights 7 3 1 over number, birth, expiry, and once over all. Confidence H.

The specimen of the document:

>>> specimen = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6"
>>> validate(specimen)[-1]
'6'
>>> is_valid(specimen[:-1] + "7")
False
>>> validate(specimen[:-1])
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from piiscrub.validators import _mrz
from piiscrub.validators._base import passes

_SIZE = 72


def compact(number: str) -> str:
    """Remove line breaks and spaces."""
    return _mrz.compact(number, _SIZE)


def validate(number: str) -> str:
    """Return the block in one line, or raise InvalidFormat, InvalidLength or InvalidChecksum."""
    block = compact(number)
    _mrz.require(block, _SIZE, "ACI")
    line = block[36:]
    _mrz.require_number(line[:9], line[9], line[28:35])
    _mrz.require_person(line[13:20], line[20], line[21:28])
    _mrz.require_check(line[:10] + line[13:20] + line[21:35], line[35])
    return block


def is_valid(number: str) -> bool:
    """Whether all check digits fit."""
    return passes(validate, number)
