"""Bad files, hostile files, failing disks: one clear line or a stated "not examined", and nothing left behind."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time

import pytest

from piiscrub.cli.outcome import CANNOT, INTERRUPTED, NOT_EXAMINED, UNREAD
from tests.cli.conftest import fails, run  # noqa: F401  # fixtures are found by their name in this module
from tests.growth import LINEAR, growth

MOBILE = "13800138000"
LINE = f"客户您好，手机{MOBILE}已绑定，请确认。\n"

BAD = {
    "half-gbk.txt": (LINE.encode() + LINE.encode("gbk"), "mixed-encoding"),
    "cut.txt": (LINE.encode()[:-2], "mixed-encoding"),
    "latin1.txt": (b"caf\xe9 r\xe9sum\xe9\n", "encoding"),
    "wrong-bom.txt": (b"\xef\xbb\xbf" + LINE.encode("gbk"), "encoding"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\x0d", "binary"),
    "nul.csv": (f"tel\n{MOBILE}\0\n".encode(), "binary"),
    "book.xlsx": (b"PK\x03\x04\x14\0\6\0", "table"),
    "log.gz": (b"\x1f\x8b\x08\0\0", "compressed"),
    "page.pdf": (b"%PDF-1.7\n" + MOBILE.encode(), "no-reader"),
    "deep.json": (b"[" * 1000 + b"]" * 1000, "json-depth"),
    "broken.json": (f'{{"tel": "{MOBILE}"'.encode(), "json-invalid"),
}
WHOLE = {name for name in BAD if not name.endswith(".json")}


def objects(out):
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def folder(tmp_path):
    """A folder with every bad file and a good one."""
    where = tmp_path / "in"
    where.mkdir()
    for name, (data, _) in BAD.items():
        (where / name).write_bytes(data)
    (where / "good.txt").write_text(LINE, encoding="utf-8")
    (where / "empty.csv").write_bytes(b"")
    (where / "link.txt").symlink_to(where / "good.txt")
    return where


def test_a_folder_of_bad_files_names_each_and_examines_the_rest(run, folder):  # noqa: F811  # the fixture
    done = run("scan", folder, "--json")
    assert done.code == NOT_EXAMINED
    missing = {o["file"]: o["cause"] for o in objects(done.out) if o["type"] == "not_examined"}
    assert missing == {name: cause for name, (_, cause) in BAD.items()} | {"link.txt": "link"}
    assert [o["file"] for o in objects(done.out) if o["type"] == "finding"] == ["good.txt"]
    assert MOBILE not in done.out + done.err
    for_people = run("scan", folder)
    assert for_people.out.count("nothing found") == for_people.out.count("nothing found in what was examined")
    assert (for_people.code, for_people.out.count("not examined:")) == (NOT_EXAMINED, len(BAD) + 1)


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_what_cannot_be_read_is_not_scrubbed(fails, folder, tmp_path, name):  # noqa: F811  # the fixture
    assert "was not examined" in fails("scrub", folder / name, "-o", tmp_path / "out", code=NOT_EXAMINED)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in"]


@pytest.mark.parametrize("name", sorted(set(BAD) - WHOLE))
def test_what_is_no_json_is_redacted_whole(run, folder, tmp_path, name):  # noqa: F811  # the fixture
    done = run("scrub", folder / name, "-o", tmp_path / "out")
    assert (done.code, (tmp_path / "out").read_text()) == (NOT_EXAMINED, '"<UNEXAMINED>"')


def test_a_wrong_name_for_the_encoding(fails, run, folder, tmp_path):  # noqa: F811  # the fixtures
    done = run("scan", folder / "good.txt", "--encoding", "ascii")
    assert (done.code, "not text in the encoding named" in done.out) == (NOT_EXAMINED, True)
    assert "--encoding" not in fails("scan", folder / "good.txt", "--encoding", "no-such")


def test_names_that_lead_nowhere(fails, folder, tmp_path):  # noqa: F811  # the fixture
    fails("scan", tmp_path / "nowhere.txt")
    fails("scan", folder / "good.txt", tmp_path / "nowhere.txt")
    fails("scan", "/dev/zero")
    fails("scrub", folder, "-o", tmp_path / "out")
    fails("scrub", folder / "good.txt", "-o", tmp_path)
    fails("scrub", folder / "good.txt", "-o", tmp_path / "no" / "out")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_files_and_folders_without_permission(fails, run, folder, tmp_path):  # noqa: F811  # the fixtures
    (folder / "good.txt").chmod(0)
    assert "cannot be read" in fails("scan", folder / "good.txt")
    assert '"unreadable"' in run("scan", folder, "--json").out
    (folder / "good.txt").chmod(0o600)
    (tmp_path / "locked").mkdir(mode=0o500)
    assert "cannot be written" in fails("scrub", folder / "good.txt", "-o", tmp_path / "locked" / "out")


def test_an_unreadable_file(fails, run, folder, monkeypatch):  # noqa: F811  # the fixtures
    def denied(*args, **kwargs):
        raise PermissionError(13, "Permission denied", MOBILE)

    monkeypatch.setattr("pathlib.Path.open", denied)
    assert MOBILE not in fails("scan", folder / "good.txt")
    monkeypatch.setattr("piiscrub.sources.source.open_beneath", denied)
    missing = [o for o in objects(run("scan", folder, "--json").out) if o["type"] == "not_examined"]
    assert {o["cause"] for o in missing} == {"unreadable", "link"}


@pytest.mark.parametrize("other", ["same", "soft", "hard", "dots"])
def test_the_output_is_never_the_input(fails, folder, other):  # noqa: F811  # the fixture
    source = folder / "good.txt"
    target = {"same": source, "soft": folder / "soft", "hard": folder / "hard", "dots": folder / ".." / "in" / "good.txt"}[other]
    if other == "soft":
        target.symlink_to(source)
    if other == "hard":
        target.hardlink_to(source)
    fails("scrub", source, "-o", target, "--overwrite")
    assert source.read_text(encoding="utf-8") == LINE


def small_files_only():
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


def test_a_full_disk_leaves_nothing(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("天气很好。\n" * 20_000, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "piiscrub.cli", "scrub", str(tmp_path / "in" / "a.txt"), "-o", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        preexec_fn=small_files_only,
    )
    assert done.returncode == CANNOT
    assert len(done.stderr.strip().splitlines()) == 2
    assert "cannot be written" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_half_way_leaves_nothing(tmp_path, number):
    (tmp_path / "a.txt").write_text(LINE * 200_000, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "piiscrub.cli", "scrub", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    while len(list(tmp_path.iterdir())) < 2 and process.poll() is None:
        time.sleep(0.01)
    assert process.poll() is None, "it is at work"
    process.send_signal(number)
    _, err = process.communicate()
    assert process.returncode == INTERRUPTED
    assert b"Traceback" not in err
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_reader_that_goes_away():
    scan = [sys.executable, "-m", "piiscrub.cli", "scan", "-", "--json"]
    with subprocess.Popen(scan, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        process.stdin.write(LINE.encode() * 5000)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait() == UNREAD


LINES = {"words": ("说完了，", 400_000), "spaced": (f"手机{MOBILE} ok ", 50_000), "digits": ("7", 1_700_000)}


@pytest.mark.parametrize("kind", LINES)
def test_five_megabytes_in_one_line(run, tmp_path, kind):  # noqa: F811  # the fixture
    part, size = LINES[kind]

    def scan(size):
        (tmp_path / "line.txt").write_text(part * size, encoding="utf-8")
        (found,) = (o for o in objects(run("scan", tmp_path, "--json", "--no-names").out) if o["type"] == "file")
        assert found["entities"].get("CN_MOBILE", 0) == part.count(MOBILE) * size

    assert growth(scan, size) < LINEAR


def test_control_characters_and_lone_surrogates(run, tmp_path):  # noqa: F811  # the fixture
    (tmp_path / "a.txt").write_text(f"\x01\x1b[31m\x7f手机{MOBILE}\x02\u202e", encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps({"\ud800": f"\udfff手机{MOBILE}", "x": "\ud83d"}))
    for name in ("a.txt", "b.json"):
        out = tmp_path / "out" / name
        out.parent.mkdir(exist_ok=True)
        done = run("scrub", tmp_path / name, "-o", out)
        assert done.code in {0, NOT_EXAMINED}
        assert MOBILE not in out.read_text(encoding="utf-8")
        json.loads(out.read_text()) if name.endswith("json") else None
        assert run("scan", tmp_path / name, "--json").code in {0, NOT_EXAMINED}


def test_hostile_names_do_not_steer_the_terminal(run, tmp_path):  # noqa: F811  # the fixture
    (tmp_path / "a\x1b[2J[red].csv").write_text(f"\x1b]0;x\x07,tel\n1,{MOBILE}\n", encoding="utf-8")
    done = run("scan", tmp_path)
    assert done.code == 0
    assert "\x1b" not in done.out
    assert "\x07" not in done.out


def test_a_file_that_changes_while_it_is_read(run, fails, tmp_path, monkeypatch):  # noqa: F811  # the fixtures
    from piiscrub.sources import encoding

    path = tmp_path / "a.txt"
    path.write_text(LINE, encoding="utf-8")
    found = encoding.detect

    def then_changed(stream, **more):
        result = found(stream, **more)
        path.write_bytes(LINE.encode("gbk"))
        return result

    monkeypatch.setattr(encoding, "detect", then_changed)
    assert "changed while" in fails("scrub", path, "-o", tmp_path / "out", code=NOT_EXAMINED)
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
