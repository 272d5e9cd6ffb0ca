"""What the other columns of a table say about one that does not tell by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from piiscrub.model import entities
from piiscrub.table.profile.judge import Verdict, header_clue
from piiscrub.table.profile.together import together

_PERSONAL = (
    "PERSON", "CN_ID_CARD", "EMAIL_ADDRESS", "CN_MOBILE", "GENDER", "DATE_OF_BIRTH", "AGE", "IDENTITY_DOCUMENT", "CREDIT_CARD",
    "HEALTH_NUMBER", "CN_MARITAL_STATUS", "CN_ETHNICITY", "OCCUPATION", "EDUCATION", "INCOME",
)  # fmt: skip
_THINGS = re.compile(
    "product|item|sku|price|brand|category|stock|goods|商品|产品|货|品牌|规格|库存|型号|单价|分类|项目|course|课程|film|song",
    re.IGNORECASE,
)
_AGES = (14, 110)
_OLD, _MANY_OLD = 92, 0.04  # where more than so many are above, the numbers are marks out of a hundred
_YEARS = (1900, 2012)  # of birth
_COUNTED = 1000
_NEAR = 2  # columns
_NUMBERED = re.compile(
    r"(?:c|col|column|field|f|var|v|x|attr|ext|tmp|unnamed|列|字段|备用字段|扩展|数据|值)?[ _:：-]*\d*", re.IGNORECASE
)
_CN_POSTCODE = re.compile(
    r"(?:0[1-7]|1[0-356]|2[0-7]|3[0-6]|4[0-7]|5[1-7]|6[1-7]|7[0-5]|8[013-6])\d{4}"  # rule book A5
)


def settle(verdicts: Sequence[Verdict], names: Sequence[str], years: Mapping[int, Sequence[int | None]]) -> list[Verdict]:
    """The verdicts, with those that were open decided where neighbours allow it.

    Args:
        verdicts: one per column.
        names: the headers, for words such as product.
        years: for columns of dates, identity numbers and small whole numbers: year, year of birth or number of the same rows,
            None where there is none.
    """
    done = list(verdicts)
    for i, verdict in enumerate(verdicts):
        others = [v for j, v in enumerate(verdicts) if j != i]
        new = _name(verdict, others, names[i], [name for j, name in enumerate(names) if j != i]) or _small(
            i, verdict, verdicts, years, names[i]
        )
        new = (
            new
            or _year(verdict, others)
            or _code_of_place(verdict, others)
            or _born(i, verdict, verdicts, years)
            or _birth(verdict, others)
            or _running(verdict, others)
            or together(verdicts, i)
        )
        if new:
            done[i] = verdict.again(new)
    _between(done)
    return done


def _between(done: list[Verdict]) -> None:
    """Open columns of words between an address and a postcode or country are its levels; a letter between names is an initial."""
    for i, verdict in enumerate(done):
        if verdict.hits or verdict.firm:
            continue
        if _initials(verdict) and _has([*done[max(0, i - 1) : i], *done[i + 1 : i + 2]], "PERSON"):
            done[i] = verdict.again(Verdict.of("PERSON", 0.55, ("profile.initials", {}), firm=False))
            continue
        if not verdict.abstained:
            continue
        left = next((v for v in reversed(done[:i]) if not (v.abstained and _wordy(v))), None)
        right = next((v for v in done[i + 1 :] if not (v.abstained and _wordy(v))), None)
        if left is None or right is None:
            continue
        if (
            _wordy(verdict)
            and _has([left], "LOCATION")
            and _has([right], "LOCATION")
            and _has([left, right], "ADDRESS", "POSTAL_CODE")
        ):
            done[i] = verdict.again(Verdict.of("LOCATION", 0.55, ("profile.between-places", {}), firm=False))
        elif verdict.shapes.length < 2.2 and _has([left], "PERSON") and _has([right], "PERSON"):
            done[i] = verdict.again(Verdict.of("PERSON", 0.55, ("profile.between-names", {}), firm=False))


def _initials(verdict: Verdict) -> bool:
    """Whether the values are single capitals of many kinds, or with a full stop behind."""
    values = verdict.shapes.values
    return len(values) > 7 and all(v[0].isupper() and v[0].isascii() and v[1:] in ("", ".") for v in values)


def _wordy(verdict: Verdict) -> bool:
    """Whether the values are short words without digits."""
    shapes = verdict.shapes
    digits = sum(any(ch.isdigit() for ch in value) for value in shapes.values) / max(1, len(shapes.values))
    return bool(shapes.values) and shapes.words <= 3 and 1.5 < shapes.length < 30 and digits < 0.15


def _has(verdicts: Sequence[Verdict], *roots: str) -> bool:
    return any(v.entity and any(entities.is_a(v.entity, root) for root in roots) for v in verdicts)


def _name(verdict: Verdict, others: Sequence[Verdict], own: str, names: Sequence[str]) -> Verdict | None:
    """A column called name or 名称: of persons, of firms, of goods?"""
    hit = next((h for h in verdict.hits if h.kind == "name" and h.strength > 0.3), None)
    if (
        hit is None
        or verdict.entity
        or not verdict.shapes.values
        or verdict.shapes.share("number") > 0.5
        or verdict.role == "text"
    ):
        return None
    if _THINGS.search(own):
        return Verdict.of("", 0.7, header_clue(hit), ("profile.neighbour-thing", {}))
    things = any(_THINGS.search(name) for name in names)
    persons = _has([v for v in others if v.firm or v.entity != "DATE_OF_BIRTH"], *_PERSONAL)  # old dates alone are none
    if re.search("[\u3400-\u9fff]", hit.word) or hit.word in ("mc", "mingcheng"):  # 名称 is the word for things
        if _has(others, "ADDRESS", "PHONE_NUMBER", "ORGANIZATION_NUMBER") and not things:
            return Verdict.of("ORGANIZATION", 0.55, header_clue(hit), ("profile.neighbour-firm", {}))
        return Verdict.of("", 0.6, header_clue(hit), ("profile.neighbour-thing", {}))
    if persons and not things:
        return Verdict.of("PERSON", 0.6, header_clue(hit), ("profile.neighbour-person", {}))
    if things and not persons:
        return Verdict.of("", 0.65, header_clue(hit), ("profile.neighbour-thing", {}))
    if persons or verdict.shapes.distinct > 30 or verdict.abstained:
        return Verdict.unsure(header_clue(hit), ("profile.unsure", {}))
    return None


def _small(
    i: int, verdict: Verdict, verdicts: Sequence[Verdict], years: Mapping[int, Sequence[int | None]], name: str
) -> Verdict | None:
    """Whole numbers of two or three digits: ages beside birth dates, a security code beside cards."""
    numbers = verdict.shapes.whole
    if verdict.firm or verdict.entity or len(numbers) < 0.9 * len(verdict.shapes.values) or not numbers or verdict.hits:
        return None
    low, high = min(numbers), max(numbers)
    others = [v for j, v in enumerate(verdicts) if j != i]
    for j, other in enumerate(verdicts):
        if other.entity in ("DATE_OF_BIRTH", "DATE_TIME") and low >= 0 and high <= _AGES[1] and _ages(years.get(i), years.get(j)):
            return Verdict.of("AGE", 0.9, ("profile.neighbour-birth", {}))
    three = verdict.shapes.digits[3] / len(verdict.shapes.values)
    if low < 150 and high < 1000 and three > 0.75 and high > 850 and verdict.shapes.distinct > 30 and _has(others, "CREDIT_CARD"):
        return Verdict.of("CVV", 0.6, ("profile.neighbour-card", {}))
    if not _could_be_ages(verdict) or not _has(others, "PERSON", "GENDER", "CONTACT"):
        return None
    alike = sum(not v.hits and not v.entity and not v.firm and _could_be_ages(v) for v in verdicts)
    beside = _has(verdicts[max(0, i - _NEAR) : i + _NEAR + 1], "PERSON", "GENDER")
    if alike == 1 and beside and _NUMBERED.fullmatch(name):
        return Verdict.of("AGE", 0.5, ("profile.neighbour-age", {}), firm=False)
    return Verdict.unsure(("profile.maybe-age", {}))


def _could_be_ages(verdict: Verdict) -> bool:
    numbers = verdict.shapes.whole
    if len(numbers) < 0.9 * len(verdict.shapes.values) or len(set(numbers)) < 15:
        return False
    return (
        min(numbers) >= _AGES[0] and 40 <= max(numbers) <= _AGES[1] and sum(n > _OLD for n in numbers) <= _MANY_OLD * len(numbers)
    )


def _year(verdict: Verdict, others: Sequence[Verdict]) -> Verdict | None:
    """Years long ago and far apart beside persons are those of birth, if no other column tells it."""
    numbers = verdict.shapes.whole
    if verdict.firm or verdict.entity or verdict.hits or verdict.shapes.share("year") < 1 or len(numbers) < 15:
        return None
    far = min(numbers) > _YEARS[0] and max(numbers) <= _YEARS[1] and max(numbers) - min(numbers) >= 20
    if far and _has(others, *_PERSONAL) and not _has(others, "DATE_OF_BIRTH", "CN_ID_CARD"):
        return Verdict.of("DATE_OF_BIRTH", 0.55, ("profile.neighbour-year", {}), firm=False)
    return None


def _ages(numbers: Sequence[int | None] | None, years: Sequence[int | None] | None) -> bool:
    """Whether number and year of birth add up to one and the same year, give or take one."""
    if not numbers or not years:
        return False
    sums = [n + y for n, y in zip(numbers, years, strict=True) if n is not None and y is not None]
    return (
        len(sums) > 4 and len(set(years)) > 3 and sum(abs(s - sorted(sums)[len(sums) // 2]) <= 1 for s in sums) > 0.85 * len(sums)
    )


def _code_of_place(verdict: Verdict, others: Sequence[Verdict]) -> Verdict | None:
    """Postcodes beside addresses or towns: five or six digits, often repeated."""
    shapes = verdict.shapes
    if verdict.firm or verdict.entity or verdict.hits or not shapes.values:
        return None
    if not _has(others, "LOCATION"):
        chinese = all(_CN_POSTCODE.fullmatch(value) for value in shapes.values) and 8 <= shapes.distinct <= 0.7 * shapes.rows
        thousands = sum(value.endswith("000") for value in shapes.values) > 0.5 * len(shapes.values)
        if chinese and not thousands and _has(others, "PERSON", "CONTACT", "CN_ID_CARD"):
            return Verdict.of("POSTAL_CODE", 0.5, ("profile.neighbour-postcode", {}), firm=False)
        return None
    size, n = shapes.digits.most_common(1)[0] if shapes.digits else (0, 0)
    zero = any(value.startswith("0") for value in shapes.values)  # a code, no number
    zeros = "00" if size == 5 else "000"
    rounded = sum(value.endswith(zeros) for value in shapes.values) > 0.5 * len(shapes.values)
    if (
        size in (5, 6)
        and not rounded
        and n > 0.8 * len(shapes.values)
        and shapes.distinct > 5
        and (shapes.unique < 0.995 or zero)
    ):
        return Verdict.of("POSTAL_CODE", 0.55, ("profile.neighbour-place", {"n": size}))
    mixed = sum(3 <= len(v) <= 10 and sum(ch.isdigit() for ch in v) >= 2 for v in shapes.values) > 0.95 * len(shapes.values)
    if mixed and shapes.distinct > 30 and len(shapes.digits) > 1 and n < 0.8 * len(shapes.values) and len(shapes.forms) > 2:
        return Verdict.of("POSTAL_CODE", 0.5, ("profile.neighbour-place", {"n": size}))
    return None


def _born(i: int, verdict: Verdict, verdicts: Sequence[Verdict], years: Mapping[int, Sequence[int | None]]) -> Verdict | None:
    """Dates of the years that the identity numbers beside them hold are birth dates."""
    if verdict.entity not in ("DATE_TIME", "DATE_OF_BIRTH"):
        return None
    for j, other in enumerate(verdicts):
        if other.entity == "CN_ID_CARD" and i in years and j in years:
            both = [(a, b) for a, b in zip(years[i], years[j], strict=True) if a is not None and b is not None]
            if len(both) > 4 and len({a for a, _ in both}) > 2 and sum(a == b for a, b in both) > 0.8 * len(both):
                return Verdict.of("DATE_OF_BIRTH", 0.95, *verdict.clues, ("profile.neighbour-id", {}))
    return None


def _running(verdict: Verdict, others: Sequence[Verdict]) -> Verdict | None:
    """Running numbers from a thousand up, beside names, may be those of the persons; from one on they count the rows."""
    numbers = verdict.shapes.whole
    serial = any(key == "profile.serial" for key, _ in verdict.clues)
    if not serial or verdict.hits or verdict.firm or min(numbers) < _COUNTED or not _has(others, "PERSON"):
        return None
    return Verdict.unsure(("profile.long", {"n": len(str(min(numbers)))}))


def _birth(verdict: Verdict, others: Sequence[Verdict]) -> Verdict | None:
    """Old dates in a table without persons are no birth dates."""
    if verdict.entity == "DATE_OF_BIRTH" and not verdict.firm and not _has(others, *_PERSONAL, "CONTACT"):
        clue = verdict.clues[-1]
        return Verdict.of("DATE_TIME", 0.7, clue, ("profile.neighbour-no-person", {}))
    return None
