"""Policies by name or file.

A policy file is TOML and names registered things only; it is never code. What is wrong in it fails when it is loaded,
with the file, the key and the nearest right name.

>>> load_policy("review").threshold
0.3
>>> load_policy("balanced").rule_for("CN_MOBILE").name, load_policy("balanced").rule_for("ORGANIZATION").name
('replace', 'keep')
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from piiscrub.errors import InputError, OperatorError, PolicyError, SourceError, UnknownNameError
from piiscrub.model import entities
from piiscrub.model.finding import UNEXAMINED
from piiscrub.model.policy import NO_OPERATOR, OperatorSpec, Policy
from piiscrub.render.table import Table

if TYPE_CHECKING:
    from piiscrub.operate.protocol import Operator

T = TypeVar("T")

SCHEMA = 1
_ID = re.compile(r"[a-z][a-z0-9_-]*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def policies() -> Table:
    """The policies that come with piiscrub as a table: title, version, threshold, what happens to what has no rule.

    >>> [row["id"] for row in policies()][:3]
    ['balanced', 'display', 'gbt35273']
    """
    return Table((_row(load_policy(name)) for name in policy_names()), caption="policies")


def _row(policy: Policy) -> dict[str, object]:
    return {
        "id": policy.id,
        "title_en": policy.title_en,
        "title_zh": policy.title_zh,
        "version": policy.version,
        "as_of": policy.as_of,
        "threshold": policy.threshold,
        "default": policy.default.name or "report",
        "rules": len(policy.rules),
        "unexamined": "report" if policy.scan_only else policy.unexamined,
    }


def policy_names() -> tuple[str, ...]:
    """The names that ``load_policy`` knows without a file."""
    return tuple(_built_in())


def load_policy(name: str | PathLike[str] | Policy, *, operators: Iterable[Operator] = ()) -> Policy:
    """A policy by the name of one that comes with piiscrub, or from a TOML file. A Policy comes back as it is.

    ``operators`` are the caller's own; the file may name them.

    Raises:
        UnknownNameError: no policy of that name.
        SourceError: the file cannot be read.
        PolicyError: the file is wrong; says which key and what to write.

    >>> load_policy("display").rule_for("CN_MOBILE").name
    'mask'
    """
    if isinstance(name, Policy):
        return name
    if not isinstance(name, str | PathLike):
        raise InputError(f"a policy is a name, the path of a TOML file or a Policy, not {type(name).__name__}.")
    text = fspath(name)
    own = tuple(operators)
    if isinstance(name, str) and not _looks_like_path(text):
        if text not in _built_in():
            raise UnknownNameError("policy", text, _built_in())
        return _load_built_in(text) if not own else _Reader(_built_in()[text], f"policies/{text}.toml", own).policy()
    return _Reader(Path(name), text, own).policy()


def _looks_like_path(name: str) -> bool:
    return name.endswith(".toml") or "/" in name or "\\" in name


@cache
def _load_built_in(name: str) -> Policy:
    return _Reader(_built_in()[name], f"policies/{name}.toml", ()).policy()


@lru_cache(maxsize=1)
def _built_in() -> Mapping[str, Path]:
    packaged = Path(__file__).parents[1] / "_policies"
    folder = packaged if packaged.is_dir() else Path(__file__).parents[3] / "policies"
    return {path.stem: path for path in sorted(folder.glob("*.toml")) if path.stem != "purposes"}  # those have their own reader


class _Reader:
    """Reads one file: every key is taken out of the table by the function that checks it; what is left is unknown."""

    def __init__(self, path: Path, shown: str, operators: tuple[Operator, ...], above: tuple[str, ...] = ()) -> None:
        self.path, self.shown, self.operators, self.above = path, shown, operators, (*above, str(path.resolve()))
        try:
            self.table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise PolicyError(shown, "", f"this is not valid TOML: {error}.") from None
        except UnicodeDecodeError:
            raise PolicyError(shown, "", "this is not UTF-8 text. Save it as UTF-8.") from None
        except OSError as error:
            raise SourceError(f"{shown}: the policy cannot be read: {error.strerror or type(error).__name__}.") from None

    def policy(self) -> Policy:
        unknown = next((key for key in self.table if key not in _KEYS), None)
        if unknown is not None:
            raise self.wrong(unknown, "there is no such key." + _nearest(unknown, _KEYS))
        if self.table.get("schema") != SCHEMA:
            raise self.wrong("schema", f"this version of piiscrub reads schema = {SCHEMA}.")
        base = self.base()
        values: dict[str, Any] = {"path": self.shown, "id": self.text("id", _ID, "lowercase letters, digits, _ and -")}
        for key in ("version", "as_of"):
            if key in self.table:
                values[key] = self.text(key, _DATE if key == "as_of" else None, "a date such as 2026-11-21")
        if "title" in self.table:
            values |= self.title()
        if "unexamined" in self.table:
            values["unexamined"] = self.unexamined()
        if "threshold" in self.table:
            values["threshold"] = self.score("threshold", self.table["threshold"])
        if "entities" in self.table:
            values["entities"] = tuple(self.entity("entities", name) for name in self.strings("entities"))
        if "default" in self.table:
            values["default"] = self.operator("default", self.table["default"])
        values["thresholds"] = self.by_entity("thresholds", self.score, base.thresholds if base else ())
        values["rules"] = self.by_entity("rules", self.operator, base.rules if base else ())
        for key in ("allow", "allow_patterns"):
            values[key] = (*(getattr(base, key) if base else ()), *self.strings(key))
        values["deny"] = (*(base.deny if base else ()), *self.deny())
        if "presidio" in self.table:
            values["presidio"] = self.presidio()
        if "ner" in self.table:
            values["ner"] = self.ner()
        if "organisation_addresses" in self.table:
            values["organisation_addresses"] = self.switch("organisation_addresses")
        default = values.get("default", base.default if base else NO_OPERATOR)
        if values["rules"] and not default.name:
            raise self.wrong("default", 'missing. Say what happens to entities without a rule, for example default = "redact".')
        return base.replace(**values, line=(base.id, *base.line)) if base else Policy(**values)

    def wrong(self, key: str, problem: str) -> PolicyError:
        return PolicyError(self.shown, key, problem)

    def base(self) -> Policy | None:
        """The policy this one extends: a built-in by name, or a file beside this one."""
        if "extends" not in self.table:
            return None
        name = self.table["extends"]
        if not isinstance(name, str):
            raise self.wrong("extends", 'takes the name of a policy, for example "balanced".')
        if not _looks_like_path(name):
            if name not in _built_in():
                raise self.wrong("extends", f"there is no policy {name!r}." + _nearest(name, _built_in()))
            path, shown = _built_in()[name], f"policies/{name}.toml"
        else:
            path, shown = self.path.parent / name, name
        if str(path.resolve()) in self.above:
            raise self.wrong("extends", "this policy extends itself, directly or through others.")
        return _Reader(path, shown, self.operators, self.above).policy()

    def text(self, key: str, shape: re.Pattern[str] | None, meaning: str) -> str:
        value = self.table.get(key)
        if not isinstance(value, str) or not value:
            raise self.wrong(key, "missing or no text.")
        if shape is not None and not shape.fullmatch(value):
            raise self.wrong(key, f"takes {meaning}.")
        return value

    def title(self) -> dict[str, str]:
        title = self.table["title"]
        if not isinstance(title, dict) or set(title) - {"en", "zh"} or not all(isinstance(v, str) for v in title.values()):
            raise self.wrong("title", "is a table of two texts, en and zh.")
        return {f"title_{key}": value for key, value in title.items()}

    def unexamined(self) -> Literal["redact", "keep"]:
        value = self.table["unexamined"]
        if value not in ("redact", "keep"):
            raise self.wrong("unexamined", 'takes "redact" or "keep".')
        return cast(Literal["redact", "keep"], value)

    def switch(self, key: str) -> bool:
        value = self.table[key]
        if not isinstance(value, bool):
            raise self.wrong(key, "takes true or false.")
        return value

    def ner(self) -> str:
        """Only names: what they stand for is looked for when a scrubber is built, and loaded with the first text."""
        from piiscrub.registry.taggers import NAMED, SPACY

        value = self.table["ner"]
        if not isinstance(value, str) or not (value in NAMED or SPACY.fullmatch(value)):
            names = ", ".join(f'"{name}"' for name in NAMED)
            raise self.wrong("ner", f'takes {names}, or an installed spaCy model such as "spacy:en_core_web_lg".')
        return value

    def score(self, key: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.wrong(key, "takes a score from 0 to 1.")
        return float(value)

    def strings(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise self.wrong(key, "takes a list of texts that are not empty.")
        return tuple(value)

    def entity(self, key: str, name: object) -> str:
        if not isinstance(name, str):
            raise self.wrong(key, "takes names of entities.")
        try:
            found = entities.get(name).name
        except UnknownNameError as error:
            raise self.wrong(key, str(error)) from None
        if found == UNEXAMINED:
            raise self.wrong(key, 'what could not be examined has its own key: unexamined = "redact" or "keep".')
        return found

    def by_entity(self, key: str, read: Callable[[str, object], T], base: tuple[tuple[str, T], ...]) -> tuple[tuple[str, T], ...]:
        table = self.table.get(key, {})
        if not isinstance(table, dict):
            raise self.wrong(key, "is a table of entities.")
        own: dict[str, T] = {}
        for name, value in table.items():
            entity = self.entity(f"{key}.{name}", name)
            if entity in own:
                raise self.wrong(f"{key}.{name}", f"{entity} stands here twice, once under another name.")
            own[entity] = read(f"{key}.{name}", value)
        return tuple({**dict(base), **own}.items())

    def operator(self, key: str, value: object) -> OperatorSpec:
        from piiscrub.registry.operators import spec  # only here: a policy that only looks needs no operator

        given: dict[str, Any] = {"operator": value} if isinstance(value, str) else dict(value) if isinstance(value, dict) else {}
        name = given.pop("operator", None)
        if not isinstance(name, str):
            raise self.wrong(key, 'takes the name of an operator or a table, for example { operator = "mask", keep_last = 4 }.')
        bad = next((param for param, one in given.items() if not isinstance(one, str | int | float | bool)), None)
        if bad is not None:
            raise self.wrong(f"{key}.{bad}", "takes a text, a number, true or false.")
        try:
            return spec(name, given, extra=self.operators)
        except (OperatorError, UnknownNameError) as error:
            raise self.wrong(key, str(error)) from None

    def deny(self) -> tuple[tuple[str, str], ...]:
        value = self.table.get("deny", [])
        shape = 'takes a list of tables such as { entity = "PERSON", text = "…" }.'
        if not isinstance(value, list):
            raise self.wrong("deny", shape)
        pairs: list[tuple[str, str]] = []
        for i, one in enumerate(value):
            if not isinstance(one, dict) or set(one) != {"entity", "text"} or not isinstance(one["text"], str) or not one["text"]:
                raise self.wrong(f"deny[{i}]", shape)
            pairs.append((self.entity(f"deny[{i}].entity", one["entity"]), one["text"]))
        return tuple(pairs)

    def presidio(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Countries and registry files by their paths, which are told from the folder of the policy."""
        table = self.table["presidio"]
        if not isinstance(table, dict) or not table or set(table) - {"countries", "registries"}:
            raise self.wrong("presidio", 'is a table of lists: countries = ["kr", "za"], registries = ["ours.yaml"].')
        read: dict[str, tuple[str, ...]] = {}
        for key, value in table.items():
            if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
                raise self.wrong(f"presidio.{key}", "takes a list of texts that are not empty.")
            read[key] = tuple(value)
        files = [self.path.parent / name for name in read.get("registries", ())]
        try:
            read["contents"] = tuple(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
        except OSError as error:
            raise self.wrong("presidio.registries", f"a file cannot be read: {error.strerror or type(error).__name__}.") from None
        read["registries"] = tuple(map(str, files))
        return tuple((key, value) for key, value in read.items() if value)


_KEYS = (
    "schema", "id", "version", "as_of", "extends", "title", "unexamined", "threshold", "thresholds", "entities",
    "default", "rules", "allow", "allow_patterns", "deny", "presidio", "ner", "organisation_addresses",
)  # fmt: skip


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" Did you mean {near[0]!r}?" if near else ""
