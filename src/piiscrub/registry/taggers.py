"""Who finds names, places and organisations: nobody, rules alone, the tagger of this package, or the caller's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from piiscrub.errors import InputError, UnknownNameError
from piiscrub.model.finding import Finding
from piiscrub.recognize.ner.tagger import ENTITIES, Span, Tagger, default_tagger

NerLike: TypeAlias = Tagger | Callable[[str], Any] | str | None
NAMED = ("rules", "default")
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

    return [f._replace(score=round(f.score, 4)) for f in named_from(text, spans)]


def named(ner: object) -> Named:
    """The recognizer for a choice of tagger.

    Args:
        ner: ``"rules"`` for rules without a tagger, ``"default"`` for those with the tagger of this package, or
            an object with ``needs`` and ``tag``, a spaCy pipeline, or a function from a text to (start, end, label) or
            (start, end, label, score).

    >>> named("rules").id
    'named'
    """
    if isinstance(ner, str):
        if ner not in NAMED:
            raise UnknownNameError("tagger", ner, NAMED)
        return Named(default_tagger() if ner == "default" else None)
    if isinstance(ner, Tagger):
        return Named(ner)
    from piiscrub.recognize.ner.guests import CallableTagger, Pipeline, SpacyTagger

    if isinstance(ner, Pipeline):
        return Named(SpacyTagger(ner))
    if callable(ner):
        return Named(CallableTagger(ner))
    kinds = "None, 'rules', 'default', an object with needs and tag, a spaCy pipeline or a function"
    raise InputError(f"ner takes {kinds}, not {type(ner).__name__}.")
