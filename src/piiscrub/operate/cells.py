"""Cells of a column as numbers and dates, and back in the type and form they had."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from piiscrub.errors import OperatorError
from piiscrub.model.finding import Finding
from piiscrub.operate import coarser
from piiscrub.operate.protocol import ColumnContext, Shape
from piiscrub.text.folding import fold
from piiscrub.validators import calendar_date

_FORM = re.compile(r"(\d{4})(\s?[-/.年]\s?)(\d{1,2})(\s?[-/.月]\s?)(\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_WHOLE = re.compile(r"(\d{1,15})\.0+")


class OnWholeColumn:
    """What operators of the shape "column" share: there is no work on a single value."""

    __slots__ = ()

    name: ClassVar[str]
    shape: ClassVar[Shape] = "column"
    streams: ClassVar[bool] = False

    def __call__(self, value: str, finding: Finding, /) -> str:
        raise OperatorError(f"{self.name}: this operator works on whole columns, not on a value in a text.")

    def column(self, values: Sequence[Any], context: ColumnContext, /) -> list[Any]:
        """As many cells as went in; missing ones stay missing."""
        raise NotImplementedError


def number(cell: Any) -> float | None:  # Any: whatever a table holds
    """The number a cell holds, also as text; None for anything else.

    >>> number(3), number("1,200.50"), number(True), number("x")
    (3.0, 1200.5, None, None)
    """
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float | Decimal):
        found = float(cell)
        return found if found == found and abs(found) != float("inf") else None
    if isinstance(cell, str):
        read = coarser.number(cell)
        return None if read is None else float(read)
    return None


def numbers(operator: str, values: Sequence[Any]) -> list[float | None]:
    """The numbers of a column, None where a cell is missing.

    Raises:
        OperatorError: a cell that is neither missing nor a number; the message names its row, not its value.
    """
    found: list[float | None] = []
    for at, cell in enumerate(values):
        read = number(cell)
        if read is None and not _missing(cell):
            raise OperatorError(f"{operator}: row {at} holds no number.")
        found.append(read)
    return found


def _missing(cell: Any) -> bool:
    return cell is None or cell == "" or (isinstance(cell, float) and cell != cell)


def like(cell: Any, amount: float) -> Any:
    """A number in the type of a cell and with as many decimals.

    >>> like(3, 4.6), like("1.50", 2.257), like(Decimal("1.5"), 2.26)
    (5, '2.26', Decimal('2.3'))
    """
    if isinstance(cell, int):
        return round(amount)
    if isinstance(cell, Decimal):
        return Decimal(repr(amount)).quantize(Decimal(1).scaleb(int(cell.as_tuple().exponent)))
    if isinstance(cell, str):
        _, _, decimals = cell.strip().partition(".")
        return f"{amount:.{sum(c.isdigit() for c in decimals)}f}"
    return amount


def subject(cell: Any) -> str:
    """Who a cell names, the same in every table; "" for nobody. A number that went through a float, as beside missing cells,
    is still that number.

    >>> subject(1001), subject(1001.0), subject("1001.0"), subject(Decimal("1001.00")), subject(" "), subject(float("nan"))
    ('1001', '1001', '1001', '1001', '', '')
    """
    if _missing(cell):
        return ""
    text = str(cell).strip()
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text


def day_first(values: Sequence[Any]) -> bool:
    """Whether dates such as 5/4/1990 have the day first: as those of the column that can be read in one way only.

    >>> day_first(["05/04/1990", "30/04/1990"]), day_first(["05/04/1990", "04/30/1990"]), day_first(["05/04/1990"])
    (True, False, False)
    """
    first = second = False
    for cell in values:
        form = _NUMERIC.match(cell.strip()) if isinstance(cell, str) else None
        if form and form[2] != ".":  # with dots the day is first anyway
            first, second = first or int(form[1]) > 12, second or int(form[3]) > 12
    return first and not second


def shifted(cell: Any, days: int, *, day_first: bool = False) -> Any:
    """A date, or a text or number of one, moved by days; None if it is none. The form stays where it is one of digits.

    >>> shifted("1990-05-04 12:30", 3), shifted("1990年5月30日", 3), shifted("05/30/1990", 3), shifted(date(1990, 5, 4), -4)
    ('1990-05-07 12:30', '1990年6月2日', '06/02/1990', datetime.date(1990, 4, 30))
    >>> shifted("05/04/1990", 3, day_first=True), shifted(19900530, 3), shifted(19900530.0, 3)
    ('08/04/1990', 19900602, 19900602.0)
    """
    try:
        if isinstance(cell, date):  # a datetime is one too
            return cell + timedelta(days=days)
        if isinstance(cell, str):
            return _shifted_text(cell, days, day_first=day_first)
        if isinstance(cell, int | float | Decimal) and 0 < cell < 10**8 and cell % 1 == 0:
            moved = _shifted_text(str(int(cell)), days)
            return None if moved is None else type(cell)(moved)
        return None
    except OverflowError:
        return None


def _shifted_text(text: str, days: int, *, day_first: bool = False) -> str | None:
    folded = fold(text).folded.strip()
    parts = calendar_date.read(folded)
    if parts is None or not parts.day:
        return None
    if day_first and parts.order == "mdy" and parts.day <= 12 and _NUMERIC.match(folded):
        parts = parts._replace(month=parts.day, day=parts.month, order="dmy")
    new = date(parts.year, parts.month, parts.day) + timedelta(days=days)
    form = _FORM.match(folded)
    if form:
        width = min(len(form[3]), len(form[5]))
        return f"{new.year:04}{form[2]}{new.month:0{width}d}{form[4]}{new.day:0{width}d}{folded[form.end() :]}"
    if re.match(r"\d{8}(?!\d)", folded):
        return f"{new:%Y%m%d}{folded[8:]}"
    form = _NUMERIC.match(folded)
    if form:
        first, second = (new.month, new.day) if parts.order == "mdy" else (new.day, new.month)
        rest = folded[form.end() :]
        return f"{first:0{len(form[1])}d}{form[2]}{second:0{len(form[3])}d}{form[2]}{new.year:04}{rest}"
    return new.isoformat()


def moment(cell: Any) -> datetime | None:
    """The point in time of a cell, also from text.

    >>> moment("2024-05-04 13:30"), moment("x")
    (datetime.datetime(2024, 5, 4, 13, 30), None)
    """
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001  # a day has no zone
    if not isinstance(cell, str):
        return None
    folded = fold(cell).folded.strip()
    parts = calendar_date.read(folded)
    if parts is None or not parts.day:
        return None
    clock = re.search(r"(?<!\d)([01]?\d|2[0-3])[:：时]([0-5]\d)", folded)
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
    return datetime(parts.year, parts.month, parts.day, hour, minute)  # noqa: DTZ001  # the text names no zone


def rank(cell: Any) -> tuple[int, Any]:
    """What cells are sorted by: numbers, then dates, then text."""
    amount = number(cell)
    if amount is not None:
        return 0, amount
    when = moment(cell)
    return (1, when.replace(tzinfo=None)) if when is not None else (2, str(cell))


def present(values: Sequence[Any]) -> list[int]:
    """The rows that are not missing."""
    return [at for at, cell in enumerate(values) if not _missing(cell)]
