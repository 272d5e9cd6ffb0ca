"""Text that the policy lists: as it is compared, and always found, whatever else stands there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from piiscrub.model.finding import Decision, Finding
from piiscrub.model.policy import Policy
from piiscrub.scrubber.spans import apart, less, over
from piiscrub.text.folding import fold


def folded_lists(policy: Policy) -> Policy:
    """The policy with its lists in the form in which texts are read: a value in full-width letters is the same value."""
    if not (policy.allow or policy.allow_patterns or policy.deny):
        return policy
    return policy.replace(
        allow=tuple(fold(value).folded for value in policy.allow),
        allow_patterns=tuple(fold(pattern).folded for pattern in policy.allow_patterns),
        deny=tuple((entity, fold(value).folded) for entity, value in policy.deny),
    )


def denied(policy: Policy, text: str) -> Iterator[Finding]:
    """Every place of the listed texts; both are folded."""
    for entity, value in policy.deny:
        at = text.find(value) if value else -1
        while at >= 0:
            yield Finding(entity, at, at + len(value), 1.0, "deny_list")
            at = text.find(value, at + len(value))


def with_denied(decisions: Sequence[Decision], listed: Iterable[Finding], policy: Policy) -> list[Decision]:
    """The decisions, ordered by start, with the listed text.

    It yields only to a wider finding that the policy hides, as then it is hidden with it. Of what it overlaps otherwise, it
    beats all that it covers and all that would stay readable, and takes what the others leave.
    """
    done = [d for d in decisions if not d.kept]
    kept = [d for d in decisions if d.kept]
    beaten: dict[int, Finding] = {}
    winners: list[Finding] = []
    for finding, within in over(apart(listed), [d.finding for d in kept]):
        wider = [i for i in within if _covers(kept[i].finding, finding) and not _covers(finding, kept[i].finding)]
        if wider and not _permissive(policy, kept[wider[0]]):
            done.append(_lost(finding, kept[wider[0]].finding))
            continue
        beaten |= {i: finding for i in within if _covers(finding, kept[i].finding) or _permissive(policy, kept[i])}
        winners.append(finding)
    done += (_lost(kept[i].finding, winner) for i, winner in beaten.items())
    standing = [d for i, d in enumerate(kept) if i not in beaten]
    done += standing
    for piece in less(winners, [d.finding for d in standing]):
        done.append(Decision(piece, True, policy.rule_for(piece.entity).name, "deny list"))
    done.sort(key=lambda d: (d.finding.start, d.finding.end))
    return done


def _covers(one: Finding, other: Finding) -> bool:
    return one.start <= other.start and other.end <= one.end


def _permissive(policy: Policy, decision: Decision) -> bool:
    return policy.rule_for(decision.finding.entity).permissive


def _lost(finding: Finding, winner: Finding) -> Decision:
    return Decision(finding, False, "", f"overlap: {winner.entity} ({winner.recognizer}) at {winner.start}–{winner.end} won")
