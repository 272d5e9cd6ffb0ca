"""What stays after a hand-over: who has what, the draft of the assessment, the risk of what was written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from piiscrub.evidence.ledger import Ledger
from piiscrub.evidence.sharing import sharing
from piiscrub.handing_over import risks
from piiscrub.handing_over.handing import handover
from piiscrub.keys.ring import KeyRing
from piiscrub.model.plan import Terms
from tests.handing_over import making
from tests.handing_over.making import NOW

HEADER = (*making.HEADER, "性别", "出生日期", "诊断")


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.new(tmp_path / "keys")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    body = [
        [*row, "男" if i % 2 else "女", f"19{70 + i % 20}-05-{1 + i % 28:02}", ("高血压", "糖尿病")[i % 2]]
        for i, row in enumerate(making.rows())
    ]
    return making.write(tmp_path / "customers.csv", body, HEADER)


def test_the_sharing_record_says_who_has_what_until_when(tmp_path: Path, source: Path, ring: KeyRing) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl", keys=ring)
    for n, (recipient, until) in enumerate((("A Ltd", "2027-01-31"), ("B Ltd", "2028-01-31"), ("A Ltd", "2027-06-30"))):
        plan = making.plan(source, recipient=recipient, terms=Terms(until=until, contact="x@example.com"))
        handover(source, plan, out=tmp_path / f"out{n}", keys=ring, ledger=ledger, now=NOW)
    ledger.append("scan", {"rows": 3}, now=NOW)
    one, other = sharing(ledger.entries())
    assert (one.recipient, one.hand_overs, one.until, one.rows) == ("A Ltd", 2, "2027-06-30", 120)
    assert (other.recipient, other.hand_overs, other.until) == ("B Ltd", 1, "2028-01-31")
    assert (one.kinds, one.purposes, one.bases) == (("handler",), ("customer-service",), ("contract",))
    assert one.categories
    assert all(one.categories.values())
    assert json.loads(json.dumps(one.to_dict()))["recipient"] == "A Ltd"


def test_the_draft_of_the_assessment_is_filled_and_leaves_the_rest_to_a_person(
    tmp_path: Path, source: Path, ring: KeyRing
) -> None:
    terms = Terms(until="2027-12-31", contact="x@example.com", country="HK")
    plan = making.plan(source, purpose="research", terms=terms, 诊断="keep", 性别="keep", 出生日期="keep")
    handover(source, plan, out=tmp_path / "out", keys=ring, now=NOW)
    draft = (tmp_path / "out" / "record" / "assessment.md").read_text(encoding="utf-8")
    for said in ("PIPL 55", "第五十五条", "goes abroad", "MEDICAL", "C-2026-01", "2027-12-31", "60 rows", "[Why each", "【逐列"):
        assert said in draft, said
    for row in making.rows():
        assert not [value for value in row[:4] if value in draft]


def test_the_risk_of_what_was_written_is_part_of_the_record(
    tmp_path: Path, source: Path, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = making.plan(source, 性别="keep", 出生日期="keep")
    assert "quasi" in {column.role for column in plan.columns if column.action != "drop"}
    handover(source, plan, out=tmp_path / "out", keys=ring, now=NOW)
    told = json.loads((tmp_path / "out" / "record" / "report.json").read_bytes())["risk"]
    assert told["data/customers.csv"]["rows"] == 60
    assert "k" in told["data/customers.csv"]
    assert "risk" not in json.loads((tmp_path / "out" / "bundle" / "manifest.json").read_bytes())["about"]
    monkeypatch.setattr(risks, "LARGEST", 10)
    handover(source, plan, out=tmp_path / "more", keys=ring, now=NOW)
    assert json.loads((tmp_path / "more" / "record" / "report.json").read_bytes())["risk"] == {"data/customers.csv": None}
    assert "piiscrub risk" in (tmp_path / "more" / "record" / "assessment.md").read_text(encoding="utf-8")


def test_what_can_still_be_joined_stands_in_plan_and_record(tmp_path: Path, source: Path, ring: KeyRing) -> None:
    plan = making.plan(source, 性别="keep", 出生日期="keep", 城市="keep")
    assert plan.tables[0].joining is not None
    handover(source, plan, out=tmp_path / "out", keys=ring, now=NOW)
    record = tmp_path / "out" / "record"
    (found,) = [table["joining"] for table in json.loads((record / "report.json").read_bytes())["tables"]]
    assert found["linked"] > found["bound"] == 0.01
    page = (record / "report.html").read_text(encoding="utf-8")
    for said in (
        f"{found['linked']:.1%} of the rows are alone",
        f"{found['linked']:.1%} 的行独一无二",
        "More than 1% of the rows",
    ):
        assert said in page, said
    assert "[tables.joining]" in (record / "plan.toml").read_text(encoding="utf-8")
