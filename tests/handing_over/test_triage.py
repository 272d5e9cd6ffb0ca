"""Triage: the right hand-over is named for every form a leak takes, none for other files, and no value shows."""

from __future__ import annotations

import csv
import dataclasses
import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import piiscrub as ps
from piiscrub.errors import InputError, SourceError
from piiscrub.handing_over.telling import Telling, tells
from tests.handing_over.making import HEADER, NOW, plan, rows, write

BODY = rows(1000)


@pytest.fixture(scope="module")
def handed(tmp_path_factory):
    """The same customers handed to two recipients, and others to a third."""
    work = tmp_path_factory.mktemp("handed")
    ring = ps.KeyRing.new(work / "keys")
    (work / "out").mkdir()
    made = None
    for name, body in (("alpha", BODY), ("beta", BODY), ("gamma", rows(1000, seed=9)[:500])):
        source = write(work / f"{name}.csv", body)
        made = made or plan(source, 备注="drop")
        ps.handover(source, made.replace(recipient=f"{name} Ltd"), out=work / "out" / name, keys=ring, now=NOW)
    return work, ring


def delivered(work: Path, name: str) -> tuple[list[str], list[list[str]]]:
    with (work / "out" / name / "bundle" / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *body = csv.reader(file)
    return header, body


def leaks(work: Path, name: str, folder: Path) -> dict[str, Path]:
    """A copy, one row in a hundred, shuffled and in another encoding, joined with other columns, as a dump of text (twelve rows:
    they tell as much as more, and a text is searched for names)."""
    header, body = delivered(work, name)
    chance = random.Random(5)
    found = {"copy": write(folder / "copy.csv", body, header)}
    found["sample"] = write(folder / "sample.csv", chance.sample(body, 10), header)
    order = chance.sample(range(len(header)), len(header))
    mixed = [[row[i] for i in order] for row in chance.sample(body, len(body))]
    lines = ["\t".join(line) for line in [[header[i] for i in order], *mixed]]
    found["shuffled"] = folder / "shuffled.tsv"
    found["shuffled"].write_bytes("\n".join(lines).encode("gb18030"))
    wider = [[*row, f"x{chance.randrange(10**9)}", f"y{chance.randrange(10**9)}"] for row in body[:100]]
    found["joined"] = write(folder / "joined.csv", wider, [*header, "a", "b"])
    found["dump"] = folder / "dump.txt"
    found["dump"].write_text(
        "\n".join("INSERT INTO t VALUES ('" + "','".join(row) + "');" for row in body[:12]), encoding="utf-8"
    )
    return found


@pytest.mark.parametrize("name", ["alpha", "beta", "gamma"])
def test_the_right_hand_over_is_named(handed, tmp_path, name):
    work, ring = handed
    for kind, path in leaks(work, name, tmp_path).items():
        found = ps.triage(path, record=work / "out", keys=ring, known=NOW)
        assert [one.recipient for one in found.traces] == [f"{name} Ltd"], kind
        if kind in ("copy", "sample", "shuffled"):
            assert found.traces[0].confidence == "certain", kind


def test_other_files_match_nothing(handed, tmp_path):
    work, ring = handed
    others = {
        "other people": [[f"ZZ{i:06d}", *row[1:]] for i, row in enumerate(rows(300, seed=4), 5000)],
        "the source itself": [["", *row[1:3], "", "", *row[5:]] for row in BODY],
    }
    for kind, body in others.items():
        for row in body:
            row[2] = f"142{random.Random(row[2] + kind).randrange(10**8):08d}" if kind == "other people" else row[2]
        path = write(tmp_path / "other.csv", body, HEADER)
        found = ps.triage(path, record=work / "out", keys=ring, known=NOW)
        assert found.traces == (), kind
        assert found.traceable > 0, kind
    goods = write(
        tmp_path / "goods.csv", [[f"{i}.50", "2026-01-05", "北京市海淀区中关村"] for i in range(99)], ["价", "日", "店"]
    )
    assert ps.triage(goods, record=work / "out", keys=ring, known=NOW).traces == ()


def test_keys_of_another_ring_are_told(handed, tmp_path):
    work, _ = handed
    path = leaks(work, "alpha", tmp_path)["copy"]
    with pytest.raises(ps.PiiscrubError, match="no record there was made with key ring"):
        ps.triage(path, record=work / "out", keys=ps.KeyRing.ephemeral(), known=NOW)


def test_a_rotated_ring_still_traces(handed, tmp_path):
    from piiscrub.keys.ceremony import rotate

    work, _ = handed
    (tmp_path / "keys").write_bytes((work / "keys").read_bytes())
    (tmp_path / "keys").chmod(0o600)
    newer, _ = rotate(ps.KeyRing.load(tmp_path / "keys"))
    path = leaks(work, "beta", tmp_path)["sample"]
    assert [one.record for one in ps.triage(path, record=work / "out", keys=newer, known=NOW).traces] == ["beta"]


def test_what_is_in_it_and_who_has_to_be_told(handed, tmp_path):
    path = write(tmp_path / "a.csv", BODY)
    (tmp_path / "b.bin").write_bytes(bytes(range(256)) * 9)
    found = ps.triage(tmp_path, known=NOW)
    assert found.persons_at_least == found.persons == len(BODY)
    assert found.categories["CN_MOBILE"] >= 1
    assert found.traceable == -1
    assert [name for name, _ in found.unexamined] == ["b.bin"]
    due = {one.id: one.due for one in found.duties}
    assert due["gdpr-33"] == "2026-11-25T08:00:00+00:00"
    assert "pipl-57-people" in due and "incident-other" not in due
    assert path.exists()


def test_parts_that_could_not_be_read_are_named(tmp_path):
    """As whole files are: who reads that nobody is in it would not tell anybody."""
    phone = "13800138000"
    (tmp_path / "broken.json").write_text(f'{{"phone": "{phone}"')
    (tmp_path / "long.txt").write_text("a" * 5_000_000 + phone)
    (tmp_path / "ragged.csv").write_text(f"a,b\n1,2,{phone}\n1,2\n")
    pq.write_table(pa.table({"n": [1], "phones": [[phone]]}), tmp_path / "lists.parquet")
    found = ps.triage(tmp_path)
    named = [("broken.json", "json-invalid"), ("lists.parquet", "no-text"), ("long.txt", "unbroken"), ("ragged.csv", "beyond")]
    assert sorted(found.unexamined) == named


@pytest.mark.parametrize(
    ("operator", "hours"), [("critical", "09"), ("state-body", "10"), ("other", "12")]
)  # known at 08:00: one, two, four hours
def test_a_larger_incident_has_hours(operator, hours):
    from piiscrub.handing_over.notices import duties

    found = {one.id: one.due for one in duties(1_000_000, sensitive=True, known=NOW, operator=operator)}
    assert [due for id, due in found.items() if id.startswith("incident")] == [f"2026-11-22T{hours}:00:00+00:00"]
    assert "gdpr-34" in found
    assert duties(0, sensitive=False, known=NOW) == ()


def test_no_value_is_in_what_it_says(handed, tmp_path):
    work, ring = handed
    path = leaks(work, "alpha", tmp_path)["copy"]
    write(tmp_path / "source.csv", BODY)
    (tmp_path / "letter.txt").write_text(f"尊敬的{BODY[0][1]}，您的手机{BODY[0][2]}已登记。", encoding="utf-8")
    found = ps.triage(tmp_path, record=work / "out", keys=ring, known=NOW)
    page = tmp_path / "page.html"
    found.to_html(page)
    said = "\n".join(
        [
            repr(found),
            found.to_json(),
            found._repr_html_(),
            page.read_text(encoding="utf-8"),
            found.notice("en"),
            found.notice("zh"),
        ]
    )
    _, body = delivered(work, "alpha")
    values = {cell for row in [*BODY, *body] for cell in (row[0], row[2], row[3])} | {row[1] for row in BODY if len(row[1]) > 2}
    assert not [value for value in values if value and value in said]
    assert path.exists()
    assert json.loads(found.to_json())["persons"] >= 1000


def test_the_draft_has_blanks_for_what_only_people_know(tmp_path):
    write(tmp_path / "a.csv", BODY[:20])
    found = ps.triage(tmp_path / "a.csv", known=NOW)
    for lang, blank in (("en", "["), ("zh", "［")):
        assert found.notice(lang).count(blank) >= 5
        assert "20" in found.notice(lang)


def test_what_is_wrong_is_said(tmp_path):
    path = write(tmp_path / "a.csv", BODY[:3])
    with pytest.raises(InputError, match="keys"):
        ps.triage(path, record=_record(tmp_path))
    with pytest.raises(SourceError, match="no record"):
        ps.triage(path, record=path.parent / "nowhere", keys=ps.KeyRing.ephemeral())
    with pytest.raises(InputError, match="zone"):
        ps.triage(path, known=datetime(2026, 1, 1))
    with pytest.raises(InputError, match="operator"):
        ps.triage(path, known=datetime(2026, 1, 1, tzinfo=UTC), operator="nobody")  # type: ignore[arg-type]  # this is what is refused


def _record(folder: Path) -> Path:
    made = folder / "damaged" / "record"
    made.mkdir(parents=True)
    (made / "delivered.npz").write_bytes(b"PK\x03\x04 cut")
    (made / "report.json").write_text("{}", encoding="utf-8")
    return made.parent


def test_a_damaged_record_is_refused(tmp_path):
    path = write(tmp_path / "a.csv", BODY[:3])
    with pytest.raises(SourceError, match="cannot be read"):
        ps.triage(path, record=_record(tmp_path), keys=ps.KeyRing.ephemeral())


def test_common_cells_are_not_compared():
    values = Telling()
    values.text("t", "2026-11-22 1,234.50 20260101 999999 ****8000 <CN_MOBILE_12> 已完成订单")
    assert len(values) == 0
    assert tells("SF1234567890123")


def test_who_received_a_value_is_told(handed):
    from piiscrub.handing_over.receivers import recipients_of
    from piiscrub.handing_over.tracing import records

    work, ring = handed
    _, body = delivered(work, "alpha")
    own = next(cell for cell in body[3] if tells(cell))
    told = recipients_of({"EMAIL_ADDRESS": [own, "14999999999"]}, records(work / "out"), ring)
    assert "alpha Ltd" in [one.recipient for one in told]
    assert recipients_of({"CN_MOBILE": ["14999999999"]}, records(work / "out"), ring) == ()


def test_who_received_a_person_as_something_else_is_told_too(handed, tmp_path):
    """Her number went out as a pseudonym: she is told of with the form of each kind, and somebody who was not there is not."""
    from piiscrub.handing_over.receivers import recipients_of
    from piiscrub.handing_over.tracing import records

    work, ring = handed
    code, name, phone, mail, *_ = BODY[7]
    told = recipients_of(
        {"CN_MOBILE": [f"+86 {phone[:3]}-{phone[3:7]}-{phone[7:]}"], "PERSON": [name]}, records(work / "out"), ring
    )
    assert {one.recipient for one in told} >= {"alpha Ltd", "beta Ltd"}
    first = next(one for one in told if one.recipient == "alpha Ltd")
    assert first.confidence == "certain" and first.forms["CN_MOBILE"] == "pseudonym" and first.forms["PERSON"] == "pseudonym"
    assert not [one for one in (code, name, phone, mail) if one in repr(told)]
    assert recipients_of({"CN_MOBILE": ["13900139000"], "PERSON": [name]}, records(work / "out"), ring) == ()


def test_the_notice_to_a_recipient_says_in_which_form_and_holds_no_value(handed, tmp_path):
    work, ring = handed
    code, name, phone, mail, *_ = BODY[7]
    found = ps.subject(work / "alpha.csv", {"name": name, "phone": phone}, record=work / "out", keys=ring)
    assert [one["recipient"] for one in found.recipients] == ["alpha Ltd", "beta Ltd", "gamma Ltd"]  # all got that number
    english, chinese = found.notices("en", now=NOW)[0], found.notices("zh", now=NOW)[0]
    assert "CN_MOBILE: pseudonym" in english and "alpha Ltd" in english and "[day]" in english
    assert "CN_MOBILE：假名化" in chinese and "［日期］" in chinese
    found.export(tmp_path / "copy", now=NOW)
    assert "pseudonym" in (tmp_path / "copy" / "subject.html").read_text(encoding="utf-8")
    assert not [one for one in (code, name, phone, mail) if one in english + chinese + found._repr_html_()]


def test_masked_values_only_make_it_likely(tmp_path):
    from piiscrub.handing_over.receivers import recipients_of
    from piiscrub.handing_over.tracing import records
    from piiscrub.model.policy import OperatorSpec

    ring = ps.KeyRing.new(tmp_path / "keys")
    source = write(tmp_path / "a.csv", BODY[:60])
    made = plan(source, 客户编号="drop", 备注="drop", 姓名="drop")
    columns = tuple(
        dataclasses.replace(one, action="transform", operator=OperatorSpec.of("mask")) if one.name in ("手机号", "邮箱") else one
        for one in made.tables[0].columns
    )
    made = made.replace(tables=(dataclasses.replace(made.tables[0], columns=columns),))
    ps.handover(source, made, out=tmp_path / "out", keys=ring, now=NOW)
    where = records(tmp_path / "out")
    told = recipients_of({"CN_MOBILE": [BODY[7][2]], "EMAIL_ADDRESS": [BODY[7][3]]}, where, ring)
    assert [(one.confidence, set(one.forms.values())) for one in told] == [("likely", {"masked"})]
    assert recipients_of({"CN_MOBILE": [BODY[7][2]]}, where, ring) == ()
