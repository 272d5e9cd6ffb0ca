"""Who finds names, places and organisations: nobody, rules alone, the tagger of this package, or the caller's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from piiscrub.errors import InputError, UnknownNameError
from piiscrub.model.finding import Finding
from piiscrub.recognize.ner.tagger import Tagger, default_tagger

if TYPE_CHECKING:
    from piiscrub.recognize.protocol import Recognizer

NerLike: TypeAlias = Tagger | Callable[[str], Any] | str | None
NAMED = ("rules", "default")


class Named:
    """Names, addresses, places and organisations as one recognizer; rules complete and check what the tagger says."""

    id = "named"

    def __init__(self, tagger: Tagger | None) -> None:
        self._tagger = tagger

    @property
    def entities(self) -> Sequence[str]:
        from piiscrub.recognize.named import ENTITIES

        return ENTITIES

    def find(self, text: str, /) -> Iterable[Finding]:
        from piiscrub.recognize.named import find_named

        return [f._replace(score=round(f.score, 4)) for f in find_named(text, self._tagger)]


def named(ner: object) -> Recognizer:
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
