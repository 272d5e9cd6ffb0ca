"""Candidates by form alone: grouped phone numbers, coordinates, web addresses, ages, passwords, account names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piiscrub.reference.tables import listed
from piiscrub.table.profile import words
from piiscrub.table.profile.candidate import Candidate, clue_of
from piiscrub.table.profile.checks import Checks
from piiscrub.table.profile.shapes import Shapes

_PHONE = re.compile(
    r"(?:\+|00)?[(（]?\d{1,5}[)）]?(?:[ ./-]{1,2}[(（]?\d{2,5}[)）]?){1,5}(?:\s?(?:x|ext\.?|转)\s?\d{1,5})?|\+\d{7,15}"
)
_COORDINATE = re.compile(r"[-+]?\d{1,3}\.\d{4,}(?:\s?[,，]\s?[-+]?\d{1,3}\.\d{4,})?")
_DOMAIN = re.compile(r"(?:https?://)?(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,12}(?:/\S*)?")
_LONG_TOP = 4  # what ends in more letters is a surname or a word, unless it is listed
_ACCOUNT = re.compile(r"([A-Za-z][A-Za-z._-]{2,23})([0-9]{0,5})")
_LOCAL = re.compile(r"1[3-9]\d{9}|[2-8]\d{6,7}|0[1-9]\d{8,10}|[48]00-?\d{3}-?\d{4}")
_EXTENDED = re.compile(
    r"(?:1[3-9]\d{9}|0?[2-8][\d-]{6,11})\s?(?:x|ext\.?|转|轉|,)\s?\d{1,6}"
)  # of a switchboard, or of a hidden number
_LISTED = re.compile(r"\s*[,，;；/、]\s*")
_UNITS = re.compile(r"\d{1,3}\s?(?:岁|周岁|歲|years? old|yrs?|y/?o|y)", re.IGNORECASE)
_BAND = re.compile(r"\d{1,3}\s?[-~至–]\s?\d{1,3}岁?|\d{1,3}\+|[<>≥≤]\s?\d{1,3}岁?")
_TAG = re.compile(r"[A-Za-z]{2,8}[_-]")
# Forms that a column of nothing else has, though one value in a text may be chance.
_WHOLE = (
    ("LICENSE_PLATE", re.compile(r"[A-Z]{2}\d{2} ?[A-Z]{3}"), 0.7),  # United Kingdom since 2001
    ("LICENSE_PLATE", re.compile(r"[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2}[- ]?\d{1,4}[EH]?"), 0.62),  # Germany
    ("UK_NINO", re.compile(r"[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]"), 0.66),
    ("SWIFT_BIC", re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?"), 0.6),
)
_SORT = re.compile(r"\d{2}-\d{2}-\d{2}")
_HANDLE = re.compile(r"@[A-Za-z0-9_.]{2,30}")
_NANP = re.compile(r"[2-9]\d{2}[2-9]\d{6}")
_ZIP = re.compile(r"\d{5}(-\d{4})?")
_BLOOD = re.compile(r"(?:RH)?[-+]?(A|B|O|AB)(?:型|[+-]|RH[+-]|阳性|阴性)?", re.IGNORECASE)
_MANY, _MOSTLY = 0.6, 0.9
_STARTS = 3  # exchanges: what phone numbers begin with
_CERTAIN = 12  # values from which a mixture shows


def formed(shapes: Shapes, checks: Checks) -> Iterator[Candidate]:
    """Readings that the form of the values alone suggests."""
    values = shapes.values
    if shapes.length < 30 and (shapes.share("number") < 0.5 or checks.share("PHONE_NUMBER") > 0.1):
        grouped = words.share(values, lambda v: bool(_PHONE.fullmatch(v)) and 6 <= sum(ch.isdigit() for ch in v) <= 15)
        known = checks.share("PHONE_NUMBER")
        local = words.share(values, lambda v: all(_LOCAL.fullmatch(part) or _PHONE.fullmatch(part) for part in _LISTED.split(v)))
        if sum(sum(ch.isdigit() for ch in value) for value in values) < 7 * len(values):
            grouped = 0.0  # sort codes have six
        phones = max(grouped, grouped + known if grouped and known < 0.9 else 0.0, local if 0.1 < known < 0.9 else 0.0)
        phones = max(phones, words.share(values, lambda v: bool(_EXTENDED.fullmatch(v))))
        if phones >= 0.5 and len(shapes.dates) < 0.3 * len(values) and checks.share("IP_ADDRESS", "IDENTITY_DOCUMENT") < 0.4:
            yield Candidate("PHONE_NUMBER", 0.35 + 0.4 * min(1.0, phones), clue_of("phones", min(1.0, phones), shapes))
    if shapes.share("number") > 0.9 and shapes.length >= 7:
        share = words.share(values, lambda v: bool(_COORDINATE.fullmatch(v)))
        degrees = [abs(float(re.split(r"[,，]", v)[0])) for v in values if _COORDINATE.fullmatch(v)]
        if share >= 0.9 and 1 < max(degrees) <= 180:  # shares of one lie below it
            yield Candidate("GEO_COORDINATE", 0.7, clue_of("coordinates", share, shapes))
    domains = words.share(values, lambda v: bool(_DOMAIN.fullmatch(v)) and not _no_domain(v))
    if domains >= 0.8 and shapes.share("number") < 0.1:
        yield Candidate("URL", 0.5 + 0.4 * domains, clue_of("domains", domains, shapes), True)
    aged = words.share(values, lambda v: bool(_UNITS.fullmatch(v)))
    if aged >= _MANY:
        yield Candidate("AGE", 0.5 + 0.4 * aged, clue_of("ages", aged, shapes), True)
    banded = words.share(values, lambda v: bool(_BAND.fullmatch(v)))
    if banded >= _MANY and shapes.distinct < 20 and shapes.rows > 2 * shapes.distinct:
        open_end = any(v.endswith("+") or v[0] in ">≥" for v in values) and any(v[:2] in ("16", "18", "20", "25") for v in values)
        yield Candidate("AGE", 0.6 if open_end else 0.5, clue_of("bands", banded, shapes))
    commonest = max(shapes.forms.values()) / len(values)
    mixed = len(shapes.forms) > 9 and commonest < 0.4 and shapes.unique > 0.9 and not _one_start(values)
    if 6 <= shapes.length <= 20 and mixed and secret(values) >= _MANY:
        yield Candidate("PASSWORD", 0.62, clue_of("secrets", secret(values), shapes))
    if (
        shapes.length >= 32
        and len(shapes.digits) == 0
        and secret(values) > 0.9
        and not _one_start(values)
        and shapes.unique > 0.9
    ):
        yield Candidate("SECRET", 0.6, clue_of("secrets", secret(values), shapes))
    yield from _accounts(shapes)
    yield from _listed(shapes)


def _no_domain(value: str) -> bool:
    """Whether it only looks like a name of the internet: report.pdf, db.internal, shop.OrderService, jane.sample."""
    last = value[value.rfind(".") + 1 :]
    if last in listed("dotted_names", "inner"):
        return True
    if "/" in value:  # https://example.com/a.html
        return False
    if last.lower() in listed("dotted_names", "file") or not (last.islower() or last.isupper()):
        return True
    return len(last) > _LONG_TOP and last.lower() not in listed("dotted_names", "top")


def _listed(shapes: Shapes) -> Iterator[Candidate]:
    """Forms that one value proves nothing by, but all of a column do."""
    values = shapes.values
    if shapes.digits[10] > 0.98 * len(values) and len(values) >= _CERTAIN:
        share = words.share(values, lambda v: bool(_NANP.fullmatch(v)))
        if share > 0.98 and shapes.unique > 0.5 and not _numbered(values):
            yield Candidate("PHONE_NUMBER", 0.66, clue_of("north-american", share, shapes))
    if len(values) >= 5 and all(_ZIP.fullmatch(v) for v in values) and any("-" in v for v in values):
        yield Candidate("US_ZIP", 0.85, clue_of("found", 1.0, shapes, entity="US_ZIP"), True)
    blood = [m[1].upper() for v in values if (m := _BLOOD.fullmatch(v))]
    if shapes.distinct <= 20 and len(blood) == len(values) and {*blood} >= {"A", "B", "O"}:
        yield Candidate("MEDICAL_CONDITION", 0.75, clue_of("blood", 1.0, shapes))
    codes = words.share(values, words.icd)
    if len(values) > 4 and codes > 0.9 and sum("." in v for v in values) > 0.3 * len(values):
        yield Candidate("MEDICAL_CONDITION", 0.7, clue_of("icd", codes, shapes))
    for entity, form, score in _WHOLE:
        if len(values) >= _CERTAIN and (share := words.share(values, lambda v, form=form: bool(form.fullmatch(v)))) > 0.97:  # type: ignore[misc]  # bound here
            yield Candidate(entity, score, clue_of("found", share, shapes, entity=entity))
    if len(values) >= _CERTAIN and all(_SORT.fullmatch(v) for v in values) and len(shapes.dates) < 0.6 * len(values):
        yield Candidate("UK_SORT_CODE", 0.62, clue_of("found", 1.0, shapes, entity="UK_SORT_CODE"))
    handles = words.share(values, lambda v: bool(_HANDLE.fullmatch(v)))
    if handles >= 0.8:
        yield Candidate("ACCOUNT", 0.8, clue_of("handles", handles, shapes), True)


def _numbered(values: Sequence[str]) -> bool:
    """Whether numbers of ten digits may be those of lots or entrants: all of one beginning, or of years."""
    years = words.share(values, lambda v: v.startswith("20"))
    return years > _MOSTLY or len({v[:6] for v in values}) < _STARTS


def _one_start(values: Sequence[str]) -> bool:
    """Whether nearly all begin with one and the same tag: cus_, ch_, acct-."""
    heads = [m[0] for v in values if (m := _TAG.match(v))]
    return len(heads) > 0.9 * len(values) and len(set(heads)) <= 3


def _accounts(shapes: Shapes) -> Iterator[Candidate]:
    """Names of accounts: words of many kinds, some with a few digits behind, nearly all different."""
    fits = [m for value in shapes.values if (m := _ACCOUNT.fullmatch(value))]
    if len(fits) < 0.95 * len(shapes.values) or len(fits) < _CERTAIN or shapes.unique < 0.7 or not 4 <= shapes.length <= 20:
        return
    numbered = sum(bool(m[2]) for m in fits) / len(fits)
    stems = {m[1].lower() for m in fits}
    if 0.15 < numbered < 0.97 and len(stems) > 0.5 * len(fits) and sum(map(len, stems)) / len(stems) >= 4:
        yield Candidate("ACCOUNT", 0.6, clue_of("accounts", 1.0, shapes))


def secret(values: Sequence[str]) -> float:
    """The share of values that mix small letters, capitals and digits without a pattern, as passwords do."""
    return words.share(
        values,
        lambda v: (
            " " not in v
            and len(v) < 80
            and any(c.isdigit() for c in v)
            and any(c.islower() for c in v[1:])
            and any(c.isupper() for c in v)
        ),
    )
