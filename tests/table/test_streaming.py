"""A table in batches gives what the table in one piece gives; what cannot is refused."""

from __future__ import annotations

import dataclasses

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import feather, parquet

from piiscrub.errors import PlanError, SourceError
from piiscrub.keys.ring import KeyRing
from piiscrub.model.plan import ColumnPlan, SharePlan, TablePlan
from piiscrub.model.policy import OperatorSpec
from piiscrub.registry.policies import load_policy
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.sources.tabular import open_tables
from piiscrub.table import files, streaming
from piiscrub.table.applying import apply
from piiscrub.table.files import apply_file, profile_file
from piiscrub.table.frame import Table
from piiscrub.table.sampling import Gathered
from piiscrub.table.streaming import Stream, waiting, without_numbers

NUMBERLESS = without_numbers(load_policy("balanced"))


def table(rows=50):
    return pa.table(
        {
            "手机号": [f"1380013{n:04d}" if n % 7 else None for n in range(rows)],
            "tel": pa.array([13800138000 + n for n in range(rows)], pa.int64()),
            "备注": [f"电话1390000{n:04d}已登记" if n % 3 == 0 else "无" for n in range(rows)],
            "n": pa.array(range(rows), pa.int32()),
            "kind": pa.array([f"mail{n % 5}@example.com" for n in range(rows)]).dictionary_encode(),
            "id": ["=x"] * rows,
        }
    )


PLAN = TablePlan(
    columns=(
        ColumnPlan(position=0, name="手机号", entity="CN_MOBILE", action="transform", operator=OperatorSpec.of("mask")),
        ColumnPlan(position=1, name="tel", entity="CN_MOBILE", action="transform", operator=OperatorSpec.of("hash")),
        ColumnPlan(position=2, name="备注", role="text", action="spans"),
        ColumnPlan(position=3, name="n", action="spans"),
        ColumnPlan(position=4, name="kind", entity="EMAIL_ADDRESS", action="transform", operator=OperatorSpec.of("redact")),
        ColumnPlan(position=5, name="id", action="drop"),
    )
)


@pytest.mark.parametrize("size", [1, 7, 50])
def test_batches_give_what_one_piece_gives(size):
    given, keys = table(), KeyRing.ephemeral()
    scrubber = Scrubber(policy=NUMBERLESS)
    whole = apply(Table.from_arrow(given), PLAN, scrubber, keys=keys)
    stream = Stream(lambda: given.to_batches(max_chunksize=size), given.schema, PLAN, scrubber, keys=keys)
    parts = [batch for batch, _ in stream]
    assert {str(batch.schema) for batch in parts} == {str(parts[0].schema)}
    assert pa.Table.from_batches(parts).to_pydict() == whole.to_arrow().to_pydict()
    assert pa.types.is_int32(parts[0].schema.field("n").type)
    assert pa.types.is_dictionary(parts[0].schema.field("kind").type)
    for one, other in zip(stream.evidence.columns, whole.evidence.columns, strict=True):
        different = {"distinct", "dtype_after"}
        assert [getattr(one, f.name) for f in dataclasses.fields(one) if f.name not in different] == [
            getattr(other, f.name) for f in dataclasses.fields(other) if f.name not in different
        ]


def test_a_type_that_changes_in_the_last_batch_has_changed_in_the_first():
    given = pa.table({"n": pa.array([1] * 20 + [13800138000], pa.int64())})
    plan = TablePlan(columns=(ColumnPlan(position=0, name="n", action="spans"),))
    parts = [batch for batch, _ in Stream(lambda: given.to_batches(max_chunksize=5), given.schema, plan, NUMBERLESS)]
    assert pa.Table.from_batches(parts)["n"].to_pylist() == ["1"] * 20 + ["<CN_MOBILE>"]


def test_what_must_see_the_whole_table_is_refused_with_the_ways_out():
    given = table()
    shuffled = ColumnPlan(position=0, name="手机号", action="transform", operator=OperatorSpec.of("shuffle"))
    plan = dataclasses.replace(PLAN, columns=(shuffled, *PLAN.columns[1:]))
    with pytest.raises(SourceError, match="--in-memory") as caught:
        Stream(lambda: given.to_batches(), given.schema, plan, "balanced")
    assert "column 0 '手机号': shuffle" in str(caught.value)
    assert waiting(PLAN, NUMBERLESS) == ()


