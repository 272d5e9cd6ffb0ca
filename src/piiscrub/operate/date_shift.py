"""Move dates by some days, the same for all dates of a person, so that intervals stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from piiscrub.errors import OperatorError
from piiscrub.operate import cells, params
from piiscrub.operate.draws import Draws
from piiscrub.operate.protocol import ColumnContext


@dataclass(frozen=True, slots=True, kw_only=True)
class DateShift(cells.OnWholeColumn):
    """Every date of a person moves by one keyed number of days, from 1 to ``days`` back or forth; intervals stay as they are.

    ``by`` of the column plan names the column that says whose date it is; the same person moves alike in every column and
    table for the same recipient and purpose. ``weekdays``: whole weeks, so that the day of the week stays. A cell that is no
    date, or a row without a person, becomes missing. Dates such as 5/4/1990 are read as those of the column that can be read in
    one way only, month first where all can be read in two.

    >>> from piiscrub.keys.bound import bound
    >>> context = ColumnContext(name="visit", keys=bound(None), by=["a", "a"])
    >>> from datetime import date
    >>> one, two = DateShift().column(["2024-01-01", "2024-01-31"], context)
    >>> (date.fromisoformat(two) - date.fromisoformat(one)).days, one != "2024-01-01"
    (30, True)
    """

    days: int = 365
    weekdays: bool = False

    name: ClassVar[str] = "date_shift"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    leaks: ClassVar[str] = "Intervals between dates of one person; the date to within the days; the key holder can move it back."
    family: ClassVar[str] = "randomisation: noise addition (ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.whole(self.name, "days", self.days, 1, 36500)
        params.flag(self.name, "weekdays", self.weekdays)
        if self.weekdays and self.days < 7:
            raise OperatorError("date_shift: weekdays takes days of 7 or more.")

    def column(self, values: Sequence[Any], context: ColumnContext, /) -> list[Any]:
        if context.by is None:
            raise OperatorError(f"date_shift: name the column that says whose dates these are: by, for column {context.name!r}.")
        key = context.keys.key("date_shift", "subject")  # not the column's: a person moves alike in all of them
        offsets: dict[str, int] = {}
        done: list[Any] = []
        day_first = cells.day_first(values)
        for cell, subject in zip(values, context.by, strict=True):
            who = cells.subject(subject)
            if not who:
                done.append(None)
                continue
            days = offsets.get(who)
            if days is None:
                days = offsets[who] = self._offset(key, who)
            done.append(cells.shifted(cell, days, day_first=day_first))
        return done

    def _offset(self, key: bytes, who: str) -> int:
        step = 7 if self.weekdays else 1
        most = self.days // step
        draws = Draws(key, who)
        return (1 + draws.below(most)) * step * (1 if draws.below(2) else -1)
