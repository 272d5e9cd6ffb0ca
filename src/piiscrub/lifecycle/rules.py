"""Rules of retention as TOML: per table a date to count from, a period, what must be kept at least, and holds.

>>> rules = read('''schema = 1
... [[rules]]
... id = "closed accounts"
... table = "customers*"
... basis = "closed_at"
... period = "3 years"
... minimum = ["e-commerce"]
... ''')
>>> rules.rules[0].action, rules.rules[0].minimums[0].source
('delete', 'E-commerce Law art. 31')
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import Any

from piiscrub.errors import DefinitionError, InputError, SourceError, nearest
from piiscrub.lifecycle.periods import Period
from piiscrub.operate.same import same

SCHEMA = 1
ACTIONS = ("delete", "anonymise")
REFERRED = ("keep", "ignore")
_RULE = ("id", "table", "basis", "period", "minimum", "action", "purpose", "policy", "reason", "referred")
_HOLD = ("id", "table", "column", "values", "until", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum:
    """What law asks to keep, and which."""

    id: str
    period: Period
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How long the rows of a table are kept, counted from the day in ``basis``, and what happens then.

    ``referred`` says what becomes of an overdue row to which rows of other tables refer that are not due: it is kept, or that
    is ignored.
    """

    id: str
    table: str
    basis: str
    period: Period
    minimums: tuple[Minimum, ...] = ()
    action: str = "delete"
    purpose: str = ""
    policy: str = "pipl-erasure"
    reason: str = ""
    referred: str = "keep"

    def covers(self, table: str) -> bool:
        return fnmatchcase(table, self.table)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Rows that stay whatever a rule says: all of a table, or those whose cell in ``column`` is one of ``values``.

    The values name cases or persons; they show nowhere. ``until`` is the last day; None: until the hold is taken out. The
    spelling does not matter, nor the case of the table's name: to keep a row too many is the smaller evil.
    """

    id: str
    table: str
    column: str = ""
    values: frozenset[str] = frozenset()
    until: date | None = None
    reason: str = ""

    def covers(self, table: str, today: date) -> bool:
        return fnmatchcase(table.casefold(), self.table.casefold()) and self.runs(today)

    def runs(self, today: date) -> bool:
        """Whether it is in force on a day."""
        return self.until is None or today <= self.until

    def names(self, texts: Iterable[str]) -> list[bool]:
        """Which cells are one of the values, in whatever width, spacing and case."""
        wanted = {_plain(one) for one in self.values}
        return [_plain(text) in wanted for text in texts]

    def __repr__(self) -> str:
        return f"<Hold {self.id!r}: {len(self.values)} values>"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRules:
    """The rules and holds of one file."""

    rules: tuple[Rule, ...]
    holds: tuple[Hold, ...] = ()


@lru_cache(maxsize=1)
def minimums() -> Mapping[str, Minimum]:
    """The legal minimums that come with piiscrub, by id."""
    table = tomllib.loads(files("piiscrub.lifecycle").joinpath("minimums.toml").read_text(encoding="utf-8"))["minimums"]
    return {id: Minimum(id=id, period=Period.parse(own["period"]), source=own["source"]) for id, own in table.items()}


def load(path: str | PathLike[str] | RetentionRules) -> RetentionRules:
    """The rules of a file.

    Raises:
        SourceError: it cannot be read. DefinitionError: it is wrong; says which rule and key, and never a held value.
    """
    if isinstance(path, RetentionRules):
        return path
    if not isinstance(path, str | PathLike):
        raise InputError(f"rules are the path of a TOML file or RetentionRules, not {type(path).__name__}.")
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{Path(path).name}: the rules cannot be read ({type(error).__name__}).") from None
    return read(text, Path(path).name)


def read(text: str, shown: str = "rules") -> RetentionRules:
    """The rules of a file's text. Raises DefinitionError as :func:`load`."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DefinitionError(shown, "", f"this is not valid TOML: {error}.") from None
    _known(shown, "", table, ("schema", "rules", "holds"))
    if table.get("schema") != SCHEMA:
        raise DefinitionError(shown, "schema", f"this version of piiscrub reads schema = {SCHEMA}.")
    rules = tuple(_rule(shown, i, one) for i, one in enumerate(_tables(shown, "rules", table)))
    holds = tuple(_hold(shown, i, one) for i, one in enumerate(_tables(shown, "holds", table)))
    ids = [*(one.id for one in rules), *(one.id for one in holds)]
    if len(set(ids)) != len(ids):
        raise DefinitionError(shown, "id", "two rules or holds have the same id.")
    return RetentionRules(rules=rules, holds=holds)


