"""Profile a file of tables, and carry out a plan on it: sheet by sheet, batch by batch, the output whole or not at all."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, Literal, TypeAlias

import pyarrow as pa

from piiscrub.errors import InputError, PlanError
from piiscrub.keys.bound import BoundKeys, Keys, bound
from piiscrub.keys.ring import KeyRing
from piiscrub.model.plan import SharePlan, TablePlan
from piiscrub.operate.protocol import VaultScope
from piiscrub.render.catalogue import say
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.sources import writing
from piiscrub.sources.problems import problem
from piiscrub.sources.tabular import ROWS, Ragged, Sheet, TableFile, inflate, open_tables
from piiscrub.sources.tabular.defusing import defuse
from piiscrub.sources.tabular.files import SUFFIXES
from piiscrub.table.applying import apply
from piiscrub.table.frame import Mask, Table
from piiscrub.table.headers import apart, personal
from piiscrub.table.profile.model import TableProfile
from piiscrub.table.result import TableEvidence
from piiscrub.table.sampling import gathered
from piiscrub.table.streaming import Stream, as_type

Progress: TypeAlias = Callable[[int, int], None] | None
"""Is told how many bytes of the file and how many rows each step took."""
Defuse: TypeAlias = Literal["written", "all"]

IN_ONE_PIECE = 32 << 20
"""Bytes of a file (unpacked) up to which it is handled whole, so that every operator works."""
_UNPACKS = 10  # how much larger a compressed file is taken to be
_TEXT, _PACKED = ("csv", "tsv", "tab", "jsonl", "ndjson"), ("gz", "bz2", "xz", "zst")
_ENDINGS = frozenset(f"{kind}.{packed}" for kind in _TEXT for packed in _PACKED)
_STEERS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_KEPT_METADATA = (b"PARQUET:field_id", b"piiscrub.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileScrub:
    """What was done to a file: evidence per table, ragged lines of the input, how many cells were defused, and how many of a
    workbook were read as empty, because they hold a formula whose value it does not remember."""

    evidence: tuple[TableEvidence, ...]
    ragged: tuple[Ragged, ...]
    defused: int
    unremembered: int = 0

    def __repr__(self) -> str:
        rows, changed = sum(one.rows_out for one in self.evidence), sum(c.changed for one in self.evidence for c in one.columns)
        blind = f"; {self.unexamined} not examined" if self.unexamined else ""
        failures = sum(one.failures for one in self.evidence)
        failed = f"; {failures} failed and were redacted" if failures else ""
        tables = "1 table" if len(self.evidence) == 1 else f"{len(self.evidence)} tables"
        return f"<FileScrub: {tables}, {rows} rows; {changed} cells changed{blind}{failed}>"

    @property
    def unexamined(self) -> int:
        """Cells that could not be examined, formulas without a value among them, and lines with cells beyond the last column,
        which were left out."""
        beyond = sum(one.cells > one.expected for one in self.ragged)
        return sum(one.unexamined for one in self.evidence) + beyond + self.unremembered


@contextlib.contextmanager
def tables_in(path: str | PathLike[str]) -> Iterator[TableFile]:
    """The tables of a file a person named.

    Raises:
        InputError: nobody can read it as tables; says why.
        SourceError: it cannot be opened, or is damaged.
    """
    with open_tables(Path(path), shown=shown_path(Path(path).name)) as file:
        if not isinstance(file, TableFile):
            raise InputError(f"{shown_path(Path(path).name)}: this file holds no tables: {say(f'cause.{file.cause}')}.")
        yield file


def shown_path(name: str, number: int = 1, *, taken: Collection[str] = ()) -> str:
    """A path with every part that is personal information named by the number of the file instead, and as none of those taken.

    A part that would steer a terminal, or that no encoding holds, goes the same way.

    >>> shown_path("2024/customers.csv.gz", 3), shown_path("2024/13800138000.csv.gz", 3)
    ('2024/customers.csv.gz', '2024/file_03.csv.gz')
    >>> shown_path("13800138000.csv", 3, taken={"13800138000.csv", "file_03.csv"})
    'file_03_.csv'
    """
    *folders, last = PurePosixPath(name).parts or ("",)
    parts = [f"folder_{number:02d}" if personal(part) or _STEERS.search(part) else part for part in folders]
    stem, dot, ending = last.partition(".")
    if personal(stem) or personal(last) or _STEERS.search(last):
        kept = ending if ending.lower() in _ENDINGS else "".join(PurePosixPath(last).suffixes[-1:]).lstrip(".")
        sayable = kept and not personal(kept) and not _STEERS.search(kept)
        stem, dot, ending = f"file_{number:02d}", *((".", kept) if sayable else ("", ""))
    while (shown := "/".join([*parts, f"{stem}{dot}{ending}"])) != name and shown in taken:
        stem += "_"
    return shown


def views_of(source: object) -> tuple[str, ...]:
    """The views of a database, each as it may be shown: what is left out where its tables are read. None for other sources."""
    if not (isinstance(source, str) and "://" in source):
        return ()
    from piiscrub.sources.tabular.database import views_in

    return tuple(shown_path(name, number) for number, name in enumerate(views_in(source), 1))


def table_name(file: TableFile, sheet: Sheet, position: int, name: str = "") -> str:
    """What a table of a file is called in profiles and plans: ``book.xlsx/客户``. What is personal information is not in it."""
    name = name or shown_path(PurePath(file.name).name)
    if len(file.sheets) == 1 and not sheet.name:
        return name
    return f"{name}/{shown_sheet(file, position)}"


def frame_file(name: object) -> str:
    """What the file of a frame is called that was handed in by this name: of one part, whatever the name.

    >>> frame_file("orders/2024"), frame_file("")
    ('orders_2024.parquet', 'table.parquet')
    """
    return f"{str(name).replace('/', '_') or 'table'}.parquet"


def shown_sheet(file: TableFile, position: int) -> str:
    """The name of a sheet as it may be shown and written: that of no other sheet, whatever the case of its letters."""
    own = file.sheets[position].name
    return apart(f"sheet_{position + 1:02d}", {one.name.casefold() for one in file.sheets}) if personal(own) else own


def profile_file(
    file: TableFile,
    *,
    name: str = "",
    sample: int | None = None,
    lang: str | None = None,
    seed: int = 0,
    progress: Progress = None,
) -> tuple[TableProfile, ...]:
    """One profile per table of a file; memory does not grow with the rows. Sheets without columns are left out.

    ``name`` is what the file may be called; left out, it is its own name unless that is personal information.
    """
    return tuple(
        dataclasses.replace(
            gathered(_counted(sheet, progress), sheet.schema, seed=seed).profile(sample=sample, lang=lang),
            name=table_name(file, sheet, position, name),
            beyond=sum(one.cells > one.expected for one in sheet.ragged),
            hidden=getattr(sheet, "hidden", False),
            unremembered=getattr(sheet, "unremembered", 0),
        )
        for position, sheet in enumerate(file.sheets)
        if len(sheet.schema)
    )


def apply_file(
    file: TableFile,
    target: Path,
    plan: SharePlan,
    scrubber: Scrubber,
    *,
    name: str = "",
    keys: Keys | None = None,
    vault: VaultScope | None = None,
    inputs: Sequence[Path | int] = (),
    overwrite: bool = False,
    defusing: Defuse = "written",
    in_memory: bool | None = None,
    codec: str = "",
    progress: Progress = None,
) -> FileScrub:
    """Carry out a plan on every table of a file and write a file of the same kind, with the same types where they could stay.

    Args:
        file: open.
        target: what is written, whole or not at all; it is never one of ``inputs``.
        plan: one table per table of the file, by name; or a single one for a file of one table.
        scrubber: of the policy that says what happens inside free text.
        name: what the file may be called, as for ``profile_file``.
        keys, vault: as for ``apply``.
        defusing: which cells of CSV and TSV that a spreadsheet would run get a ``'``: those we have written, or all.
        in_memory: whether to hold a table whole, so that every operator works; by the size of the file unless told.
        codec: another encoding of the output.
        progress: told bytes and rows of each step.

    Raises:
        PlanError: the plan does not fit; nothing is written then.
        SourceError: the file or the target cannot be read or written, or an operator cannot work in batches.
    """
    same_kind(file, target)
    plans = _plans(file, plan, name)
    size = file.size * (_UNPACKS if file.packed else 1)
    whole = size <= IN_ONE_PIECE if in_memory is None else in_memory
    ready = BoundKeys(keys, recipient=plan.recipient, purpose=plan.purpose) if isinstance(keys, KeyRing) else bound(keys)
    run = _Run(scrubber=scrubber, keys=ready, vault=vault, plan=plan, whole=whole, progress=progress)
    evidence: list[TableEvidence] = []
    ragged: list[Ragged] = []
    defused = 0
    with writing(target, inputs=inputs, overwrite=overwrite) as stream, file.writer(stream, codec=codec) as writer:
        for position, sheet in enumerate(file.sheets):
            if position not in plans:  # a sheet without columns
                writer.start(sheet.schema, sheet=shown_sheet(file, position))
                continue
            started = False
            for batch, changed in run.batches(sheet, plans[position], table_name(file, sheet, position, name), evidence):
                if not started:
                    writer.start(with_metadata(batch.schema, sheet.schema), sheet=shown_sheet(file, position))
                    started = True
                safe, n = _defused(batch, changed, defusing) if file.dialect else (batch, 0)
                defused += n
                if safe.num_rows:
                    writer.write(safe)
            ragged += sheet.ragged
    lost = sum(getattr(sheet, "unremembered", 0) for sheet in file.sheets)
    return FileScrub(evidence=tuple(evidence), ragged=tuple(ragged), defused=defused, unremembered=lost)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What all tables of a file share."""

    scrubber: Scrubber
    keys: BoundKeys
    vault: VaultScope | None
    plan: SharePlan
    whole: bool
    progress: Progress

    def batches(
        self, sheet: Sheet, plan: TablePlan, name: str, evidence: list[TableEvidence]
    ) -> Iterator[tuple[pa.RecordBatch, tuple[Mask | None, ...]]]:
        """The rows of a table as they go out, with the cells that changed; at the end its evidence is added."""
        more: dict[str, Any] = {"keys": self.keys, "vault": self.vault}
        more |= {"purpose": self.plan.purpose, "recipient": self.plan.recipient}
        schema = sheet.schema
        if self.whole:
            table = pa.Table.from_batches(list(_counted(sheet, self.progress)), schema=schema)
            done = apply(Table.from_arrow(table, name=name), plan, self.scrubber, **more)
            arrays = [as_type(one.column, one.column.type) for one in done.columns]
            fields = [
                schema.field(one.position).with_name(one.name).with_type(array.type)
                for one, array in zip(done.columns, arrays, strict=True)
            ]
            yield pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields)), tuple(one.changed for one in done.columns)
            evidence.append(done.evidence)
            return
        stream = Stream(
            lambda: _counted(sheet, self.progress),
            schema,
            plan,
            self.scrubber,
            name=name,
            looking=lambda: sheet.batches(rows=ROWS),
            **more,
        )
        yield from stream
        evidence.append(stream.evidence)


