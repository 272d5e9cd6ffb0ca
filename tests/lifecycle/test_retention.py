"""Retention on files, databases and frames: overdue rows go, all others stay as they are."""

from __future__ import annotations

import datetime
import sqlite3
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import piiscrub as ps
from piiscrub.errors import InputError, PlanError, SourceError
from piiscrub.lifecycle.rules import RetentionRules, read

DAY = datetime.date(2026, 11, 22)
VALUES = ("张三", "李四", "王五", "赵六", "13800138000", "14200000001", "14200000002", "14200000003")
CSV = (
    "姓名,手机,closed,金额,备注\n张三,13800138000,2015-01-01,12,客户李四来电 14200000001\n"
    "李四,14200000001,2025-06-01,30,普通\n王五,14200000002,2016-02-29,7,\n赵六,14200000003,n/a,8,\n"
)


def rules(action: str = "delete", table: str = "*", more: str = "") -> RetentionRules:
    return read(
        f'schema = 1\n[[rules]]\nid = "closed"\ntable = "{table}"\nbasis = "closed"\nperiod = "3 years"\n'
        f'action = "{action}"\n{more}'
    )


HELD = '[[holds]]\nid = "case 7"\ntable = "*"\ncolumn = "手机"\nvalues = ["14200000002"]\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(CSV, encoding="gb18030")
    return path


def test_a_check_changes_nothing(file: Path) -> None:
    before = file.read_bytes()
    report = ps.retention(file, rules(more=HELD), now=DAY)
    assert report.tables[0].counts == {"overdue": 1, "held": 1, "running": 1, "undated": 1}
    assert report.next_due == {"2028-06": 1} and not report.applied and report.overdue == 1
    assert file.read_bytes() == before
    shown = repr(report) + report._repr_html_() + report.to_html("zh") + str(report.to_dict()) + report.to_frame().to_string()
    assert not [value for value in VALUES if value in shown]


def test_overdue_rows_go_and_the_others_stay_as_they_were(file: Path, tmp_path: Path) -> None:
    file.chmod(0o640)
    ring = ps.KeyRing.new(tmp_path / "keys")
    report = ps.retention(file, rules(more=HELD), apply=True, now=DAY, ledger=tmp_path / "ledger", keys=ring)
    assert report.treated == 1 and report.ok
    assert file.read_bytes().decode("gb18030") == CSV.replace("张三,13800138000,2015-01-01,12,客户李四来电 14200000001\n", "")
    assert file.stat().st_mode & 0o777 == 0o640
    entries = list(ps.Ledger(tmp_path / "ledger").entries())
    assert [e.action for e in entries] == ["retention-begin", "retention"] and report.entry == entries[1]
    assert entries[1].fields["tables"][0]["treated"] == 1
    assert not [value for value in VALUES if value.encode() in (tmp_path / "ledger").read_bytes()]
    again = ps.retention(file, rules(more=HELD), apply=True, now=DAY)
    assert again.overdue == again.treated == 0


def test_anonymised_rows_keep_what_is_of_nobody(file: Path) -> None:
    report = ps.retention(file, rules("anonymise"), apply=True, now=DAY)
    assert report.treated == 2 and report.tables[0].action == "anonymise"
    lines = file.read_bytes().decode("gb18030").splitlines()
    assert (
        len(lines) == 5 and lines[2].startswith("李四,14200000001,2025-06-01,30") and lines[4].startswith("赵六,14200000003,n/a")
    )
    gone = lines[1] + lines[3]
    assert not [v for v in VALUES if v in gone] and ",12," in lines[1] and ",7," in lines[3]
    assert "2015-12-31" in lines[1] and "2016-12-31" in lines[3]  # of the day, the year: rules can still be judged by it
    again = ps.retention(file, rules("anonymise"), apply=True, now=DAY)
    assert again.treated == 0 and again.tables[0].counts == {"done": 2, "running": 1, "undated": 1}


def test_a_folder_of_tables_and_what_is_none(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    (folder / "sub").mkdir(parents=True)
    file.rename(folder / "sub" / "customers.csv")
    (folder / "notes.txt").write_text("客户张三", encoding="utf-8")
    (folder / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    (tmp_path / "elsewhere.csv").write_text(CSV, encoding="utf-8")
    table = pa.table({"closed": pa.array([datetime.date(2015, 1, 1), datetime.date(2026, 1, 1)]), "n": [1, 2]})
    pq.write_table(table, folder / "orders.parquet")
    report = ps.retention(folder, rules(), apply=True, now=DAY)
    assert {one.table: one.treated for one in report.tables} == {"sub/customers.csv": 2, "orders.parquet": 1}
    assert report.left == (("link.csv", "link"), ("notes.txt", "no-table"))
    assert pq.read_table(folder / "orders.parquet").equals(table.slice(1))
    assert (tmp_path / "elsewhere.csv").read_text(encoding="utf-8") == CSV


def test_rows_of_a_database_go_in_one_transaction(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, tel TEXT, closed DATE)")
        db.execute("CREATE TABLE other (id INTEGER PRIMARY KEY, x TEXT)")
        db.executemany(
            "INSERT INTO people VALUES (?, ?, ?)", [(i, f"1420000{i:04}", f"20{10 + i % 16}-03-01") for i in range(160)]
        )
    db.close()
    report = ps.retention(f"sqlite:///{path}", rules(table="people"), apply=True, now=DAY)
    assert report.treated == 140 and report.uncovered == ("other",)
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT min(closed), count(*) FROM people").fetchone() == ("2024-03-01", 20)
    db.close()
    report = ps.retention(f"sqlite:///{path}", rules("anonymise", "people"), apply=True, now=datetime.date(2027, 6, 1))
    assert report.treated == 10
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*), count(closed) FROM people").fetchone() == (20, 20)
        assert db.execute("SELECT count(*) FROM people WHERE tel LIKE '142%'").fetchone() == (10,)


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "手机": ["13800138000", "14200000001", None],
            "closed": pd.to_datetime(["2015-01-01", "2025-06-01", "2016-02-29"]),
            "金额": [12.5, 30, 7],
        }
    )


