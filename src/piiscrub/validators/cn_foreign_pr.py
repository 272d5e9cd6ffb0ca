"""外国人永久居留身份证, foreign permanent resident identity card, form of 2023 (GA 2102-2023).

9, two digits province, three digits numeric country code, eight digits date of birth, three digits order, check character
as in the resident identity card. Confidence H for 9, length and check, M for places 2 to 6; the country code is not tested.

>>> validate("932682198501010017")
'932682198501010017'
>>> validate("932682198501010018")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("919840190001010014")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: Places 2 and 3 name no province.
"""

from __future__ import annotations

from datetime import date

from piiscrub.reference.divisions import provinces
from piiscrub.validators import cn_id_card
from piiscrub.validators._base import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength, passes
from piiscrub.validators._dates import is_past

compact = cn_id_card.compact


def validate(number: str, *, today: date | None = None) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if len(number) != 18:
        raise InvalidLength
    if not (number.isascii() and number[0] == "9" and number[:17].isdigit() and number[17] in "0123456789X"):
        raise InvalidFormat
    if number[1:3] not in provinces():
        raise InvalidComponent("Places 2 and 3 name no province.")
    if not is_past(number[6:14], first="1900", today=today):
        raise InvalidComponent("The date of birth does not exist or has not come yet.")
    if cn_id_card.check_character(number[:17]) != number[17]:
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether this is the number of such a card."""
    return passes(validate, number)
