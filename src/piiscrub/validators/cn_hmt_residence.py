"""港澳台居民居住证, residence permit of people from Hong Kong (810000), Macao (820000) and Taiwan (830000).

The number is built like that of the resident identity card (Measures of 2018, article 3). Confidence H.

>>> validate("810000190107110017")
'810000190107110017'
>>> validate("810000190107110018")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("110101190107110013")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The number does not begin with 810000, 820000 or 830000.
"""

from __future__ import annotations

from datetime import date

from piiscrub.validators import cn_id_card
from piiscrub.validators._base import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength, passes
from piiscrub.validators._dates import is_past

compact = cn_id_card.compact
_REGIONS = ("810000", "820000", "830000")


def validate(number: str, *, today: date | None = None) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if len(number) != 18:
        raise InvalidLength
    if not (number.isascii() and number[:17].isdigit() and number[17] in "0123456789X"):
        raise InvalidFormat
    if not number.startswith(_REGIONS):
        raise InvalidComponent("The number does not begin with 810000, 820000 or 830000.")
    if not is_past(number[6:14], first="1900", today=today):
        raise InvalidComponent("The date of birth does not exist or has not come yet.")
    if cn_id_card.check_character(number[:17]) != number[17]:
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether this is the number of a residence permit."""
    return passes(validate, number)


def validate_person(number: str) -> str:
    """Return an identity number of either kind, as it stands inside other numbers; raises as ``cn_id_card.validate`` does.

    >>> validate_person("830000190409060063")
    '830000190409060063'
    """
    return compact(number) if is_valid(number) else cn_id_card.validate(number)
