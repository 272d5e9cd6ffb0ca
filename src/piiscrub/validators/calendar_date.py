"""Calendar date in any of the usual Chinese and English written forms (GB/T 7408, ISO 8601, and practice).

``compact`` gives ISO 8601: ``YYYY-MM-DD``, or ``YYYY-MM`` where the text names no day. A time of day behind the date must
be a plausible one and is left out. Where day and month could be swapped, one reading that exists is enough.

>>> validate("1990年1月2日"), validate("一九九〇年一月二日"), validate("January 2, 1990")
('1990-01-02', '1990-01-02', '1990-01-02')
>>> validate("2000-04-16 11:34:35")
'2000-04-16'
>>> validate("1990-02-30")
Traceback (most recent call last):
    ...
piiscrub.validators._base.InvalidComponent: no such day in the calendar
>>> validate("19:34")
Traceback (most recent call last):
    ...
piiscrub.validators._base.InvalidFormat: not a date in a known form
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from piiscrub.text.late import late
from piiscrub.validators._base import InvalidComponent, InvalidFormat
from piiscrub.validators._dates import DAYS, is_leap

Order = Literal["ymd", "mdy", "dmy", "ym", "my"]

_TIME = (
    r"(?:(?:[Tt]| ?,? ?)(?:(?:上午|下午|晚上|凌晨) ?)?"
    r"(?:[01]?\d|2[0-4])[:：时時点](?:[0-5]\d(?:[:：分](?:[0-5]\d|60)(?:[.,]\d{1,9})?秒?|分)?)?"
    r"(?: ?[AaPp]\.?[Mm]\.?| ?(?:Z|z|UTC|GMT|[+-]\d\d:?\d\d))?)?"
)
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_TH = r"(?:st|nd|rd|th)?"

# Group order is said by the name: y year, m month, d day, n either of the last two.
_YMD = late(
    rf"(\d{{4}})"
    rf"(?: ?年 ?(\d{{1,2}}) ?月(?: ?(\d{{1,2}})(?: ?[日号號])?)?"
    rf"| ?([-/.]) ?(\d{{1,2}})(?: ?\4 ?(\d{{1,2}}))?){_TIME}",
    re.A,
)
_YMD8 = late(r"(\d{4})(\d\d)(\d\d)(?:[Tt](?:[01]\d|2[0-4])[0-5]\d(?:[0-5]\d)?[Zz]?)?", re.A)
_NNY = late(rf"(\d{{1,2}}) ?([-/.]) ?(\d{{1,2}}) ?\2 ?(\d{{4}}|\d\d){_TIME}", re.A)
_DMY = late(rf"(\d{{1,2}}){_TH}[ /-]?(?:of )?{_MONTH}[ ,/-]{{0,2}}'?(\d{{4}}|\d\d){_TIME}", re.A | re.I)
_MDY = late(rf"{_MONTH}[ -]?(\d{{1,2}}){_TH}[ ,-]{{1,2}}'?(\d{{4}}){_TIME}", re.A | re.I)
_MY = late(rf"{_MONTH},?[ -](\d{{4}})", re.A | re.I)
_HAN = late(
    r"([〇零○OＯ一二三四五六七八九\d]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十廿卅]{1,4})[日号號])?", re.A
)

_MONTHS = {name: i for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ALPHABETS = ("〇一二三四五六七八九", "零", "○", "O", "Ｏ", "0123456789")
_HAN_DIGITS = {digit: value for alphabet in _ALPHABETS for value, digit in enumerate(alphabet)}


class Parts(NamedTuple):
    """What a text says; ``day`` is 0 where it names none. ``order`` is the reading that was chosen."""

    year: int
    month: int
    day: int
    order: Order


def _exists(year: int, month: int, day: int) -> bool:
    if not (1 <= month <= 12 and 1 <= day <= _DAYS[month] and year >= 1):
        return False
    return day < 29 or month != 2 or is_leap(year)


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (1900 if year >= 69 else 2000)  # the POSIX pivot


def _han_number(text: str) -> int:
    """Value of 一 to 九十九, 廿一, 卅; -1 where it is none.

    >>> [_han_number(s) for s in ("二", "十", "十二", "三十一", "廿三", "二二")]
    [2, 10, 12, 31, 23, -1]
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, found, units = text.partition("十")
    if not found:
        return _HAN_DIGITS[tens] if len(tens) == 1 else -1
    if len(tens) > 1 or len(units) > 1:
        return -1
    return (_HAN_DIGITS[tens] if tens else 1) * 10 + (_HAN_DIGITS[units] if units else 0)


