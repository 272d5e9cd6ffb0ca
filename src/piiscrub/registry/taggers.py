"""Who finds names, places and organisations: nobody, rules alone, the tagger of this package, or the caller's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from typing import Any, TypeAlias

from piiscrub.errors import InputError, MissingDependencyError, UnknownNameError
from piiscrub.model.finding import Finding
from piiscrub.recognize.ner.tagger import ENTITIES, Span, Tagger, default_tagger

NerLike: TypeAlias = Tagger | Callable[[str], Any] | str | None
NAMED = ("default", "onnx", "rules", "none")
"""What may be named, by a caller or a policy, besides ``spacy:`` and the package of a spaCy model."""

SPACY = re.compile(r"spacy:([a-z][a-z0-9_]*)")
_LETTER = re.compile(r"[^\W\d_]")


class Named:
    """Names, addresses, places and organisations as one recognizer; rules complete and check what the tagger says."""

    id = "named"
    entities: Sequence[str] = ENTITIES

    def __init__(self, tagger: Tagger | None) -> None:
        self._tagger = tagger

    def find(self, text: str, /) -> Iterable[Finding]:
        return self.find_many([text])[0]

    def find_many(self, texts: Sequence[str], /) -> list[list[Finding]]:
        """What ``find`` finds in each text. The tagger reads all of them together, which takes a fifth of the time."""
        tagger = self._tagger
        if tagger is None:
            return [_rules(text, None) for text in texts]
        read = [text for text in texts if text and tagger.needs(text)]
        spans = iter(tagger.tag(read) if read else ())
        return [_rules(text, next(spans) if text and tagger.needs(text) else None) for text in texts]


def _rules(text: str, spans: Sequence[Span] | None) -> list[Finding]:
    if spans is None and _LETTER.search(text) is None:
        return []
    from piiscrub.recognize.named import named_from
    from piiscrub.recognize.premises import marked

    return [f._replace(score=round(f.score, 4)) for f in marked(text, named_from(text, spans))]


def named(ner: object, *, by_policy: str = "") -> Named | None:
    """The recognizer for a choice of tagger; None for nobody.

    Args:
        ner: ``"rules"`` for rules without a tagger, ``"default"`` for those with the taggers of this package, ``"onnx"`` for
            the same in onnxruntime, ``"spacy:PACKAGE"`` for an installed spaCy model, ``"none"`` or None for nobody; or
            an object with ``needs`` and ``tag``, a spaCy pipeline, or a function from a text to (start, end, label) or
            (start, end, label, score).
        by_policy: what the policy names; it holds where ``ner`` is ``"default"``.

    >>> named("rules").id, named("default", by_policy="none")
    ('named', None)
    """
    if ner is None:
        return None
    if isinstance(ner, str):
        return _by_name(by_policy if by_policy and ner == "default" else ner)
    if isinstance(ner, Tagger):
        return Named(ner)
    from piiscrub.recognize.ner.guests import CallableTagger, Pipeline, SpacyTagger

    if isinstance(ner, Pipeline):
        return Named(SpacyTagger(ner))
    if callable(ner):
        return Named(CallableTagger(ner))
    kinds = "None, 'rules', 'default', 'onnx', 'spacy:' and a model, an object with needs and tag, a spaCy pipeline or a function"
    raise InputError(f"ner takes {kinds}, not {type(ner).__name__}.")


def _by_name(name: str) -> Named | None:
    if model := SPACY.fullmatch(name):
        from piiscrub.recognize.ner.guests import spacy_model

        return Named(spacy_model(model[1]))
    if name not in NAMED:
        raise UnknownNameError("tagger", name, (*NAMED, "spacy:en_core_web_lg"))
    if name == "none":
        return None
    if name == "onnx" and not (find_spec("onnx") and find_spec("onnxruntime")):
        raise MissingDependencyError('ner="onnx"', "onnx")
    return Named(None if name == "rules" else default_tagger(onnx=name == "onnx"))
