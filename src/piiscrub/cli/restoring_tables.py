"""``piiscrub restore`` on files of tables: columns that a plan encrypted, and placeholders in the cells of any format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from piiscrub.cli.language import word
from piiscrub.cli.outcome import UsageProblem
from piiscrub.sources import NotExamined, problem, writing
from piiscrub.sources.tabular import ROWS, open_tables
from piiscrub.table.files import same_kind, shown_sheet, table_name, with_metadata
from piiscrub.table.frame import Table
from piiscrub.table.restoring import by_plan, by_vault
from piiscrub.table.restoring import restore as restore_table
from piiscrub.table.streaming import as_type

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing
    from piiscrub.model.plan import SharePlan
    from piiscrub.scrubber.restoring import Restorer


def restore_file(
    path: Path, out: Path, plan: SharePlan | None, ring: KeyRing, restorer: Restorer, *, overwrite: bool = False
) -> int:
    """Write a file of the same kind with the values in it; returns how many cells of encrypted columns were brought back.

    Each table is held whole: that the keys are wrong should be known before anything is written.

    Raises:
        UsageProblem: none of the plan's tables is this one.
        KeysError: wrong keys.
        SourceError: the file cannot be read, or the other not be written.
    """
    cells = 0
    with open_tables(path) as file:
        if isinstance(file, NotExamined):
            raise problem("not-examined", path.name, word(f"cause.{file.cause}"))
        same_kind(file, out)
        done: list[tuple[str, pa.RecordBatch]] = []
        for position, sheet in enumerate(file.sheets):
            rows = pa.Table.from_batches(list(sheet.batches(rows=ROWS)), schema=sheet.schema)
            table = Table.from_arrow(rows)
            own = None if plan is None else _own(plan, table_name(file, sheet, position))
            ways = {} if own is None else by_plan(table, own, ring)
            after = restore_table(table, ways, by_vault(restorer))
            cells += sum(one.changed for one in after.evidence.columns if one.position in ways)
            arrays = [as_type(one.column, one.column.type) for one in after.columns]
            schema = pa.schema([f.with_type(array.type) for f, array in zip(sheet.schema, arrays, strict=True)])
            batch = pa.RecordBatch.from_arrays(arrays, schema=with_metadata(schema, sheet.schema))
            done.append((shown_sheet(sheet, position), batch))
        with writing(out, inputs=[path], overwrite=overwrite) as stream, file.writer(stream) as writer:
            for shown, batch in done:
                writer.start(batch.schema, sheet=shown)
                if batch.num_rows:
                    writer.write(batch)
    return cells


def _own(plan: SharePlan, name: str) -> SharePlan:
    """The plan of this table alone: the only one, or the one of its name."""
    if len(plan.tables) == 1:
        return plan
    names = (name, name.rpartition(".")[0])
    own = [one for one in plan.tables if one.name in names]
    if len(own) != 1:
        raise UsageProblem(f"none of the {len(plan.tables)} tables of the plan is called {name!r}.")
    return plan.replace(tables=tuple(own))
