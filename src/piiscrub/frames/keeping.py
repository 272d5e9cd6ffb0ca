"""``ps.retention``: frames, files, folders and databases; frames come back as new frames of the caller's type."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from os import PathLike
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from piiscrub.errors import InputError
from piiscrub.frames.opening import opened
from piiscrub.lifecycle.retention import RetentionReport
from piiscrub.lifecycle.retention import retention as keep
from piiscrub.table.distinct import examinable
from piiscrub.table.frame import Mask, Table
from piiscrub.table.result import Done

if TYPE_CHECKING:
    import polars as pl

    from piiscrub.evidence.ledger import Ledger
    from piiscrub.keys.ring import KeyRing
    from piiscrub.lifecycle.rules import RetentionRules


def retention(
    sources: Any,
    rules: RetentionRules | str | PathLike[str],
    *,
    apply: bool = False,
    now: datetime | date | None = None,
    ledger: Ledger | str | PathLike[str] | None = None,
    keys: KeyRing | None = None,
    due: Sequence[str | PathLike[str]] = (),
) -> RetentionReport:
    r"""What is overdue, what must stay and why, what falls due next; with ``apply``, overdue rows are deleted or anonymised.

    A row is overdue when every rule of its table says so and no legal minimum still runs. A hold always wins. A row whose date
    cannot be read is never touched: a person has to look. A row to which rows of other tables refer that are not due stays,
    unless its rule says ``referred = "ignore"``.

    Args:
        sources: one or several of: path of a file or folder of tables, URL of a database; or frames by name. The names are
            what rules go by; a table of a database has its own.
        rules: path of a TOML file, or rules that were loaded.
        apply: files are written anew, whole or not at all; rows of a database go in one transaction; frames come back as new
            frames in ``report.frames``, by name.
        now: the day to judge by; the clock's (UTC) if left out.
        ledger: a Ledger, or the path of one (then ``keys`` too); an entry before and one after each apply.
        keys: a KeyRing, for policies with keyed operators, for the ledger and for ``due``.
        due: ``kept.json`` of earlier erasures, or the folders of their certificates: rows that had to stay then go as soon as no
            legal minimum and no hold keeps them, whatever the owner's own period says.

    Raises:
        DefinitionError: the rules are wrong. PlanError: a rule or hold names a column that is not there.
        SourceError: something cannot be read. What cannot be written is told in the report, table by table.

    >>> import datetime, pandas as pd
    >>> from piiscrub.lifecycle.rules import read
    >>> rules = read('schema = 1\n[[rules]]\nid = "r"\ntable = "*"\nbasis = "closed"\nperiod = "3 years"')
    >>> df = pd.DataFrame({"name": ["张三", "李四"], "closed": ["2020-01-31", "2025-01-31"]})
    >>> done = retention({"customers": df}, rules, apply=True, now=datetime.date(2026, 11, 22))
    >>> done, len(done.frames["customers"]), done.next_due
    (<RetentionReport 2026-11-22: 1 tables, 1 rows overdue, 1 treated>, 1, {'2028-02': 1})
    """
    frames: dict[str, Any] = {}
    plain = _plain(sources, frames)
    report = keep(plain, rules, apply=apply, now=now, ledger=ledger, keys=keys, due=due)
    if not apply:
        return report
    anonymised = {one.table for one in report.tables if one.action == "anonymise" and one.treated}
    back = {}
    for name, store in report.frames.items():
        source = frames[name]
        if store.table is None:
            back[name] = source
        elif name in anonymised:
            back[name] = _changed(source, store.given, store.table)
        else:
            back[name] = _filtered(source, store.kept, store.table)
    return dataclasses.replace(report, frames=back)


def _plain(sources: Any, frames: dict[str, Any], name: str = "table") -> Any:
    """Frames as pyarrow tables, each remembered under its name; everything else as it is."""
    if isinstance(sources, Mapping):
        return {str(key): _plain(one, frames, str(key)) for key, one in sources.items()}
    if isinstance(sources, Sequence) and not isinstance(sources, str | bytes):
        return [_plain(one, frames, f"table_{n:02d}") for n, one in enumerate(sources, 1)]
    frame = opened(sources)
    if frame is None:
        return sources
    if frame.table.labels:
        raise InputError("retention takes frames without row labels of their own: make them columns first, with reset_index().")
    frames[name] = sources
    table = _shown(frame.table)
    return {name: table} if name.startswith("table_") else table


def _shown(table: Table) -> pa.Table:
    """A column with cells that have no text (lists, bytes) as bytes: nobody knows what it holds, so overdue rows lose it."""
    columns = list(table.columns)
    for i, hidden in table.blind.items():
        texts = columns[i].cast(pa.large_string()).cast(pa.large_binary())
        columns[i] = pc.if_else(pa.array(hidden), pa.scalar(b"", pa.large_binary()), texts)
    return table.replace(columns=tuple(columns)).to_arrow()


def _filtered(source: Any, kept: Mask, rest: pa.Table) -> Any:
    """The rows that stay. Categories that only deleted rows had go with them."""
    if type(source).__module__.partition(".")[0] == "polars":
        import polars as pl

        frame = source.filter(pl.Series(kept))
        loose = [
            pl.col(name).cast(pl.String).cast(pl.Categorical) for name, kind in frame.schema.items() if kind == pl.Categorical
        ]
        return frame.with_columns(loose) if loose else frame
    if hasattr(source, "loc"):
        import pandas as pd

        frame = source.loc[kept].copy()
        for i, kind in enumerate(frame.dtypes):
            if isinstance(kind, pd.CategoricalDtype):
                frame.isetitem(i, frame.iloc[:, i].cat.remove_unused_categories())
        return frame
    return rest.combine_chunks().to_batches()[0] if isinstance(source, pa.RecordBatch) else rest


def _changed(source: Any, before: pa.Table, after: pa.Table) -> Any:
    """A new frame of the caller's type: columns in which a row was anonymised are new, the others as they were."""
    masks = {i: _differ(before.column(i), after.column(i)) for i in range(before.num_columns)}
    new = {i: mask for i, mask in masks.items() if mask.any()}
    if type(source).__module__.partition(".")[0] == "polars":
        import polars as pl

        columns = source.get_columns()
        for i, mask in new.items():
            columns[i] = _put(columns[i], after.column(i), mask)
        return pl.DataFrame(columns)
    if hasattr(source, "isetitem"):
        from piiscrub.frames.pandas_out import array_of, as_series

        frame = source.copy()
        for i, mask in new.items():
            done = Done(position=i, name="", column=after.column(i), changed=mask)
            frame.isetitem(i, as_series(array_of(source.iloc[:, i].array, done, None), source.index))
        return frame
    return after.combine_chunks().to_batches()[0] if isinstance(source, pa.RecordBatch) else after


def _put(before: pl.Series, after: pa.ChunkedArray, changed: Mask) -> pl.Series:
    """The column of polars with its changed cells, which are missing where their type cannot hold them."""
    import polars as pl

    if before.dtype == pl.Object:
        cells = [new if differs else old for old, new, differs in zip(before, after.to_pylist(), changed, strict=True)]
        return pl.Series(before.name, cells, dtype=pl.Object)
    return pl.Series(before.name, pl.from_arrow(after)).cast(before.dtype, strict=False)


def _differ(before: pa.ChunkedArray, after: pa.ChunkedArray) -> Mask:
    if not examinable(before.type):  # such cells can only go
        return np.asarray(pc.and_(before.is_valid(), after.is_null()), np.bool_)
    same = pc.fill_null(pc.equal(before, after), False)
    both = pc.and_(before.is_null(), after.is_null())
    return np.asarray(pc.invert(pc.or_(same, both)), np.bool_)
