"""What is counted while a file is worked on. Counts and places only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from piiscrub.evidence.record import Evidence
from piiscrub.model.finding import Finding
from piiscrub.sources import NotExamined, Unit


@dataclass(frozen=True, slots=True)
class Seen:
    """One finding at its place in a file. ``value`` is "" unless values were asked for."""

    unit: Unit
    finding: Finding
    where: str
    place: dict[str, object]
    value: str = ""


@dataclass(slots=True)
class Tally:
    """One file. ``name`` is what may be shown: a name that holds personal information is masked in it."""

    name: str
    format: str = ""
    encoding: str = ""
    size: int = 0
    units: int = 0
    entities: Counter[str] = field(default_factory=Counter)
    not_examined: list[NotExamined] = field(default_factory=list)
    operators: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    failures: set[str] = field(default_factory=set)
    retyped: int = 0
    renamed: int = 0
    defused: int = 0
    unexamined_kept: bool = False
    last: Evidence | None = None

    @property
    def findings(self) -> int:
        return self.entities.total()

    def add(self, evidence: Evidence) -> None:
        """Add what the scrub of one unit did."""
        self.entities.update(evidence.entities)
        self.operators.update(evidence.operators)
        self.dropped.update(evidence.dropped)
        self.failures.update(evidence.failures)
        self.unexamined_kept |= evidence.unexamined_kept
        if self.last is None or evidence.key:
            self.last = evidence

    def evidence(self) -> dict[str, object]:
        """The evidence of the whole file, in the form of one."""
        last = self.last
        return {
            "policy": last.policy if last else "",
            "policy_version": last.policy_version if last else "",
            "policy_hash": last.policy_hash if last else "",
            "packs_hash": last.packs_hash if last else "",
            "entities": dict(sorted(self.entities.items())),
            "operators": dict(sorted(self.operators.items())),
            "dropped": dict(sorted(self.dropped.items())),
            "failures": sorted(self.failures),
            "unexamined": len(self.not_examined),
            "unexamined_kept": self.unexamined_kept,
            "key": last.key if last else "",
            "scope": last.scope if last else "",
            "format": last.format if last else 1,
        }