@pytest.mark.parametrize("of", [lambda df: df, pl.from_pandas, pa.Table.from_pandas])
@pytest.mark.parametrize("action", ["delete", "anonymise"])
def test_frames_come_back_as_what_they_were(of, action: str) -> None:
    given, untouched = of(frame()), of(frame())
    report = ps.retention({"customers": given}, rules(action), apply=True, now=DAY)
    back = report.frames["customers"]
    assert type(back) is type(given) and report.treated == 2
    assert given.equals(untouched)
    rows = back.to_pylist() if isinstance(back, pa.Table) else back.to_dicts() if isinstance(back, pl.DataFrame) else None
    rows = back.to_dict("records") if rows is None else rows
    assert [row["金额"] for row in rows] == ([30.0] if action == "delete" else [12.5, 30.0, 7.0])
    assert sum(str(row["手机"]) == "13800138000" for row in rows) == 0
    if isinstance(back, pd.DataFrame):
        assert list(back.dtypes) == list(given.dtypes)
        assert list(back.index) == ([1] if action == "delete" else [0, 1, 2])


@pytest.mark.parametrize("action", ["delete", "anonymise"])
@pytest.mark.parametrize("kind", ["parquet", "feather"])
def test_no_value_stays_behind_in_a_dictionary(tmp_path: Path, kind: str, action: str) -> None:
    """A categorical column keeps the values that its rows had, unless somebody takes them out."""
    data = frame().astype({"手机": "category"})
    path = tmp_path / f"t.{kind}"
    plain = {"compression": "none"} if kind == "parquet" else {"compression": "uncompressed"}
    (data.to_parquet if kind == "parquet" else data.to_feather)(path, **plain)
    ps.retention(path, rules(action), apply=True, now=DAY)
    left = path.read_bytes()
    assert b"13800138000" not in left and b"14200000001" in left
    back = ps.retention({"t": data}, rules(action), apply=True, now=DAY).frames["t"]
    assert "13800138000" not in list(back["手机"].cat.categories)


def test_a_check_gives_no_frames_and_labels_are_refused() -> None:
    assert ps.retention(frame(), rules(), now=DAY).frames == {}
    with pytest.raises(InputError, match="reset_index"):
        ps.retention(frame().set_index("手机"), rules(), now=DAY)


def test_a_file_that_would_lose_something_is_left_and_told(tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    text = "id,closed\n1,2015-01-01\n2,2026-01-01,beyond\n"
    path.write_text(text, encoding="utf-8")
    report = ps.retention(path, rules(), apply=True, now=DAY)
    assert not report.ok and "more cells" in report.tables[0].error and report.treated == 0
    assert path.read_text(encoding="utf-8") == text and [p.name for p in tmp_path.iterdir()] == ["ragged.csv"]


def test_what_is_missing_is_told(tmp_path: Path, file: Path) -> None:
    with pytest.raises(SourceError):
        ps.retention(tmp_path / "nothing.csv", rules(), now=DAY)
    with pytest.raises(PlanError, match="'no'"):
        ps.retention(file, read('schema = 1\n[[rules]]\nid="r"\ntable="*"\nbasis="no"\nperiod="1 year"'), now=DAY)
    with pytest.raises(InputError):
        ps.retention(7, rules(), now=DAY)
    with pytest.raises(InputError, match="keys"):
        ps.retention(file, rules(), now=DAY, ledger=tmp_path / "ledger")


days = st.dates(min_value=datetime.date(2010, 1, 1), max_value=datetime.date(2030, 12, 31))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.none() | days, st.sampled_from("abcde")), min_size=1, max_size=30),
    st.frozensets(st.sampled_from("abcde")),
)
def test_no_held_row_is_deleted_and_no_overdue_one_stays(
    rows: list[tuple[datetime.date | None, str]], held: frozenset[str]
) -> None:
    more = f'[[holds]]\nid = "h"\ntable = "*"\ncolumn = "case"\nvalues = {sorted(held)}\n' if held else ""
    given = pa.table(
        {"closed": pa.array([day for day, _ in rows], pa.date32()), "case": [case for _, case in rows], "n": range(len(rows))}
    )
    report = ps.retention(given, rules(more=more), apply=True, now=DAY)
    left = report.frames["table"].column("n").to_pylist()
    limit = DAY.replace(year=DAY.year - 3)
    assert left == [n for n, (day, case) in enumerate(rows) if case in held or day is None or day >= limit]


def test_a_phone_among_numbers_goes_with_the_person() -> None:
    """Texts were searched, numbers were not."""
    n = 60
    phone = 13800138000
    amounts = [float(i) for i in range(n)]
    amounts[2] = float(phone)
    pieces = [i % 7 for i in range(n)]
    pieces[5] = phone
    table = pd.DataFrame({"name": ["张伟"] * n, "closed": ["2000-05-17"] * n, "amount": amounts, "pieces": pieces})
    report = ps.retention({"t": table}, rules("anonymise"), apply=True, now=DAY)
    after = report.frames["t"]
    assert after["amount"].isna().tolist() == [i == 2 for i in range(n)]
    assert after["pieces"].isna().tolist() == [i == 5 for i in range(n)]
    assert after["pieces"].dropna().tolist() == [one for one in pieces if one != phone]
    assert ps.retention({"t": after}, rules("anonymise"), now=DAY).overdue == 0
