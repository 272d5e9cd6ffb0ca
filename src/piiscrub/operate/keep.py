"""Leave the value as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from piiscrub.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Keep:
    """Return the value unchanged; it is still reported.

    >>> Keep()("Example Ltd", Finding("ORGANIZATION", 0, 11, 0.9, "demo"))
    'Example Ltd'
    """

    name: ClassVar[str] = "keep"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    streams: ClassVar[bool] = True
    leaks: ClassVar[str] = "The value itself."

    def __call__(self, value: str, finding: Finding, /) -> str:
        return value
