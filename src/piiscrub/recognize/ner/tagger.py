"""What every tagger looks like from outside, and the one that is used when nobody brings another.

Whoever wants spans writes ``default_tagger().tag([text, ...])``. Nothing heavy is loaded by importing this module:
numpy and the weights come with the first text that needs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, Protocol, Self, runtime_checkable

PERSON = "PERSON"
LOCATION = "LOCATION"
ORGANIZATION = "ORGANIZATION"
ADDRESS = "ADDRESS"
LABELS = (PERSON, LOCATION, ORGANIZATION, ADDRESS)
ENTITIES = ("PERSON", "PERSON_REFERENCE", "CN_ADDRESS", "ADDRESS", "LOCATION", "ORGANIZATION")
"""What taggers and the rules for names report together."""
MAYBE = "MAYBE_PERSON"
"""A hint and no finding: here a person is less likely than not, but not out of the question. Rules may make a name of it."""
UNSURE = "MAYBE_NAME"
"""The same of a name of any kind; ``kinds`` says of which."""


class Span(NamedTuple):
    """A stretch of a text that a tagger calls a name, a place or an organisation.

    ``start`` and ``end`` are string indexes of the text as it was given, end exclusive; ``score`` is between 0 and 1.
    ``LOCATION`` is a place by name, neighbouring ones joined; ``ADDRESS`` (Chinese only so far) is what the model takes for
    a whole postal address, street or finer: rules of addresses check and complete it, and may find more around a LOCATION.
    """

    start: int
    end: int
    label: str
    score: float


class DoubtedSpan(Span):
    """A span of a tagger that tells its doubts: ``kinds`` says how likely each of LABELS is at its first word.

    >>> DoubtedSpan.of((0, 4, "PERSON", 0.4), (0.4, 0.3, 0.1, 0.0))._replace(start=1).kinds
    (0.4, 0.3, 0.1, 0.0)
    """

    kinds: tuple[float, ...] = ()

    @classmethod
    def of(cls, span: tuple[int, int, str, float], kinds: tuple[float, ...]) -> Self:
        """The span with its doubts."""
        made = cls._make(span)
        made.kinds = kinds
        return made

    def _replace(self, **changes: Any) -> Self:
        made = super()._replace(**changes)
        made.kinds = self.kinds
        return made


@runtime_checkable
class Tagger(Protocol):
    """Finds spans in texts; safe to call from several threads.

    ``tag`` answers with one list per text, in the order of the texts, each list sorted by start and free of overlaps.
    ``needs`` says cheaply, without loading anything, whether a text can hold what the tagger looks for.
    """

    def needs(self, text: str, /) -> bool: ...

    def tag(self, texts: Sequence[str], /) -> list[list[Span]]: ...


@cache
def default_tagger(*, onnx: bool = False) -> Tagger:
    """The Chinese and the English tagger of this package behind one; the same object at every call.

    With ``onnx`` the Chinese network runs in onnxruntime (``[onnx]`` extra).

    >>> default_tagger().needs("12345"), default_tagger().needs("王小明")
    (False, True)
    """
    from piiscrub.recognize.ner.bilingual import bilingual

    return bilingual(onnx=onnx)
