"""Phone number in international or North American form: shape only (ITU-T E.164, NANPA numbering plan).

With ``+`` or ``00``: an assigned country code and 7 to 15 digits. Without: three, three and four digits, neither area nor
exchange beginning with 0 or 1; or the code of Hong Kong, Macao or Taiwan and a number as long as theirs. What a country has
really given out is not asked: that costs a large import, and numbers that look right but are not given out still belong to
somebody's form.

>>> validate("+41 (0)44 668 18 00"), validate("(202) 555-0101 x22")
('+41446681800', '2025550101')
>>> validate("+999 1234567")
Traceback (most recent call last):
    ...
piiscrub.validators._base.InvalidComponent: no such country code
>>> validate("202-155-0101")
Traceback (most recent call last):
    ...
piiscrub.validators._base.InvalidComponent: no such area or exchange
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidComponent, InvalidFormat, InvalidLength

# ITU-T E.164 assigned country codes (list of 1 November 2016 and later notices), as ranges of the three-digit ones.
_ONE_OR_TWO = frozenset(
    "1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 "
    "90 91 92 93 94 95 98".split()
)
_THREE = frozenset(
    str(code)
    for first, last in (
        (211, 213), (216, 216), (218, 218), (220, 269), (290, 291), (297, 299), (350, 359), (370, 383), (385, 387), (389, 389),
        (420, 421), (423, 423), (500, 509), (590, 599), (670, 670), (672, 683), (685, 692), (800, 800), (808, 808), (850, 850),
        (852, 853), (855, 856), (870, 870), (878, 878), (880, 883), (886, 886), (888, 888), (960, 968), (970, 977), (979, 979),
        (992, 996), (998, 998),
    )
    for code in range(first, last + 1)
)  # fmt: skip

_EXTENSION = re.compile(r"[ ,;]*(?:x|ext\.?|extension|#)[ .:]*\d{1,6}\Z", re.IGNORECASE)
_TRUNK = re.compile(r"\( ?0 ?\)")
_NEIGHBOUR = re.compile(r"85[23][2-9][0-9]{7}|886[2-9][0-9]{7,8}")  # (852) 2345 0000: written without + next door
_SEPARATORS = str.maketrans("", "", " .-/()")
_SHORTEST, _LONGEST = 7, 15


def _country(digits: str) -> str:
    """The country code the digits begin with; "" if none is assigned.

    >>> _country("8521"), _country("4420"), _country("999")
    ('852', '44', '')
    """
    for size, known in ((1, _ONE_OR_TWO), (2, _ONE_OR_TWO), (3, _THREE)):
        if digits[:size] in known:
            return digits[:size]
    return ""


def compact(number: str) -> str:
    """Digits, with a ``+`` in front of the country code where there is one; extension and the trunk (0) left out."""
    number = _EXTENSION.sub("", number.strip())
    bare = _TRUNK.sub("", number).translate(_SEPARATORS)
    return "+" + bare[2:] if bare.startswith("00") else bare


def validate(number: str) -> str:
    """Return the compact number.

    Raises:
        InvalidFormat: if anything but digits, separators and a leading + stands in it, or too few or many digits.
        InvalidComponent: if no such country, area or exchange can be.
    """
    found = compact(number)
    international = found.startswith("+")
    digits = found[1:] if international else found
    if not (digits.isascii() and digits.isdigit()):
        raise InvalidFormat
    if not _SHORTEST <= len(digits) <= _LONGEST:
        raise InvalidLength
    country = _country(digits) if international or _NEIGHBOUR.fullmatch(digits) else "1"
    if not country:
        raise InvalidComponent("no such country code")
    if country == "1":
        national = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
        if len(national) != 10:
            raise InvalidLength
        if national[0] in "01" or national[3] in "01":
            raise InvalidComponent("no such area or exchange")
    return found


def is_valid(number: str) -> bool:
    """Whether the number has the shape of one.

    >>> is_valid("+852 2345 0000"), is_valid("1 (202) 555 0101"), is_valid("0496 46 46 70")
    (True, True, False)
    >>> is_valid("(852) 2345 0000"), is_valid("852-155-0101")
    (True, False)
    """
    try:
        validate(number)
    except (InvalidFormat, InvalidComponent):
        return False
    return True
