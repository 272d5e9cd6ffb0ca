"""What every measure returns, and how it is printed."""

from __future__ import annotations

import datetime
import os
import platform
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
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

    def shown(self) -> str:
        return f"{self.value:.2%}" if self.percent else f"{self.value:.4g}"

    def line(self) -> str:
        shown = f"{self.shown():>9}"
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

    def markdown(self, about: str, command: str) -> str:
        """Its rows as lines of the table in RESULTS.md; what went wrong on the way is part of the number."""
        return "\n".join(
            f"| {about} | `{command}` | {self.name}: {row.what} | {row.bound.replace('>=', '≥').replace('<=', '≤')} "
            f"| {row.shown()}{' **missed**' if row.ok is False else ''}{f' ({row.note})' if row.note else ''} |"
            for row in self.rows
        )

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "rows": [vars(row) for row in self.rows], "details": self.details, "data": self.data}


def about() -> str:
    """Date, machine and versions, as the first columns of RESULTS.md have them."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        model = next(
            (line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")), model
        )
    versions = ", ".join(f"{name} {_version(name)}" for name in ("piiscrub", "presidio-analyzer"))
    python = f"{platform.python_implementation()} {platform.python_version()}"
    today = datetime.datetime.now(tz=datetime.UTC).date()
    return f"{today} | {os.cpu_count()} cores {model}, {platform.system()} | {python}, {versions}"


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


def ratio(part: int, whole: int) -> float:
    """0 of 0 is nothing wrong, but nothing right either: 0."""
    return part / whole if whole else 0.0
