"""The evidence of one scrub."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from piiscrub.model.finding import UNEXAMINED, Decision

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a scrub did, without a single value.

    ``entities`` and ``operators`` count what was handled, ``dropped`` counts findings that lost, by reason.
    ``unexamined`` counts stretches nobody could look at; ``unexamined_kept`` says that the policy left them in.
    ``key`` says by id and epoch which key was used ("" if none was needed), ``scope`` in which scope of a vault
    placeholders were issued ("" without a vault): that is what a restore asks for. ``linked`` counts mentions that got the
    pseudonym of a person named in full beside them, ``ambiguous`` those that fit several and were left to themselves.
    """

    policy: str
    policy_version: str
    policy_hash: str
    packs_hash: str
    entities: Mapping[str, int]
    operators: Mapping[str, int]
    dropped: Mapping[str, int]
    failures: tuple[str, ...]
    unexamined: int
    unexamined_kept: bool
    key: str
    scope: str = ""
    linked: int = 0
    ambiguous: int = 0
    format: int = FORMAT

    def to_dict(self) -> dict[str, object]:
        """Plain data, ready for JSON."""
        return asdict(self)

    def to_json(self) -> str:
        """The same as one JSON text with sorted keys."""
        return json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True)


def counts(decisions: Sequence[Decision]) -> tuple[dict[str, int], dict[str, int], dict[str, int], int]:
    """Count decisions: kept by entity, kept by operator, dropped by reason (the word before a colon), unexamined."""
    kept = [d for d in decisions if d.kept]
    entities = Counter(d.finding.entity for d in kept if d.finding.entity != UNEXAMINED)
    operators = Counter(d.operator or "report" for d in kept)
    dropped = Counter(d.reason.partition(":")[0] for d in decisions if not d.kept)
    unexamined = sum(d.finding.entity == UNEXAMINED for d in kept)
    return dict(sorted(entities.items())), dict(sorted(operators.items())), dict(sorted(dropped.items())), unexamined
