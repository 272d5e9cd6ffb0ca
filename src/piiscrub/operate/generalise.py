"""Make a value coarser: a date its year, an age a band, a number a bucket, an address its city, a term a broader one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import lru_cache
from typing import ClassVar

from piiscrub.errors import OperatorError
from piiscrub.model import entities
from piiscrub.operate import coarser, hierarchy, params
from piiscrub.operate.protocol import DocumentState
from piiscrub.operate.values import OnValues, Work

KINDS = ("date", "age", "number", "address", "postcode", "hierarchy", "prefix")
UNKNOWN = "*"
_BY_ENTITY = {
    "DATE_TIME": "date", "AGE": "age", "INCOME": "number", "POSTAL_CODE": "postcode", "LOCATION": "address",
}  # fmt: skip  # a line reads best
_LEVELS = {"date": coarser.DATE_LEVELS, "address": coarser.ADDRESS_LEVELS}
_DEFAULTS = {"date": "year", "address": "city"}
_TAKES = {
    "date": ("level",),
    "age": ("width", "top"),
    "number": ("width", "edges", "labels", "round_to", "bottom", "top"),
    "address": ("level",),
    "postcode": ("keep",),
    "hierarchy": ("file", "level"),
    "prefix": ("keep",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Generalise(OnValues):
    """Make a value coarser, so that more people share it. What cannot be read becomes ``*``.

    ``kind`` says how; left out, it follows from the entity (dates, ages, incomes, addresses, postcodes):

    - ``date``: ``level`` week, month, quarter, year (default) or decade: 1990-W18, 1990-05, 1990-Q2, 1990, 1990s.
    - ``age``: bands of ``width`` years (default 5), ``top`` and above in one band (default 90, HIPAA safe harbor).
    - ``number``: buckets of one ``width`` ``[1000,1500)``, or between ``edges`` ("18,65") with ``labels`` ("young|adult|old"),
      or ``round_to`` the nearest multiple (halves to even); ``bottom`` and ``top`` code what lies beyond as ``<=`` and ``>=``.
    - ``address``: ``level`` district, city (default) or province (US state).
    - ``postcode``: the first ``keep`` characters (default 3), a ZIP3 only where HIPAA safe harbor lets it stay, else 000; a
      British postcode keeps its outward code.
    - ``hierarchy``: the term ``level`` steps up (default 1) in ``file`` (TOML or CSV, see :mod:`piiscrub.operate.hierarchy`).
    - ``prefix``: the first ``keep`` characters (default 1), the rest as ``*``: for codes.

    >>> from piiscrub.model.finding import Finding
    >>> Generalise(level="month")("1990-05-04", Finding("DATE_OF_BIRTH", 0, 10, 0.9, "demo"))
    '1990-05'
    >>> Generalise(kind="number", edges="18,65", labels="young|adult|old")("40", Finding("AGE", 0, 2, 0.9, "demo"))
    'adult'
    """

    kind: str = ""
    level: str = ""
    width: int | float = 0
    edges: str = ""
    labels: str = ""
    round_to: int | float = 0
    bottom: int | float | None = None
    top: int | float | None = None
    keep: int = 0
    file: str = ""

    name: ClassVar[str] = "generalise"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    streams: ClassVar[bool] = True
    leaks: ClassVar[str] = "The coarse value; a group of few people stays recognisable."
    family: ClassVar[str] = "generalisation: rounding, top and bottom coding (ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.one_of(self.name, "kind", self.kind, (*KINDS, ""))
        for name in ("width", "round_to"):
            params.number(self.name, name, getattr(self, name), 0)
        for name in ("bottom", "top"):
            if getattr(self, name) is not None:
                params.number(self.name, name, getattr(self, name))
        params.whole(self.name, "keep", self.keep, 0, 64)
        for name in ("level", "edges", "labels", "file"):
            params.string(self.name, name, getattr(self, name))
        if self.kind:
            self._fits()
        cuts = _numbers(self.edges)
        names = self.labels.split("|") if self.labels else []
        if list(cuts) != sorted(set(cuts)):
            raise OperatorError("generalise: edges are numbers in rising order, for example '18,35,65'.")
        if names and len(names) != len(cuts) + 1:
            raise OperatorError(f"generalise: labels takes one name more than there are edges, {len(cuts) + 1}, joined by |.")

    def _fits(self) -> None:
        """Raises unless the parameters are those of the kind."""
        for name in ("level", "width", "edges", "labels", "round_to", "bottom", "top", "keep", "file"):
            if getattr(self, name) not in ("", 0, None) and name not in _TAKES[self.kind]:
                raise OperatorError(f"generalise: {name} is none of {self.kind!r}; it takes {', '.join(_TAKES[self.kind])}.")
        if self.kind in _LEVELS and self.level:
            params.one_of(self.name, "level", self.level, _LEVELS[self.kind])
        if self.kind == "number" and not any(
            (self.width, self.edges, self.round_to, self.bottom is not None, self.top is not None)
        ):
            raise OperatorError("generalise: a number takes width, edges, round_to, bottom or top.")
        if self.kind == "hierarchy":
            if not self.file:
                raise OperatorError("generalise: a hierarchy takes file, the path of a TOML or CSV file.")
            if self.level and not (self.level.isascii() and self.level.isdigit() and int(self.level)):
                raise OperatorError(f"generalise: level of a hierarchy counts steps up from '1', not {self.level!r}.")
            hierarchy.read(self.file)
        if self.kind == "age" and (self.width != int(self.width) or (self.top is not None and (self.top <= 0 or self.top % 1))):
            raise OperatorError("generalise: width and top of an age are whole years.")

    def work(self, entity: str, document: DocumentState, /) -> Work:
        kind = self.kind or _kind_of(entity)
        if not kind:
            raise OperatorError(f"generalise: kind is missing; it does not follow from {entity}. One of {', '.join(KINDS)}.")
        if not self.kind:
            if kind == "number" and not any((self.width, self.edges, self.round_to)):
                raise OperatorError(f"generalise: {entity} is a number: say width, edges or round_to.")
            if kind in _LEVELS and self.level:
                params.one_of(self.name, "level", self.level, _LEVELS[kind])
        return lambda value: self._coarser(kind, value) or UNKNOWN

    def _coarser(self, kind: str, value: str) -> str | None:
        if kind == "date":
            return coarser.of_date(value, self.level or _DEFAULTS["date"])
        if kind == "age":
            return coarser.of_age(value, int(self.width) or 5, int(self.top or 90))
        if kind == "number":
            return self._number(value)
        if kind == "address":
            return coarser.of_address(value, self.level or _DEFAULTS["address"])
        if kind == "postcode":
            return coarser.of_postcode(value, self.keep or 3)
        if kind == "hierarchy":
            broader = hierarchy.read(self.file).get(value.strip(), ())
            return broader[min(int(self.level or 1), len(broader)) - 1] if broader else None
        kept = self.keep or 1
        return value[:kept] + "*" * max(len(value) - kept, 0) if len(value) > kept else None

    def _number(self, value: str) -> str | None:
        amount = coarser.number(value)
        if amount is None:
            return None
        if self.top is not None and amount >= Decimal(str(self.top)):
            return f">={coarser.written(Decimal(str(self.top)))}"
        if self.bottom is not None and amount <= Decimal(str(self.bottom)):
            return f"<={coarser.written(Decimal(str(self.bottom)))}"
        if self.edges:
            return coarser.of_edges(amount, _numbers(self.edges), tuple(self.labels.split("|")) if self.labels else ())
        if self.width:
            return coarser.of_width(amount, Decimal(str(self.width)))
        if self.round_to:
            step = Decimal(str(self.round_to))
            return coarser.written((amount / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step)
        return coarser.written(amount)


@lru_cache(maxsize=256)
def _numbers(edges: str) -> tuple[Decimal, ...]:
    try:
        return tuple(Decimal(edge.strip()) for edge in edges.split(",")) if edges else ()
    except InvalidOperation:
        raise OperatorError("generalise: edges are numbers in rising order, for example '18,35,65'.") from None


@lru_cache(maxsize=1024)
def _kind_of(entity: str) -> str:
    return next((kind for parent, kind in _BY_ENTITY.items() if entities.is_a(entity, parent)), "")
