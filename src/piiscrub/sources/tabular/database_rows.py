"""Take rows out of a table of a database, or change them, in one transaction and by their primary key."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import pyarrow as pa

from piiscrub.errors import SourceError
from piiscrub.sources.tabular.database import DatabaseTable
from piiscrub.sources.tabular.form import ROWS

Choose: TypeAlias = Callable[[pa.RecordBatch, int], "tuple[Sequence[bool], pa.RecordBatch | None]"]
"""Rows and the number of the first → which of them; and what takes their place (all rows, changed), None: nothing does."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """How many rows were chosen, and what more was done: ``freed`` says that the space they lay in was written over."""

    rows: int
    freed: bool


def take_rows(url: str, table: str, choose: Choose, *, expected: int | None = None) -> Taken:
    """Delete, or change, the rows that ``choose`` picks: all of them or none.

    On SQLite the pages are overwritten (``secure_delete``), the log is emptied and the file rebuilt afterwards; elsewhere
    that is for whoever runs the database.

    Raises:
        SourceError: no such table, one without a primary key, another number of rows than ``expected``, or the database
            refuses, for example because other rows refer to these. Nothing was changed then.
    """
    import sqlalchemy
    from sqlalchemy.exc import SQLAlchemyError

    with _engine(url) as engine:
        try:
            held = sqlalchemy.MetaData()
            held.reflect(bind=engine, only=lambda name, _: name == table)
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
    """Primary key → what its row becomes, None: it goes."""
    keys = [str(column.name) for column in own.primary_key.columns]
    first = 0
    for batch in DatabaseTable(_Held(connection), own).batches(rows=ROWS):
        picked, instead = choose(batch, first)
        first += batch.num_rows
        columns = {name: batch.column(name).to_pylist() for name in keys}
        rows = None if instead is None else instead.to_pylist()
        for at, hit in enumerate(picked):
            if hit:
                key = {name: columns[name][at] for name in keys}
                if rows is not None and any(rows[at][name] != key[name] for name in keys):
                    raise SourceError(f"table {str(own.name)!r}: the primary key is of a person; its rows can only be deleted.")
                yield key, None if rows is None else {k: v for k, v in rows[at].items() if k not in keys}


def _write(connection: Any, own: Any, keys: list[Any], chosen: list[tuple[dict[str, Any], Mapping[str, Any] | None]]) -> None:
    import sqlalchemy

    where = sqlalchemy.and_(*(column == sqlalchemy.bindparam(f"key_{i}") for i, column in enumerate(keys)))
    for at in range(0, len(chosen), _AT_ONCE):
        part = chosen[at : at + _AT_ONCE]
        named = [{f"key_{i}": key[str(column.name)] for i, column in enumerate(keys)} for key, _ in part]
        if part[0][1] is None:
            connection.execute(own.delete().where(where), named)
        else:
            for bound, (_, new) in zip(named, part, strict=True):
                connection.execute(own.update().where(where).values(**(new or {})), bound)


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
