"""What the values of a column alone speak for, header unseen: candidates with scores and the reason for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from statistics import median, quantiles
from typing import NamedTuple

from piiscrub.model import entities
from piiscrub.reference.divisions import provinces
from piiscrub.table.profile import checks as look
from piiscrub.table.profile import words
from piiscrub.table.profile.checks import Checks
from piiscrub.table.profile.model import Clue
from piiscrub.table.profile.shapes import Shapes, expand

_PHONE = re.compile(
    r"(?:\+|00)?[(（]?\d{1,5}[)）]?(?:[ ./-]{1,2}[(（]?\d{2,5}[)）]?){1,5}(?:\s?(?:x|ext\.?|转)\s?\d{1,5})?|\+\d{7,15}"
)
_COORDINATE = re.compile(r"[-+]?\d{1,3}\.\d{4,}(?:\s?[,，]\s?[-+]?\d{1,3}\.\d{4,})?")
_DOMAIN = re.compile(r"(?:https?://)?(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,12}(?:/\S*)?")
_STARRED = re.compile(r"[*＊xX]{2,}|\*")
_TITLES = frozenset("mr mrs ms miss mx dr prof sir madam 先生 女士 小姐 太太".split())
_CARDS = ("CREDIT_CARD", "CN_BANK_CARD")
_CARD_SIZES = (15, 16, 19)
_CN_ID, _MOBILE = 18, 11
_WHOLE_SURE, _MANY = 0.5, 0.6
_CERTAIN = 12  # values that by chance pass a check of one digit once in a million million
_ACCOUNT = re.compile(r"([A-Za-z][A-Za-z._-]{2,23})([0-9]{0,5})")
_LOCAL = re.compile(r"[2-8]\d{6,7}|0[1-9]\d{8,10}|[48]00-?\d{3}-?\d{4}")
_LISTED = re.compile(r"\s*[,，;；/、]\s*")
_UNITS = re.compile(r"\d{1,3}\s?(?:岁|周岁|歲|years? old|yrs?|y/?o)")
_BAND = re.compile(r"\d{1,3}\s?[-~至–]\s?\d{1,3}岁?|\d{1,3}\+|[<>≥≤]\s?\d{1,3}岁?")


class Candidate(NamedTuple):
    """``score``: 0 to 1, how much the values alone speak for the entity. ``sure``: a check digit or an unmistakable form did."""

    entity: str
    score: float
    clue: Clue
    sure: bool = False


def candidates(shapes: Shapes, checks: Checks) -> list[Candidate]:
    """All readings of a column, best first."""
    if not shapes.values:
        return []
    best: dict[str, Candidate] = {}
    for one in (
        *_checked(checks),
        *_by_digits(shapes, checks),
        *_damaged(shapes),
        *_dates(shapes),
        *_listed(shapes),
        *_named(shapes),
        *_formed(shapes, checks),
    ):
        if one.entity not in best or best[one.entity].score < one.score:
            best[one.entity] = one
    return sorted(best.values(), key=lambda one: -one.score)


def _clue(key: str, share: float, shapes: Shapes, **more: object) -> Clue:
    return f"profile.{key}", {"n": round(share * len(shapes.values)), "m": len(shapes.values), **more}


def _checked(checks: Checks) -> Iterator[Candidate]:
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


def _by_digits(shapes: Shapes, checks: Checks) -> Iterator[Candidate]:
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
    return digits[:2] in ("34", "37") if len(digits) == 15 else digits[:1] in "23456"


@cache
def _digit_checked() -> tuple[str, ...]:
    """Cards and devices first, then the identity numbers of all countries."""
    roots = ("CREDIT_CARD", "DEVICE_ID", "NATIONAL_ID", "HEALTH_NUMBER", "ORGANIZATION_NUMBER", "MEDICAL_LICENSE", "BANK_CODE")
    return tuple(name for root in roots for name in (root, *entities.descendants(root)))


def _changed(value: str) -> str:
    """The value with its last digit but one another; one of a single digit stays."""
    at = [i for i, ch in enumerate(value) if ch in "0123456789"][-2:]
    return value[: at[0]] + "1234567890"[int(value[at[0]])] + value[at[0] + 1 :] if len(at) == 2 else value


def _damaged(shapes: Shapes) -> Iterator[Candidate]:
    """Digits lost in a spreadsheet: 1.10105E+17, or 18 digits that end with 000 (rule book G11)."""
    share = shapes.share("scientific")
    if share >= 0.3:
        digits = [expand(value) for value in shapes.values if "E" in value.upper() and shapes.share("scientific")]
        yield from _long(digits, shapes, share)
        return
    long = [value for value in shapes.values if value.isdigit() and len(value) >= 15]
    rounded = [value for value in long if value.endswith("000" if len(value) >= 18 else "00")]
    if len(long) >= _MANY * len(shapes.values) and len(rounded) >= _MANY * len(long) and len(long) > 2:
        yield from _long(long, shapes, len(rounded) / len(shapes.values))


def _long(digits: Sequence[str], shapes: Shapes, share: float) -> Iterator[Candidate]:
    sizes = Counter(map(len, digits))
    size, n = sizes.most_common(1)[0]
    if n < _MANY * len(digits):
        return
    clue = _clue("damaged", share, shapes, digits=size)
    if size == _CN_ID and words.share(digits, lambda d: d[:2] in provinces()) >= _MANY:
        yield Candidate("CN_ID_CARD", 0.85, clue, True)
    elif size in _CARD_SIZES and words.share(digits, lambda d: d[0] in "3456" or d[:2] == "22") >= _MANY:
        yield Candidate(
            "CN_BANK_CARD" if words.share(digits, lambda d: d[:2] == "62") >= _MANY else "CREDIT_CARD", 0.8, clue, True
        )
    elif size == _MOBILE and words.share(digits, lambda d: d[0] == "1" and d[1] in "3456789") >= _MANY:
        yield Candidate("CN_MOBILE", 0.8, clue, True)


def _dates(shapes: Shapes) -> Iterator[Candidate]:
    found = shapes.dates
    share = len(found) / len(shapes.values)
    if share < _MANY:
        return
    years = [year for year, _ in found]
    timed = sum(time for _, time in found) / len(found)
    clue = _clue("dates", share, shapes, first=min(years), last=max(years))
    spread = quantiles(years, n=10) if len(years) > 9 else [min(years), max(years)]
    if timed < 0.2 and spread[-1] - spread[0] >= 12 and median(years) < 2008 and min(years) > 1900:
        yield Candidate("DATE_OF_BIRTH", 0.5 + 0.3 * share, clue)
        yield Candidate("DATE_TIME", 0.4 + 0.3 * share, clue)
    else:
        yield Candidate("DATE_TIME", 0.5 + 0.4 * share, clue, True)


def _listed(shapes: Shapes) -> Iterator[Candidate]:
    if shapes.length > 24 or shapes.share("number") > 0.5:
        return
    values = [
        value for value in shapes.values[:300] if not any(ch.isdigit() for ch in value) or len(value) > 6
    ]  # C85 may be a cabin
    for entity in look.LISTED:
        share = look.listed(values, entity) * len(values) / min(300, len(shapes.values))
        if share >= 0.4:
            yield Candidate(
                entity,
                0.4 + 0.5 * share,
                _clue("listed", share, shapes, entity=entity),
                share > 0.8 and entity not in ("OCCUPATION", "MEDICAL_CONDITION"),
            )


def _named(shapes: Shapes) -> Iterator[Candidate]:
    values = shapes.values[:400]
    if shapes.share("number") > 0.5 or shapes.share("scientific") > 0.3:
        return
    tests = (("LOCATION", words.place, 0.55), ("OCCUPATION", words.occupation, 0.5), ("ORGANIZATION", words.organisation, 0.5))
    if shapes.length < 60:
        for entity, test, least in tests:
            share = words.share(values, test)
            if entity == "LOCATION":
                share = _places(values, share)
            if share >= least and (entity != "LOCATION" or shapes.length < 12 or share > 0.7):
                yield Candidate(entity, 0.35 + 0.5 * share, _clue("words", share, shapes, entity=entity))
    if 3 < shapes.length < 90:
        share = words.share(values, words.address)
        loose = words.share(values, words.house) if shapes.latin > 0.5 else 0.0
        if share >= 0.5 or (share >= 0.2 and loose >= 0.8):
            share = max(share, loose)
            yield Candidate(
                "ADDRESS" if shapes.latin > 0.5 else "CN_ADDRESS", 0.4 + 0.55 * share, _clue("addresses", share, shapes)
            )
    if shapes.length <= 30 and shapes.sentences < 0.2:
        yield from _persons(shapes, values)


def _places(values: Sequence[str], share: float) -> float:
    """Codes of two and three letters mean places only where all are such; IT and HR are departments too."""
    codes = [value for value in values if len(value) <= 3 and value.isascii()]
    if len(codes) < 0.9 * len(values):
        return words.share(values, lambda value: words.place(value) and not (len(value) <= 3 and value.isascii()))
    return share if len(codes) >= 5 and all(code.isupper() for code in codes) else 0.0


def _persons(shapes: Shapes, values: Sequence[str]) -> Iterator[Candidate]:
    han = [value for value in values if re.search(r"[\u3400-\u9fff]", value)]
    latin = [value for value in values if not re.search(r"[\u3400-\u9fff]", value)]
    full = words.share(latin, words.latin_name)
    share = (words.han_names(han) * len(han) + full * len(latin)) / len(values)
    if share >= 0.4 and shapes.distinct >= 3:
        yield Candidate("PERSON", 0.4 + 0.55 * share, _clue("names", share, shapes))
        return
    single = words.share(latin, words.given_name) * len(latin) / len(values)
    capital = words.share(latin, lambda value: value[:1].isupper() and not any(ch.isdigit() for ch in value))
    if single >= 0.3 and capital > 0.8 and shapes.distinct >= 12 and shapes.length > 3:
        yield Candidate("PERSON", 0.45 + 0.45 * single, _clue("single-names", single, shapes))
    starred = words.share(values, lambda value: bool(re.fullmatch(r"[\u3400-\u9fff]{1,2}[*＊某xX]{1,3}[\u3400-\u9fff]?", value)))
    if starred >= _MANY:
        yield Candidate("PERSON_MASKED", 0.5 + 0.4 * starred, _clue("masked", starred, shapes), True)


def _formed(shapes: Shapes, checks: Checks) -> Iterator[Candidate]:
    values = shapes.values
    if shapes.length < 30 and (shapes.share("number") < 0.5 or checks.share("PHONE_NUMBER") > 0.1):
        grouped = words.share(values, lambda v: bool(_PHONE.fullmatch(v)) and 6 <= sum(ch.isdigit() for ch in v) <= 15)
        known = checks.share("PHONE_NUMBER")
        local = words.share(values, lambda v: all(_LOCAL.fullmatch(part) or _PHONE.fullmatch(part) for part in _LISTED.split(v)))
        if sum(sum(ch.isdigit() for ch in value) for value in values) < 7 * len(values):
            grouped = 0.0  # sort codes have six
        phones = max(grouped, grouped + known if grouped and known < 0.9 else 0.0, local if 0.1 < known < 0.9 else 0.0)
        if phones >= 0.5 and len(shapes.dates) < 0.3 * len(values) and checks.share("IP_ADDRESS", "IDENTITY_DOCUMENT") < 0.4:
            yield Candidate("PHONE_NUMBER", 0.35 + 0.4 * min(1.0, phones), _clue("phones", min(1.0, phones), shapes))
    if shapes.share("number") > 0.9 and shapes.length >= 7:
        share = words.share(values, lambda v: bool(_COORDINATE.fullmatch(v)))
        if share >= 0.9 and all(abs(float(re.split(r"[,，]", v)[0])) <= 180 for v in values if _COORDINATE.fullmatch(v)):
            yield Candidate("GEO_COORDINATE", 0.7, _clue("coordinates", share, shapes))
    domains = words.share(values, lambda v: bool(_DOMAIN.fullmatch(v)))
    if domains >= 0.8 and shapes.share("number") < 0.1:
        yield Candidate("URL", 0.5 + 0.4 * domains, _clue("domains", domains, shapes), True)
    aged = words.share(values, lambda v: bool(_UNITS.fullmatch(v)))
    if aged >= _MANY:
        yield Candidate("AGE", 0.5 + 0.4 * aged, _clue("ages", aged, shapes), True)
    banded = words.share(values, lambda v: bool(_BAND.fullmatch(v)))
    if banded >= _MANY and shapes.distinct < 20 and shapes.rows > 2 * shapes.distinct:
        yield Candidate("AGE", 0.5, _clue("bands", banded, shapes))
    commonest = max(shapes.forms.values()) / len(values)
    if 6 <= shapes.length <= 20 and secret(values) >= _MANY and len(shapes.forms) > 9 and commonest < 0.4 and shapes.unique > 0.9:
        yield Candidate("PASSWORD", 0.62, _clue("secrets", secret(values), shapes))
    yield from _accounts(shapes)


def _accounts(shapes: Shapes) -> Iterator[Candidate]:
    """Names of accounts: words of many kinds, some with a few digits behind, nearly all different."""
    fits = [m for value in shapes.values if (m := _ACCOUNT.fullmatch(value))]
    if len(fits) < 0.95 * len(shapes.values) or len(fits) < _CERTAIN or shapes.unique < 0.7 or not 4 <= shapes.length <= 20:
        return
    numbered = sum(bool(m[2]) for m in fits) / len(fits)
    stems = {m[1].lower() for m in fits}
    if 0.15 < numbered < 0.97 and len(stems) > 0.5 * len(fits) and sum(map(len, stems)) / len(stems) >= 4:
        yield Candidate("ACCOUNT", 0.6, _clue("accounts", 1.0, shapes))


def secret(values: Sequence[str]) -> float:
    """The share of values that mix small letters, capitals and digits without a pattern, as passwords do."""
    return words.share(
        values,
        lambda v: (
            " " not in v
            and len(v) < 40
            and any(c.isdigit() for c in v)
            and any(c.islower() for c in v[1:])
            and any(c.isupper() for c in v)
        ),
    )
