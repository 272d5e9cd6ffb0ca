"""Sets of numbers that can be counted through: which one a value is, and which value a number is.

``rank`` gives the place of a value in its set or None, ``unrank`` the value of a place. A permutation of the places is then
a permutation of the values, and one set counted into another is a map without collisions.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cache
from itertools import accumulate
from typing import Protocol

from piiscrub.reference.cards import lengths
from piiscrub.reference.divisions import codes, provinces
from piiscrub.reference.phones import area_codes, iot_segments, mobile_kinds
from piiscrub.validators.cn_id_card import check_character
from piiscrub.validators.luhn import check_digit


class Space(Protocol):
    """A set of values with an order."""

    @property
    def size(self) -> int: ...

    def rank(self, value: str, /) -> int | None: ...

    def unrank(self, place: int, /) -> str: ...


class Prefixed:
    """Numbers of digits that begin with one of some prefixes, all of one length.

    >>> phones = Prefixed(("142", "1610"), 11)
    >>> phones.size, phones.rank("16100000007"), phones.unrank(phones.rank("14212345678"))
    (110000000, 100000007, '14212345678')
    """

    def __init__(self, prefixes: tuple[str, ...], length: int) -> None:
        self._length = length
        self._prefixes = tuple(sorted(prefixes))
        sizes: list[int] = [10 ** (length - len(prefix)) for prefix in self._prefixes]
        self._starts: tuple[int, ...] = (0, *accumulate(sizes))
        self._start = dict(zip(self._prefixes, self._starts, strict=False))
        self._spans = sorted({len(prefix) for prefix in self._prefixes})
        self.size = self._starts[-1]

    def rank(self, value: str, /) -> int | None:
        if len(value) == self._length and value.isascii() and value.isdigit():
            for span in self._spans:
                start = self._start.get(value[:span])
                if start is not None:
                    return start + int(value[span:] or "0")
        return None

    def unrank(self, place: int, /) -> str:
        at = bisect_right(self._starts, place) - 1
        prefix = self._prefixes[at]
        rest = self._length - len(prefix)
        return f"{prefix}{place - self._starts[at]:0{rest}d}" if rest else prefix


class Elsewhere:
    """All numbers of so many digits, written behind +999, a country code that nobody has.

    >>> Elsewhere(10).unrank(Elsewhere(10).rank("2025550123"))
    '+9992025550123'
    """

    def __init__(self, length: int) -> None:
        self._length = length
        self.size: int = 10**length

    def rank(self, value: str, /) -> int | None:
        fits = len(value) == self._length and value.isascii() and value.isdigit()
        return int(value) if fits else None

    def unrank(self, place: int, /) -> str:
        return f"+999{place:0{self._length}d}"


@cache
def elsewhere(length: int) -> Elsewhere:
    """Numbers of a length under +999."""
    return Elsewhere(length)


class IdCards:
    """Numbers of identity cards: a code of a list, a day between two, an order number, the right check character.

    ``odd`` keeps to the order numbers of men (True) or women (False).

    >>> cards = known_id_cards()
    >>> cards.unrank(cards.rank("11010519491231002X"))
    '11010519491231002X'
    """

    def __init__(self, codes: tuple[str, ...], first: date, last: date, *, odd: bool | None = None) -> None:
        self._codes = codes
        self._place = {code: at for at, code in enumerate(codes)}
        self._first = first.toordinal()
        self._days = last.toordinal() - self._first + 1
        self._odd = odd
        self._orders = 1000 if odd is None else 500
        self.size = len(codes) * self._days * self._orders

    def rank(self, value: str, /) -> int | None:
        code = self._place.get(value[:6])
        if code is None or len(value) != 18 or not (value.isascii() and value[:17].isdigit()):
            return None
        if check_character(value[:17]) != value[17].upper():
            return None
        try:
            day = date(int(value[6:10]), int(value[10:12]), int(value[12:14])).toordinal() - self._first
        except ValueError:
            return None
        order = int(value[14:17])
        if not 0 <= day < self._days or (self._odd is not None and bool(order % 2) != self._odd):
            return None
        return (code * self._days + day) * self._orders + (order if self._odd is None else order // 2)

    def unrank(self, place: int, /) -> str:
        place, order = divmod(place, self._orders)
        code, day = divmod(place, self._days)
        if self._odd is not None:
            order = order * 2 + self._odd
        body = f"{self._codes[code]}{_written(self._first + day)}{order:03d}"
        return body + check_character(body)


@cache
def _written(ordinal: int) -> str:
    return f"{date.fromordinal(ordinal):%Y%m%d}"


# The day the table of divisions was drawn up: a number born later counts as a set of its own, or cards "of the future"
# would come out. Moving it changes every surrogate of an identity number.
_FIRST, _LAST, _END = date(1900, 1, 1), date(2026, 6, 30), date(2099, 12, 31)
_SURROGATE_LAST = date(2009, 12, 31)  # adults, whoever looks


@cache
def known_id_cards(odd: bool | None = None, *, future: bool = False) -> IdCards:
    """Numbers with a code that is or was given out, born from 1900 to 2026-06-30; ``future``: after that, to 2099."""
    known = tuple(sorted(codes() - {"100000"}))
    return (
        IdCards(known, date.fromordinal(_LAST.toordinal() + 1), _END, odd=odd)
        if future
        else IdCards(known, _FIRST, _LAST, odd=odd)
    )


@cache
def unassigned_id_cards(odd: bool | None = None) -> IdCards:
    """Numbers that keep every rule but whose code was never given out, in provinces that exist; born 1900 to 2009."""
    open_codes = (f"{province}{rest:04d}" for province in sorted(provinces() - {"71", "81", "82"}) for rest in range(10**4))
    return IdCards(tuple(code for code in open_codes if code not in codes()), _FIRST, _SURROGATE_LAST, odd=odd)


@cache
def mobiles(kind: str) -> Prefixed:
    """Mobile numbers of the assigned segments of one kind (see cn_mobile_segments.tsv), or of "unassigned" ones, or "any"."""
    if kind == "unassigned":
        taken = (*(prefix for one in mobile_kinds().values() for prefix in one), *iot_segments())
        free = (f"{n}" for n in range(130, 200))
        return Prefixed(tuple(p for p in free if not any(t.startswith(p) for t in taken)), 11)
    if kind == "any":
        return Prefixed(tuple("1" + second for second in "3456789"), 11)
    return Prefixed(mobile_kinds()[kind], 11)


def mobile_kind(number: str) -> str:
    """The kind of the segment an 11-digit number lies in; "" for none.

    >>> mobile_kind("13800138000"), mobile_kind("14200000000")
    ('mobile', '')
    """
    for kind, prefixes in mobile_kinds().items():
        if number.startswith(prefixes):
            return kind
    return ""


@cache
def unrouted(length: int) -> Prefixed:
    """Numbers of this length that no Chinese exchange leads anywhere: 9 first, then anything but 5 and 6 (services)."""
    return Prefixed(tuple(f"9{second}" for second in "01234789"), length)


@cache
def landlines(length: int) -> Prefixed:
    """Fixed numbers written with 0 and area code, ``length`` digits in all; the local part begins with 2 to 8."""
    fits = (code for code, sizes in area_codes().items() if length - len(code) - 1 in sizes)
    return Prefixed(tuple(f"0{code}{first}" for code in fits for first in "2345678"), length)


class Cards:
    """Payment cards of one length with their check digit, from a list of four-digit prefixes."""

    def __init__(self, prefixes: tuple[str, ...], length: int) -> None:
        self._bodies = Prefixed(prefixes, length - 1)
        self.size = self._bodies.size

    def rank(self, value: str, /) -> int | None:
        body = self._bodies.rank(value[:-1])
        return body if body is not None and value[-1] == check_digit(value[:-1]) else None

    def unrank(self, place: int, /) -> str:
        body = self._bodies.unrank(place)
        return body + check_digit(body)


@cache
def known_cards(length: int) -> Cards:
    """Card numbers of a length in the ranges of any network."""
    return Cards(tuple(sorted(_issued(length))), length)


@cache
def unassigned_cards(length: int) -> Cards:
    """Numbers with a card's check digit in a range where no network issues cards of this length."""
    taken = _issued(length)
    return Cards(tuple(prefix for n in range(10**4) if (prefix := f"{n:04d}") not in taken), length)


def _issued(length: int) -> frozenset[str]:
    return frozenset(prefix for scope in ("world", "cn") for prefix, sizes in lengths(scope).items() if length in sizes)
