"""Candidates by digits: what recognizers and check digits say, numbers damaged in a spreadsheet, dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from statistics import median, quantiles

from piiscrub.model import entities
from piiscrub.reference.divisions import provinces
from piiscrub.table.profile import checks as look
from piiscrub.table.profile import words
from piiscrub.table.profile.candidate import Candidate, clue_of
from piiscrub.table.profile.checks import Checks
from piiscrub.table.profile.shapes import Shapes, expand, scientific

_CARDS = ("CREDIT_CARD", "CN_BANK_CARD")
_CARD_SIZES = (15, 16, 19)
_CN_ID, _MOBILE = 18, 11
_WHOLE_SURE, _MANY = 0.5, 0.6
_EPOCH = (978_307_200, 1_900_000_000)  # 2001 to 2030; numbers that begin with the year 20.. are none
_EPOCH_LATE = 1_200_000_000  # 2008
_EPOCH_SPREAD = 12 * 365 * 86_400
_CERTAIN = 12  # values that by chance pass a check of one digit once in a million million


def checked(checks: Checks) -> Iterator[Candidate]:
    """What the recognizers found to be whole cells."""
    for entity, n in look.family(checks.whole):
        share = n / max(1, checks.examined)
        below = (entity, *entities.descendants(entity))
        passed = sum(checks.passed[one] for one in below) / max(1, checks.examined)
        if share < 0.2 or entity in ("UNEXAMINED", "DATE_TIME", "AGE"):
            continue  # dates are read by their years
        sure = passed >= _WHOLE_SURE
        key = "profile.passed" if sure else "profile.found"
        score = (0.6 + 0.39 * share) if share >= _WHOLE_SURE else share
        yield Candidate(entity, score if sure else score - 0.05, (key, {"n": n, "m": checks.examined, "entity": entity}), sure)


def by_digits(shapes: Shapes, checks: Checks) -> Iterator[Candidate]:
    """Numbers of which nearly all pass one check, though none would be found alone; with a digit changed hardly one may pass."""
    long = words.share(shapes.values, lambda value: sum(ch.isdigit() for ch in value) >= 7)
    known = max(checks.passed.values(), default=0) > 0.5 * checks.examined
    if long < 0.9 or known or shapes.length > 26 or len(shapes.values) < _CERTAIN:
        return
    values = shapes.values[:100]
    other = [_changed(value) for value in values]
    for entity in _digit_checked():
        if entity in _CARDS and words.share(values, _card) < 0.95:
            continue
        if look.form(values[:10], entity)[1] < 0.8 or look.form(other, entity)[1] > 0.3:
            continue
        share = look.form(values, entity)[1]
        if share >= 0.9:
            clue = ("profile.passed", {"n": round(share * len(values)), "m": len(values), "entity": entity})
            yield Candidate(entity, 0.55 + 0.35 * share, clue, True)
            return
    # Numbers of several countries in one column: each passes some check, which with a digit changed few do.
    share, chance = look.form(values, "NATIONAL_ID")[1], look.form(other, "NATIONAL_ID")[1]
    if share - chance > 0.35 and len(shapes.forms) > 2:
        clue = ("profile.passed", {"n": round(share * len(values)), "m": len(values), "entity": "NATIONAL_ID"})
        yield Candidate("NATIONAL_ID", 0.4 + 0.35 * share, clue)


def _card(value: str) -> bool:
    digits = "".join(ch for ch in value if ch.isdigit())
    return digits.startswith(("34", "37", "1800", "2131")) if len(digits) == 15 else digits[:1] in "23456"


@cache
def _digit_checked() -> tuple[str, ...]:
    """Cards and devices first, then the identity numbers of all countries."""
    roots = ("CREDIT_CARD", "DEVICE_ID", "NATIONAL_ID", "HEALTH_NUMBER", "ORGANIZATION_NUMBER", "MEDICAL_LICENSE", "BANK_CODE")
    return tuple(name for root in roots for name in (root, *entities.descendants(root)))


def _changed(value: str) -> str:
    """The value with its last digit but one another; one of a single digit stays."""
    at = [i for i, ch in enumerate(value) if ch in "0123456789"][-2:]
    return value[: at[0]] + "1234567890"[int(value[at[0]])] + value[at[0] + 1 :] if len(at) == 2 else value


def damaged(shapes: Shapes) -> Iterator[Candidate]:
    """Digits lost in a spreadsheet: 1.10105E+17, or 18 digits that end with 000 (rule book G11)."""
    share = shapes.share("scientific")
    if share >= 0.3:
        yield from _long([expand(value) for value in shapes.values if scientific(value)], shapes, share)
        return
    long = [value for value in shapes.values if value.isdigit() and len(value) >= 15]
    rounded = [value for value in long if value.endswith("000" if len(value) >= 18 else "00")]
    if len(long) >= _MANY * len(shapes.values) and len(rounded) >= _MANY * len(long) and len(long) > 2:
        yield from _long(long, shapes, len(rounded) / len(shapes.values))


def _moments(shapes: Shapes) -> Iterator[Candidate]:
    """Seconds or milliseconds since 1970, of years that lie close together."""
    for size, per in ((10, 1), (13, 1000)):
        if shapes.digits[size] < 0.98 * len(shapes.values) or shapes.distinct < _CERTAIN:
            continue
        seconds = [number // per for number in shapes.whole]
        if size == 10 and median(seconds) < _EPOCH_LATE:
            continue  # numbers of persons begin with 10 and 11 too
        if _EPOCH[0] < min(seconds) and max(seconds) < _EPOCH[1] and max(seconds) - min(seconds) < _EPOCH_SPREAD:
            yield Candidate("DATE_TIME", 0.75, clue_of("moments", 1.0, shapes), True)


def _long(digits: Sequence[str], shapes: Shapes, share: float) -> Iterator[Candidate]:
    sizes = Counter(map(len, digits))
    size, n = sizes.most_common(1)[0]
    if n < _MANY * len(digits):
        return
    clue = clue_of("damaged", share, shapes, digits=size)
    if size == _CN_ID and words.share(digits, lambda d: d[:2] in provinces()) >= _MANY:
        yield Candidate("CN_ID_CARD", 0.85, clue, True)
    elif size in _CARD_SIZES and words.share(digits, lambda d: d[0] in "3456" or d[:2] == "22") >= _MANY:
        yield Candidate(
            "CN_BANK_CARD" if words.share(digits, lambda d: d[:2] == "62") >= _MANY else "CREDIT_CARD", 0.8, clue, True
        )
    elif size == _MOBILE and words.share(digits, lambda d: d[0] == "1" and d[1] in "3456789") >= _MANY:
        yield Candidate("CN_MOBILE", 0.8, clue, True)


def dates(shapes: Shapes) -> Iterator[Candidate]:
    """Dates with a day: of birth where they lie long ago and far apart."""
    found = shapes.dates
    share = len(found) / len(shapes.values)
    if share < _MANY:
        yield from _moments(shapes)
        if shapes.share("calendar") > 0.8:
            yield Candidate("DATE_TIME", 0.6, ("profile.months", {}))
        return
    dotted = shapes.forms["9.9.9"] / len(shapes.values)
    if share < 0.95 and dotted > share:
        return  # version numbers, of which some read like a day
    years = [year for year, _ in found]
    timed = sum(time for _, time in found) / len(found)
    clue = clue_of("dates", share, shapes, first=min(years), last=max(years))
    spread = quantiles(years, n=10) if len(years) > 9 else [min(years), max(years)]
    if timed < 0.2 and spread[-1] - spread[0] >= 12 and median(years) < 2008 and min(years) > 1900:
        yield Candidate("DATE_OF_BIRTH", 0.5 + 0.3 * share, clue)
        yield Candidate("DATE_TIME", 0.4 + 0.3 * share, clue)
    else:
        yield Candidate("DATE_TIME", 0.5 + 0.4 * share, clue, True)
