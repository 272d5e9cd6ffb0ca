"""Taggers of the caller: a spaCy pipeline or any callable, in the shape of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from threading import Lock
from typing import Any, Protocol, runtime_checkable

from piiscrub.errors import InputError
from piiscrub.recognize.ner.gate import has_han
from piiscrub.recognize.ner.tagger import ADDRESS, LABELS, LOCATION, ORGANIZATION, PERSON, Span, Tagger

# What other people call our labels; a label that is not here is none of ours and is left out.
_NAMES = {
    **{label: label for label in LABELS},
    **dict.fromkeys(("PER", "NAME", "PERSON_NAME", "B-PER", "I-PER"), PERSON),
    **dict.fromkeys(("LOC", "GPE", "FAC", "PLACE", "CITY", "COUNTRY", "STATE"), LOCATION),
    **dict.fromkeys(("ORG", "ORGANISATION", "COMPANY"), ORGANIZATION),
    **dict.fromkeys(("ADDR", "STREET_ADDRESS", "CN_ADDRESS"), ADDRESS),
}
_SURE = 0.9  # the score of what comes without one
_loading = Lock()


@runtime_checkable
class Pipeline(Protocol):
    """What a spaCy ``Language`` has, and this needs: ``pipe`` yields documents with ``ents``."""

    def pipe(self, texts: Iterable[str], /) -> Iterable[Any]: ...


class SpacyTagger:
    """The entities of a spaCy pipeline; scores are the same for all, as spaCy gives none."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def needs(self, text: str, /) -> bool:
        return not text.isspace() and text != ""

    def tag(self, texts: Sequence[str], /) -> list[list[Span]]:
        return [
            [
                Span(ent.start_char, ent.end_char, _NAMES[ent.label_.upper()], _SURE)
                for ent in doc.ents
                if ent.label_.upper() in _NAMES
            ]
            for doc in self._pipeline.pipe(texts)
        ]


class SpacyModel(SpacyTagger):
    """A spaCy model by the name of its installed package. Nothing of spaCy is imported before the first text."""

    def __init__(self, name: str, needs: Callable[[str], bool] | None = None) -> None:
        try:
            distribution(name)
        except PackageNotFoundError:
            raise InputError(f"spacy:{name}: no such package is installed. Install the model, or choose another ner.") from None
        self._name, self._needs = name, needs

    def needs(self, text: str, /) -> bool:
        return super().needs(text) if self._needs is None else self._needs(text)

    def tag(self, texts: Sequence[str], /) -> list[list[Span]]:
        return SpacyTagger(_pipeline(self._name)).tag(texts)


def spacy_model(name: str) -> Tagger:
    """The tagger for a model: one for English or Chinese reads its language and ours the other, any other model reads all."""
    from piiscrub.recognize.ner.bilingual import BilingualTagger

    if name.startswith("en_"):
        from piiscrub.recognize.ner.zh import ChineseTagger

        return BilingualTagger(ChineseTagger(), SpacyModel(name))
    if name.startswith("zh_"):
        from piiscrub.recognize.ner.en import EnglishTagger

        return BilingualTagger(SpacyModel(name, has_han), EnglishTagger())
    return SpacyModel(name)


def _pipeline(name: str) -> Pipeline:
    """The model, loaded once; threads that come first wait for each other."""
    with _loading:
        return _loaded(name)


@cache
def _loaded(name: str) -> Pipeline:
    import spacy

    return spacy.load(name)


class CallableTagger:
    """A function that takes a text and answers with (start, end, label) or (start, end, label, score)."""

    def __init__(self, function: Callable[[str], Iterable[Sequence[Any]]]) -> None:
        self._function = function

    def needs(self, text: str, /) -> bool:
        return not text.isspace() and text != ""

    def tag(self, texts: Sequence[str], /) -> list[list[Span]]:
        return [sorted(self._spans(text)) for text in texts]

    def _spans(self, text: str) -> Iterable[Span]:
        taken: list[tuple[int, int]] = []
        for start, end, label, *score in self._function(text):
            if not 0 <= start < end <= len(text):
                raise InputError(f"The tagger answered with the span {start} to {end} in a text of {len(text)} characters.")
            known = _NAMES.get(str(label).upper())
            if known is not None and not any(a < end and start < b for a, b in taken):
                taken.append((start, end))
                yield Span(start, end, known, float(score[0]) if score else _SURE)
