"""Stretches nobody could look at: they are reported whatever else was found in or over them (fail closed)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from piiscrub.model.finding import UNEXAMINED, Decision, Finding
from piiscrub.model.policy import Policy
from piiscrub.scrubber.spans import apart, less, touched


def with_unexamined(decisions: Sequence[Decision], blind: Iterable[Finding], policy: Policy) -> list[Decision]:
    """The decisions, ordered by start, with what was not examined.

    A recognizer that failed on a text has not looked at it, even if others found something there. What they found and the
    policy hides stays as it is, and the rest of the stretch is a finding of its own. What they found and the policy would
    leave readable goes with the rest: the one that failed might have known better.

    Args:
        decisions: on all other findings, ordered by start.
        blind: the stretches, as findings of UNEXAMINED.
    """
    stretches = apart(blind)
    redacts = policy.unexamined == "redact" and not policy.scan_only
    done: list[Decision] = []
    standing: list[Finding] = []
    for d in decisions:
        if d.kept and redacts and policy.rule_for(d.finding.entity).permissive and touched(stretches, d.finding):
            done.append(Decision(d.finding, False, "", "unexamined: it lies in a stretch that was not examined"))
        else:
            done.append(d)
            if d.kept:
                standing.append(d.finding)
    operator = policy.rule_for(UNEXAMINED).name
    done += (Decision(piece, True, operator, "not examined") for piece in less(stretches, standing))
    done.sort(key=lambda d: (d.finding.start, d.finding.end))
    return done
