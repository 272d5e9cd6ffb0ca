"""Tables of a database in batches, types and order kept, and nothing of the URL in a message."""

from __future__ import annotations

import sqlite3
import traceback
from pathlib import Path

import pytest

from piiscrub.errors import SourceError

pytest.importorskip("sqlalchemy", reason="the extra sql is not installed")

from piiscrub.sources.tabular.database import open_database


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
        ("numeric(10, 2)", "'13800138000x'"),
        ("int", "'13800138000x'"),
        ("", "x'ff3133383030313338303030'"),
    ],
    ids=["bytes", "time and day", "time", "json", "number", "whole number", "untyped"],
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
