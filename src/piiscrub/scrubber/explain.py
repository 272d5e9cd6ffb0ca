"""Why a span was found, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from piiscrub.model.finding import Decision
from piiscrub.recognize.engine import Engine
from piiscrub.recognize.trace import Trace, trace
from piiscrub.text.folding import Text


@dataclass(frozen=True, slots=True)
class Explanation:
    """What every recognizer made of one span. ``found`` if a finding covers all of it.

    ``decisions`` are those that touch the span; ``traces`` are patterns that came near without making a finding, with
    what they lacked: boundary, check, context.
    """

    start: int
    end: int
    found: bool
    decisions: tuple[Decision, ...]
    traces: tuple[Trace, ...]

    def __str__(self) -> str:
        lines = [f"Characters {self.start}–{self.end}: {'found' if self.found else 'not found'}."]
        for d in self.decisions:
            f = d.finding
            verdict = f"kept ({d.reason})" if d.kept else f"dropped ({d.reason})"
            words = f", context {', '.join(f.context)}" if f.context else ""
            against = f", against it {f.against}" if f.against else ""
            lines.append(
                f"  {f.entity} by {f.recognizer}/{f.pattern or '-'} at {f.start}–{f.end}: {verdict}; "
                f"score {f.score:.2f}, check {f.check}{words}{against}"
            )
        lines += [f"  {t.entity} by {t.recognizer}/{t.pattern} at {t.start}–{t.end}: not reported, {t.lacked}" for t in self.traces]
        if len(lines) == 1:
            lines.append("  No recognizer has a pattern that fits here. recognizers() lists what there is.")
        return "\n".join(lines)


def explain(
    text: Text, start: int, end: int, decisions: Sequence[Decision], engine: Engine, label: str
) -> Explanation:
    """Gather the decisions that touch a span and retrace every pattern that comes near it."""
    touching = tuple(d for d in decisions if d.finding.start < end and start < d.finding.end)
    found = any(d.kept and d.finding.start <= start and end <= d.finding.end for d in touching)
    seen = {(d.finding.recognizer, d.finding.pattern) for d in touching}
    folded_start, folded_end = text.folded_span(start, end)
    traces = tuple(
        t._replace(start=where[0], end=where[1])
        for t in trace(engine, text.folded, folded_start, folded_end, label=label)
        if (t.recognizer, t.pattern) not in seen
        for where in (text.original(t.start, t.end),)
    )
    return Explanation(start, end, found, touching, traces)
