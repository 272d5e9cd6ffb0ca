"""Files from strangers at the doors of a hand-over: what is handed in, what is verified, what lies beside the ledger."""

from __future__ import annotations

import ast
import gzip
import json
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pytest

import piiscrub
from piiscrub.errors import PiiscrubError, SourceError
from piiscrub.handing_over.handing import handover
from piiscrub.handing_over.manifest import MANIFEST, SIGNATURE, sign
from piiscrub.handing_over.verifying import verify
from piiscrub.keys.ring import KeyRing
from piiscrub.model.plan import Terms
from piiscrub.sources.tabular.leftovers import leftovers
from tests.handing_over import making
from tests.handing_over.making import NOW


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.new(tmp_path / "keys")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return making.write(tmp_path / "customers.csv", making.rows())


def _link(folder: Path, source: Path) -> None:
    (folder / "more.csv").symlink_to(source)


def _linked_folder(folder: Path, source: Path) -> None:
    (folder / "more").symlink_to(source.parent)


def _device(folder: Path, source: Path) -> None:
    os.mkfifo(folder / "more.csv")


def _bomb(folder: Path, source: Path) -> None:
    (folder / "more.csv.gz").write_bytes(gzip.compress(b"a,b\n" + b"0,0\n" * (40 << 20)))


def _deep(folder: Path, source: Path) -> None:
    (folder / "more.jsonl").write_text('{"a":' * 100 + "1" + "}" * 100)


def _stranger(folder: Path, source: Path) -> None:
    (folder / "notes.docx").write_bytes(b"PK\x03\x04")


@pytest.mark.parametrize("hostile", [_link, _linked_folder, _device, _bomb, _deep, _stranger])
def test_a_folder_that_holds_what_cannot_be_examined_is_not_handed_over(
    tmp_path: Path, source: Path, ring: KeyRing, hostile: Callable[[Path, Path], None]
) -> None:
    plan = making.plan(source)
    folder = tmp_path / "in"
    folder.mkdir()
    making.write(folder / "customers.csv", making.rows())
    hostile(folder, source)
    with pytest.raises(PiiscrubError):
        handover(folder, plan, out=tmp_path / "out", keys=ring, now=NOW)
    assert not (tmp_path / "out").exists()


_LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
_OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'


@pytest.mark.parametrize("part", [_LAUGHS, _OUTSIDE, "<x>", "\x00"])
def test_a_workbook_whose_xml_is_an_attack_is_said_to_be_damaged(tmp_path: Path, part: str) -> None:
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "book.xlsx", "a") as archive:
        archive.writestr("docProps/custom.xml", part)
    with pytest.raises(SourceError):
        list(leftovers(tmp_path / "book.xlsx"))


@pytest.mark.parametrize(
    "manifest",
    [b"[" * 100_000, b'{"format":1,"files":[],"about":' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}", b"\xff\xfe", b"null"],
    ids=["deep list", "deep table", "no UTF-8", "null"],
)
def test_a_manifest_that_is_an_attack_is_a_problem_of_the_bundle(tmp_path: Path, ring: KeyRing, manifest: bytes) -> None:
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle" / MANIFEST).write_bytes(manifest)
    (tmp_path / "bundle" / SIGNATURE).write_bytes(sign(manifest, ring))
    report = verify(tmp_path / "bundle", sender=ring.public_key)
    assert not report.ok
    assert report.origin == "unverified"


def test_what_lies_beside_the_ledger_is_not_unpickled(tmp_path: Path, source: Path, ring: KeyRing) -> None:
    terms = Terms(until="2027-12-31", contact="x@example.com", country="HK", subject="客户编号")
    hostile = np.empty(1, object)
    hostile[0] = Path("nowhere")
    beside = tmp_path / f"ledger.jsonl.persons-{NOW.year}.npz"
    with beside.open("wb") as file:
        np.savez(file, ordinary=hostile, sensitive=hostile)
    with pytest.raises(PiiscrubError, match="persons"):
        handover(
            source, making.plan(source, terms=terms), out=tmp_path / "out", keys=ring, ledger=tmp_path / "ledger.jsonl", now=NOW
        )
    assert not (tmp_path / "out").exists()


def test_nobody_else_reads_what_is_being_made(
    tmp_path: Path, source: Path, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    from piiscrub.handing_over import handing

    modes = []
    written = handing.apply_file

    def looking(file: object, target: Path, *args: object, **options: object) -> object:
        modes.append(stat.S_IMODE(target.parent.parent.parent.stat().st_mode))
        return written(file, target, *args, **options)  # type: ignore[arg-type]  # the arguments are handed through as they came

    monkeypatch.setattr(handing, "apply_file", looking)
    handover(source, making.plan(source), out=tmp_path / "out", keys=ring, now=NOW)
    assert modes == [0o700]


def test_a_link_in_the_place_of_the_output_is_not_followed(tmp_path: Path, source: Path, ring: KeyRing) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SourceError):
        handover(source, making.plan(source), out=tmp_path / "out", keys=ring, now=NOW)
    assert not list((tmp_path / "elsewhere").iterdir())


def test_the_names_of_the_bundle_come_from_no_cell(tmp_path: Path, ring: KeyRing) -> None:
    body = [["../../etc/x.csv", *row[1:]] for row in making.rows()]
    source = making.write(tmp_path / "customers.csv", body)
    done = handover(source, making.plan(source), out=tmp_path / "out", keys=ring, now=NOW)
    assert [file.name for file in done.manifest.files] == ["data/customers.csv", "report.html", "report.md"]


def test_nothing_is_unpickled_evaluated_or_loaded_as_yaml() -> None:
    bad = {("pickle", "load"), ("pickle", "loads"), ("marshal", "loads"), ("yaml", "load"), ("os", "system")}
    for path in Path(piiscrub.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func
            assert not (isinstance(name, ast.Name) and name.id in ("eval", "exec")), path.name
            if isinstance(name, ast.Attribute) and isinstance(name.value, ast.Name):
                assert (name.value.id, name.attr) not in bad, path.name
            told = {k.arg: k.value for k in node.keywords}
            allowed = told.get("allow_pickle")
            assert not (isinstance(allowed, ast.Constant) and allowed.value is True), path.name


def test_json_in_evidence_stays_json(tmp_path: Path, source: Path, ring: KeyRing) -> None:
    plan = making.plan(source, recipient='</script><img src=x onerror="x">"\n{}')
    handover(source, plan, out=tmp_path / "out", keys=ring, ledger=tmp_path / "ledger.jsonl", now=NOW)
    for page in (tmp_path / "out" / "bundle" / "report.html", tmp_path / "out" / "record" / "report.html"):
        assert "<img" not in page.read_text(encoding="utf-8")
    text = (tmp_path / "out" / "bundle" / "report.md").read_text(encoding="utf-8")
    assert text.count("<img") == text.count("\\<img")
    assert [json.loads(line)["action"] for line in (tmp_path / "ledger.jsonl").read_bytes().splitlines()] == ["handover"]
