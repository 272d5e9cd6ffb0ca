"""Take the value out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from piiscrub.model.finding import Finding
from piiscrub.operate import params
from piiscrub.operate.protocol import DocumentState, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Redact:
    """Put a fixed text in the value's place, or nothing with ``text=""``. Says neither kind nor length.

    >>> Redact()("13800138000", Finding("CN_MOBILE", 0, 11, 0.9, "demo"))
    '[REDACTED]'
    """

    text: str = "[REDACTED]"

    name: ClassVar[str] = "redact"
    shape: ClassVar[Shape] = "value"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = False
    streams: ClassVar[bool] = True
    leaks: ClassVar[str] = "That something stood there."
    family: ClassVar[str] = "suppression: masking (ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.string(self.name, "text", self.text)

    def __call__(self, value: str, finding: Finding, /) -> str:
        return self.text

    def many(self, values: Sequence[str], entity: str, document: DocumentState, /) -> list[str]:
        """The fixed text for each."""
        return [self.text] * len(values)
