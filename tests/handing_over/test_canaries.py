"""Canaries: invented rows that nothing in the bundle tells apart, and that say which hand-over a leak comes from."""

from __future__ import annotations

import csv
import dataclasses
import json
import random
import re
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

import piiscrub as ps
from piiscrub.errors import DefinitionError, PlanError
from piiscrub.handing_over.canary_marks import MARKS
from piiscrub.handing_over.tracing import read
from piiscrub.model.plan import SharePlan, Terms
from piiscrub.model.policy import OperatorSpec
from piiscrub.planner.reading import plan_from
from piiscrub.planner.writing import text
from tests.handing_over import making
from tests.handing_over.making import HEADER, NOW, rows

BODY = rows(400)
KEPT = dict.fromkeys(("客户编号", "姓名", "手机号", "邮箱"), "keep") | {"备注": "drop"}


def with_canaries(plan: SharePlan, n: int) -> SharePlan:
    return plan.replace(tables=tuple(dataclasses.replace(table, canaries=n) for table in plan.tables))


def body_of(out: Path, name: str = "customers.csv") -> list[list[str]]:
    with (out / "bundle" / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def places(out: Path) -> list[int]:
    with np.load(out / "record" / MARKS) as held:
        return [int(row) - 1 for row in held["rows"]]


def kind(cell: str) -> str:
    """Digit, letter or ideograph: what a cell begins with, and whether it is an address of e-mail."""
    return "".join("9" if c.isdigit() else "a" if c.isascii() else "汉" for c in cell[:1]) + "@" * ("@" in cell)


@pytest.fixture(scope="module")
def handed(tmp_path_factory):
    """The same customers as they are to two buyers, each with canaries; and to a third under pseudonyms, with canaries too."""
    work = tmp_path_factory.mktemp("canaries")
    ring = ps.KeyRing.new(work / "keys")
    source = making.write(work / "customers.csv", BODY)
    (work / "out").mkdir()
    for name in ("alpha", "beta", "gamma"):
        made = making.plan(source, recipient=f"{name} Ltd", **({"备注": "drop"} if name == "gamma" else KEPT))
        ps.handover(source, with_canaries(made, 12), out=work / "out" / name, keys=ring, ledger=work / "ledger.jsonl", now=NOW)
    return work, ring


def test_so_many_rows_more_go_out_and_the_rest_is_as_it_was(handed):
    work, _ = handed
    body = body_of(work / "out" / "alpha")
    at = places(work / "out" / "alpha")
    assert len(body) == len(BODY) + 12
    assert len(set(at)) == 12
    real = [row for i, row in enumerate(body) if i not in at]
    assert [row[:4] for row in real] == [row[:4] for row in BODY]


def test_canaries_are_nobody_and_like_everybody(handed):
    work, _ = handed
    for name in ("alpha", "gamma"):
        body, at = body_of(work / "out" / name), places(work / "out" / name)
        for column in range(len(body[0])):
            real = {row[column] for i, row in enumerate(body) if i not in at}
            invented = [body[i][column] for i in at]
            assert {kind(cell) for cell in invented} <= {kind(cell) for cell in real}
            if len(real) == len(body) - len(at):  # what is everybody's own is a canary's own
                assert not real & set(invented)
                assert len(set(invented)) == len(invented)


def test_another_recipient_gets_other_canaries_and_the_same_one_the_same(handed, tmp_path):
    work, ring = handed
    alpha, beta = (
        {tuple(body_of(work / "out" / name)[i][:4]) for i in places(work / "out" / name)} for name in ("alpha", "beta")
    )
    assert not alpha & beta
    source = work / "customers.csv"
    made = with_canaries(making.plan(source, recipient="alpha Ltd", **KEPT), 12)
    ps.handover(source, made, out=tmp_path / "again", keys=ring, now=NOW)
    assert body_of(tmp_path / "again") == body_of(work / "out" / "alpha")


def test_a_leak_is_told_from_another_copy_of_the_same_data(handed, tmp_path):
    work, ring = handed
    for name in ("alpha", "beta"):
        body = body_of(work / "out" / name)
        marked = places(work / "out" / name)[:5]
        some = random.Random(1).sample([row for i, row in enumerate(body) if i not in marked], 195)
        leak = making.write(tmp_path / "leak.csv", [body[i] for i in marked] + some, HEADER[:4])
        found = ps.triage(leak, record=work / "out", keys=ring, known=NOW)
        assert [one.recipient for one in found.traces] == [f"{name} Ltd"]
        assert found.traces[0].canaries >= 5
        assert found.traces[0].canaries_of == 12
        assert found.traces[0].confidence == "certain"
        assert f"{found.traces[0].canaries} / 12" in found._repr_html_()
    few = [body[places(work / "out" / "beta")[0]], *rows(60, seed=7)]
    leak = making.write(
        tmp_path / "few.csv", [row[:4] for row in few[:1]] + [["Z" + r[0], r[1], "9" + r[2][1:], "q" + r[3]] for r in few[1:]]
    )
    found = ps.triage(leak, record=work / "out", keys=ring, known=NOW)
    assert [(one.recipient, one.canaries, one.confidence) for one in found.traces] == [("beta Ltd", 1, "likely")]


def test_without_a_canary_in_it_a_leak_is_traced_as_before(handed, tmp_path):
    work, ring = handed
    body, at = body_of(work / "out" / "gamma"), places(work / "out" / "gamma")
    leak = making.write(tmp_path / "leak.csv", [row for i, row in enumerate(body) if i not in at])
    found = ps.triage(leak, record=work / "out", keys=ring, known=NOW)
    assert [(one.recipient, one.canaries, one.canaries_of) for one in found.traces] == [("gamma Ltd", 0, 12)]


def test_nothing_of_the_record_can_be_had_from_the_bundle(handed):
    work, _ = handed
    for name in ("alpha", "gamma"):
        out = work / "out" / name
        bundle = "".join(p.read_text("utf-8", "replace") for p in (out / "bundle").rglob("*") if p.is_file())
        for word in ("canar", "canaries", "虚构标记", "keys"):
            assert word not in bundle.replace("public keys", "")
        manifest = json.loads((out / "bundle" / "manifest.json").read_bytes())
        data = next(one for one in manifest["files"] if one["name"].startswith("data/"))
        assert data["about"]["tables"][0]["rows"] == len(BODY) + 12
        # As a number of its own: three digits stand in one digest out of twenty or so by chance.
        assert not re.search(rf"(?<![\w+/]){len(BODY)}(?![\w+/=])", json.dumps(manifest["about"]))
        with np.load(out / "record" / MARKS) as held:
            prints = {int(one) for one in held["prints"]}
        # Whoever has the bundle, but not the ring, cannot tell a canary's print from any other number.
        other = ps.KeyRing.ephemeral().derive("delivered values", "prints")
        cells = [cell for row in body_of(out) for cell in row]
        from piiscrub.handing_over.fingerprints import Fingerprints

        assert not prints & {int(one) for one in Fingerprints(other).prints_of(cells)}
        values = {cell for i in places(out) for cell in body_of(out)[i] if len(cell) > 6}
        kept = "".join(p.read_text("utf-8", "replace") for p in (out / "record").rglob("*") if p.is_file())
        assert not [value for value in values if value in kept]


def test_the_same_words_stand_in_every_report_for_the_recipient(handed, tmp_path):
    work, ring = handed
    source = work / "customers.csv"
    ps.handover(source, making.plan(source, recipient="alpha Ltd", **KEPT), out=tmp_path / "out", keys=ring, now=NOW)
    with_them, without = ((p / "bundle" / "report.md").read_text("utf-8") for p in (work / "out" / "alpha", tmp_path / "out"))
    assert "invented" in without
    assert with_them.replace("412 ", "400 ") == without
    assert not (tmp_path / "out" / "record" / MARKS).exists()


def test_the_record_counts_them_and_they_count_for_nobody(handed, tmp_path):
    work, ring = handed
    entry = next(iter(ps.Ledger(work / "ledger.jsonl").entries()))
    assert (entry.fields["canaries"], entry.fields["rows_out"]) == (12, 412)
    assert json.loads((work / "out" / "alpha" / "record" / "report.json").read_bytes())["canaries"] == 12
    source = work / "customers.csv"
    terms = Terms(until="2027-12-31", contact="x@example.com", country="HK", subject="客户编号")
    made = with_canaries(making.plan(source, recipient="alpha Ltd", terms=terms, **KEPT), 12)
    done = ps.handover(source, made, out=tmp_path / "out", keys=ring, now=NOW)
    assert done.route.ordinary + done.route.sensitive == len(BODY)


def test_risk_is_that_of_people_only(tmp_path):
    ring = ps.KeyRing.new(tmp_path / "keys")
    body = [[*row, "男" if i % 2 else "女", f"19{70 + i % 20}-05-0{1 + i % 9}"] for i, row in enumerate(BODY)]
    source = making.write(tmp_path / "customers.csv", body, (*HEADER, "性别", "出生日期"))
    plan = making.plan(source, **KEPT, 性别="keep", 出生日期="keep")
    told = []
    for n in (0, 40):
        ps.handover(source, with_canaries(plan, n), out=tmp_path / f"out{n}", keys=ring, now=NOW)
        told.append(json.loads((tmp_path / f"out{n}" / "record" / "report.json").read_bytes())["risk"])
    assert told[0] == told[1]


def test_nobody_who_asks_for_a_person_meets_a_canary(handed):
    work, ring = handed
    body, at = body_of(work / "out" / "alpha"), places(work / "out" / "alpha")
    prints, _, marks = read(work / "out" / "alpha" / "record", ring)
    assert not prints.has([body[i][2] for i in at]).any()
    assert prints.has([row[2] for row in BODY]).all()
    assert marks.own([body[at[0]][2], BODY[3][2]]) == [BODY[3][2]]


def test_types_stay_and_workbooks_of_several_sheets_work(tmp_path):
    ring = ps.KeyRing.new(tmp_path / "keys")
    table = pa.table(
        {
            "id": pa.array(range(100_000, 100_200), pa.int64()),
            "手机号": [f"1420000{i:04d}" for i in range(200)],
            "金额": pa.array([i / 7 for i in range(200)], pa.float64()),
            "类": pa.array(["a", "b"] * 100).dictionary_encode(),
        }
    )
    plan = ps.plan(table, purpose="customer-service", recipient="Example Ltd", policy="pipl-share")
    plan = plan.replace(
        basis=ps.Basis(kind="contract", reference="C", responsible="D"),
        terms=Terms(until="2099-12-31", contact="x@example.com"),
        tables=tuple(
            dataclasses.replace(
                t,
                canaries=9,
                columns=tuple(dataclasses.replace(c, action="keep", operator=OperatorSpec.of("keep")) for c in t.columns),
            )
            for t in plan.tables
        ),
    )
    ps.handover({"t": table}, plan, out=tmp_path / "out", keys=ring, now=NOW)
    import pyarrow.parquet as pq

    written = pq.read_table(tmp_path / "out" / "bundle" / "data" / "t.parquet")
    assert written.schema.field("id").type == pa.int64()
    assert written.num_rows == 209
    assert len(set(written["id"].to_pylist())) == 209


def test_what_cannot_be_is_said(tmp_path):
    ring = ps.KeyRing.new(tmp_path / "keys")
    source = making.write(tmp_path / "customers.csv", BODY[:50])
    plan = making.plan(source, **KEPT)
    with pytest.raises(PlanError, match="one row in 10"):
        ps.handover(source, with_canaries(plan, 6), out=tmp_path / "out", keys=ring, now=NOW)
    suppressing = with_canaries(plan, 2)
    suppressing = suppressing.replace(
        tables=tuple(
            dataclasses.replace(t, rows=(OperatorSpec.of("min_group", k=2, columns="城市"),)) for t in suppressing.tables
        )
    )
    with pytest.raises(PlanError, match="whole rows"):
        ps.handover(source, suppressing, out=tmp_path / "out", keys=ring, now=NOW)
    hidden = making.plan(source, **dict.fromkeys((*KEPT, "金额"), "drop"))
    with pytest.raises(PlanError, match="tells an invented row"):
        ps.handover(source, with_canaries(hidden, 2), out=tmp_path / "out", keys=ring, now=NOW)
    assert not (tmp_path / "out").exists()


def test_the_plan_says_it_in_words(tmp_path):
    source = making.write(tmp_path / "customers.csv", BODY[:50])
    plan = with_canaries(making.plan(source), 4)
    written = text(plan)
    assert "canaries = 4" in written
    assert "invented rows" in written
    assert "虚构行" in written
    assert plan_from(written).tables[0].canaries == 4
    assert "canaries" not in text(making.plan(source))
    for bad in ("-1", "true", '"4"'):
        with pytest.raises(DefinitionError, match="whole number"):
            plan_from(written.replace("canaries = 4", f"canaries = {bad}"))


def test_a_canary_agrees_with_itself(tmp_path):
    """Its address, kept or made coarser, lies in its city: a row that contradicts itself would be seen."""
    ring = ps.KeyRing.new(tmp_path / "keys")
    cities = {"杭州": "杭州市西湖区", "成都": "成都市武侯区", "广州": "广州市天河区"}
    body = []
    for i, row in enumerate(rows(200)):
        city = list(cities)[i % 3]
        body.append([*row[:6], city, row[7], f"{cities[city]}人民路{i + 1}号3栋{100 + i}室"])
    source = making.write(tmp_path / "customers.csv", body, (*HEADER, "地址"))
    for name, how in (("kept", {"地址": "keep"}), ("coarse", {})):
        plan = making.plan(source, purpose="analytics" if name == "coarse" else "customer-service", **KEPT, 城市="keep", **how)
        out = tmp_path / name
        ps.handover(source, with_canaries(plan, 20), out=out, keys=ring, now=NOW)
        body_out = body_of(out)
        wrong = [
            row
            for row in (body_out[i] for i in places(out))
            if not any(row[-1].startswith(cell) for cell in row if cell in cities)
        ]
        assert not wrong, name
