"""Keep one part of a date or time: the year, month, day, weekday, week, quarter or hour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from piiscrub.operate import cells, params
from piiscrub.operate.protocol import DocumentState
from piiscrub.operate.values import OnValues, Work

PARTS = ("year", "quarter", "month", "week", "day", "weekday", "hour")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePart(OnValues):
    """One ``part`` of a date, as a number; weekday counts from 1, Monday (ISO 8601). What is no date becomes ``*``.

    >>> from piiscrub.model.finding import Finding
    >>> TimePart(part="weekday")("2024-05-04", Finding("DATE_TIME", 0, 10, 0.9, "demo"))
    '6'
    """

    part: str = "year"

    name: ClassVar[str] = "time_part"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    streams: ClassVar[bool] = True
    leaks: ClassVar[str] = "The part kept."
    family: ClassVar[str] = "generalisation: attribute generalisation (ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.one_of(self.name, "part", self.part, PARTS)

    def work(self, entity: str, document: DocumentState, /) -> Work:
        return self._part

    def _part(self, value: str) -> str:
        when = cells.moment(value)
        if when is None:
            return "*"
        if self.part == "quarter":
            return str((when.month + 2) // 3)
        if self.part == "week":
            return str(when.isocalendar().week)
        return str(when.isoweekday() if self.part == "weekday" else getattr(when, self.part))
