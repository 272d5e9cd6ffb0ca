"""What stands between a caller's table and its risk: files read whole, headers that may be shown, columns proposed."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from piiscrub.errors import InputError, UnknownNameError
from piiscrub.risk import assess as measures
from piiscrub.risk.causes import MOST_CELLS
from piiscrub.risk.report import RiskReport
from piiscrub.table.distinct import distinct
from piiscrub.table.files import shown_path, tables_in
from piiscrub.table.frame import Column, Table
from piiscrub.table.headers import headers
from piiscrub.table.profile.profile import profile

_LOOKED_AT = 500  # values per column that are looked at for direct identifiers


def assess(
    table: Table,
    *,
    quasi: Sequence[str] | None = None,
    sensitive: Sequence[str] | None = None,
    direct: Sequence[str] | None = None,
    population: Table | int | None = None,
    attacker: Table | None = None,
    known: Sequence[str] = (),
    before: Table | None = None,
    kept: Any = None,  # positions or a mask, of any library
    context: float = 1.0,
    most_cells: int = MOST_CELLS,
) -> RiskReport:
    """The report of a table. ``piiscrub.assess`` takes the same for frames and files, and explains each argument.

    >>> assess(Table.of({"age": [30, 30, 41]}), quasi=["age"]).unique
    1
    """
    if isinstance(population, bool) or (isinstance(population, int) and population < max(1, table.rows)):
        raise InputError(f"population is a table, or a number of people: at least the {table.rows} of the rows here.")
    if not table.columns and kept is not None:
        # Every column was left out; the rows are still there, all alike.
        table = table.replace(names=("",), columns=(pa.nulls(int(np.asarray(kept).sum()) if _mask(kept) else len(kept)),))
    shown = [header.shown for header in headers(table.names)]
    if quasi is None:
        # The table before protection says better what its columns are: coarse values look like nothing.
        look = profile(table if before is None else before)
        roles = {one.name: one.role for one in look.columns if one.name in shown}
        quasi = [name for name, role in roles.items() if role == "quasi" or (role == "direct" and _coarser(name, table, before))]
        sensitive = [name for name, role in roles.items() if role == "sensitive"] if sensitive is None else sensitive
        if direct is None and before is None:
            alike = {shown[at] for at in table.data if not _tells(table, at)}
            direct = [name for name, role in roles.items() if role == "direct" and name not in alike]
    elif direct is None and before is None:
        direct = _direct(table, shown, {*names_of(quasi, "quasi"), *names_of(sensitive or (), "sensitive")})
    quasi, sensitive, direct, known = ([*names_of(one, what)] for one, what in (
        (quasi, "quasi"), (sensitive or (), "sensitive"), (direct or (), "direct"), (known, "known"),
    ))  # fmt: skip  # one pair per argument
    here = {*shown, *table.names}
    if before is not None:
        named = [header.shown for header in headers(before.names)]
        quasi = [named[before.names.index(name)] if name in before.names and name not in here else name for name in quasi]
    left_out = [name for name in quasi if before is not None and name in named and name not in here]
    if left_out:
        # A column the plan left out is one where everybody is alike: so it counts in both reports and in the cost.
        empty = tuple(pa.nulls(table.rows) for _ in left_out)
        end = len(table.data)
        names = (*table.names[:end], *left_out, *table.names[end:])
        table = table.replace(names=names, columns=(*table.columns[:end], *empty, *table.columns[end:]))
        shown = [header.shown for header in headers(table.names)]
    return measures.assess(
        arrow(table, shown),
        quasi=_shown(quasi, table, shown, "quasi"),
        sensitive=_shown(sensitive, table, shown, "sensitive"),
        direct=_shown(direct, table, shown, "direct"),
        population=arrow(population) if isinstance(population, Table) else population,
        attacker=None if attacker is None else arrow(attacker),
        known=_shown(known, table, shown, "known"),
        before=None if before is None else arrow(before),
        kept=kept,
        context=context,
        most_cells=most_cells,
        name=table.name,
    )


def _coarser(name: str, table: Table, before: Table | None) -> bool:
    """Whether a column that identified has fewer values than before: an address of which the province is left points still."""
    if before is None or name not in table.names or name not in before.names:
        return False
    now, then = (len(distinct(one.columns[one.names.index(name)]).values) for one in (table, before))
    return now < then


def arrow(table: Table, shown: Sequence[str] | None = None) -> pa.Table:
    """The columns as a pyarrow table under the names that may be shown; those of a file have their types found out."""
    names = [header.shown for header in headers(table.names)] if shown is None else shown
    columns = [typed(table.columns[at]) if table.name else table.columns[at] for at in table.data]
    return pa.Table.from_arrays(columns, names=[names[at] for at in table.data])


def names_of(wanted: Sequence[Any], where: str) -> list[str]:
    """Column names as the caller's library may have them, as text.

    >>> names_of([0, "age"], "quasi")
    ['0', 'age']
    """
    if isinstance(wanted, str):
        raise InputError(f"{where} takes a list of column names, not one text.")
    found = [" / ".join(map(str, name)) if isinstance(name, tuple) else str(name) for name in wanted]
    if len(set(found)) != len(found):
        raise InputError(f"{where} names a column twice.")
    return found


def place_of(name: str, table: Table, shown: Sequence[str], where: str) -> int:
    """The position of a column that can be compared cell by cell.

    Raises:
        UnknownNameError: there is none of this name.
        InputError: there are several, or some of its cells cannot be read.
    """
    for known in (table.names, shown):
        places = [at for at, one in enumerate(known) if one == name]
        if len(places) > 1:
            raise InputError(f"{where}: {len(places)} columns are called {shown[places[0]]!r}. Give each a name of its own.")
        if places:
            unread = table.blind.get(places[0])
            if where != "direct" and unread is not None and unread.any():
                raise InputError(
                    f"{where}: column {shown[places[0]]!r} holds {int(unread.sum())} cells that cannot be compared, such as "
                    "lists. Take them apart, or leave the column out."
                )
            return places[0]
    raise UnknownNameError("column", name, shown, where=where)


def _shown(wanted: Sequence[str], table: Table, shown: Sequence[str], where: str) -> list[str]:
    return [shown[place_of(name, table, shown, where)] for name in wanted]


def _direct(table: Table, shown: Sequence[str], said: set[str]) -> list[str]:
    """Columns that nobody spoke of and that name a person: a grade without them would be too good."""
    rest = [at for at in table.data if table.names[at] not in said and shown[at] not in said and _tells(table, at)]
    if not rest:
        return []
    columns = tuple(table.columns[at] for at in rest)
    found = profile(Table(tuple(table.names[at] for at in rest), columns, table.name), sample=_LOOKED_AT).columns
    names = [shown[at] for at, one in zip(rest, found, strict=True) if one.role == "direct"]
    return [name for name in dict.fromkeys(names) if list(shown).count(name) == 1]


def _tells(table: Table, at: int) -> bool:
    """Whether a column tells rows apart: one that says [REDACTED] throughout names nobody, whatever its header says."""
    return table.rows < 2 or len(distinct(table.columns[at]).values) > 1


def _mask(kept: Any) -> bool:  # Any: positions or a mask, of any library
    return np.asarray(kept).dtype == bool


def read(path: str | PathLike[str]) -> Table:
    """The one table of a file, whole, with the types the file gives (a CSV file: text).

    Raises:
        InputError: no table, or several.
    """
    name = shown_path(Path(path).name)
    with tables_in(path) as file:
        sheets = [sheet for sheet in file.sheets if len(sheet.schema)]
        if len(sheets) != 1:
            raise InputError(f"{name}: one table is assessed at a time; this file has {len(sheets)}.")
        whole = pa.Table.from_batches(sheets[0].batches(rows=1 << 16), schema=sheets[0].schema)
    return Table.from_arrow(whole, name=name)


def typed(column: Column) -> Column:
    """A text column as numbers if every cell is one, written as Python writes it; else the column itself. An empty text is
    then a missing number.

    >>> typed(pa.array(["30", "", "41"])).to_pylist(), typed(pa.array(["030", "41"])).to_pylist()
    ([30, None, 41], ['030', '41'])
    """
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return column
    filled = pc.if_else(pc.equal(column, ""), pa.scalar(None, column.type), column)
    for kind in (pa.int64(), pa.float64()):
        try:
            numbers = filled.cast(kind)
        except pa.ArrowInvalid:
            continue
        if pc.all(pc.equal(numbers.cast(column.type), filled), min_count=0).as_py() and numbers.null_count < len(numbers):
            return numbers
    return column
