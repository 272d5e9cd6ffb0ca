"""What every measure returns, and how it is printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(kw_only=True)
class Row:
    """One measured number beside its bound; `ok` is None where there is no bound."""

    what: str
    value: float
    bound: str = ""
    ok: bool | None = None
    note: str = ""
    percent: bool = True

    def line(self) -> str:
        shown = f"{self.value:9.2%}" if self.percent else f"{self.value:9.4g}"
        verdict = "" if self.ok is None else ("ok" if self.ok else "MISSED")
        return f"  {self.what:58} {shown}  {self.bound:18} {verdict:7} {self.note}".rstrip()


@dataclass(kw_only=True)
class Report:
    """A measure's rows, and the details (row numbers, ids, offsets; never text) that explain them."""

    name: str
    rows: list[Row] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)

    def add(self, what: str, value: float, **more: Any) -> None:
        self.rows.append(Row(what=what, value=value, **more))

    def at_least(self, what: str, value: float, bound: float, note: str = "", *, percent: bool = True) -> None:
        shown = f">= {bound:.1%}" if percent else f">= {bound:g}"
        self.add(what, value, bound=shown, ok=value >= bound, note=note, percent=percent)

    def at_most(self, what: str, value: float, bound: float, note: str = "", *, percent: bool = True) -> None:
        shown = f"<= {bound:.1%}" if percent else f"<= {bound:g}"
        self.add(what, value, bound=shown, ok=value <= bound, note=note, percent=percent)

    def text(self, *, details: int) -> str:
        lines = [f"== {self.name}", *(row.line() for row in self.rows)]
        lines += [f"    {line}" for line in self.details[:details]]
        if len(self.details) > details:
            lines.append(f"    ... {len(self.details) - details} more (--details N)")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "rows": [vars(row) for row in self.rows], "details": self.details, "data": self.data}


def ratio(part: int, whole: int) -> float:
    """0 of 0 is nothing wrong, but nothing right either: 0."""
    return part / whole if whole else 0.0
