"""机动车号牌, vehicle number plate of mainland China (GA 36-2018).

Ordinary (five places, at most two letters, no I, no O), new energy (six places with a NEV letter first or last), police,
training, trailer, test, oversize, Hong Kong and Macao (粤Z), consulate, embassy, emergency, armed police.
Space, hyphen or middle dot may stand after the second character. Confidence H for ordinary and new energy, M for the rest.

>>> validate("京A·00001")
'京A00001'
>>> kind("沪A00001F")
'new energy, large'
>>> validate("京AABC12")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The serial has more than two letters.
>>> validate("粤BL00001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re
from functools import lru_cache

from piiscrub.reference.divisions import nev_letters, plate_characters
from piiscrub.validators._base import InvalidFormat, passes, strip

_SERIAL = "[0-9A-HJ-NP-Z]"


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    place, nev = f"[{plate_characters()}]", f"[{nev_letters()}]"
    issuer = f"{place}[A-HJ-Z]"  # O is the provincial office
    return tuple(
        (name, re.compile(pattern))
        for name, pattern in (
            ("ordinary", rf"{issuer}{_SERIAL}{{5}}"),
            ("new energy, small", rf"{issuer}{nev}{_SERIAL}[0-9]{{4}}"),
            ("new energy, large", rf"{issuer}[0-9]{{5}}{nev}"),
            ("police, training, trailer, test or oversize", rf"{issuer}{_SERIAL}{{4}}[警学挂试超]"),
            ("Hong Kong or Macao", rf"粤Z{_SERIAL}{{4}}[港澳]"),
            ("consulate", rf"{place}[0-9]{{5}}领|{issuer}[0-9]{{4}}领"),
            ("embassy", r"[0-9]{6}使|使[0-9]{6}"),
            ("emergency", rf"{place}[XS][0-9]{{4}}应急"),
            ("armed police", rf"WJ{place}?[0-9]{{4}}[0-9TDSHBXJ]"),
        )
    )


def compact(number: str) -> str:
    """Remove space, hyphen and middle dot, write letters in upper case."""
    return strip(number, " -.·•‧・").upper()


def kind(number: str) -> str:
    """Which kind of plate it is; raises InvalidFormat for none."""
    number = compact(number)
    for name, pattern in _forms():
        if pattern.fullmatch(number):
            if name == "ordinary" and sum(sign.isalpha() for sign in number[2:]) > 2:
                raise InvalidFormat("The serial has more than two letters.")
            return name
    raise InvalidFormat


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat."""
    kind(number)
    return compact(number)


def is_valid(number: str) -> bool:
    """Whether this has the form of a plate."""
    return passes(validate, number)
