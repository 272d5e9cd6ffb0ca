"""固定电话, landline number of mainland China: area code and local number, perhaps an extension.

Area codes are data (reference/cn_area_codes.tsv); a local number has 8 digits in 010 and 02x, 7 or 8 elsewhere, and
begins with 2 to 8. The trunk 0 may be missing, ``+86`` may stand before. Confidence H.

>>> validate("021 52000003-801")
'02152000003'
>>> validate("+86 (755) 8200 0002 转801")
'075582000002'
>>> validate("010-6200001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The local number has the wrong length for its area.
>>> validate("0100-62000001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The local number does not begin with 2 to 8.
>>> validate("0380-6200001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The area code is not in use.
"""

from __future__ import annotations

import re

from piiscrub.reference.phones import area_codes
from piiscrub.validators._base import LONGEST, InvalidComponent, InvalidFormat, InvalidLength, ValidationError, passes, strip

_EXTENSION = re.compile(r"\s{0,3}(?:-|转分机|转接|转|分机|ext\.?|x|#)\s{0,2}:?\s{0,2}[0-9]{1,6}", re.ASCII | re.IGNORECASE)


def compact(number: str) -> str:
    """Remove country code, separators, brackets and extension; write the trunk 0 before the area code."""
    return _parse(_main(number))


def _main(number: str) -> str:
    """Take the extension away, if what stands before it is a whole number by itself."""
    if len(number) > LONGEST:
        return number
    for match in _EXTENSION.finditer(number):
        if match.end() == len(number) and passes(_checked, number[: match.start()]):
            return number[: match.start()]
    return number


def _parse(number: str) -> str:
    number = strip(number, " -()（）")
    for prefix in ("+86", "0086", "86"):
        if number.startswith(prefix) and len(number) > len(prefix) + 8:
            number = number.removeprefix(prefix)
            break
    return number if number.startswith("0") else f"0{number}"


def _checked(number: str) -> str:
    number = _parse(number)
    if not (number.isascii() and number.isdigit()):
        raise InvalidFormat
    size = 2 if number[1:2] in ("1", "2") else 3
    area, local = number[1 : 1 + size], number[1 + size :]
    lengths = area_codes().get(area)
    if lengths is None:
        raise InvalidComponent("The area code is not in use.")
    if local[:1] not in tuple("2345678"):
        raise InvalidComponent("The local number does not begin with 2 to 8.")
    if len(local) not in lengths:
        raise InvalidLength("The local number has the wrong length for its area.")
    return number


def validate(number: str) -> str:
    """Return trunk 0, area code and local number, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    return _checked(_main(number))


def is_valid(number: str) -> bool:
    """Whether area code and local number fit each other."""
    try:
        validate(number)
    except ValidationError:
        return False
    return True
