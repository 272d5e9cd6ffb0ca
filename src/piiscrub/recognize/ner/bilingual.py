"""Chinese and English behind one tagger: each model reads the part of a text that is written in its language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from piiscrub.recognize.ner.gate import foreign_stretches, has_han, readable
from piiscrub.recognize.ner.tagger import UNSURE, Span, Tagger


class BilingualTagger:
    """Sends whole texts to the Chinese tagger and stretches without Han to the English one, and joins the answers.

    Where both report the same place, the longer span stays; of equal ones the one with the higher score.
    """

    def __init__(self, chinese: Tagger, english: Tagger | None) -> None:
        self._chinese = chinese
        self._english = english

    def needs(self, text: str, /) -> bool:
        english = self._english
        if self._chinese.needs(text):
            return True
        return english is not None and english.needs(text)

    def tag(self, texts: Sequence[str], /) -> list[list[Span]]:
        found: list[list[Span]] = [[] for _ in texts]
        han = [number for number, text in enumerate(texts) if self._chinese.needs(text)]
        for number, spans in zip(han, self._chinese.tag([texts[number] for number in han]), strict=True):
            found[number] = spans
        if self._english is not None:
            for number, spans in self._foreign(texts, self._english).items():
                sure = [s for s in spans if s.label != UNSURE]
                found[number] = _with_hints(merge(_without(texts[number], found[number], sure), sure), spans)
        return [[s for s in spans if readable(text[s.start : s.end])] for text, spans in zip(texts, found, strict=True)]

    @staticmethod
    def _foreign(texts: Sequence[str], english: Tagger) -> dict[int, list[Span]]:
        """Spans of the English tagger by the number of their text, at offsets of the whole text."""
        places = [
            (number, start, text[start:end])
            for number, text in enumerate(texts)
            for start, end in foreign_stretches(text)
            if english.needs(text[start:end])
        ]
        tagged = english.tag([part for _, _, part in places])
        found: dict[int, list[Span]] = defaultdict(list)
        for (number, start, _), spans in zip(places, tagged, strict=True):
            found[number] += [s._replace(start=s.start + start, end=s.end + start) for s in spans] if start else spans
        return found


def _without(text: str, chinese: list[Span], english: list[Span]) -> list[Span]:
    """The Chinese tagger's spans less those without Han characters where the English one reports something: it knows better."""
    if not chinese:
        return chinese
    better = {at for span in english for at in range(span.start, span.end)}
    return [s for s in chinese if has_han(text[s.start : s.end]) or better.isdisjoint(range(s.start, s.end))]


def _with_hints(found: list[Span], english: list[Span]) -> list[Span]:
    """The spans, and what the English tagger only hints at where none of them stands."""
    hints = [s for s in english if s.label == UNSURE]
    if not hints:
        return found
    taken = {at for span in found for at in range(span.start, span.end)}
    free = [s for s in hints if taken.isdisjoint(range(s.start, s.end))]
    return sorted([*found, *free], key=lambda span: span.start)


def merge(first: list[Span], second: list[Span]) -> list[Span]:
    """Both lists as one without overlaps.

    >>> merge([Span(0, 4, "PERSON", 0.5)], [Span(0, 10, "PERSON", 0.4), Span(12, 14, "LOCATION", 0.9)])
    [Span(start=0, end=10, label='PERSON', score=0.4), Span(start=12, end=14, label='LOCATION', score=0.9)]
    """
    if not first or not second:
        return first or second
    spans = sorted([*first, *second], key=lambda span: (span.start, span.start - span.end, -span.score))
    kept: list[Span] = []
    for span in spans:
        if kept and kept[-1].end > span.start:
            if (span.end - span.start, span.score) > (kept[-1].end - kept[-1].start, kept[-1].score):
                kept[-1] = span
        else:
            kept.append(span)
    return kept


def bilingual(*, onnx: bool = False) -> BilingualTagger:
    """The taggers of this package; the English one only where its module is part of it. ``onnx``: as in ``ChineseTagger``."""
    from piiscrub.recognize.ner.zh import ChineseTagger

    name = "piiscrub.recognize.ner.en"
    english: Tagger | None = import_module(name).EnglishTagger() if find_spec(name) else None
    return BilingualTagger(ChineseTagger(onnx=onnx), english)
