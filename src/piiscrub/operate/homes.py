"""Invented addresses and firms, drawn from a value's keyed code."""

from __future__ import annotations

from functools import cache

from piiscrub.operate.draws import Draws, words
from piiscrub.operate.people import english_surnames, is_han
from piiscrub.operate.places import CITY, PROVINCE, divisions_of
from piiscrub.reference.divisions import divisions

_MUNICIPAL = ("11", "12", "31", "50")


@cache
def _districts() -> dict[str, tuple[str, ...]]:
    """Names of the districts in force by the first four digits of their code."""
    found: dict[str, list[str]] = {}
    for one in divisions():
        if one.status == "current" and not one.code.endswith("00") and one.name not in ("市辖区", "县"):
            found.setdefault(one.code[:4], []).append(one.name)
    return {city: tuple(names) for city, names in found.items()}


@cache
def _cities() -> tuple[tuple[str, str], ...]:
    """Code and full name (province and city) of every city with districts."""
    names = {one.code: one.name for one in divisions() if one.status == "current"}
    found = []
    for code in _districts():
        province = names.get(code[:2] + "0000", "")
        city = "" if code[:2] in _MUNICIPAL else names.get(code + "00", "")
        if province and (city or code[:2] in _MUNICIPAL):
            found.append((code, province + city))
    return tuple(found)


@cache
def _city_code(name: str) -> str:
    return next((code for code, full in _cities() if full == name or full.endswith(name)), "")


def address(draws: Draws, value: str, *, keep_city: bool = False) -> str:
    """An address that does not exist, of the country and the fineness of the original; in its city if asked.

    >>> address(Draws(bytes(32), "a"), "广东省深圳市南山区科技园路1号", keep_city=True)[:6]
    '广东省深圳市'
    """
    return _chinese(draws, value, keep_city=keep_city) if is_han(value) else _english(draws, value, keep_city=keep_city)


def _chinese(draws: Draws, value: str, *, keep_city: bool) -> str:
    named = divisions_of(value)
    kept = "".join(name for name, level in named if level in (PROVINCE, CITY)) if keep_city else ""
    code = _city_code(kept) if kept else ""
    if code:
        begin = kept
    else:
        code, begin = draws.one(_cities())
    made = begin + draws.one(_districts()[code])
    if not any(c.isdigit() for c in value) and len(value) <= 12:
        return made
    made += f"{draws.one(words('road'))}{draws.one(words('road_type'))}{1 + draws.below(999)}号"
    if any(mark in value for mark in ("栋", "幢", "单元", "室", "座", "楼", "号房", "-")):
        made += f"{1 + draws.below(40)}栋{1 + draws.below(6)}单元{1 + draws.below(33)}{1 + draws.below(8):02d}室"
    return made


def _english(draws: Draws, value: str, *, keep_city: bool) -> str:
    tail = value.rsplit(",", 2)[1:] if keep_city and value.count(",") >= 2 else []
    place = ",".join(tail).strip() if tail else f"{draws.one(words('city_en'))}, XX 00000"  # ZIP 000xx is not used
    if not any(c.isdigit() for c in value):
        return place
    return f"{1 + draws.below(9999)} {draws.one(english_surnames())} {draws.one(words('road_type_en'))}, {place}"


def firm(draws: Draws, value: str) -> str:
    """A firm that is invented, with the kind of ending of the original.

    >>> firm(Draws(bytes(32), "a"), "某某科技有限公司").endswith("公司"), firm(Draws(bytes(32), "a"), "Acme Ltd").endswith("Ltd")
    (True, True)
    """
    if is_han(value):
        stem = draws.one(words("firm_first")) + draws.one(words("firm_second")) + draws.one(words("firm_first"))
        form = next((one for one in ("医院", "大学", "学院", "中学", "小学", "银行", "事务所") if value.endswith(one)), "")
        form = form or next((one for one in reversed(words("firm_form")) if value.endswith(one)), "有限公司")
        return stem + (draws.one(words("firm_trade")) if form.endswith("公司") else "") + form
    form = next((one for one in ("LLC", "Ltd", "Inc", "Co", "GmbH", "University", "Hospital", "Bank") if _ends(value, one)), "")
    stem = f"{draws.one(words('firm_en'))} {draws.one(words('firm_en'))} {draws.one(words('trade_en'))}"
    return f"{stem} {form or draws.one(words('form_en'))}"


def _ends(value: str, form: str) -> bool:
    return value.rstrip(". ").casefold().endswith(f" {form.casefold()}")
