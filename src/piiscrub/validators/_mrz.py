"""What the three sizes of machine-readable travel documents share (ICAO Doc 9303 parts 3 to 6)."""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidChecksum, InvalidFormat, InvalidLength

_SIGNS = re.compile(r"[A-Z0-9<]+")


def check_digit(field: str) -> str:
    """Weights 7 3 1 repeating, ``<`` counts 0, letters from A = 10, modulo 10.

    >>> check_digit("L898902C3")
    '6'
    """
    values = (0 if sign == "<" else int(sign, 36) for sign in field)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


def compact(number: str, size: int) -> str:
    """Remove line breaks and spaces, if the block is not far longer than it should be."""
    return "".join(number.split()).upper() if len(number) <= 4 * size else number


def require(block: str, size: int, document: str) -> None:
    """Raise InvalidLength or InvalidFormat unless the block has this size and begins with one of these letters."""
    if len(block) != size:
        raise InvalidLength
    if not _SIGNS.fullmatch(block) or block[0] not in document:
        raise InvalidFormat


def require_check(field: str, digit: str) -> None:
    """Raise InvalidChecksum unless the digit belongs to the field; an empty field may leave it out."""
    if digit == "<" and not field.strip("<"):
        return
    if check_digit(field) != digit:
        raise InvalidChecksum


def require_number(field: str, digit: str, optional: str) -> None:
    """The same for the document number, which goes on in the optional data where nine places do not hold it."""
    if digit == "<" and optional.strip("<"):
        more = optional.partition("<")[0]
        field, digit = field + digit + more[:-1], more[-1:] or "<"
    require_check(field, digit)


def require_person(birth: str, sex: str, expiry: str) -> None:
    """Raise unless birth and expiry, six digits and their check digit each, and sex between them are possible."""
    require_check(birth[:6], birth[6])
    require_check(expiry[:6], expiry[6])
    if sex not in "MFX<":
        raise InvalidFormat