def same_kind(file: TableFile, target: Path) -> None:
    """What is written is of the kind that was read: a name that says another would mislead whoever opens it."""
    told = SUFFIXES.get(inflate.inner_name(target.name).suffix.lower(), "")
    packed = inflate.packed_name(target.name)
    if (told and _kin(told) != _kin(file.format)) or (told and packed != file.packed):
        kind = f"{file.format}, {file.packed}" if file.packed else file.format
        raise problem("other-kind", target.name, kind)


def _kin(format: str) -> str:
    return {"tsv": "csv", "arrow-stream": "arrow"}.get(format, format)


def _plans(file: TableFile, plan: SharePlan, name: str) -> dict[int, TablePlan]:
    """Position of a sheet → its plan. Every table with columns has one."""
    by_name = {one.name: one for one in plan.tables}
    held = [position for position, sheet in enumerate(file.sheets) if len(sheet.schema)]
    if len(held) == 1 and len(plan.tables) == 1:
        return {held[0]: plan.tables[0]}
    found = {position: table_name(file, file.sheets[position], position, name) for position in held}
    missing = [f"table {name!r} is not in the plan." for name in found.values() if name not in by_name]
    if missing:
        raise PlanError(missing)
    return {position: by_name[name] for position, name in found.items()}


def _counted(sheet: Sheet, progress: Progress) -> Iterator[pa.RecordBatch]:
    if progress is None:
        yield from sheet.batches(rows=ROWS)
        return
    for batch in sheet.batches(rows=ROWS, step=lambda size: progress(size, 0)):
        yield batch
        progress(0, batch.num_rows)


