"""Leave the value as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from piiscrub.model.finding import Finding
from piiscrub.operate.protocol import DocumentState, Shape


@dataclass(frozen=True, slots=True)
class Keep:
    """Return the value unchanged; it is still reported.

    >>> Keep()("Example Ltd", Finding("ORGANIZATION", 0, 11, 0.9, "demo"))
    'Example Ltd'
    """

    name: ClassVar[str] = "keep"
    shape: ClassVar[Shape] = "value"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    streams: ClassVar[bool] = True
    leaks: ClassVar[str] = "The value itself."
    family: ClassVar[str] = "none"

    def __call__(self, value: str, finding: Finding, /) -> str:
        return value

    def many(self, values: Sequence[str], entity: str, document: DocumentState, /) -> list[str]:
        """The same values."""
        return list(values)
