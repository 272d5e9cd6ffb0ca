"""From findings to decisions under a policy."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from functools import partial
from itertools import repeat

from piiscrub.decide.overlap import ADDRESSES, settle
from piiscrub.errors import InputError
from piiscrub.model import entities
from piiscrub.model.finding import UNEXAMINED, Check, Decision, Finding
from piiscrub.model.policy import Policy

_decision = partial(tuple.__new__, Decision)  # a third of the price of calling the class
_WHY: dict[Check, tuple[str, str]] = {
    "passed": ("check passed", "check passed"),
    "failed": ("pattern", "check failed, but its label stands near"),
    "none": ("pattern", "context"),
}
"""What kept a finding, by its check; the second where a context word was met."""


def wanted_entities(names: Collection[str] | None) -> frozenset[str] | None:
    """The names with everything below them in the tree; None stays None (all). Raises InputError for one text, not a list."""
    if names is None:
        return None
    if isinstance(names, str):
        raise InputError("entities takes a list of names, not one text.")
    return frozenset(child for name in names for child in (entities.get(name).name, *entities.descendants(name)))


def decide(
    findings: Sequence[Finding],
    policy: Policy,
    text: str,
    *,
    wanted: frozenset[str] | None = None,
    own: Set[str] = frozenset(),
) -> list[Decision]:
    """Keep or drop every finding, with the reason, ordered by start.

    The allow list and the threshold come first, so that a finding nobody wants cannot push out one that counts; what
    is not ``wanted`` is dropped last, because it may rightly cover another one (a phone number inside a URL).

    Args:
        findings: sorted by start.
        text: the folded text, for the allow list.
        wanted: entities to keep, with their children; None for all.
        own: ids of the recognizers a caller brought; they win where all else is equal.
    """
    decisions: list[Decision] = []
    standing: list[Finding] = []
    allow = policy.allow or policy.allow_patterns
    threshold_for = policy.threshold_for
    overlapping, end = False, 0
    for finding in findings:  # fields by number: twice as fast as by name
        entity, score = finding[0], finding[3]
        if entity == UNEXAMINED:
            pass
        elif score < (threshold := threshold_for(entity)):
            reason = f"threshold: {score:.2f} is below {threshold:.2f}"
            if finding.against:
                reason += f", because a word that speaks against it stands nearer ({finding.against!r})"
            decisions.append(Decision(finding, False, "", reason))
            continue
        elif allow and policy.allows(text[finding.start : finding.end]):
            decisions.append(Decision(finding, False, "", "allow list"))
            continue
        standing.append(finding)
        overlapping = overlapping or finding[1] < end
        end = finding[2]
    in_order = not decisions
    rule_for = policy.rule_for
    # Without overlaps, as in most texts, there is nothing to settle.
    for finding, rival in settle(standing, own) if overlapping else zip(standing, repeat(None)):  # one has no end
        if rival is not None:
            reason = f"overlap: {rival.entity} ({rival.recognizer}) at {rival.start}–{rival.end} won"
            decisions.append(_decision((finding, False, "", reason)))
        elif finding[8] and not policy.organisation_addresses and finding.entity in ADDRESSES:
            decisions.append(Decision(finding, False, "", f"address of an organisation: {finding.against!r} stands before it"))
        elif wanted is not None and finding.entity not in wanted and finding.entity != UNEXAMINED:
            decisions.append(Decision(finding, False, "", "not wanted"))
        else:
            decisions.append(_decision((finding, True, rule_for(finding[0]).name, _WHY[finding[6]][finding[7] != ()])))
    if not in_order:
        decisions.sort(key=lambda decision: decision[0][1:3])  # start and end of the finding
    return decisions