def _defused(batch: pa.RecordBatch, changed: Sequence[Mask | None], which: Defuse) -> tuple[pa.RecordBatch, int]:
    columns, count = [], 0
    for column, mask in zip(batch.columns, changed, strict=True):
        if which == "written" and mask is None:
            columns.append(column)
            continue
        safe, n = defuse(column, mask.tolist() if which == "written" and mask is not None else None)
        columns.append(safe)
        count += n
    return (pa.RecordBatch.from_arrays(columns, schema=batch.schema) if count else batch), count


def with_metadata(out: pa.Schema, given: pa.Schema) -> pa.Schema:
    """The schema of the output with what may stay of the notes in the input: field ids, and pandas' notes on index and types.

    Whatever else stands there nobody has examined; pandas' notes go too where a column is gone, renamed or of another type.
    """
    fields = []
    for field in out:
        kept = {key: value for key, value in (field.metadata or {}).items() if key in _KEPT_METADATA}
        fields.append(field.with_metadata(kept) if kept else field.remove_metadata())
    schema = pa.schema(fields)
    notes = (given.metadata or {}).get(b"pandas")
    if notes and schema.names == given.names and schema.types == given.types:
        plain = json.loads(notes)
        plain.pop("attributes", None)  # df.attrs: may hold anything
        schema = schema.with_metadata({b"pandas": json.dumps(plain).encode()})
    return schema
