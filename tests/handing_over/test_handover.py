"""From the table to the signed bundle: what goes, what stays, what stops it, and that nothing else goes along."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from piiscrub.errors import HandoverError, KeysError, PiiscrubError, PlanError, SourceError
from piiscrub.evidence.ledger import Ledger
from piiscrub.handing_over.handing import handover
from piiscrub.handing_over.verifying import verify
from piiscrub.keys.ring import KeyRing
from piiscrub.model.plan import Basis, SharePlan, Terms
from piiscrub.operate.protocol import DocumentState
from piiscrub.operate.pseudonym import Pseudonym
from piiscrub.scrubber.pipeline import Scrubber
from tests.handing_over import making
from tests.handing_over.making import NOW


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.new(tmp_path / "keys")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return making.write(tmp_path / "customers.csv", making.rows())


def test_a_ring_that_cannot_sign_is_refused_before_anything_is_read(tmp_path: Path, source: Path) -> None:
    plan = making.plan(source)
    source.unlink()
    with pytest.raises(KeysError, match="signing key"):
        handover(source, plan, out=tmp_path / "out", keys=KeyRing.ephemeral(), now=NOW)


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_table_becomes_a_signed_bundle_and_a_record(tmp_path: Path, source: Path, ring: KeyRing) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl", keys=ring)
    ledger.append("scan", {"rows": 60}, now=NOW)
    done = handover(source, making.plan(source), out=tmp_path / "out", keys=ring, ledger=ledger, now=NOW)
    assert done.path == tmp_path / "out" and done.entry is not None and done.entry.action == "handover"
    assert verify(tmp_path / "out" / "bundle", sender=ring.public_key).origin == "confirmed"
    assert ledger.verify().ok
    head = done.manifest.about["ledger"]
    assert head["count"] == 1 and ledger.verify(anchor=head["hash"]).tail == "anchored"
    given, gone = cells(source), cells(tmp_path / "out" / "bundle" / "data" / "customers.csv")
    assert len(given) == len(gone) and gone[0] == list(making.HEADER)[: len(gone[0])]
    for before, after in zip(given[1:], gone[1:], strict=True):
        assert not set(before[:4]) & set(after) and before[5] in after


def test_rows_without_consent_and_children_stay_behind(tmp_path: Path, ring: KeyRing) -> None:
    header = (*making.HEADER, "出生日期", "监护人同意")
    body = [[*row, "2015-01-02" if i < 10 else "1990-05-06", "是" if i < 5 else ""] for i, row in enumerate(making.rows())]
    source = making.write(tmp_path / "customers.csv", body, header)
    consent = making.plan(source, basis=Basis(kind="consent", consent="同意"))
    done = handover(source, consent, out=tmp_path / "a", keys=ring, now=NOW)
    agreed = [i for i in range(60) if i % 4]
    assert done.left_out["no consent"] == 15 and done.left_out["under 14"] == sum(i < 10 for i in agreed)
    assert done.evidence[0].rows_out == sum(i >= 10 for i in agreed)
    terms = Terms(until="2027-12-31", contact="privacy@example.com", guardian="监护人同意")
    done = handover(source, making.plan(source, terms=terms), out=tmp_path / "b", keys=ring, now=NOW)
    assert done.left_out["under 14"] == 5 and done.evidence[0].rows_out == 55


def test_rows_that_went_though_no_age_could_be_read_are_not_called_left_out(tmp_path: Path, ring: KeyRing) -> None:
    body = [[*row, "不详" if i < 7 else "1990-05-06"] for i, row in enumerate(making.rows())]
    source = making.write(tmp_path / "customers.csv", body, (*making.HEADER, "出生日期"))
    done = handover(source, making.plan(source), out=tmp_path / "out", keys=ring, now=NOW)
    assert done.evidence[0].rows_out == 60
    assert not any(done.left_out.values()) and done.age_unknown == 7
    draft = (tmp_path / "out" / "record" / "assessment.md").read_text(encoding="utf-8")
    assert "rows: 0." in draft and "7 rows went whose age cannot be read" in draft and "7 行读不出年龄" in draft
    page = (tmp_path / "out" / "record" / "report.html").read_text(encoding="utf-8")
    assert "Rows left out" not in page and "7 rows went" in page


def test_the_chinese_half_of_the_reports_is_chinese(tmp_path: Path, source: Path, ring: KeyRing) -> None:
    handover(source, making.plan(source, policy="pipl-entrust"), out=tmp_path / "out", keys=ring, now=NOW)
    told = (tmp_path / "out" / "bundle" / "report.md").read_text(encoding="utf-8").partition("# 向")[2]
    assert "合同所必需" in told and "手机号（CN\\_MOBILE）" in told and "60 行\n" in told
    draft = (tmp_path / "out" / "record" / "assessment.md").read_text(encoding="utf-8").partition("# 个人信息")[2]
    for half in (told, draft):
        assert not {"contract", "suppression", "pseudonymisation", "handler"} & set(half.replace("：", " ").split())


def test_what_the_purpose_needs_masked_is_masked_inside_text_too(tmp_path: Path, ring: KeyRing) -> None:
    home = "浙江省杭州市西湖区文三路199号2栋3单元101室"
    body = [[row[1], home, f"发票寄到{home}" if i % 2 else "无"] for i, row in enumerate(making.rows())]
    source = making.write(tmp_path / "customers.csv", body, ("姓名", "收货地址", "备注"))
    plan = making.plan(source, policy="pipl-entrust")
    assert [c.action for c in plan.columns] == ["keep", "transform", "spans"]
    assert "more strictly" in plan.columns[2].reason
    handover(source, plan, out=tmp_path / "out", keys=ring, now=NOW)
    gone = (tmp_path / "out" / "bundle" / "data" / "customers.csv").read_text(encoding="utf-8")
    assert "文三路" not in gone and "199号" not in gone and "发票寄到浙江省杭州市西湖区" in gone


def test_cells_of_no_column_stay_behind_and_that_is_said(tmp_path: Path, ring: KeyRing) -> None:
    body = [[*row, "14200000009"] if i < 3 else row for i, row in enumerate(making.rows())]
    source = making.write(tmp_path / "customers.csv", body)
    done = handover(source, making.plan(source), out=tmp_path / "out", keys=ring, now=NOW)
    assert done.beyond == 3 and "14200000009" not in (tmp_path / "out" / "bundle" / "data" / "customers.csv").read_text("utf-8")
    for name in ("assessment.md", "report.html"):
        assert "3 lines had cells beyond the last column" in (tmp_path / "out" / "record" / name).read_text(encoding="utf-8")


def test_a_purpose_of_ones_own_is_refused_with_those_there_are(tmp_path: Path, source: Path, ring: KeyRing) -> None:
    plan = making.plan(source, purpose="loyalty programme")
    with pytest.raises(HandoverError, match=r"There are: analytics, audit.*make the plan again"):
        handover(source, plan, out=tmp_path / "out", keys=ring, now=NOW)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda p: p.replace(purpose=""), "purpose"), (lambda p: p.replace(purpose="analytic"), "analytics"),
        (lambda p: p.replace(recipient=""), "recipient"), (lambda p: p.replace(basis=Basis()), "basis"),
        (lambda p: p.replace(basis=Basis(kind="contract")), "responsible"),
        (lambda p: p.replace(basis=Basis(kind="consent")), "consent"),
        (lambda p: p.replace(terms=Terms(contact="x")), "until"),
        (lambda p: p.replace(terms=Terms(contact="x", until="2020-01-01")), "over"),
        (lambda p: p.replace(terms=Terms(contact="x", until="soon")), "2027-12-31"),
        (lambda p: p.replace(terms=Terms(contact="x", kind="foreign-authority")), "PIPL 41"),
        (lambda p: p.replace(terms=Terms(contact="x", until="2027-01-01", country="China")), "country"),
        (lambda p: p.replace(terms=Terms(contact="x", until="2027-01-01", exemption="contrat")), "contract"),
    ],
)  # fmt: skip
def test_a_rule_that_is_not_met_stops_it(
    tmp_path: Path, source: Path, ring: KeyRing, change: Callable[[SharePlan], SharePlan], says: str
) -> None:
    with pytest.raises(HandoverError, match=says):
        handover(source, change(making.plan(source)), out=tmp_path / "out", keys=ring, now=NOW)
    assert not (tmp_path / "out").exists()


LEAK = "14200000007"  # the mobile of row 8
SPELLINGS = (LEAK, "142 0000 0007", "142-0000-0007", "１４２００００００07", "142\u200b00000007", f"请拨{LEAK}。", f"tel:{LEAK}")


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("column", [5, 6])
def test_one_identifier_left_in_another_column_stops_it(tmp_path: Path, ring: KeyRing, spelling: str, column: int) -> None:
    clean = making.write(tmp_path / "clean.csv", making.rows(400))
    plan = making.plan(clean, 城市="keep")
    body = making.rows(400)
    body[234][column] = spelling
    source = making.write(tmp_path / "customers.csv", body)
    with pytest.raises(PiiscrubError) as caught:
        handover(source, plan, out=tmp_path / "out", keys=ring, now=NOW)
    assert isinstance(caught.value, HandoverError | PlanError)
    if isinstance(caught.value, HandoverError):
        assert f"{making.HEADER[column]}, row 235" in str(caught.value)
    assert LEAK not in str(caught.value) and not (tmp_path / "out").exists()


def test_clean_hand_overs_pass(tmp_path: Path, ring: KeyRing) -> None:
    for seed in range(8):
        source = making.write(tmp_path / f"c{seed}.csv", making.rows(80, seed))
        policy = ("pipl-share", "test-data", "pipl-export", "pipl-entrust")[seed % 4]
        done = handover(source, making.plan(source, policy=policy), out=tmp_path / f"out{seed}", keys=ring, now=NOW)
        assert done.residual.ok


@pytest.mark.parametrize("place", ["file", "header"])
def test_a_removed_value_in_a_file_name_or_header_stops_it(tmp_path: Path, ring: KeyRing, place: str) -> None:
    header = [*making.HEADER[:5], LEAK, *making.HEADER[6:]] if place == "header" else making.HEADER
    source = making.write(tmp_path / (f"{LEAK}.csv" if place == "file" else "customers.csv"), making.rows(), header)
    with pytest.raises(HandoverError) as caught:
        handover(source, making.plan(source), out=tmp_path / "out", keys=ring, now=NOW)
    assert LEAK not in str(caught.value)


def test_a_name_of_a_file_or_a_header_that_names_somebody_is_replaced(tmp_path: Path, ring: KeyRing) -> None:
    mobile = "13800138000"
    header = [*making.HEADER[:5], mobile, *making.HEADER[6:]]
    source = making.write(tmp_path / f"{mobile}.csv", making.rows(), header)
    done = handover(source, making.plan(source), out=tmp_path / "out", keys=ring, now=NOW)
    everything = b"".join(p.read_bytes() + p.name.encode() for p in (tmp_path / "out").rglob("*") if p.is_file())
    assert mobile.encode() not in everything
    assert "column_05" in [c["name"] for f in done.manifest.files for t in f.about.get("tables", ()) for c in t["columns"]]


def test_nothing_of_the_record_is_in_the_bundle(tmp_path: Path, source: Path, ring: KeyRing) -> None:
    plan = making.plan(source, purpose="delivery")
    dropped = [c.name for c in plan.columns if c.action == "drop"]
    assert dropped
    handover(source, plan, out=tmp_path / "out", keys=ring, now=NOW)
    bundle = b"".join(p.read_bytes() for p in (tmp_path / "out" / "bundle").rglob("*") if p.is_file())
    for name in dropped:
        assert name.encode() not in bundle
    assert b"responsible" not in bundle and b"C-2026-01" not in bundle


def test_no_value_in_any_evidence(tmp_path: Path, source: Path, ring: KeyRing) -> None:
    handover(source, making.plan(source), out=tmp_path / "out", keys=ring, ledger=tmp_path / "ledger.jsonl", now=NOW)
    evidence = [p for p in (tmp_path / "out").rglob("*") if p.is_file() and p.parent.name != "data"]
    text = b"".join(p.read_bytes() for p in (*evidence, tmp_path / "ledger.jsonl"))
    for row in making.rows():
        for value in row[:4]:
            assert value.encode() not in text


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, source: Path, ring: KeyRing) -> None:
    plan = making.plan(source)
    for out in ("a", "b"):
        handover(source, plan, out=tmp_path / out, keys=ring, now=NOW)
    for path in (tmp_path / "a" / "bundle").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


def test_a_dry_run_writes_nothing(tmp_path: Path, source: Path, ring: KeyRing) -> None:
    before = sorted(p.name for p in tmp_path.iterdir())
    done = handover(source, making.plan(source), out=tmp_path / "out", keys=ring, now=NOW, dry_run=True)
    assert done.dry_run and done.path is None and done.manifest.files
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_what_is_there_is_not_overwritten(tmp_path: Path, source: Path, ring: KeyRing) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(SourceError, match="already"):
        handover(source, making.plan(source), out=tmp_path / "out", keys=ring, now=NOW)


def test_one_that_another_process_made_meanwhile_is_told_of_once(source, ring, tmp_path):
    """Two runs of one hand-over: the second waited, was written, and stood in the ledger before its folder was refused."""
    out, ledger = tmp_path / "out", tmp_path / "ledger"
    plan = making.plan(source)
    with ThreadPoolExecutor(1) as pool, FileLock(str(tmp_path / ".out.lock")):
        second = pool.submit(handover, source, plan, out=out, keys=ring, ledger=ledger, now=NOW)
        time.sleep(0.5)
        (out / "bundle").mkdir(parents=True)
    with pytest.raises(SourceError, match="already"):
        second.result()
    assert not ledger.exists()  # what is in it was handed over


def test_abroad_persons_are_counted_once_over_all_hand_overs(tmp_path: Path, source: Path, ring: KeyRing) -> None:
    terms = Terms(until="2027-12-31", contact="privacy@example.com", country="HK", subject="客户编号")
    plan = making.plan(source, terms=terms)
    ledger = Ledger(tmp_path / "ledger.jsonl", keys=ring)
    for out in ("a", "b"):
        route = handover(source, plan, out=tmp_path / out, keys=ring, ledger=ledger, now=NOW).route
        assert route is not None and not route.upper_bound and route.ordinary + route.sensitive == 60
    rows = handover(
        source, plan.replace(terms=Terms(until="2027-12-31", contact="x", country="HK")), out=tmp_path / "c", keys=ring, now=NOW
    )
    assert rows.route is not None and rows.route.upper_bound


_CRASH = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from piiscrub.evidence.ledger import Ledger
from piiscrub.handing_over.handing import handover
from piiscrub.keys.ring import KeyRing
from tests.handing_over import making
folder = Path(sys.argv[1])
ring = KeyRing.load(folder / "keys")
print("ready", flush=True)
handover(folder / "customers.csv", making.plan(folder / "customers.csv"), out=folder / "out", keys=ring,
         ledger=Ledger(folder / "ledger.jsonl", keys=ring), now=making.NOW)
"""


