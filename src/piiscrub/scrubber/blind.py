"""Stretches nobody could look at: they are reported whatever else was found in or over them (fail closed)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from piiscrub.model.finding import UNEXAMINED, Decision, Finding
from piiscrub.model.policy import Policy

_start = attrgetter("start")


def with_unexamined(decisions: Sequence[Decision], blind: Iterable[Finding], policy: Policy) -> list[Decision]:
    """The decisions, ordered by start, with what was not examined.

    A recognizer that failed on a text has not looked at it, even if others found something there. What they found and the
    policy hides stays as it is, and the rest of the stretch is a finding of its own. What they found and the policy would
    leave readable goes with the rest: the one that failed might have known better.

    Args:
        decisions: on all other findings, ordered by start.
        blind: the stretches, as findings of UNEXAMINED.
    """
    stretches = _apart(blind)
    redacts = policy.unexamined == "redact" and not policy.scan_only
    done: list[Decision] = []
    standing: list[Finding] = []
    for d in decisions:
        if d.kept and redacts and policy.rule_for(d.finding.entity).permissive and _touches(stretches, d.finding):
            done.append(Decision(d.finding, False, "", "unexamined: it lies in a stretch that was not examined"))
        else:
            done.append(d)
            if d.kept:
                standing.append(d.finding)
    operator = policy.rule_for(UNEXAMINED).name
    done += (Decision(piece, True, operator, "not examined") for piece in _less(stretches, standing))
    done.sort(key=lambda d: (d.finding.start, d.finding.end))
    return done


def _apart(blind: Iterable[Finding]) -> list[Finding]:
    """The stretches in order and without overlaps; what two of them cover belongs to the first."""
    apart: list[Finding] = []
    end = 0
    for finding in sorted(blind, key=lambda f: (f.start, -f.end, f.recognizer)):
        if finding.end > end:
            apart.append(finding._replace(start=max(finding.start, end)))
            end = finding.end
    return apart


def _touches(stretches: Sequence[Finding], finding: Finding) -> bool:
    at = bisect_right(stretches, finding.end - 1, key=_start) - 1
    return at >= 0 and stretches[at].end > finding.start


def _less(stretches: Iterable[Finding], standing: Sequence[Finding]) -> Iterator[Finding]:
    """The stretches without what stands in them; both are ordered and free of overlaps."""
    at = 0
    for stretch in stretches:
        start = stretch.start
        while at < len(standing) and standing[at].end <= start:
            at += 1
        i = at
        while i < len(standing) and standing[i].start < stretch.end:
            if standing[i].start > start:
                yield stretch._replace(start=start, end=standing[i].start)
            start = standing[i].end
            i += 1
        at = max(at, i - 1)
        if start < stretch.end:
            yield stretch._replace(start=start)
