"""PostgreSQL, where Debian's package is installed: tables in batches, and a hand-over of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import piiscrub as ps
from tests.handing_over.making import NOW

sqlalchemy = pytest.importorskip("sqlalchemy", reason="the extra sql is not installed")
pytest.importorskip("psycopg", reason="the extra sql is not installed")

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
_RUN = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not _BINARIES, reason="PostgreSQL is not installed (Debian: postgresql)"),
    pytest.mark.skipif(bool(_RUN) and shutil.which("runuser") is None, reason="a server does not run as root"),
]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server of its own, on a socket in a folder of its own."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if _RUN:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        control = [*_RUN, str(_BINARIES[-1] / "pg_ctl"), "-D", str(data), "-w"]
        subprocess.run([*_RUN, str(_BINARIES[-1] / "initdb"), "-D", str(data), "-A", "trust", "-U", "tester"], check=True,
                       capture_output=True)  # fmt: skip
        options = f"-k {folder} -c listen_addresses=''"
        subprocess.run([*control, "-o", options, "-l", str(folder / "log"), "start"], check=True, capture_output=True)
        try:
            yield f"postgresql+psycopg://tester@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True)


def test_a_database_is_handed_over_table_by_table(url: str, tmp_path: Path) -> None:
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        connection.execute(
            sqlalchemy.text("create table customers (id integer primary key, phone text, paid numeric, since date)")
        )
        rows = [{"id": i, "phone": f"1420{i:07d}", "paid": i / 4, "since": "2020-01-02"} for i in range(1, 501)]
        connection.execute(sqlalchemy.text("insert into customers values (:id, :phone, :paid, cast(:since as date))"), rows)
    engine.dispose()
    from piiscrub.planner.making import make
    from piiscrub.sources.tabular.database import open_database
    from piiscrub.table.files import profile_file

    with open_database(url) as (file,):
        assert [str(kind) for kind in file.sheets[0].schema.types][:2] == ["int64", "string"]
        assert sum(batch.num_rows for batch in file.sheets[0].batches(rows=100)) == 500
        plan = make(
            profile_file(file), purpose="analytics", recipient="Example Ltd", policy="pipl-share",
            basis=ps.Basis(kind="contract", reference="C-1", responsible="x"),
            terms=ps.Terms(until="2099-12-31", contact="x@example.com"),
        )  # fmt: skip
    assert plan.columns[1].action == "transform"
    ring = ps.KeyRing.new(tmp_path / "keys")
    ps.handover(url, plan, out=tmp_path / "out", keys=ring, now=NOW)
    gone = pq.read_table(tmp_path / "out" / "bundle" / "data" / "customers.parquet")
    assert gone.num_rows == 500
    assert not {row["phone"] for row in rows} & set(gone.column("phone").to_pylist())


def test_a_time_with_a_zone_stays_the_moment_it_is(url: str) -> None:
    from piiscrub.sources.tabular.database import open_database

    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("drop table if exists moments, customers"))
        connection.execute(sqlalchemy.text("create table moments (at timestamptz, hour timetz)"))
        connection.execute(sqlalchemy.text("insert into moments values ('1990-01-02 03:04:05+08', '03:04:05+08')"))
    engine.dispose()
    with open_database(url) as (file,):
        (batch,) = file.sheets[0].batches(rows=10)
    assert batch.schema.field("at").type == pa.timestamp("us", "UTC")
    assert [str(cell) for cell in batch.to_pylist()[0].values()] == ["1990-01-01 19:04:05+00:00", "03:04:05+08:00"]
