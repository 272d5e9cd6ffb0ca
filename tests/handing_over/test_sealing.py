"""A sealed bundle: one file that only the recipient opens, and nothing in the clear beside it."""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

import piiscrub as ps
from piiscrub.errors import InputError, KeysError, MissingDependencyError, SourceError
from piiscrub.handing_over.manifest import MANIFEST, SIGNATURE
from tests.handing_over import making
from tests.handing_over.making import NOW


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ps.KeyRing, Path, ps.Bundle]:
    """A hand-over sealed to two recipients, the ring, the identity file of the second."""
    work = tmp_path_factory.mktemp("sealed")
    ring = ps.KeyRing.new(work / "keys")
    one, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    (work / "identity.txt").write_text(f"# created: now\n# public key: {other.to_public()}\n{other}\n")
    source = making.write(work / "customers.csv", making.rows())
    done = ps.handover(
        source, making.plan(source), out=work / "out", keys=ring, ledger=work / "ledger.jsonl", now=NOW,
        seal=[str(one.to_public()), str(other.to_public())],
    )  # fmt: skip
    return work / "out" / "bundle.age", ring, work / "identity.txt", done


def handed_out(secret: str) -> int:
    """A descriptor that a passphrase is read from."""
    back, forth = os.pipe()
    os.write(forth, f"{secret}\n".encode())
    os.close(forth)
    return back


def test_one_file_goes_out_and_nothing_in_the_clear_stays(sealed) -> None:
    path, ring, identity, done = sealed
    assert done.sealed
    assert "sealed" in repr(done)
    assert sorted(p.name for p in path.parent.iterdir()) == ["bundle.age", "record"]
    assert b"KH0000" not in path.read_bytes()
    report = ps.verify(path, sender=ring.public_key, identity=identity)
    assert report
    assert report.origin == "confirmed"
    assert report.files == 3
    assert done.manifest.raw == report.manifest.raw
    told = next(iter(ps.Ledger(path.parent.parent / "ledger.jsonl").entries())).fields["sealed"]
    assert len(told["recipients"]) == 2
    assert told["size"] == path.stat().st_size


def test_what_was_sealed_comes_out_whole_or_not_at_all(sealed, tmp_path: Path) -> None:
    path, ring, identity, _ = sealed
    assert ps.verify(path, sender=ring.public_key, identity=identity, out=tmp_path / "got")
    assert ps.verify(tmp_path / "got", sender=ring.public_key).origin == "confirmed"
    with pytest.raises(SourceError, match="there already"):
        ps.verify(path, identity=identity, out=tmp_path / "got")
    assert not ps.verify(path, sender=bytes(32), identity=identity, out=tmp_path / "other")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["got"]


def test_any_age_tool_and_tar_open_it(sealed) -> None:
    path, _, identity, _ = sealed
    key = pyrage.x25519.Identity.from_str(identity.read_text().splitlines()[-1])
    with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt(path.read_bytes(), [key]))) as archive:
        assert archive.getnames() == [
            f"bundle/{name}" for name in (MANIFEST, SIGNATURE, "data/customers.csv", "report.html", "report.md")
        ]


def test_a_changed_byte_anywhere_is_found(sealed, tmp_path: Path) -> None:
    path, ring, identity, _ = sealed
    good, chance = path.read_bytes(), random.Random(3)
    bad = tmp_path / "bundle.age"
    body = good.index(b"\n--- ")
    for at in [*range(0, body, 7), *(chance.randrange(body, len(good)) for _ in range(60))]:
        changed = bytearray(good)
        changed[at] ^= 1 << chance.randrange(8)
        bad.write_bytes(changed)
        try:
            report = ps.verify(bad, sender=ring.public_key, identity=identity, out=tmp_path / "got")
        except KeysError:  # the head does not fit its key any more
            continue
        # The stanza of the other recipient may be anything to us; the signature over the head is not.
        assert not report, at
        assert ("bundle.age", "it was changed, or cut off") in report.problems
    for cut in (b"", good[:-1], good[: body + 200], good + b"x"):
        bad.write_bytes(cut)
        try:
            assert not ps.verify(bad, identity=identity)
        except KeysError:
            assert len(cut) <= body + 200
    assert [p.name for p in tmp_path.iterdir()] == ["bundle.age"]