@pytest.mark.parametrize("after", [0.02, 0.15, 0.3, 0.5, 0.8])
def test_killed_at_any_point_it_leaves_nothing_torn_and_runs_again(tmp_path: Path, after: float) -> None:
    ring = KeyRing.new(tmp_path / "keys")
    source = making.write(tmp_path / "customers.csv", making.rows(300))
    job = subprocess.Popen([sys.executable, "-c", _CRASH, str(tmp_path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert job.stdout is not None and job.stdout.readline() == b"ready\n"
    time.sleep(after * (1 + random.Random(after).random()))
    job.kill()
    job.wait()
    ledger = Ledger(tmp_path / "ledger.jsonl", keys=ring)
    if (tmp_path / "out").exists():
        assert verify(tmp_path / "out" / "bundle", sender=ring.public_key)
    else:
        handover(source, making.plan(source), out=tmp_path / "out", keys=ring, ledger=ledger, now=NOW)
    assert verify(tmp_path / "out" / "bundle", sender=ring.public_key) and ledger.verify().ok
    assert not [p.name for p in tmp_path.iterdir() if p.name.startswith(".out.handover")]
    entry = json.loads((tmp_path / "out" / "record" / "ledger-entry.json").read_bytes())
    assert entry["hash"] in [e.hash for e in ledger.entries()]


@pytest.mark.parametrize(("place", "stops"), [("{name}已签收", True), ("地址在{name}路12号", False), ("无", False)])
def test_a_name_left_in_the_text_of_its_own_row_stops_it(tmp_path: Path, ring: KeyRing, place: str, stops: bool) -> None:
    source = making.write(tmp_path / "clean.csv", making.rows())
    plan = making.plan(source, 城市="keep")
    body = making.rows()
    body[30][6] = place.format(name=body[30][1])
    source = making.write(tmp_path / "customers.csv", body)
    if stops:
        with pytest.raises(HandoverError, match=r"城市, row 31: a name") as caught:
            handover(source, plan, out=tmp_path / "out", keys=ring, now=NOW)
        assert body[30][1] not in str(caught.value)
    else:
        assert handover(source, plan, out=tmp_path / "out", keys=ring, now=NOW).residual.ok


@pytest.mark.parametrize("own", [True, False])
def test_a_short_number_among_amounts_of_another_length_is_a_leak(tmp_path: Path, ring: KeyRing, own: bool) -> None:
    header, body = (*making.HEADER, "工号"), [[*row, f"{100_100 + i}"] for i, row in enumerate(making.rows())]
    body[30][5] = "100130" if own else "100131"
    source = making.write(tmp_path / "customers.csv", body, header)
    plan = making.plan(source, 工号="drop", 金额="keep")
    with pytest.raises(HandoverError, match=r"金额, row 31"):
        handover(source, plan, out=tmp_path / "out", keys=ring, now=NOW)


def test_a_cell_that_its_operator_left_as_it_was_stops_it(
    tmp_path: Path, source: Path, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Pseudonym.many

    def lazy(self: Pseudonym, values: list[str], entity: str, document: DocumentState) -> list[str]:
        done = made(self, values, entity, document)
        return [value if value == LEAK else new for value, new in zip(values, done, strict=True)]

    monkeypatch.setattr(Pseudonym, "many", lazy)
    plan = making.plan(source)
    assert plan.tables[0].column("手机号").operator.name == "pseudonym"
    with pytest.raises(HandoverError, match=r"手机号, row 8: the value that was taken out"):
        handover(source, plan, out=tmp_path / "out", keys=ring, now=NOW)


def test_what_the_plan_gives_away_is_no_leak_though_it_is_taken_out_of_texts(tmp_path: Path, source: Path, ring: KeyRing) -> None:
    plan = making.plan(source, policy="balanced", 手机号="keep", 邮箱="keep", 备注="spans")
    done = handover(source, plan, out=tmp_path / "out", keys=ring, now=NOW)
    gone = cells(tmp_path / "out" / "bundle" / "data" / "customers.csv")
    phones = {row[2] for row in making.rows()}
    assert {row[2] for row in gone[1:]} == phones
    assert not any(phone in row[4] for row in gone[1:] for phone in phones)
    assert done.residual.ok


def test_a_scrubber_of_the_caller_works_on_the_text_of_the_cells(tmp_path: Path) -> None:
    """Patterns only, where the caller says so; with names, where not."""
    ring = KeyRing.new(tmp_path / "keys")
    body = [[*row[:4], f"联系人张伟民来电{i}", *row[5:]] for i, row in enumerate(making.rows(20))]
    source = making.write(tmp_path / "customers.csv", body)
    plan = making.plan(source)
    for name, policy, there in (("names", None, False), ("patterns", Scrubber(policy=plan.policy, ner=None), True)):
        handover(source, plan, out=tmp_path / name, keys=ring, now=NOW, policy=policy)
        assert ("张伟民" in (tmp_path / name / "bundle" / "data" / "customers.csv").read_text("utf-8")) is there
