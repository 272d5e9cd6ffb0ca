"""Tables of a database as sheets, read in batches: SQLite, PostgreSQL and whatever else SQLAlchemy speaks to."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from piiscrub.errors import MissingDependencyError, SourceError
from piiscrub.sources.tabular.files import TableFile
from piiscrub.sources.tabular.form import Ragged, Step

_NOT_OF_ITS_TYPE = "A column holds a value that is not of its type, as SQLite lets it: mend it, or hand the table over as a file."
_ROWS_GUESS = 1 << 30  # its size is not known: too large to be held whole


class DatabaseTable:
    """One table, in the order of its primary key, so that the same rows come in the same order."""

    name = ""

    def __init__(self, engine: Any, table: Any) -> None:  # Any: SQLAlchemy is loaded only here
        self._engine, self._table = engine, table
        self.ragged: list[Ragged] = []
        self._schema = pa.schema([pa.field(str(column.name), _arrow_type(column.type)) for column in table.columns])

    @property
    def schema(self) -> pa.Schema:
        return self._schema

    @property
    def keys(self) -> tuple[int, ...]:
        """The columns of its primary key, by which its rows can be named one by one; none if it has none."""
        names = {str(column.name) for column in self._table.primary_key.columns}
        return tuple(i for i, name in enumerate(self._schema.names) if name in names)

    @property
    def foreign(self) -> tuple[tuple[tuple[int, ...], str, tuple[str, ...]], ...]:
        """Its foreign keys: their columns by position, the table they refer to, and the names of its columns."""
        names = self._schema.names
        return tuple(
            (
                tuple(names.index(str(one.parent.name)) for one in key.elements),
                str(key.referred_table.name),
                tuple(str(one.column.name) for one in key.elements),
            )
            for key in sorted(self._table.foreign_key_constraints, key=lambda one: [str(c) for c in one.column_keys])
        )

    def batches(self, *, rows: int, step: Step = None) -> Iterator[pa.RecordBatch]:
        for part in self._parts(rows):
            columns = [_array([row[i] for row in part], field.type) for i, field in enumerate(self._schema)]
            yield pa.RecordBatch.from_arrays(columns, schema=self._schema)

    def _parts(self, rows: int) -> Iterator[Sequence[Any]]:
        from sqlalchemy.exc import SQLAlchemyError

        query = self._table.select().order_by(*(self._table.primary_key.columns or self._table.columns))
        try:
            with self._engine.connect() as connection:
                result = connection.execution_options(stream_results=True, yield_per=rows).execute(query)
                yield from result.partitions(rows)
        except (SQLAlchemyError, ValueError, TypeError) as error:  # its message may hold the cell
            raise SourceError(f"a table of the database cannot be read ({type(error).__name__}). {_NOT_OF_ITS_TYPE}") from None


@contextlib.contextmanager
def open_database(url: str) -> Iterator[list[TableFile]]:
    """Every table of a database, by name; views are left out (``views_in`` names them).

    Each comes out as a Parquet file named after it.

    Raises:
        MissingDependencyError: the extra that reads databases is not installed.
        SourceError: the database cannot be opened. The message does not hold the URL, which may hold a password.
    """
    with _looked_into(url) as engine:
        with _opening():
            held = reflected(engine)
        yield [
            TableFile(
                name=f"{table.name}.parquet",
                format="parquet",
                size=_ROWS_GUESS,
                sheets=(DatabaseTable(engine, table),),
                compression="zstd",
            )
            for table in sorted(held.tables.values(), key=lambda one: str(one.name))
        ]


def reflected(engine: Any, only: Callable[[str, object], bool] | None = None) -> Any:
    """The tables of a database as SQLAlchemy's metadata, or those of them with these names.

    SQLite holds whatever it was given. Its numbers that are no floats, and types it does not know, are read as they are: as
    decimals they would pass through floats, and a number of 18 digits is another one then. A truth value is 0 or 1.
    """
    import sqlalchemy
    from sqlalchemy import event, types

    class Truth(types.UserDefinedType[bool]):
        cache_ok = True

        @property
        def python_type(self) -> type[bool]:
            return bool

        def result_processor(self, dialect: object, coltype: object) -> Callable[[object], bool | None]:
            return _truth

    held = sqlalchemy.MetaData()
    if engine.dialect.name == "sqlite":

        @event.listens_for(held, "column_reflect")
        def seen(inspector: object, table: object, column: dict[str, Any]) -> None:
            kind = column["type"]
            if isinstance(kind, types.Numeric) and not isinstance(kind, types.Float):
                column["type"] = types.NullType()
            elif isinstance(kind, types.Boolean):
                column["type"] = Truth()

    held.reflect(bind=engine, only=only)
    return held


def _truth(value: object) -> bool | None:
    if value not in (0, 1, None):
        raise ValueError("no truth value")
    return None if value is None else bool(value)


def views_in(url: str) -> tuple[str, ...]:
    """The views of a database, by name: what is left out where its tables are read.

    Raises:
        MissingDependencyError, SourceError: as ``open_database``.
    """
    with _looked_into(url) as engine:
        import sqlalchemy

        with _opening():
            there = sqlalchemy.inspect(engine)
            found = set(there.get_view_names())
            with contextlib.suppress(NotImplementedError):  # of most databases: they have none
                found |= set(there.get_materialized_view_names())
            return tuple(sorted(found))


@contextlib.contextmanager
def _looked_into(url: str) -> Iterator[Any]:
    """An engine that only reads."""
    try:
        import sqlalchemy
    except ImportError:
        raise MissingDependencyError("reading databases", "sql") from None
    with _opening():
        engine = sqlalchemy.create_engine(_read_only(url))
    try:
        yield engine
    finally:
        engine.dispose()


@contextlib.contextmanager
def _opening() -> Iterator[None]:
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except ImportError as error:  # its name is that of a package, never of the URL
        raise SourceError(
            f"the database cannot be opened: its driver, the package {error.name or 'SQLAlchemy asks for'!r}, is not installed."
        ) from None
    except (SQLAlchemyError, ValueError) as error:
        raise SourceError(f"the database cannot be opened ({type(error).__name__}).") from None


def lies_in(url: str) -> Path | None:
    """The file of an SQLite database, so that nothing else is written there; None for one that lies in no file of ours.

    >>> lies_in("sqlite:///shop.db").name, lies_in("sqlite:///file:shop.db?mode=ro&uri=true").name
    ('shop.db', 'shop.db')
    >>> lies_in("postgresql://host/shop"), lies_in("sqlite:///:memory:")
    (None, None)
    """
    scheme, _, rest = url.partition(":///")
    name = rest.partition("?")[0].removeprefix("file:")
    return Path(name) if scheme.partition("+")[0] == "sqlite" and name not in ("", ":memory:") else None


def _read_only(url: str) -> str:
    """SQLite makes a file that is not there; nobody who reads wants that."""
    if url.startswith("sqlite:///") and "?" not in url and not url.endswith(":memory:"):
        return f"sqlite:///file:{url.removeprefix('sqlite:///')}?mode=ro&uri=true"
    return url


def _arrow_type(kind: Any) -> pa.DataType:
    try:
        python = kind.python_type
    except NotImplementedError:
        return pa.string()
    if getattr(kind, "timezone", False):
        return pa.timestamp("us", "UTC") if python.__name__ == "datetime" else pa.string()
    found = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), bytes: pa.binary()}.get(python)
    if found is not None:
        return found
    name = python.__name__
    return {"date": pa.date32(), "datetime": pa.timestamp("us"), "time": pa.time64("us")}.get(name, pa.string())


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    try:
        if kind == pa.timestamp("us") and any(one is not None and one.tzinfo for one in values):
            raise OverflowError("a time with its zone among times without: it would become another one")
        return pa.array([_text(one) for one in values] if kind == pa.string() else values, kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, UnicodeError):
        raise SourceError(_NOT_OF_ITS_TYPE) from None


def _text(value: Any) -> str | None:
    """Exact decimals and identifiers as they read, JSON as JSON; bytes in a column of text as the text they are."""
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value if value is None or isinstance(value, str) else str(value)