@given(st.lists(st.sampled_from([f"1380013800{n}" for n in range(6)]), min_size=1, max_size=30), st.integers(1, 8))
def test_numbers_go_on_from_batch_to_batch(cells, size):
    held = pa.table({"a": cells, "note": [f"电话{cell}" for cell in cells]})
    replace = ColumnPlan(position=0, name="a", entity="CN_MOBILE", action="transform", operator=OperatorSpec.of("replace"))
    plan = TablePlan(columns=(replace, ColumnPlan(position=1, name="note", role="text", action="spans")))
    parts = [batch for batch, _ in Stream(lambda: held.to_batches(max_chunksize=size), held.schema, plan, "balanced")]
    number = {cell: n for n, cell in enumerate(dict.fromkeys(cells), 1)}
    out = pa.Table.from_batches(parts).to_pydict()
    assert out["a"] == [f"<CN_MOBILE_{number[cell]}>" for cell in cells]
    assert out["note"] == [f"电话<CN_MOBILE_{number[cell]}>" for cell in cells]


def test_too_many_numbers_end_the_run_and_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(streaming, "NUMBERED", 5)
    monkeypatch.setattr(files, "ROWS", 8)
    WRITERS["a.csv"](pa.table({"手机号": [f"138001380{n:02d}" for n in range(9)]}), tmp_path / "a.csv")
    replace = ColumnPlan(position=0, name="手机号", entity="CN_MOBILE", action="transform", operator=OperatorSpec.of("replace"))
    plan = SharePlan(tables=(TablePlan(columns=(replace,)),))
    with open_tables(tmp_path / "a.csv") as file, pytest.raises(SourceError, match="--no-numbers") as caught:
        apply_file(file, tmp_path / "b.csv", plan, Scrubber(), in_memory=False)
    assert caught.value.code == "source-many-numbers"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_batch_that_drifts_from_the_plan_ends_the_run():
    given = pa.table({"x": [f"order {n}" for n in range(40)] + [f"1380013{n:04d}" for n in range(40)]})
    plan = TablePlan(columns=(ColumnPlan(position=0, name="x", action="keep"),))
    with pytest.raises(PlanError):
        list(Stream(lambda: given.to_batches(max_chunksize=40), given.schema, plan, NUMBERLESS))


def test_an_empty_table_has_its_columns_all_the_same():
    given = table(0)
    ((batch, _),) = list(Stream(list, given.schema, PLAN, NUMBERLESS))
    assert batch.schema.names == ["手机号", "tel", "备注", "n", "kind"]


WRITERS = {
    "a.parquet": parquet.write_table,
    "a.feather": feather.write_feather,
    "a.csv": lambda given, path: given.to_pandas().to_csv(path, index=False),
    "a.csv.zst": lambda given, path: path.write_bytes(
        pa.compress(given.to_pandas().to_csv(index=False).encode(), "zstd", asbytes=True)
    ),
    "a.jsonl": lambda given, path: given.to_pandas().to_json(path, orient="records", lines=True, force_ascii=False),
    "a.xlsx": lambda given, path: given.to_pandas().to_excel(path, index=False),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_in_batches_is_the_file_in_one_piece(tmp_path, name, monkeypatch):
    monkeypatch.setattr(files, "ROWS", 8)
    WRITERS[name](table(), tmp_path / name)
    keys, scrubber, plan = KeyRing.ephemeral(), Scrubber(policy=NUMBERLESS), SharePlan(tables=(PLAN,))
    rows = []
    for whole in (True, False):
        with open_tables(tmp_path / name) as file:
            done = apply_file(file, tmp_path / f"{whole}{name}", plan, scrubber, keys=keys, in_memory=whole)
        formulas = 50 if name == "a.xlsx" else 0  # =x of id, written by a program that does not calculate
        assert (done.evidence[0].rows, done.unexamined, done.ragged) == (50, formulas, ())
        with open_tables(tmp_path / f"{whole}{name}") as file:
            sheet = file.sheets[0]
            rows.append((sheet.schema.names, pa.Table.from_batches(list(sheet.batches(rows=99))).to_pydict()))
    assert rows[0] == rows[1]
    assert "id" not in rows[0][0]


def test_cells_that_were_written_are_defused_and_kept_ones_only_when_asked(tmp_path):
    (tmp_path / "a.csv").write_text("tel,x\n13800138000,=kept\n", encoding="utf-8")
    text = OperatorSpec.of("replace", text="=1+1")
    columns = (
        ColumnPlan(position=0, name="tel", entity="CN_MOBILE", action="transform", operator=text),
        ColumnPlan(position=1, name="x", action="keep"),
    )
    for which, wanted, count in (("written", "tel,x\n'=1+1,=kept\n", 1), ("all", "tel,x\n'=1+1,'=kept\n", 2)):
        with open_tables(tmp_path / "a.csv") as file:
            plan = SharePlan(tables=(TablePlan(columns=columns),))
            done = apply_file(file, tmp_path / f"{which}.csv", plan, Scrubber(), defusing=which)
        assert ((tmp_path / f"{which}.csv").read_text(encoding="utf-8"), done.defused) == (wanted, count)


def test_cells_beyond_the_last_column_count_as_not_examined(tmp_path):
    (tmp_path / "a.csv").write_text("tel\n1\n2,13800138000\n", encoding="utf-8")
    plan = SharePlan(tables=(TablePlan(columns=(ColumnPlan(position=0, name="tel", action="spans"),)),))
    with open_tables(tmp_path / "a.csv", delimiter=",") as file:
        done = apply_file(file, tmp_path / "b.csv", plan, Scrubber())
    assert (tmp_path / "b.csv").read_text(encoding="utf-8") == "tel\n1\n2\n"
    assert (done.unexamined, [one.line for one in done.ragged]) == (1, [3])


def test_a_table_that_is_not_in_the_plan_leaves_nothing(tmp_path):
    parquet.write_table(table(), tmp_path / "a.parquet")
    with open_tables(tmp_path / "a.parquet") as file, pytest.raises(PlanError, match="not in the plan"):
        apply_file(file, tmp_path / "b.parquet", SharePlan(tables=(TablePlan(columns=(), name="x"), PLAN)), Scrubber())
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]


