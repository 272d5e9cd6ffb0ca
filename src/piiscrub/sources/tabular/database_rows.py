"""Take rows out of a table of a database, or change them, in one transaction and by their primary key."""

from __future__ import annotations

import contextlib
import json
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

import pyarrow as pa

from piiscrub.errors import SourceError
from piiscrub.sources.tabular.database import DatabaseTable, reflected
from piiscrub.sources.tabular.form import ROWS


class Choice(NamedTuple):
    """Of a batch: which rows go, which change, and all rows as they are afterwards (None where none changes)."""

    go: Sequence[bool]
    change: Sequence[bool] = ()
    new: pa.RecordBatch | None = None


Choose: TypeAlias = Callable[[pa.RecordBatch, int], Choice]
"""Rows and the number of the first → what becomes of them."""
_AT_ONCE = 500
_AS_TEXT = (uuid.UUID, Decimal)
"""Types that are read as text: a key of one is looked for as what it is."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many rows were chosen, and what more was done: ``freed`` says that the space they lay in was written over."""

    rows: int
    freed: bool


def take_rows(url: str, table: str, choose: Choose, *, expected: int | None = None) -> Taken:
    """Delete and change the rows that ``choose`` picks: all of them or none. Cells that stay the same are not written.

    On SQLite the pages are overwritten (``secure_delete``), the log is emptied and the file rebuilt afterwards; elsewhere
    that is for whoever runs the database.

    Raises:
        SourceError: no such table, one without a primary key, another number of rows than ``expected``, or the database
            refuses, for example because other rows refer to these. Nothing was changed then.
    """
    from sqlalchemy.exc import SQLAlchemyError

    with _engine(url) as engine:
        try:
            held = reflected(engine, lambda name, _: name == table)
            if table not in held.tables:
                raise SourceError(f"the database has no table {table!r}.")
            own = held.tables[table]
            keys = list(own.primary_key.columns)
            if not keys:
                raise SourceError(f"table {table!r} has no primary key, so its rows cannot be named one by one.")
            with engine.begin() as connection:
                chosen = list(_chosen(connection, own, choose))
                if expected is not None and len(chosen) != expected:
                    raise SourceError(f"table {table!r} has changed since it was looked at; nothing was changed.")
                connection.execution_options(stream_results=False, yield_per=None)  # as the reading had set them
                _write(connection, own, keys, chosen)
            return Taken(len(chosen), bool(chosen) and _freed(engine))
        except SQLAlchemyError as error:
            raise SourceError(f"table {table!r}: the database refused ({type(error).__name__}); nothing was changed.") from None


def _chosen(connection: Any, own: Any, choose: Choose) -> Iterator[tuple[dict[str, Any], Mapping[str, Any] | None]]:
    """Primary key → what changes in its row, None: it goes."""
    keys = {str(column.name): _type(column) for column in own.primary_key.columns}
    first = 0
    for batch in DatabaseTable(_Held(connection), own).batches(rows=ROWS):
        choice = choose(batch, first)
        first += batch.num_rows
        for at in [i for i, hit in enumerate(choice.go) if hit]:
            yield _named(batch, at, keys), None
        new = batch if choice.new is None else choice.new
        for at in [i for i, hit in enumerate(choice.change) if hit]:
            (before,), (after,) = (one.slice(at, 1).to_pylist() for one in (batch, new))
            changes = {name: cell for name, cell in after.items() if cell != before[name]}
            if changes.keys() & keys.keys():
                raise SourceError(f"table {str(own.name)!r}: the primary key is of a person; its rows can only be deleted.")
            yield _named(batch, at, keys), changes


def _named(batch: pa.RecordBatch, at: int, keys: Mapping[str, type]) -> dict[str, Any]:
    found = {name: batch.column(name)[at].as_py() for name in keys}
    return {name: kind(found[name]) if kind in _AS_TEXT else found[name] for name, kind in keys.items()}


def _type(column: Any) -> type:
    try:
        kind: type = column.type.python_type
    except NotImplementedError:
        return object
    return kind


def _write(connection: Any, own: Any, keys: list[Any], chosen: list[tuple[dict[str, Any], Mapping[str, Any] | None]]) -> None:
    import sqlalchemy

    where = sqlalchemy.and_(*(column == sqlalchemy.bindparam(f"key_{i}") for i, column in enumerate(keys)))

    def bound(key: Mapping[str, Any]) -> dict[str, Any]:
        return {f"key_{i}": key[str(column.name)] for i, column in enumerate(keys)}

    gone = [bound(key) for key, new in chosen if new is None]
    for at in range(0, len(gone), _AT_ONCE):
        some = gone[at : at + _AT_ONCE]
        _all_met(connection.execute(own.delete().where(where), some), len(some), own)
    for key, new in chosen:
        if new:
            json_in = {name for name in new if isinstance(own.c[name].type, sqlalchemy.JSON)}
            values = {name: _as_json(cell) if name in json_in else cell for name, cell in new.items()}
            _all_met(connection.execute(own.update().where(where).values(**values), bound(key)), 1, own)


def _all_met(result: Any, expected: int, own: Any) -> None:
    """A key that is written in another way than it stands there (a time, in SQLite) names no row: nothing would be gone."""
    if result.supports_sane_multi_rowcount() and 0 <= result.rowcount != expected:
        raise SourceError(f"table {str(own.name)!r}: its rows are not found again by their primary key; nothing was changed.")


def _as_json(text: str | None) -> object:
    """What a column of JSON is given: it was read as text, and would hold that text as one string."""
    try:
        return None if text is None else json.loads(text)
    except ValueError:
        return text


class _Held:
    """A connection in the place of an engine: what is read and what is written belong to one transaction."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def connect(self) -> contextlib.AbstractContextManager[Any]:
        return contextlib.nullcontext(self._connection)


@contextlib.contextmanager
def _engine(url: str) -> Iterator[Any]:
    import sqlalchemy
    from sqlalchemy import event
    from sqlalchemy.exc import SQLAlchemyError

    try:
        name = f"sqlite:///file:{url.removeprefix('sqlite:///')}?mode=rw&uri=true" if _plain_sqlite(url) else url
        engine = sqlalchemy.create_engine(name)
    except (SQLAlchemyError, ImportError, ValueError) as error:
        raise SourceError(f"the database cannot be opened ({type(error).__name__}).") from None
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def connected(connection: Any, _: Any) -> None:
            connection.isolation_level = None  # the driver would begin too late to hold what is read
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA foreign_keys = ON")

        @event.listens_for(engine, "begin")
        def begun(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        yield engine
    finally:
        engine.dispose()


def _freed(engine: Any) -> bool:
    if engine.dialect.name != "sqlite":
        return False
    raw = engine.raw_connection()
    try:
        done = True
        for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            row = raw.cursor().execute(statement).fetchone()
            done = done and not (row and row[0])
        return done
    except Exception:  # noqa: BLE001  # the rows are gone; only the space they lay in is not known to be written over
        return False
    finally:
        raw.close()


def _plain_sqlite(url: str) -> bool:
    return url.startswith("sqlite:///") and "?" not in url and not url.endswith(":memory:")
