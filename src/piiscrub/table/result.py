"""What applying a plan to a table gives: the table, the evidence, the findings. No value shows in a repr."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic

import pyarrow as pa

from piiscrub.model.plan import Joining
from piiscrub.render.table import Table as Rows
from piiscrub.table.found import Found, findings_table
from piiscrub.table.frame import Mask, Table

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    FrameT = TypeVar("FrameT", covariant=True, default=Any)
else:
    from typing import TypeVar

    FrameT = TypeVar("FrameT", covariant=True)  # defaults of type variables come with Python 3.13

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnEvidence:
    """What happened to one column, without a value.

    ``action`` as in the plan; ``operator`` is the one the plan or, inside free text, the policy named. ``cells`` are those
    that hold something, ``distinct`` their different values, ``changed`` the cells that are not what they were. ``found``
    counts findings by entity, ``operators`` how often each handled one. ``unexamined`` counts cells nobody could look into
    (or a part of them). ``failures`` are operators that failed: those cells are redacted. ``dtype`` and ``dtype_after``
    differ where the type had to change. ``emptied`` counts cells that an operator on rows or columns made missing (a date to be
    moved that is none, among others); they are among ``changed``.
    ``collisions`` counts values whose pseudonym another value has as well, ``widened``
    those that got a tag as the range of their kind had no place left; both of columns handled whole. ``linked`` counts
    mentions of a person of the row that got that person's pseudonym, ``ambiguous`` those that fit several people and were
    left to themselves.
    """

    position: int
    name: str
    renamed: bool
    action: str
    operator: str
    entity: str
    cells: int
    distinct: int
    changed: int
    found: Mapping[str, int]
    operators: Mapping[str, int]
    unexamined: int
    failures: Mapping[str, int]
    dtype: str
    dtype_after: str
    emptied: int = 0
    label: bool = False
    linked: int = 0
    ambiguous: int = 0
    collisions: int = 0
    widened: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableEvidence:
    """What was done to a table, without a single value.

    ``rows`` came in, ``rows_out`` go out. ``key`` says by id and epoch which key was used ("" if none was needed), ``scope``
    in which scope of a vault placeholders were issued ("" without a vault).
    ``unexamined_kept`` says that the policy left in what nobody could look at. ``joining`` is what can still be joined to what
    goes out, measured on it; None for what is restored.
    """

    table: str
    rows: int
    rows_out: int
    columns: tuple[ColumnEvidence, ...]
    policy: str
    policy_version: str
    policy_hash: str
    packs_hash: str
    purpose: str = ""
    recipient: str = ""
    unexamined_kept: bool = False
    key: str = ""
    scope: str = ""
    row_operators: tuple[str, ...] = ()
    joining: Joining | None = None
    format: int = FORMAT

    @property
    def unexamined(self) -> int:
        """Cells that could not be examined, in all columns."""
        return sum(column.unexamined for column in self.columns)

    @property
    def failures(self) -> int:
        """Cells that an operator failed on; they are redacted."""
        return sum(sum(column.failures.values()) for column in self.columns)

    @property
    def linked(self) -> int:
        """Mentions that got the pseudonym of a person named in full in their row or text."""
        return sum(column.linked for column in self.columns)

    @property
    def ambiguous(self) -> int:
        """Mentions that fit several people of their row or text; they were left to their own treatment."""
        return sum(column.ambiguous for column in self.columns)

    @property
    def dtype_changes(self) -> dict[str, tuple[str, str]]:
        """Column name → type before and after, where it changed."""
        return {c.name: (c.dtype, c.dtype_after) for c in self.columns if c.dtype_after and c.dtype != c.dtype_after}

    def to_dict(self) -> dict[str, object]:
        """Plain data, ready for JSON."""
        return asdict(self)

    def to_json(self) -> str:
        """The same as one JSON text with sorted keys."""
        return json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True)

    def summary(self) -> Rows:
        """One row per column."""
        rows = [
            {
                "position": c.position,
                "column": c.name,
                "action": c.action,
                "operator": c.operator,
                "entity": c.entity,
                "cells": c.cells,
                "changed": c.changed,
                "found": ", ".join(f"{entity} ×{n}" for entity, n in c.found.items()),
                "unexamined": c.unexamined,
                "failures": sum(c.failures.values()),
                "dtype": c.dtype if c.dtype == c.dtype_after else f"{c.dtype} → {c.dtype_after or '(left out)'}",
            }
            for c in self.columns
        ]
        return Rows(rows, caption="applied", columns=tuple(rows[0]) if rows else ("position", "column"))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Done:
    """A column as it goes out: where it stood, its cells, and which of them changed (None: none of them)."""

    position: int
    name: str
    column: Any = field(repr=False)  # pa.Array or pa.ChunkedArray, which have no types to check
    changed: Mask | None = field(repr=False)


@dataclass(frozen=True, repr=False, eq=False)
class TableScrub(Generic[FrameT]):
    """A table after its plan was carried out.

    ``frame`` is of the caller's type, ``table`` the same as Arrow columns. ``evidence`` says what was done and
    ``findings()`` where, both without values.

    >>> from piiscrub.model.plan import ColumnPlan, TablePlan
    >>> from piiscrub.model.policy import OperatorSpec
    >>> from piiscrub.table.applying import apply
    >>> plan = TablePlan(columns=(
    ...     ColumnPlan(position=0, name="phone", entity="CN_MOBILE", action="transform", operator=OperatorSpec.of("mask")),
    ... ))
    >>> done = apply(Table.of({"phone": ["13800138000", None]}), plan)
    >>> done, done.table.columns[0].to_pylist()
    (<TableScrub: 2 rows × 1 columns; 1 cells changed>, ['138****8000', None])
    """

    table: Table
    evidence: TableEvidence
    columns: tuple[Done, ...]
    kept_rows: Mask | None
    _found: tuple[Found, ...] = ()
    _frame: Any = None  # of the caller's type
    _show: Callable[[pa.Table], Any] | None = None

    @property
    def frame(self) -> FrameT:
        """The new table as what the caller handed in; a pyarrow Table if that was one."""
        frame: FrameT = self.to_arrow() if self._frame is None else self._frame
        return frame

    def to_arrow(self) -> pa.Table:
        """The new columns as a pyarrow Table, without row labels."""
        return self.table.to_arrow()

    def findings(self) -> Any:  # of the caller's type
        """One row per finding: row (in the table that came in), column, position, entity, start, end, score, recognizer.

        A cell that was handled as a whole is one finding from its first character to its last; recognizer is ``plan``.
        """
        found = findings_table(self._found)
        return found if self._show is None else self._show(found)

    @property
    def unexamined(self) -> int:
        """Cells that could not be examined; 0 means that everything was looked at, or handled as a whole."""
        return self.evidence.unexamined

    def __repr__(self) -> str:
        changed = sum(column.changed for column in self.evidence.columns)
        blind = f"; {self.unexamined} not examined" if self.unexamined else ""
        failed = f"; {self.evidence.failures} failed and were redacted" if self.evidence.failures else ""
        shape = f"{self.table.rows} rows × {len(self.table.columns)} columns"
        return f"<TableScrub: {shape}; {changed} cells changed{blind}{failed}>"

    def _repr_html_(self) -> str:
        return self._html("en")

    def to_html(self, path: str | PathLike[str], *, lang: str = "en") -> None:
        """Write what was done as a page of its own; no value of the table is in it."""
        from piiscrub.render.catalogue import say
        from piiscrub.render.html import document

        Path(path).write_text(document(self._html(lang), say("table.applied", lang), lang=lang), encoding="utf-8")

    def _html(self, lang: str) -> str:
        from piiscrub.render.tables import table_scrub

        evidence = self.evidence
        return table_scrub(
            evidence.columns, rows=evidence.rows, rows_out=evidence.rows_out, name=evidence.table, joining=evidence.joining,
            lang=lang,
        )  # fmt: skip  # what stands in the page

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.table, self.evidence, self.columns, self.kept_rows, self._found, self._frame)


def _again(*fields: Any) -> TableScrub:
    return TableScrub(*fields)