def test_what_pandas_noted_stays_where_nothing_changed_but_never_attrs(tmp_path):
    import pandas as pd

    frame = pd.DataFrame({"n": [1, 2]}, index=pd.Index([5, 6], name="row"))
    frame.attrs["who"] = "somebody"
    frame.to_parquet(tmp_path / "a.parquet")
    columns = tuple(ColumnPlan(position=n, name=name, action="keep") for n, name in enumerate(("n", "row")))
    with open_tables(tmp_path / "a.parquet") as file:
        apply_file(file, tmp_path / "b.parquet", SharePlan(tables=(TablePlan(columns=columns),)), Scrubber())
    back = pd.read_parquet(tmp_path / "b.parquet")
    assert back.index.name == "row"
    assert back.attrs == {}
    assert b"somebody" not in (tmp_path / "b.parquet").read_bytes()


def batches_of(texts, size):
    given = pa.table({"备注": texts, "n": list(range(len(texts)))})
    return given.schema, given.to_batches(max_chunksize=size)


def test_a_sampled_profile_counts_all_rows_and_sees_what_is_rare():
    texts = ["客户反馈设备运行正常，已安排回访，请继续跟进。"] * 3000 + ["请联系手机13800138000处理售后，谢谢配合。", "", ""]
    schema, batches = batches_of(texts, 500)
    kept = Gathered(schema, rows=100)
    for batch in batches:
        kept.add(batch)
    found = kept.profile()
    note, number = found.columns
    assert (found.rows, note.rows, note.missing, note.distinct, number.distinct) == (
        3003,
        3003,
        2,
        2,
        pytest.approx(3003, rel=0.1),
    )
    assert dict(note.found)["CN_MOBILE"] == 1
    assert note.role == "text"
    assert any("100 of 3003 rows" in clue for clue in note.why("en"))


def test_the_same_seed_draws_the_same_rows_whatever_the_batches():
    texts = [f"text {n}" for n in range(1000)]
    seen = []
    for size in (10, 999):
        schema, batches = batches_of(texts, size)
        kept = Gathered(schema, rows=50, seed=3)
        for batch in batches:
            kept.add(batch)
        seen.append(kept._sample.table(schema).to_pydict())
    assert seen[0] == seen[1]
    assert len(seen[0]["n"]) == 50


def test_a_small_file_is_profiled_whole_and_named_without_personal_information(tmp_path):
    (tmp_path / "13800138000.csv").write_text("tel,x\n13800138000,a\n13800138001,\n", encoding="utf-8")
    with open_tables(tmp_path / "13800138000.csv") as file:
        (found,) = profile_file(file)
    assert (found.name, found.rows) == ("file_01.csv", 2)
    assert (found.columns[0].entity, found.columns[1].missing) == ("CN_MOBILE", 1)
