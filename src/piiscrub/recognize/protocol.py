"""What counts as a recognizer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from piiscrub.model.finding import Finding


@runtime_checkable
class Recognizer(Protocol):
    """Anything with an id, the entities it can report, and ``find``.

    ``find`` reads the folded text and yields findings with offsets of the folded text; the pipeline maps them back.
    """

    @property
    def id(self) -> str: ...

    @property
    def entities(self) -> Sequence[str]: ...

    def find(self, text: str, /) -> Iterable[Finding]: ...