def _rule(shown: str, i: int, own: Mapping[str, Any]) -> Rule:
    place = f"rules[{i}]"
    _known(shown, place, own, _RULE)
    text = {
        key: _text(shown, place, own, key, needed=key in ("id", "table", "basis", "period")) for key in _RULE if key != "minimum"
    }
    action = text["action"] or "delete"
    if action not in ACTIONS:
        raise DefinitionError(shown, f"{place}.action", f"takes {' or '.join(ACTIONS)}.")
    referred = text["referred"] or "keep"
    if referred not in REFERRED:
        raise DefinitionError(shown, f"{place}.referred", f"takes {' or '.join(REFERRED)}.")
    return Rule(
        id=text["id"],
        table=text["table"],
        basis=text["basis"],
        period=_period(shown, f"{place}.period", text["period"]),
        minimums=tuple(_minimum(shown, f"{place}.minimum", one) for one in own.get("minimum", ())),
        action=action,
        purpose=text["purpose"],
        policy=text["policy"] or "pipl-erasure",
        reason=text["reason"],
        referred=referred,
    )


def _minimum(shown: str, place: str, own: object) -> Minimum:
    if isinstance(own, str):
        found = minimums().get(own)
        if found is None:
            near = nearest(own, minimums())
            raise DefinitionError(
                shown, place, f"there is no legal minimum {own!r}." + (f" Did you mean {near!r}?" if near else "")
            )
        return found
    if isinstance(own, dict) and set(own) == {"period", "source"} and isinstance(own["source"], str):
        return Minimum(id="own", period=_period(shown, place, own["period"]), source=own["source"])
    raise DefinitionError(shown, place, 'takes names such as "aml", or tables { period = "5 years", source = "…" }.')


def _hold(shown: str, i: int, own: Mapping[str, Any]) -> Hold:
    place = f"holds[{i}]"
    _known(shown, place, own, _HOLD)
    values = own.get("values", [])
    if not isinstance(values, list) or not all(isinstance(one, str | int) for one in values):
        raise DefinitionError(shown, f"{place}.values", "takes a list of texts or whole numbers.")
    if bool(values) != bool(own.get("column")):
        raise DefinitionError(shown, place, "column and values go together; without both the whole table is held.")
    until = own.get("until")
    if until is not None and type(until) is not date:  # a time of day is a date too, and cannot be compared with one
        raise DefinitionError(shown, f"{place}.until", "takes a date without quotes, such as 2027-12-31.")
    return Hold(
        id=_text(shown, place, own, "id", needed=True),
        table=_text(shown, place, own, "table", needed=True),
        column=_text(shown, place, own, "column"),
        values=frozenset(str(one).strip() for one in values),
        until=until,
        reason=_text(shown, place, own, "reason"),
    )


def _plain(text: str) -> str:
    """A value as all its spellings are: 1001.0 is 1001 that went through a float."""
    plain = same("MEMBER_NUMBER", unicodedata.normalize("NFC", text))
    return re.sub(r"(?<=\d)\.0+$", "", plain)


def _tables(shown: str, key: str, table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise DefinitionError(shown, key, f"is written as [[{key}]], once for each.")
    return value


def _known(shown: str, place: str, own: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    for key in own:
        if key not in keys:
            near = nearest(key, keys)
            hint = f" Did you mean {near!r}?" if near else ""
            raise DefinitionError(shown, f"{place}.{key}" if place else key, f"there is no such key.{hint}")


def _text(shown: str, place: str, own: Mapping[str, Any], key: str, *, needed: bool = False) -> str:
    value = own.get(key, "")
    if not isinstance(value, str) or (needed and not value):
        raise DefinitionError(shown, f"{place}.{key}", "missing or no text.")
    return value


def _period(shown: str, place: str, text: str) -> Period:
    try:
        return Period.parse(text)
    except InputError as error:
        raise DefinitionError(shown, place, str(error)) from None
