"""Machine-readable zone of identity cards, three lines of 30 (ICAO Doc 9303 part 5).

Check digits with weights 7 3 1 over number, birth, expiry, and once over all. Confidence H.

The specimen of the document:

>>> specimen = "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
>>> validate(specimen)[59]
'6'
>>> is_valid(specimen.replace("<6E", "<7E"))
False
>>> validate(specimen[:-1])
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from piiscrub.validators import _mrz
from piiscrub.validators._base import passes

_SIZE = 90


def compact(number: str) -> str:
    """Remove line breaks and spaces."""
    return _mrz.compact(number, _SIZE)


def validate(number: str) -> str:
    """Return the block in one line, or raise InvalidFormat, InvalidLength or InvalidChecksum."""
    block = compact(number)
    _mrz.require(block, _SIZE, "ACI")
    first, line = block[:30], block[30:60]
    _mrz.require_number(first[5:14], first[14], first[15:])
    _mrz.require_person(line[:7], line[7], line[8:15])
    _mrz.require_check(first[5:] + line[:7] + line[8:15] + line[18:29], line[29])
    return block


def is_valid(number: str) -> bool:
    """Whether all check digits fit."""
    return passes(validate, number)
