"""A plan read back from TOML. Only registered names are taken; an unknown key or name fails with the nearest right one."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, cast, get_args

from piiscrub.errors import DefinitionError, OperatorError, SourceError, UnknownNameError, nearest
from piiscrub.model import entities
from piiscrub.model.plan import FORMAT, Action, Basis, ColumnPlan, Joining, Recipient, Role, TablePlan, Terms
from piiscrub.model.policy import NO_OPERATOR, OperatorSpec
from piiscrub.planner.share import SharePlan, as_table
from piiscrub.registry.operators import spec
from piiscrub.table.frame import Table

_PLAN = ("format", "purpose", "recipient", "policy", "policy_hash", "packs_hash", "as_of", "views", "basis", "terms", "tables")
_BASIS = ("kind", "reference", "responsible", "consent")
_TERMS = tuple(field.name for field in dataclasses.fields(Terms))
_TABLE = ("name", "rows", "columns", "canaries", "joining")
_JOINING = tuple(field.name for field in dataclasses.fields(Joining))
_COLUMN = (
    "position",
    "name",
    "dtype",
    "entity",
    "role",
    "action",
    "operator",
    "group",
    "by",
    "renamed",
    "confidence",
    "reason",
    "rule",
)
_TEXTS = ("name", "dtype", "group", "by", "reason", "rule")


def load(path: str | PathLike[str], *, opener: Callable[[Any], Table] = as_table) -> SharePlan:
    """Read a plan file.

    Raises:
        SourceError: it cannot be read.
        DefinitionError: it is wrong; says which key and what to write.
    """
    place = Path(path)
    try:
        text = place.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DefinitionError(place.name, "", "this is not UTF-8 text. Save it as UTF-8.") from None
    except OSError as error:
        raise SourceError(f"{place}: the plan cannot be read: {error.strerror or type(error).__name__}.") from None
    return plan_from(text, shown=place.name, opener=opener)


def plan_from(text: str, *, shown: str = "plan", opener: Callable[[Any], Table] = as_table) -> SharePlan:
    r"""A plan from the text of its file; ``shown`` names the file in errors.

    >>> plan_from("format = 1\npurpos = 'x'")
    Traceback (most recent call last):
    piiscrub.errors.DefinitionError: plan: purpos: there is no such key. Did you mean 'purpose'?
    """
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DefinitionError(shown, "", f"this is not valid TOML: {error}.") from None
    reader = _Reader(shown)
    reader.known(raw, _PLAN, "")
    if raw.get("format") != FORMAT:
        raise DefinitionError(shown, "format", f"this version of piiscrub reads format = {FORMAT}.")
    basis = reader.mapping(raw.get("basis", {}), "basis")
    reader.known(basis, _BASIS, "basis.")
    return SharePlan(
        tables=tuple(reader.table(one, f"tables[{i}].") for i, one in enumerate(reader.list(raw.get("tables", []), "tables"))),
        basis=Basis(**{key: reader.text(basis, key, "basis.") for key in _BASIS}),
        terms=reader.terms(reader.mapping(raw.get("terms", {}), "terms")),
        purpose=reader.text(raw, "purpose", ""),
        recipient=reader.text(raw, "recipient", ""),
        policy=reader.text(raw, "policy", ""),
        policy_hash=reader.text(raw, "policy_hash", ""),
        packs_hash=reader.text(raw, "packs_hash", ""),
        as_of=reader.text(raw, "as_of", ""),
        views=reader.texts(raw, "views"),
        opener=opener,
    )


class _Reader:
    def __init__(self, shown: str) -> None:
        self.shown = shown

    def wrong(self, key: str, problem: str) -> DefinitionError:
        return DefinitionError(self.shown, key, problem)

    def known(self, given: Iterable[str], keys: tuple[str, ...], place: str) -> None:
        for key in given:
            if key not in keys:
                near = nearest(key, keys)
                raise self.wrong(place + key, "there is no such key." + (f" Did you mean {near!r}?" if near else ""))

    def mapping(self, value: object, key: str) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self.wrong(key, "write a table of keys and values.")
        return value

    def list(self, value: object, key: str) -> list[Mapping[str, Any]]:
        if not isinstance(value, list):
            raise self.wrong(key, "write a list.")
        return [self.mapping(one, f"{key}[{i}]") for i, one in enumerate(value)]

    def text(self, given: Mapping[str, Any], key: str, place: str) -> str:
        value = given.get(key, "")
        if not isinstance(value, str):
            raise self.wrong(place + key, "write text between quotes.")
        return value

    def texts(self, given: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = given.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.wrong(key, "write a list of names.")
        return tuple(value)

    def one_of(self, given: Mapping[str, Any], key: str, place: str, allowed: tuple[str, ...], default: str) -> str:
        value = given.get(key, default)
        if value not in allowed:
            near = nearest(str(value), allowed)
            raise self.wrong(place + key, f"one of {', '.join(allowed)}." + (f" Did you mean {near!r}?" if near else ""))
        return str(value)

    def flag(self, given: Mapping[str, Any], key: str, place: str) -> bool:
        value = given.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(place + key, "true or false.")
        return value

    def terms(self, given: Mapping[str, Any]) -> Terms:
        self.known(given, _TERMS, "terms.")
        texts = {
            field.name: self.text(given, field.name, "terms.")
            for field in dataclasses.fields(Terms)
            if isinstance(field.default, str) and field.name != "kind" and field.name in given
        }
        return Terms(
            kind=cast(Recipient, self.one_of(given, "kind", "terms.", get_args(Recipient), Terms().kind)),
            critical=self.flag(given, "critical", "terms."),
            important=self.flag(given, "important", "terms."),
            **texts,
        )

    def table(self, given: Mapping[str, Any], place: str) -> TablePlan:
        self.known(given, _TABLE, place)
        columns = self.list(given.get("columns", []), place + "columns")
        rows = self.list(given.get("rows", []), place + "rows")
        canaries = given.get("canaries", 0)
        if not isinstance(canaries, int) or isinstance(canaries, bool) or canaries < 0:
            raise self.wrong(place + "canaries", "a whole number from 0: how many invented rows go along.")
        return TablePlan(
            name=self.text(given, "name", place),
            canaries=canaries,
            rows=tuple(self.operator(one, f"{place}rows[{i}]") for i, one in enumerate(rows)),
            columns=tuple(self.column(one, f"{place}columns[{i}].") for i, one in enumerate(columns)),
            joining=self.joining(given["joining"], f"{place}joining.") if "joining" in given else None,
        )

    def joining(self, given: object, place: str) -> Joining:
        table = self.mapping(given, place.removesuffix("."))
        self.known(table, _JOINING, place)
        rows, columns = table.get("rows", 0), table.get("columns", [])
        if not isinstance(rows, int) or isinstance(rows, bool) or rows < 0:
            raise self.wrong(place + "rows", "a whole number from 0: how many rows were measured.")
        if not isinstance(columns, list) or not all(isinstance(one, str) for one in columns):
            raise self.wrong(place + "columns", "write a list of names.")
        matched = self.list(table.get("matched", []), place + "matched")
        return Joining(
            rows=rows,
            columns=tuple(columns),
            matched=tuple((self.text(one, "column", place), self.share(one, "share", place)) for one in matched),
            **{key: self.share(table, key, place) for key in ("linked", "linked_by_any", "bound")},
        )

    def share(self, given: Mapping[str, Any], key: str, place: str) -> float:
        value = given.get(key, 0.0)
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
            raise self.wrong(place + key, "a share of rows, from 0 to 1.")
        return float(value)

    def column(self, given: Mapping[str, Any], place: str) -> ColumnPlan:
        self.known(given, _COLUMN, place)
        position, confidence = given.get("position"), given.get("confidence", 0.0)
        if not isinstance(position, int) or isinstance(position, bool) or position < 0:
            raise self.wrong(place + "position", "a whole number from 0: where the column stands.")
        if not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
            raise self.wrong(place + "confidence", "a number from 0 to 1.")
        action = cast(Action, self.one_of(given, "action", place, get_args(Action), "decide"))
        operator = NO_OPERATOR
        if "operator" in given:
            operator = self.operator(given["operator"], place + "operator")
            if action != "transform":
                raise self.wrong(place + "operator", f"action = {action!r} takes none. Write action = 'transform'.")
        return ColumnPlan(
            position=position,
            entity=self.entity(given, place),
            role=cast(Role, self.one_of(given, "role", place, get_args(Role), "unknown")),
            action=action,
            operator=operator,
            confidence=float(confidence),
            renamed=self.flag(given, "renamed", place),
            **{key: self.text(given, key, place) for key in _TEXTS},
        )

    def entity(self, given: Mapping[str, Any], place: str) -> str:
        name = self.text(given, "entity", place)
        try:
            return entities.get(name).name if name else ""
        except UnknownNameError as error:
            raise self.wrong(place + "entity", str(error)) from None

    def operator(self, given: object, place: str) -> OperatorSpec:
        params = {"name": given} if isinstance(given, str) else dict(self.mapping(given, place))
        name = params.pop("name", "")
        if not isinstance(name, str) or not name:
            raise self.wrong(place, 'write { name = "mask" } with the parameters behind it.')
        try:
            return spec(name, params)
        except (UnknownNameError, OperatorError) as error:
            raise self.wrong(place, str(error)) from None
