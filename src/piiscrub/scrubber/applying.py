"""The operators of one document: built from the policy when first needed, and never trusted to succeed."""

from __future__ import annotations

from collections.abc import Sequence

from piiscrub.keys.bound import BoundKeys
from piiscrub.model.finding import Finding
from piiscrub.model.policy import REDACT, OperatorSpec, Policy
from piiscrub.operate.protocol import Apply, DocumentState, Operator, VaultScope, start
from piiscrub.registry.operators import build


class Operators:
    """What the policy says for each entity, ready for one document. ``extra`` are operators of the caller."""

    __slots__ = ("_built", "_extra", "_policy", "_state")

    def __init__(self, policy: Policy, extra: Sequence[Operator], keys: BoundKeys, vault: VaultScope | None = None) -> None:
        self._policy = policy
        self._extra = extra
        self._state = DocumentState(keys=keys, vault=vault)
        self._built: dict[OperatorSpec, Apply] = {}

    @property
    def key_used(self) -> bool:
        """Whether an operator took the key of this document."""
        return self._state.key_used

    @property
    def state(self) -> DocumentState:
        """What the operators of this document share, for whoever runs further operators in it (whole columns of a table)."""
        return self._state

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
