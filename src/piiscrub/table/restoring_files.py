"""Put values back into the tables of a file."""

from __future__ import annotations

import pyarrow as pa

from piiscrub.errors import PlanError
from piiscrub.keys.ring import KeyRing
from piiscrub.model.plan import SharePlan
from piiscrub.scrubber.not_back import NotBack, together
from piiscrub.scrubber.restoring import Restorer
from piiscrub.sources.tabular import ROWS, TableFile
from piiscrub.table.files import shown_sheet, table_name, with_metadata
from piiscrub.table.frame import Table
from piiscrub.table.not_back import not_back
from piiscrub.table.restoring import by_plan, by_vault, restore
from piiscrub.table.streaming import as_type


def restored_sheets(
    file: TableFile, plan: SharePlan | None, ring: KeyRing, restorer: Restorer, *, vaulted: bool
) -> tuple[list[tuple[str, pa.RecordBatch]], int, tuple[NotBack, ...]]:
    """Each sheet by its name with the values in it, how many cells of encrypted columns were brought back, and what was not.

    Each table is held whole: that the keys are wrong should be known before anything is written.

    Raises:
        PlanError: none of the plan's tables is this one.
        KeysError: wrong keys.
        SourceError: the file cannot be read.
    """
    cells = 0
    stays: list[NotBack] = []
    done: list[tuple[str, pa.RecordBatch]] = []
    for position, sheet in enumerate(file.sheets):
        rows = pa.Table.from_batches(list(sheet.batches(rows=ROWS)), schema=sheet.schema)
        table = Table.from_arrow(rows)
        own = None if plan is None else _own(plan, table_name(file, sheet, position))
        ways = {} if own is None else by_plan(table, own, ring)
        stays += () if own is None else not_back(own.tables[0], vaulted=vaulted)
        after = restore(table, ways, by_vault(restorer, defused=file.dialect is not None))
        cells += sum(one.changed for one in after.evidence.columns if one.position in ways)
        arrays = [as_type(one.column, one.column.type) for one in after.columns]
        schema = pa.schema([f.with_type(array.type) for f, array in zip(sheet.schema, arrays, strict=True)])
        batch = pa.RecordBatch.from_arrays(arrays, schema=with_metadata(schema, sheet.schema))
        done.append((shown_sheet(file, position), batch))
    return done, cells, together(stays)


def _own(plan: SharePlan, name: str) -> SharePlan:
    """The plan of this table alone: the only one, or the one of its name."""
    if len(plan.tables) == 1:
        return plan
    names = (name, name.rpartition(".")[0])
    own = [one for one in plan.tables if one.name in names]
    if len(own) != 1:
        raise PlanError(f"none of the {len(plan.tables)} tables of the plan is called {name!r}.")
    return plan.replace(tables=tuple(own))
