"""The operators of one document: built from the policy when first needed, and never trusted to succeed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from piiscrub.model.finding import Finding
from piiscrub.model.policy import REDACT, OperatorSpec, Policy
from piiscrub.operate.protocol import Apply, DocumentState, StartsPerDocument
from piiscrub.registry.operators import operator

KEYED = frozenset({"hash"})


class Operators:
    """What the policy says for each entity, ready for one document."""

    __slots__ = ("_built", "_extra", "_policy", "_state", "key_used")

    def __init__(self, policy: Policy, extra: Mapping[str, Callable[[str, Finding], str]], key: bytes) -> None:
        self._policy = policy
        self._extra = extra
        self._state = DocumentState(key=key)
        self._built: dict[OperatorSpec, Apply] = {}
        self.key_used = False

    def apply(self, value: str, finding: Finding) -> tuple[str, str, str]:
        """Return (new text, operator that made it, what failed or "").

        A policy that only looks keeps the value. An operator that fails is replaced by redaction: better a gap than a leak.
        """
        spec = self._policy.rule_for(finding.entity)
        if not spec.name:
            return value, "", ""
        try:
            return self._for(spec)(value, finding), spec.name, ""
        except Exception as error:  # an operator may be the caller's own; its message may hold the value, so only the type is told
            return self._for(REDACT)(value, finding), REDACT.name, f"operator {spec.name!r} failed: {type(error).__name__}"

    def _for(self, spec: OperatorSpec) -> Apply:
        built = self._built.get(spec)
        if built is None:
            made = self._extra.get(spec.name) or operator(spec.name, spec.arguments())
            built = made.start(self._state) if isinstance(made, StartsPerDocument) else made
            self._built[spec] = built
            self.key_used |= spec.name in KEYED
        return built
