"""From findings to decisions under a policy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from piiscrub.decide.overlap import settle
from piiscrub.model import entities
from piiscrub.model.finding import UNEXAMINED, Decision, Finding
from piiscrub.model.policy import Policy

_decision = partial(tuple.__new__, Decision)  # a third of the price of calling the class


_ADDRESSES = frozenset(("ADDRESS", *entities.descendants("ADDRESS")))


def wanted_entities(names: Collection[str] | None) -> frozenset[str] | None:
    """The names with everything below them in the tree; None stays None (all)."""
    if names is None:
        return None
    return frozenset(child for name in names for child in (entities.get(name).name, *entities.descendants(name)))


def decide(
    findings: Sequence[Finding],
    policy: Policy,
    *,
    value_of: Callable[[Finding], str],
    wanted: frozenset[str] | None = None,
) -> list[Decision]:
    """Keep or drop every finding, with the reason, ordered by start.

    The allow list and the threshold come first, so that a finding nobody wants cannot push out one that counts; what
    is not ``wanted`` is dropped last, because it may rightly cover another one (a phone number inside a URL).

    Args:
        findings: sorted by start.
        value_of: the folded text of a finding, for the allow list; called only if the policy has one.
        wanted: entities to keep, with their children; None for all.
    """
    dropped: list[Decision] = []
    standing: list[Finding] = []
    allow = policy.allow or policy.allow_patterns
    threshold_for = policy.threshold_for
    for finding in findings:
        entity, score = finding[0], finding[3]
        if entity == UNEXAMINED:
            standing.append(finding)
        elif score < (threshold := threshold_for(entity)):
            reason = f"threshold: {score:.2f} is below {threshold:.2f}"
            if finding.against:
                reason += f", because a word that speaks against it stands nearer ({finding.against!r})"
            dropped.append(Decision(finding, False, "", reason))
        elif allow and policy.allows(value_of(finding)):
            dropped.append(Decision(finding, False, "", "allow list"))
        else:
            standing.append(finding)
    decisions = dropped
    rule_for = policy.rule_for
    for finding, rival in settle(standing):
        if rival is not None:
            reason = f"overlap: {rival.entity} ({rival.recognizer}) at {rival.start}–{rival.end} won"
            decisions.append(_decision((finding, False, "", reason)))
        elif finding.against and not policy.organisation_addresses and finding.entity in _ADDRESSES:
            decisions.append(Decision(finding, False, "", f"address of an organisation: {finding.against!r} stands before it"))
        elif wanted is not None and finding.entity not in wanted and finding.entity != UNEXAMINED:
            decisions.append(Decision(finding, False, "", "not wanted"))
        else:
            decisions.append(_decision((finding, True, rule_for(finding[0]).name, _why(finding))))
    if dropped:
        decisions.sort(key=lambda d: (d.finding.start, d.finding.end))
    return decisions


def _why(finding: Finding) -> str:
    check = finding.check
    if check == "passed":
        return "check passed"
    if finding.context:
        return "check failed, but its label stands near" if check == "failed" else "context"
    return "pattern"
