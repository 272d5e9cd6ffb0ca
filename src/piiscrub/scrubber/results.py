"""What scanning and scrubbing return. Values come only out of ``value(finding)``; a ``repr`` shows counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from piiscrub.errors import InputError
from piiscrub.evidence.record import Evidence
from piiscrub.model.finding import UNEXAMINED, Decision, Finding
from piiscrub.render.table import Table

if TYPE_CHECKING:
    import pandas as pd


def _summary(findings: Iterable[Finding]) -> str:
    counts = Counter(finding.entity for finding in findings)
    return ", ".join(f"{entity} ×{n}" for entity, n in sorted(counts.items())) or "nothing found"


def decisions_table(decisions: Iterable[Decision]) -> Table:
    """Every decision as a row, without values."""
    return Table(map(_row, decisions), caption="decisions", columns=tuple(_row(_NONE)))


def _row(decision: Decision) -> dict[str, object]:
    f = decision.finding
    return {
        "entity": f.entity,
        "start": f.start,
        "end": f.end,
        "score": round(f.score, 4),
        "check": f.check,
        "recognizer": f.recognizer,
        "pattern": f.pattern,
        "context": " ".join(f.context),
        "against": f.against,
        "kept": decision.kept,
        "operator": decision.operator,
        "reason": decision.reason,
    }


_NONE = Decision(Finding("", 0, 0, 0.0, ""), False, "", "")  # for the names of the columns


class ScanResult:
    """What is in a text: ``findings`` that the policy keeps, ``decisions`` on everything seen, with reasons.

    >>> from piiscrub.scrubber.pipeline import Scrubber
    >>> result = Scrubber(policy="review").scan("手机13800138000已绑定")
    >>> result
    <ScanResult: CN_MOBILE ×1>
    >>> result.value(result.findings[0])
    '13800138000'
    """

    __slots__ = ("_decisions", "_findings", "_text")

    def __init__(self, text: str, decisions: tuple[Decision, ...]) -> None:
        self._text, self._decisions = text, decisions
        self._findings = tuple([decision[0] for decision in decisions if decision[1]])

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the policy keeps, ordered by start."""
        return self._findings

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided on everything seen, ordered by start."""
        return self._decisions

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self._text, self._decisions)

    def value(self, finding: Finding) -> str:
        """The text of a finding, as it stands in the original.

        Raises:
            InputError: if the finding is not one of this result.
        """
        if finding not in self.findings and all(finding != d.finding for d in self.decisions):
            raise InputError("value() takes a finding of this result; this one belongs to another text.")
        return self._text[finding.start : finding.end]

    @property
    def unexamined(self) -> tuple[Finding, ...]:
        """Stretches that could not be examined. Empty means: everything was looked at."""
        return tuple(f for f in self.findings if f.entity == UNEXAMINED)

    def to_presidio(self) -> list[Any]:
        """The findings as ``RecognizerResult`` of Presidio, for its anonymizer or anything that takes them."""
        from piiscrub.registry.bridges import bridge

        results: list[Any] = bridge("presidio results")(self)
        return results

    def to_frame(self) -> pd.DataFrame:
        """One row per decision, without values: entity, start, end, score, check, recognizer, context, kept, reason …"""
        return decisions_table(self.decisions).to_frame()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {_summary(self.findings)}>"

    def _repr_html_(self) -> str:
        from piiscrub.render import html

        return html.scan_result(self.findings, self.decisions, text=self._text)

    def to_html(self, path: str | PathLike[str], *, values: bool = False, lang: str = "en") -> None:
        """Write a page with the text and what was found in it; stand-ins take the place of values unless ``values``.

        The text around findings is shown as it is: what no recognizer saw stands in the page.
        """
        from piiscrub.render import html

        body = html.scan_result(self.findings, self.decisions, text=self._text, values=values, lang=lang)
        Path(path).write_text(html.document(body, "piiscrub", lang=lang), encoding="utf-8")


class ScrubResult:
    """A scrubbed text with its evidence. ``text`` is the new text; the original is not kept.

    >>> from piiscrub.scrubber.pipeline import Scrubber
    >>> Scrubber().scrub("手机13800138000已绑定").text
    '手机<CN_MOBILE_1>已绑定'
    """

    __slots__ = ("decisions", "evidence", "findings", "text")

    def __init__(self, text: str, decisions: tuple[Decision, ...], evidence: Evidence) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "decisions", decisions)
        object.__setattr__(self, "evidence", evidence)
        object.__setattr__(self, "findings", tuple(d.finding for d in decisions if d.kept))

    text: str
    decisions: tuple[Decision, ...]
    findings: tuple[Finding, ...]
    evidence: Evidence

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.text, self.decisions, self.evidence)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {_summary(self.findings)}>"

    def _repr_html_(self) -> str:
        from piiscrub.render import html

        return html.scrub_result(self.text, self.findings, self.decisions, self.evidence.to_dict())

    def to_html(self, path: str | PathLike[str], *, lang: str = "en") -> None:
        """Write a page with the scrubbed text and what was done to it."""
        from piiscrub.render import html

        body = html.scrub_result(self.text, self.findings, self.decisions, self.evidence.to_dict(), lang=lang)
        Path(path).write_text(html.document(body, "piiscrub", lang=lang), encoding="utf-8")
