"""Tables of a database in batches, types and order kept, and nothing of the URL in a message."""

from __future__ import annotations

import sqlite3
import sys
import traceback
from pathlib import Path

import pyarrow as pa
import pytest

from piiscrub.errors import SourceError

pytest.importorskip("sqlalchemy", reason="the extra sql is not installed")

from piiscrub.sources.tabular.database import open_database
from piiscrub.sources.tabular.database_rows import Choice, take_rows


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "crm.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table customers (id integer primary key, phone text, paid real, since date)")
        connection.execute("create table empty (a text)")
        rows = [(i, f"1380013{i:04d}", i / 2, "2020-01-02") for i in range(2500, 0, -1)]
        connection.executemany("insert into customers values (?, ?, ?, ?)", rows)
    return path


def test_every_table_in_batches_in_the_order_of_its_key(base: Path) -> None:
    with open_database(f"sqlite:///{base}") as files:
        assert [file.name for file in files] == ["customers.parquet", "empty.parquet"]
        sheet = files[0].sheets[0]
        assert [str(kind) for kind in sheet.schema.types] == ["int64", "string", "double", "date32[day]"]
        for _ in range(2):
            batches = list(sheet.batches(rows=1000))
            assert [batch.num_rows for batch in batches] == [1000, 1000, 500]
            assert [n for batch in batches for n in batch.column(0).to_pylist()] == list(range(1, 2501))
        assert list(files[1].sheets[0].batches(rows=10)) == []


def test_a_driver_that_is_missing_is_named_and_the_url_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "MySQLdb", None)
    with pytest.raises(SourceError, match="MySQLdb") as caught, open_database("mysql://user:secret@127.0.0.1/shop"):
        pass
    assert "secret" not in str(caught.value) and "user" not in str(caught.value)


def test_what_is_not_there_is_not_made_and_the_url_is_not_told(tmp_path: Path) -> None:
    for url in (f"sqlite:///{tmp_path}/secret-name.db", "postgresql+psycopg://user:hunter2@127.0.0.1:1/x", "nonsense://x"):
        with pytest.raises(SourceError) as caught, open_database(url):
            pass
        assert "hunter2" not in str(caught.value) and "secret-name" not in str(caught.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "cast(x'ff3133383030313338303030' as text)"),
        ("datetime", "'13800138000'"),
        ("time", "'13800138000'"),
        ("json", "'{13800138000'"),
        ("boolean", "'13800138000x'"),
        ("datetime", "'1990-01-02 13:08:00+08:00'"),
        ("int", "'13800138000x'"),
        ("", "x'ff3133383030313338303030'"),
    ],
    ids=["bytes", "time and day", "time", "json", "truth", "time with a zone", "whole number", "untyped"],
)
def test_a_value_that_is_not_of_its_type_is_told_without_it(tmp_path: Path, kind: str, value: str) -> None:
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute(f"create table t (a {kind})")
        connection.execute(f"insert into t values ({value})")
    with open_database(f"sqlite:///{tmp_path}/a.db") as files, pytest.raises(SourceError) as caught:
        list(files[0].sheets[0].batches(rows=10))
    assert "13800138000" not in "".join(traceback.format_exception(caught.value))
    assert "not of its type" in str(caught.value)


def test_bytes_in_a_column_of_text_are_the_text_they_are(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("create table t (a)")
        connection.execute("insert into t values (?)", ("某甲".encode(),))
    with open_database(f"sqlite:///{tmp_path}/a.db") as files:
        (batch,) = files[0].sheets[0].batches(rows=10)
    assert batch.column(0).to_pylist() == ["某甲"]


@pytest.mark.parametrize("kind", ["numeric", "decimal(20, 2)", "string"])
def test_a_number_of_sqlite_is_read_as_it_is_and_not_through_a_float(tmp_path: Path, kind: str) -> None:
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute(f"create table t (a {kind})")
        connection.executemany("insert into t values (?)", [(110105194912310021,), (13800138000,), (1.5,), ("某甲",), (None,)])
    with open_database(f"sqlite:///{tmp_path}/a.db") as files:
        (batch,) = files[0].sheets[0].batches(rows=10)
    assert batch.column(0).to_pylist() == [None, "1.5", "13800138000", "110105194912310021", "某甲"]


def test_json_is_read_as_json(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("create table t (a json)")
        connection.execute("insert into t values (?)", ('{"姓名": "某甲", "n": [1, null]}',))
    with open_database(f"sqlite:///{tmp_path}/a.db") as files:
        (batch,) = files[0].sheets[0].batches(rows=10)
    assert batch.column(0).to_pylist() == ['{"姓名": "某甲", "n": [1, null]}']


def test_a_changed_text_in_a_column_of_json_stays_json(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("create table t (id integer primary key, a json)")
        connection.execute("insert into t values (1, ?)", ('{"note": "某甲"}',))

    def choose(batch: pa.RecordBatch, first: int) -> Choice:
        return Choice([False], [True], batch.set_column(1, "a", pa.array([batch.column(1)[0].as_py().replace("某甲", "*")])))

    take_rows(f"sqlite:///{tmp_path}/a.db", "t", choose)
    with sqlite3.connect(tmp_path / "a.db") as connection:
        assert connection.execute("select json_extract(a, '$.note') from t").fetchall() == [("*",)]


def test_a_row_that_its_key_does_not_find_again_is_an_error_and_not_taken_for_gone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("create table t (at datetime primary key, a text)")
        connection.execute("insert into t values ('1990-01-02 03:04:05', 'x')")  # SQLAlchemy writes .000000 behind it
    with pytest.raises(SourceError, match="not found again by their primary key; nothing was changed"):
        take_rows(f"sqlite:///{tmp_path}/a.db", "t", lambda batch, first: Choice([True]))


def test_a_number_as_key_of_sqlite_finds_its_row(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("create table t (no numeric primary key, a text)")
        connection.executemany("insert into t values (?, 'x')", [(110105194912310021,), (110105194912310022,)])
    take_rows(f"sqlite:///{tmp_path}/a.db", "t", lambda batch, first: Choice([False, True]))
    with sqlite3.connect(tmp_path / "a.db") as connection:
        assert connection.execute("select no from t").fetchall() == [(110105194912310021,)]
