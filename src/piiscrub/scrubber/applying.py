"""The operators of one document: built from the policy when first needed, and never trusted to succeed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

from piiscrub.keys.bound import BoundKeys
from piiscrub.model.finding import Finding
from piiscrub.model.policy import REDACT, OperatorSpec, Policy
from piiscrub.operate.protocol import Apply, DocumentState, Operator, VaultScope, start
from piiscrub.registry.operators import build


class Operators:
    """What the policy says for each entity, ready for one document. ``extra`` are operators of the caller."""

    __slots__ = ("_built", "_extra", "_policy", "_state", "keys", "scope")

    keys: BoundKeys
    scope: VaultScope | None
    """The scope of a vault that placeholders are issued in, if one was handed in."""

    def __init__(self, policy: Policy, extra: Sequence[Operator], keys: BoundKeys, vault: VaultScope | None = None) -> None:
        self._policy = policy
        self._extra = extra
        self._state = DocumentState(keys=keys, vault=vault)
        self.keys, self.scope = keys, vault
        self._built: dict[OperatorSpec, Apply] = {}

    @property
    def key_used(self) -> bool:
        """Whether an operator took the key of this document."""
        return self._state.key_used

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
            return self._for(spec)(value, finding), spec.name, ""
        except Exception as error:  # noqa: BLE001  # whatever a stranger's operator raises must not let the value through
            return self._for(REDACT)(value, finding), REDACT.name, f"operator {spec.name!r} failed: {type(error).__name__}"

    def _for(self, spec: OperatorSpec) -> Apply:
        built = self._built.get(spec)
        if built is None:
            built = self._built[spec] = start(build(spec, extra=self._extra), self._state)
        return built