def _numeric(first: int, second: int, year: int, separator: str) -> Parts:
    """Day and month in either order; dots mean day first, all else month first when both are possible."""
    month_first = Parts(year, first, second, "mdy")
    day_first = Parts(year, second, first, "dmy")
    one, other = (day_first, month_first) if separator == "." else (month_first, day_first)
    return one if _exists(one.year, one.month, one.day) or not _exists(other.year, other.month, other.day) else other


def _read(text: str) -> Parts | None:
    """The parts as written, unchecked; None when the form is unknown. Dispatches on the first characters: one regex a call."""
    first = text[:1]
    if first.isdigit() and first.isascii():
        head = text[:4]
        if len(head) == 4 and head.isdigit() and head.isascii():
            if (m := _YMD.fullmatch(text)) is not None:
                day = m[3] or m[6]
                return Parts(int(m[1]), int(m[2] or m[5]), int(day or 0), "ymd" if day else "ym")
            if (m := _YMD8.fullmatch(text)) is not None:
                return Parts(int(m[1]), int(m[2]), int(m[3]), "ymd")
        elif (m := _NNY.fullmatch(text)) is not None:
            return _numeric(int(m[1]), int(m[3]), _year(m[4]), m[2])
        elif (m := _DMY.fullmatch(text)) is not None:
            return Parts(_year(m[3]), _MONTHS[m[2][:3].lower()], int(m[1]), "dmy")
    elif first.isascii():
        if (m := _MDY.fullmatch(text)) is not None:
            return Parts(int(m[3]), _MONTHS[m[1][:3].lower()], int(m[2]), "mdy")
        if (m := _MY.fullmatch(text)) is not None:
            return Parts(int(m[2]), _MONTHS[m[1][:3].lower()], 0, "my")
    if (m := _HAN.fullmatch(text)) is not None:
        year = 0
        for c in m[1]:
            year = year * 10 + _HAN_DIGITS[c]
        return Parts(year, _han_number(m[2]), _han_number(m[3]) if m[3] else 0, "ymd" if m[3] else "ym")
    return None


def _stands(parts: Parts) -> bool:
    return _exists(parts.year, parts.month, parts.day or 1) and (parts.day > 0 or parts.order in ("ym", "my"))


def parse(text: str) -> Parts:
    """Year, month, day (0 where none is named) and the order in which they stand.

    Raises:
        InvalidFormat: if the text has none of the known forms.
        InvalidComponent: if the calendar has no such day.

    >>> parse("5.3.1990"), parse("5/3/1990")
    (Parts(year=1990, month=3, day=5, order='dmy'), Parts(year=1990, month=5, day=3, order='mdy'))
    """
    parts = _read(text.strip())
    if parts is None:
        raise InvalidFormat("not a date in a known form")
    if not _stands(parts):
        raise InvalidComponent("no such day in the calendar")
    return parts


def compact(text: str) -> str:
    """ISO form of the date.

    >>> compact("二〇二四年十二月三十一日"), compact("1990年1月"), compact("5th of January 1990")
    ('2024-12-31', '1990-01', '1990-01-05')
    """
    parts = parse(text)
    return f"{parts.year:04}-{parts.month:02}-{parts.day:02}" if parts.day else f"{parts.year:04}-{parts.month:02}"


def validate(text: str) -> str:
    """The ISO form, or raises as :func:`parse` does."""
    return compact(text)


def read(text: str) -> Parts | None:
    """As :func:`parse`, but None instead of an exception: for callers that mostly meet what is no date.

    >>> read("1990-02-30") is None
    True
    """
    parts = _read(text.strip())
    return parts if parts is not None and _stands(parts) else None


def is_valid(text: str) -> bool:
    """Whether the text is a date of the calendar.

    >>> is_valid("12/31/1981"), is_valid("31/12/1981"), is_valid("31/31/1981")
    (True, True, False)
    """
    if len(text) == 10 and (year := text[:4]).isdigit() and year.isascii() and text[4] in "-/." and text[7] == text[4]:
        month_and_day = text[5:7] + text[8:]  # nearly all dates of tables and logs
        if month_and_day.isdigit() and month_and_day.isascii():
            return month_and_day in DAYS and year > "0000" and (month_and_day != "0229" or is_leap(int(year)))
    return read(text) is not None
