"""Why a span was found, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from piiscrub.model.finding import Decision
from piiscrub.recognize.engine import Engine
from piiscrub.recognize.trace import Trace, fit, trace
from piiscrub.render.catalogue import say
from piiscrub.render.reasons import lacked, reason
from piiscrub.text.folding import Text

MOST = 10  # lines of each kind that are shown; whoever needs all reads the fields


class LabelPlace(NamedTuple):
    """Where the label of the value at ``start`` to ``end`` stands, if in another line: at ``low`` to ``high``.

    ``how``: ``question`` (the line that asks for it), ``line above`` (a field's name), ``column`` (a column's name).
    """

    start: int
    end: int
    low: int
    high: int
    how: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What every recognizer made of one span. Print it for the reasons in words; it holds nothing of the text.

    Attributes:
        found: whether one finding covers the whole span.
        decisions: the findings that touch the span, each with what became of it.
        traces: the patterns that nearly fitted, the best first, each with what it lacked: a boundary, a check, a context.
        labels: where the label stands, for findings whose label is in another line.
    """

    start: int
    end: int
    found: bool
    decisions: tuple[Decision, ...]
    traces: tuple[Trace, ...]
    labels: tuple[LabelPlace, ...] = ()

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self, *, lang: str = "en") -> str:
        """The explanation in words, ``en`` or ``zh``.

        >>> from piiscrub.scrubber.pipeline import Scrubber
        >>> print(Scrubber().explain("手机13800138000", 2, 13).to_text(lang="zh").splitlines()[0])
        第 2–13 字：已检出。
        """
        verdict = "explain.found" if self.found else "explain.not-found"
        lines = [say(verdict, lang, start=self.start, end=self.end)]
        shown = self._nearest_decisions()
        lines += [f"  {_decision_line(d, lang)}{self._where(d, lang)}" for d in shown]
        if len(shown) < len(self.decisions):
            lines.append("  " + say("explain.more-decisions", lang, n=len(self.decisions) - len(shown)))
        lines += [f"  {_trace_line(t, lang)}" for t in self.traces[:MOST]]
        if len(self.traces) > MOST:
            lines.append("  " + say("explain.more-traces", lang, n=len(self.traces) - MOST))
        if len(lines) == 1:
            lines.append("  " + say("explain.nothing", lang))
        return "\n".join(lines)

    def _where(self, d: Decision, lang: str) -> str:
        """Where the label of a decision's finding stands, if in another line."""
        f = d.finding
        at = next((at for at in self.labels if (at.start, at.end) == (f.start, f.end) and at.how in f.context[1:]), None)
        return "" if at is None else say(f"explain.label-{at.how.replace(' ', '-')}", lang, start=at.low, end=at.high)

    def _nearest_decisions(self) -> list[Decision]:
        """The decisions that are shown: what was kept first, then by how well they fit the span; in the order of the text."""
        asked = (self.start, self.end)
        ranked = sorted(self.decisions, key=lambda d: (not d.kept, -fit((d.finding.start, d.finding.end), asked)))[:MOST]
        return [d for d in self.decisions if any(d is one for one in ranked)]

    def _repr_html_(self) -> str:
        from piiscrub.render import html

        rows = [(t.entity, t.start, t.end, _by(t.recognizer, t.pattern), t.lacked, t.detail, t.against) for t in self.traces]
        return html.explanation(self.start, self.end, found=self.found, decisions=self.decisions, traces=rows)


def explain(text: Text, start: int, end: int, decisions: Sequence[Decision], engine: Engine, label: str) -> Explanation:
    """Gather the decisions that touch a span and retrace every pattern that comes near it."""
    touching = tuple(d for d in decisions if d.finding.start < end and start < d.finding.end)
    found = any(d.kept and d.finding.start <= start and end <= d.finding.end for d in touching)
    seen = {(d.finding.recognizer, d.finding.pattern) for d in touching}
    traces = tuple(
        t._replace(start=where[0], end=where[1])
        for t in trace(engine, text.folded, *text.folded_span(start, end), label=label)
        if (t.recognizer, t.pattern) not in seen
        for where in (text.original(t.start, t.end),)
    )
    labels = _labels(text, engine, label) if any(len(d.finding.context) > 1 for d in touching) else ()
    return Explanation(start, end, found, touching, traces, tuple(at for at in labels if at.start < end and start < at.end))


def _labels(text: Text, engine: Engine, label: str) -> tuple[LabelPlace, ...]:
    places = engine.elsewhere(text.folded, label=label)
    return tuple(LabelPlace(*text.original(p.start, p.end), *text.original(p.low, p.high), p.how) for p in places)


def _by(recognizer: str, pattern: str) -> str:
    return f"{recognizer}/{pattern}" if pattern else recognizer


def _decision_line(d: Decision, lang: str) -> str:
    f = d.finding
    verdict = "explain.kept" if d.kept else "explain.dropped"
    return "".join((
        say("explain.at", lang, entity=f.entity, by=_by(f.recognizer, f.pattern), start=f.start, end=f.end),
        say(verdict, lang, reason=reason(d.reason, lang), score=f"{f.score:.2f}"),
        say("explain.check", lang, check=say(f"check.{f.check}", lang)) if f.check != "none" else "",
        say("explain.context", lang, words=", ".join(f.context)) if f.context else "",
        say("explain.against", lang, word=f.against) if f.against else "",
    ))  # fmt: skip


def _trace_line(t: Trace, lang: str) -> str:
    place = say("explain.at", lang, entity=t.entity, by=_by(t.recognizer, t.pattern), start=t.start, end=t.end)
    return place + say("explain.not-reported", lang, lacked=lacked(t.lacked, t.detail, t.against, lang))