def test_a_passphrase_seals_and_opens(tmp_path: Path) -> None:
    ring = ps.KeyRing.new(tmp_path / "keys")
    source = making.write(tmp_path / "customers.csv", making.rows(9))
    seal = ps.Passphrase(descriptor=handed_out("correct horse battery"))
    ps.handover(source, making.plan(source), out=tmp_path / "out", keys=ring, now=NOW, seal=seal)
    path = tmp_path / "out" / "bundle.age"
    assert ps.verify(path, identity=ps.Passphrase(descriptor=handed_out("correct horse battery")))
    with pytest.raises(KeysError, match="not opened"):
        ps.verify(path, identity=ps.Passphrase(descriptor=handed_out("another word")))
    with pytest.raises(KeysError, match="12 characters"):
        ps.handover(
            source, making.plan(source), out=tmp_path / "more", keys=ring, seal=ps.Passphrase(descriptor=handed_out("short"))
        )
    assert not (tmp_path / "more").exists()


def test_what_cannot_be_is_said_before_anything_is_done(sealed, tmp_path: Path) -> None:
    path, ring, identity, _ = sealed
    source = making.write(tmp_path / "customers.csv", making.rows(9))
    for seal in ("age1nonsense", [], ["AGE-SECRET-KEY-1NONSENSE"]):
        with pytest.raises(InputError, match=r"recipient|public key") as caught:
            ps.handover(source, making.plan(source), out=tmp_path / "out", keys=ring, seal=seal)
        assert "nonsense" not in str(caught.value).lower()
    with pytest.raises(SourceError, match="identity"):
        ps.verify(path)
    with pytest.raises(InputError, match="folder"):
        ps.verify(tmp_path, identity=identity)
    (tmp_path / "other.txt").write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(KeysError, match="not opened"):
        ps.verify(path, identity=tmp_path / "other.txt")
    for text in ("", "# nothing\n", "AGE-SECRET-KEY-1NONSENSE\n", "é"):
        (tmp_path / "bad.txt").write_text(text, encoding="utf-8")
        with pytest.raises(KeysError, match=r"bad\.txt"):
            ps.verify(path, identity=tmp_path / "bad.txt")
    with pytest.raises(SourceError, match="cannot be read"):
        ps.verify(tmp_path / "nowhere.age", identity=identity)


def test_a_dry_run_seals_nothing(sealed, tmp_path: Path) -> None:
    _, ring, _, _ = sealed
    source = making.write(tmp_path / "customers.csv", making.rows(9))
    seal = str(pyrage.x25519.Identity.generate().to_public())
    done = ps.handover(source, making.plan(source), out=tmp_path / "out", keys=ring, now=NOW, seal=seal, dry_run=True)
    assert done.dry_run
    assert [p.name for p in tmp_path.iterdir()] == ["customers.csv"]


def test_without_the_extra_one_error_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['pyrage'] = None\n"
        "import piiscrub as ps\n"
        "from piiscrub.errors import MissingDependencyError\n"
        "from piiscrub.handing_over.sealing import Sealing\n"
        "try: Sealing('age1x')\n"
        "except MissingDependencyError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install '.[seal]'" in done.stdout
    assert MissingDependencyError("x", "seal").code


def _tarred(*members: tuple[tarfile.TarInfo, bytes], tail: bytes = b"") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for about, content in members:
            about.size = len(content) if about.isreg() else 0
            archive.addfile(about, io.BytesIO(content))
    return made.getvalue() + tail


def _file(name: str, content: bytes) -> tuple[tarfile.TarInfo, bytes]:
    return tarfile.TarInfo(name), content


def _odd(name: str, kind: bytes, link: str = "") -> tuple[tarfile.TarInfo, bytes]:
    about = tarfile.TarInfo(name)
    about.type, about.linkname = kind, link
    return about, b""


