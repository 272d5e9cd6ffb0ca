"""A policy: which entities are wanted, from which score on, and what happens to each.

Frozen plain data; ``registry/policies.py`` reads it from TOML. The rule of inheritance (ARCHITECTURE §4) lives here:

    A rule for a parent holds for its children, except that a permissive operator (``keep``, or any that leaves part of the
    value readable) reaches only children whose identifier type and sensitivity are no higher. The others need their own
    rule; without one they take the nearest rule further up that leaves nothing readable, else the default, and where the
    default is permissive itself they are redacted: being stopped must never make a value more readable.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Literal, TypeAlias

from piiscrub.model import entities
from piiscrub.model.finding import UNEXAMINED

Param: TypeAlias = str | int | float | bool


@dataclass(frozen=True, slots=True)
class OperatorSpec:
    """An operator by name with its parameters, sorted by name. ``name`` is "" for a policy that only looks.

    ``permissive``: part of the value stays readable. Whoever makes the spec says so; when in doubt it is.

    >>> OperatorSpec.of("mask", permissive=True, style="display").arguments()
    {'style': 'display'}
    """

    name: str
    params: tuple[tuple[str, Param], ...] = ()
    permissive: bool = True

    @classmethod
    def of(cls, name: str, /, *, permissive: bool = True, **params: Param) -> OperatorSpec:
        return cls(name, tuple(sorted(params.items())), permissive)

    def arguments(self) -> dict[str, Param]:
        return dict(self.params)


NO_OPERATOR = OperatorSpec("", (), False)
REDACT = OperatorSpec("redact", (), False)
KEEP = OperatorSpec("keep", (), True)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What to look for and what to do with it. Immutable; make a changed one with :meth:`replace`.

    Attributes:
        entities: what to look for; None means everything. A parent stands for everything below it in the entity tree.
        rules: pairs of entity and operator, as they were written. ``rule_for(entity)`` answers for every entity of the tree.
        thresholds: pairs of entity and lowest score, as they were written. ``threshold_for(entity)`` answers for every entity.
        allow: exact texts that are never reported. Not shown in the repr: they may be personal information themselves.
        allow_patterns: the same with shell wildcards, such as ``*@example.com``.
        deny: pairs of entity and text; such a text is always reported. Not shown in the repr either.
        presidio: the recognizers taken over from Presidio: codes of countries, paths of registry files, and the SHA-256 of
            each such file as it was read.
        ner: who finds names and addresses, if the caller does not say; "" means the taggers of this package.
        organisation_addresses: False drops addresses of organisations; the decision says so.
        line: the ids of the policies that this one extends, nearest first.
    """

    id: str
    version: str = "1"
    title_en: str = ""
    title_zh: str = ""
    as_of: str = ""
    unexamined: Literal["redact", "keep"] = "redact"
    threshold: float = 0.4
    thresholds: tuple[tuple[str, float], ...] = ()
    entities: tuple[str, ...] | None = None
    default: OperatorSpec = NO_OPERATOR
    rules: tuple[tuple[str, OperatorSpec], ...] = ()
    allow: tuple[str, ...] = field(default=(), repr=False)
    allow_patterns: tuple[str, ...] = field(default=(), repr=False)
    deny: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    presidio: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ner: str = ""
    organisation_addresses: bool = True
    path: str = field(default="", compare=False)
    line: tuple[str, ...] = field(default=(), compare=False)
    _rule: dict[str, OperatorSpec] = field(init=False, repr=False, compare=False)
    _threshold: dict[str, float] = field(init=False, repr=False, compare=False)
    _wanted: frozenset[str] | None = field(init=False, repr=False, compare=False)
    _allow: frozenset[str] = field(init=False, repr=False, compare=False)
    _stopped: tuple[tuple[str, str, str], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        thresholds = dict(self.thresholds)
        rule: dict[str, OperatorSpec] = {}
        threshold: dict[str, float] = {}
        stopped: list[tuple[str, str, str]] = []
        rules = dict(self.rules)
        for name in entities.tree():
            line = (name, *entities.ancestors(name))
            threshold[name] = next((thresholds[one] for one in line if one in thresholds), self.threshold)
            rule[name] = self._resolve(name, line, rules, stopped)
        # Fail closed: what could not be examined is redacted unless the policy says otherwise; one that only looks does nothing.
        rule[UNEXAMINED] = NO_OPERATOR if self.scan_only else KEEP if self.unexamined == "keep" else REDACT
        threshold[UNEXAMINED] = 0.0
        wanted = None if self.entities is None else frozenset((UNEXAMINED, *_with_descendants(self.entities)))
        for slot, value in (
            ("_rule", rule),
            ("_threshold", threshold),
            ("_wanted", wanted),
            ("_allow", frozenset(self.allow)),
            ("_stopped", tuple(stopped)),
        ):
            object.__setattr__(self, slot, value)

    def _resolve(
        self, name: str, line: tuple[str, ...], rules: dict[str, OperatorSpec], stopped: list[tuple[str, str, str]]
    ) -> OperatorSpec:
        halted = False
        for one in line:
            spec = rules.get(one)
            if spec is None:
                continue
            if not spec.permissive or one == name or not (halted or entities.exceeds(name, one)):
                return spec
            if not halted:
                stopped.append((one, name, spec.name))
            halted = True
        return REDACT if halted and self.default.permissive else self.default

    @property
    def scan_only(self) -> bool:
        """Whether this policy only looks: it has no operator, so text cannot be scrubbed with it."""
        return not self.default.name

    def rule_for(self, entity: str) -> OperatorSpec:
        """The operator for an entity. One the tree does not know takes the default, or redaction where that is permissive."""
        found = self._rule.get(entity)
        if found is None:
            return REDACT if self.default.permissive else self.default
        return found

    def threshold_for(self, entity: str) -> float:
        """The lowest score at which a finding of this entity is kept: its own, its nearest ancestor's, else the default."""
        return self._threshold.get(entity, self.threshold)

    def wants(self, entity: str) -> bool:
        """Whether findings of this entity are reported at all. What could not be examined always is."""
        return self._wanted is None or entity in self._wanted

    def allows(self, value: str) -> bool:
        """Whether the allow list holds this exact value or a pattern that covers all of it."""
        return value in self._allow or any(fnmatchcase(value, pattern) for pattern in self.allow_patterns)

    def stopped(self) -> tuple[tuple[str, str, str], ...]:
        """What the safe inheritance stopped: (entity the rule was written for, child it did not reach, operator)."""
        return self._stopped

    def replace(self, **changes: Any) -> Policy:  # Any: the same as dataclasses.replace takes
        """The same policy with some fields changed; ``entities`` may hold aliases."""
        if changes.get("entities") is not None:
            changes["entities"] = tuple(entities.get(name).name for name in changes["entities"])
        return dataclasses.replace(self, **changes)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the content, hexadecimal. It goes into evidence and plans, so that they name what they were made with.

        Listed values enter through scrypt: evidence is handed to others, and a plain hash over a list of one phone number
        is that phone number to whoever tries them all.
        """
        content: dict[str, Any] = {
            one.name: getattr(self, one.name)
            for one in dataclasses.fields(self)
            if one.init and one.name not in ("path", "line", "presidio", *_LATER, *_LISTS)
        }
        # A policy without these keys has the hash that it had before there were any.
        content |= {
            one.name: value
            for one in dataclasses.fields(self)
            if one.name in _LATER and (value := getattr(self, one.name)) != one.default
        }
        if self.presidio:  # what a registry says counts, not where it lies
            content["presidio"] = sorted((key, value) for key, value in self.presidio if key != "registries")
        content["rules"] = sorted((entity, dataclasses.astuple(spec)) for entity, spec in self.rules)
        content["thresholds"] = sorted(self.thresholds)
        content["entities"] = None if self.entities is None else sorted(self.entities)
        content["default"] = dataclasses.astuple(self.default)
        digest = hashlib.sha256(_canonical(content)).digest()
        lists = [sorted(getattr(self, name)) for name in _LISTS]
        if any(lists):
            digest = hashlib.scrypt(_canonical(lists), salt=digest, n=2**14, r=8, p=1, dklen=32)
        return digest.hex()


_LISTS = ("allow", "allow_patterns", "deny")
_LATER = ("ner", "organisation_addresses")


def _canonical(content: object) -> bytes:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _with_descendants(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        yield entities.get(name).name
        yield from entities.descendants(name)
