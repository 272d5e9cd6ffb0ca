"""Cut a value off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from piiscrub.operate import params
from piiscrub.operate.protocol import DocumentState
from piiscrub.operate.values import OnValues, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Truncate(OnValues):
    """The first ``length`` characters, or the last with ``end``. A value no longer than that becomes ``*``.

    >>> from piiscrub.model.finding import Finding
    >>> Truncate(length=2)("E11.9", Finding("MEDICAL_CONDITION", 0, 5, 0.9, "demo"))
    'E1'
    """

    length: int = 1
    end: bool = False

    name: ClassVar[str] = "truncate"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    streams: ClassVar[bool] = True
    leaks: ClassVar[str] = "The characters that stay."
    family: ClassVar[str] = "generalisation: rounding (ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.whole(self.name, "length", self.length, 1)
        params.flag(self.name, "end", self.end)

    def work(self, entity: str, document: DocumentState, /) -> Work:
        size = self.length
        if self.end:
            return lambda value: value[-size:] if len(value) > size else "*"
        return lambda value: value[:size] if len(value) > size else "*"