HOSTILE: dict[str, Callable[[bytes, bytes, bytes], bytes]] = {
    "nothing": lambda m, s, d: b"",
    "no tar": lambda m, s, d: b"no tar at all " * 99,
    "data first": lambda m, s, d: _tarred(_file("bundle/data/a.csv", d), _file(f"bundle/{MANIFEST}", m)),
    "no signature": lambda m, s, d: _tarred(_file(f"bundle/{MANIFEST}", m)),
    "outside": lambda m, s, d: _with(m, s, _file("elsewhere/a.csv", d)),
    "dots": lambda m, s, d: _with(m, s, _file("bundle/../../evil.csv", d)),
    "absolute": lambda m, s, d: _with(m, s, _file("/evil.csv", d)),
    "link": lambda m, s, d: _with(m, s, _odd("bundle/data/customers.csv", tarfile.SYMTYPE, "/etc/hostname")),
    "hard link": lambda m, s, d: _with(m, s, _odd("bundle/data/customers.csv", tarfile.LNKTYPE, f"bundle/{MANIFEST}")),
    "device": lambda m, s, d: _with(m, s, _odd("bundle/data/customers.csv", tarfile.FIFOTYPE)),
    "folder": lambda m, s, d: _with(m, s, _odd("bundle/data", tarfile.DIRTYPE)),
    "pax": lambda m, s, d: _with(m, s, _odd("bundle/x", tarfile.XHDTYPE)),
    "added": lambda m, s, d: _with(m, s, _file("bundle/data/customers.csv", d), _file("bundle/more.csv", d)),
    "twice": lambda m, s, d: _with(m, s, *[_file("bundle/data/customers.csv", d)] * 2),
    "larger": lambda m, s, d: _with(m, s, _file("bundle/data/customers.csv", d + b"more")),
    "long name": lambda m, s, d: _with(m, s, _file("bundle/" + "x/" * 6000 + "a", d)),
    "tail": lambda m, s, d: _tarred(*_head(m, s), tail=b"x" * 512),
    "foul manifest": lambda m, s, d: _tarred(*_head(b"{}", s), _file("bundle/data/customers.csv", d)),
}


def _head(manifest: bytes, signature: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
    return [_file(f"bundle/{MANIFEST}", manifest), _file(f"bundle/{SIGNATURE}", signature)]


def _with(manifest: bytes, signature: bytes, *more: tuple[tarfile.TarInfo, bytes]) -> bytes:
    return _tarred(*_head(manifest, signature), *more)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_tar_from_a_stranger_is_refused_and_writes_nothing(sealed, tmp_path: Path, name: str) -> None:
    path, ring, identity, _ = sealed
    ps.verify(path, identity=identity, out=tmp_path / "good")
    parts = [(tmp_path / "good" / part).read_bytes() for part in (MANIFEST, SIGNATURE, "data/customers.csv")]
    shutil.rmtree(tmp_path / "good")
    key = pyrage.x25519.Identity.from_str(identity.read_text().splitlines()[-1])
    bad = tmp_path / "bundle.age"
    bad.write_bytes(pyrage.encrypt(HOSTILE[name](*parts), [key.to_public()]))
    report = ps.verify(bad, sender=ring.public_key, identity=identity, out=tmp_path / "got")
    assert not report
    assert report.origin == "unverified"
    assert report.problems[0][0] == "bundle.age" or name == "nothing"
    assert [p.name for p in tmp_path.iterdir()] == ["bundle.age"]


def test_a_file_with_a_long_name_is_sealed_like_any(tmp_path: Path) -> None:
    ring = ps.KeyRing.new(tmp_path / "keys")
    key = pyrage.x25519.Identity.generate()
    (tmp_path / "id").write_text(str(key))
    source = making.write(tmp_path / f"{'订单明细' * 15}.csv", making.rows(9))
    ps.handover(source, making.plan(source), out=tmp_path / "out", keys=ring, now=NOW, seal=str(key.to_public()))
    report = ps.verify(tmp_path / "out" / "bundle.age", identity=tmp_path / "id", out=tmp_path / "got")
    assert report
    assert ps.verify(tmp_path / "got")
