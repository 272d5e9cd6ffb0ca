"""Findings and results, there and back. Both count code points of the original text, so offsets never change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from presidio_analyzer import AnalysisExplanation, RecognizerResult
from presidio_anonymizer.entities import EngineResult, OperatorResult

from piiscrub.errors import InputError
from piiscrub.model import entities
from piiscrub.model.finding import Alternative, Check, Finding
from piiscrub.presidio.names import ours, theirs
from piiscrub.render.reasons import reason
from piiscrub.scrubber.results import ScanResult, ScrubResult

_OURS = "piiscrub"
_VALIDATION: dict[Check, bool | None] = {"passed": True, "failed": False, "none": None}
_CHECK: dict[object, Check] = {True: "passed", False: "failed"}


def to_presidio(result: ScanResult | ScrubResult | Iterable[Finding]) -> list[RecognizerResult]:
    """The findings that were kept as results of Presidio, in the order of the text.

    Entities go by their names there; what those names cannot say (our entity, recognizer, check) stands in
    ``recognition_metadata["piiscrub"]``, so that :func:`from_presidio` brings back what was.

    >>> from piiscrub import scan
    >>> [(r.entity_type, r.start, r.end) for r in to_presidio(scan("😀电话13800138000"))]
    [('PHONE_NUMBER', 3, 14)]
    """
    if isinstance(result, ScanResult | ScrubResult):
        return [of_finding(d.finding, d.reason) for d in result.decisions if d.kept]
    return [of_finding(finding) for finding in result]


def of_finding(finding: Finding, why: str = "", *, by: Any = None) -> RecognizerResult:
    """One finding as a result; ``by`` is the recognizer of Presidio that reports it, if one does."""
    words = [f"pattern {finding.pattern!r}" if finding.pattern else "", reason(why, "en") if why else ""]
    explain: Any = AnalysisExplanation  # its annotations leave out that None is a value
    explanation = explain(
        recognizer=finding.recognizer,
        original_score=finding.score,
        pattern_name=finding.pattern or None,
        validation_result=_VALIDATION[finding.check],
        textual_explanation=f"Found by {finding.recognizer}: " + ", ".join(word for word in words if word),
    )
    if finding.context:
        explanation.set_supportive_context_word(finding.context[0])
    name = _there(finding)
    metadata: dict[str, object] = {
        RecognizerResult.RECOGNIZER_NAME_KEY: by.name if by is not None else finding.recognizer,
        RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: by.id if by is not None else finding.recognizer,
        RecognizerResult.IS_SCORE_ENHANCED_BY_CONTEXT_KEY: bool(finding.context),
        _OURS: tuple(finding),
    }
    return RecognizerResult(name, finding.start, finding.end, finding.score, explanation, metadata)


def from_presidio(results: Iterable[RecognizerResult]) -> list[Finding]:
    """Results of Presidio as findings, whoever made them; one that came from a finding becomes that finding again.

    A start, end or score that was changed on the way is kept.
    """
    return [_finding(result) for result in results]


def _finding(result: Any) -> Finding:
    metadata = result.recognition_metadata or {}
    carried = metadata.get(_OURS)
    if carried is not None:
        entity, _, _, score, recognizer, pattern, check, context, against, alternatives = carried
        own = Finding(entity, result.start, result.end, score, recognizer, pattern, check, tuple(context), against)
        others = tuple(Alternative(*one) for one in alternatives)
        return own._replace(score=result.score, alternatives=others)
    why = result.analysis_explanation
    entity = ours(result.entity_type)
    pattern = getattr(why, "pattern_name", None) or ""
    if entity != result.entity_type:
        pattern = f"{result.entity_type}: {pattern}" if pattern else result.entity_type
    word = getattr(why, "supportive_context_word", "") or ""
    name = metadata.get(RecognizerResult.RECOGNIZER_NAME_KEY, "")
    check = _CHECK.get(getattr(why, "validation_result", None), "none")
    context = (word,) if word else ()
    return Finding(entity, result.start, result.end, result.score, f"presidio:{name}", pattern, check, context)


def _there(finding: Finding) -> str:
    """The name in Presidio; a finding of Presidio's own recognizer goes back under the name it had there."""
    if finding.recognizer.startswith("presidio:") and finding.pattern:
        name = finding.pattern.partition(":")[0]
        if ours(name) == finding.entity:
            return name
    return theirs(finding.entity)


def to_engine_result(original: str, result: ScrubResult) -> EngineResult:
    """A scrubbed text as Presidio's anonymizer would report it: the new text, and where each replacement stands in it.

    Args:
        original: the text that was scrubbed; a ScrubResult does not keep it.

    Raises:
        InputError: it is not the text of this result.

    >>> from piiscrub import scrub
    >>> done = to_engine_result("电话13800138000", scrub("电话13800138000"))
    >>> done.text, done.items[0].start, done.items[0].end, done.items[0].operator
    ('电话<CN_MOBILE_1>', 2, 15, 'replace')
    """
    kept = sorted((d for d in result.decisions if d.kept), key=lambda d: d.finding.start)
    items, at, moved = [], 0, 0
    for number, decision in enumerate(kept):
        finding = decision.finding
        start = finding.start + moved
        if original[at : finding.start] != result.text[at + moved : start]:
            raise InputError("to_engine_result: the text is not the one that this result was made from.")
        following = kept[number + 1].finding.start if number + 1 < len(kept) else len(original)
        end = _end(original[finding.end : following], result.text, start, last=number + 1 == len(kept))
        items.append(
            OperatorResult(start, end, _there(finding), result.text[start:end], decision.operator, **_scored(finding.score))
        )
        moved += (end - start) - (finding.end - finding.start)
        at = finding.end
    if original[at:] != result.text[at + moved :]:
        raise InputError("to_engine_result: the text is not the one that this result was made from.")
    return EngineResult(text=result.text, items=items)


def _end(between: str, text: str, start: int, *, last: bool) -> int:
    """Where a replacement ends: before the text that stood behind the value."""
    if last:
        return len(text) - len(between)
    found = text.find(between, start) if between else -1
    if found < 0:
        raise InputError("to_engine_result: values without anything between them cannot be told apart in this text.")
    return found


def _scored(score: float) -> dict[str, float]:
    """The score, for versions of Presidio whose items have one."""
    return {"score": score} if "score" in OperatorResult.__init__.__code__.co_varnames else {}


def from_engine_result(done: EngineResult) -> tuple[str, list[Finding]]:
    """The new text of an EngineResult, and a finding for each replacement, with offsets of the new text."""
    findings = []
    for item in done.items or ():
        score = getattr(item, "score", None)
        entity = ours(item.entity_type)
        pattern = item.entity_type if entity != item.entity_type else ""
        one = Finding(entity, item.start, item.end, 1.0 if score is None else float(score), f"presidio:{item.operator}", pattern)
        findings.append(one)
    return done.text or "", sorted(findings, key=lambda f: (f.start, f.end))


def entity_names() -> tuple[str, ...]:
    """Every name that our findings can have in Presidio."""
    return tuple(dict.fromkeys(theirs(name) for name in entities.tree()))
