"""The operators of one document: built from the policy when first needed, and never trusted to succeed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple

from piiscrub.keys.bound import BoundKeys
from piiscrub.model.finding import Decision, Finding
from piiscrub.model.policy import REDACT, OperatorSpec, Policy
from piiscrub.operate.forms import written_like
from piiscrub.operate.protocol import Apply, DocumentState, Operator, VaultScope, start
from piiscrub.registry.operators import build
from piiscrub.scrubber.linking import AMBIGUOUS, LINKABLE, LINKED, Links, names
from piiscrub.text.escapes import may_hold_codes, without_codes

READ = frozenset((*LINKABLE, "mask", "generalise", "date_shift"))
"""Operators that read a value, and are handed what its codes stand for: ``\\u5f20\\u4f1f`` is 张伟. The others give it back."""


class Rewritten(NamedTuple):
    """A text as it goes out, the decisions that were carried out, and what failed; ``escaped`` as of ``Operators.escape``."""

    text: str
    escaped: int
    done: list[Decision]
    failures: list[str]


class Operators:
    """What the policy says for each entity, ready for one document. ``extra`` are operators of the caller."""

    __slots__ = ("_built", "_extra", "_groups", "_policy", "_state", "_within", "keys", "links", "scope")

    keys: BoundKeys
    scope: VaultScope | None
    """The scope of a vault that placeholders are issued in, if one was handed in."""

    links: bool
    """Whether the policy's operator for names links the forms of one name."""

    def __init__(
        self,
        policy: Policy,
        extra: Sequence[Operator],
        keys: BoundKeys,
        vault: VaultScope | None = None,
        groups: Callable[[str], str] | None = None,
    ) -> None:
        """``groups`` tells the linkage group of an entity: in the text of a table values are handled as in its columns."""
        self._policy = policy
        self._extra = extra
        self._state = DocumentState(keys=keys, vault=vault)
        self.keys, self.scope = keys, vault
        self.links = policy.rule_for("PERSON").name in LINKABLE
        self._groups = groups or _no_group
        self._within: dict[str, DocumentState] = {"": self._state}
        self._built: dict[tuple[OperatorSpec, str], Apply] = {}

    @property
    def key_used(self) -> bool:
        """Whether an operator took the key of this document."""
        return any(state.key_used for state in self._within.values())

    @property
    def state(self) -> DocumentState:
        """What the operators of this document share, for whoever runs further operators in it (whole columns of a table)."""
        return self._state

    def batch(self) -> AbstractContextManager[object]:
        """What is issued within the block is on disk at its end, all or nothing."""
        return nullcontext() if self.scope is None else self.scope.batch()

    def escape(self, text: str, replaced: Sequence[tuple[int, int]]) -> tuple[str, int]:
        """Hide what only looks like a placeholder behind one of its own, so that a restore gives it back as it was.

        Args:
            text: the text with what was replaced.
            replaced: where in it the results of operators stand.

        Returns:
            The text, and how many were hidden. Without a vault nothing is done.
        """
        if self.scope is None:
            return text, 0
        from piiscrub.scrubber.placeholders import escape

        return escape(text, frozenset(replaced), self.scope.put)

    def apply(self, value: str, finding: Finding) -> tuple[str, str, str]:
        """Return (new text, operator that made it, what failed or "").

        A policy that only looks keeps the value. An operator that fails is replaced by redaction: better a gap than a leak.
        An operator may be the caller's own, and its message may hold the value, so only the type of what failed is told.
        """
        spec = self._policy.rule_for(finding.entity)
        if not spec.name:
            return value, "", ""
        try:
            read = _read(value) if spec.name in READ else value
            return self._for(spec, finding.entity)(read, finding), spec.name, ""
        except Exception as error:  # noqa: BLE001  # whatever a stranger's operator raises must not let the value through
            return self._for(REDACT)(value, finding), REDACT.name, f"operator {spec.name!r} failed: {type(error).__name__}"

    def rewrite(self, text: str, decisions: Iterable[Decision], links: Links | None = None) -> Rewritten:
        """The text with what was kept replaced. ``links`` are the people at hand."""
        pieces: list[str] = []
        done: list[Decision] = []
        failures: list[str] = []
        replaced: list[tuple[int, int]] = []
        at = length = 0
        for decision in decisions:
            if not decision.kept:
                continue
            finding = decision.finding
            new, operator, failure, note = self.handle(text[finding.start : finding.end], finding, links)
            pieces += (text[at : finding.start], new)
            length += finding.start - at + len(new)
            replaced.append((length - len(new), length))
            at = finding.end
            if failure:
                failures.append(failure)
            said = failure or note
            done.append(decision._replace(operator=operator, reason=f"{decision.reason}; {said}") if said else decision)
        pieces.append(text[at:])
        return Rewritten(*self.escape("".join(pieces), replaced), done, failures)

    def handle(self, value: str, finding: Finding, links: Links | None) -> tuple[str, str, str, str]:
        """As ``apply``, and what to say of a mention: ``links`` are the people at hand."""
        new, note = self.link(value, finding, links) if links is not None else ("", "")
        if new:
            return new, self._policy.rule_for(finding.entity).name, "", note
        return *self.apply(value, finding), note

    def link(self, value: str, finding: Finding, links: Links) -> tuple[str, str]:
        """What takes the place of a mention of one of the people at hand, and what to say of it.

        "" for what is no name, names nobody or several, or is not linked by the policy: ``apply`` handles that.
        """
        rule = self._policy.rule_for(finding.entity)
        if rule.name not in LINKABLE or not names(finding.entity):
            return "", ""
        value = _read(value)
        person, match = links.find(value)
        if person is None or match.strength is None:
            return "", AMBIGUOUS if match.ambiguous else ""
        spec = person.operator if person.operator.name == rule.name else self._policy.rule_for("PERSON")
        if spec.name != rule.name:
            return "", ""
        whole = Finding("PERSON", 0, len(person.name), finding.score, finding.recognizer)
        try:
            made = self._for(spec, "PERSON", person.group)(person.name, whole)
            return (written_like(made, person.name, value, match.strength) if spec.name == "pseudonym" else made), LINKED
        except Exception:  # noqa: BLE001  # as in apply, which is asked next and says what fails
            return "", ""

    def _for(self, spec: OperatorSpec, entity: str = "", group: str = "") -> Apply:
        if spec.name in LINKABLE:
            group = group or self._groups(entity)
        built = self._built.get((spec, group))
        if built is None:
            built = start(build(spec, extra=self._extra), self._within_group(group))
            self._built[spec, group] = built
        return built

    def _within_group(self, group: str) -> DocumentState:
        if group not in self._within:
            self._within[group] = self._state.within(group)
        return self._within[group]


def _read(value: str) -> str:
    """A value with characters in place of their codes."""
    return without_codes(value)[0] if may_hold_codes(value) else value


def _no_group(_entity: str) -> str:
    return ""
