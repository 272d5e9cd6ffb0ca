"""A bundle anybody can verify: whatever is changed, added or taken away shows, and nothing outside the folder is read."""

from __future__ import annotations

import base64
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from piiscrub.errors import InputError, SourceError
from piiscrub.handing_over.manifest import MANIFEST, SIGNATURE, Listed, Manifest, fingerprint, hashed, sign
from piiscrub.handing_over.paths import doubles, fault
from piiscrub.handing_over.verifying import verify
from piiscrub.keys.ring import KeyRing

CONTENT = {"data/orders.csv": b"id,amount\n1,20\n2,30\n", "data/notes.csv": b"note\nfine\n", "report.md": b"# Report\n"}


def write(folder: Path, ring: KeyRing, content: dict[str, bytes] = CONTENT) -> Path:
    files = []
    for name, data in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        with path.open("rb") as stream:
            sha, size = hashed(stream)
        files.append(Listed(name=name, sha256=sha, size=size, about={"rows": data.count(b"\n")}))
    made = Manifest(files=tuple(files), about={"recipient": "Example Ltd"}).to_bytes()
    (folder / MANIFEST).write_bytes(made)
    (folder / SIGNATURE).write_bytes(sign(made, ring))
    return folder


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.new(tmp_path / "keys")


@pytest.fixture
def bundle(tmp_path: Path, ring: KeyRing) -> Path:
    return write(tmp_path / "bundle", ring)


def test_an_untouched_bundle_is_good(bundle: Path, ring: KeyRing) -> None:
    report = verify(bundle)
    assert report and report.origin == "unverified" and report.files == 3
    assert repr(report).startswith("<VerifyReport: origin unverified")
    for sender in (
        ring.public_key,
        base64.b64encode(ring.public_key).decode(),
        fingerprint(ring.public_key),
        report.signer.lower(),
        ring.public_key.hex(),
    ):
        assert verify(bundle, sender=sender).origin == "confirmed"


def test_another_sender_is_not_this_one(bundle: Path, tmp_path: Path) -> None:
    other = KeyRing.new(tmp_path / "other")
    report = verify(bundle, sender=other.public_key)
    assert not report and report.origin == "unverified"
    (bundle / SIGNATURE).write_bytes(sign((bundle / MANIFEST).read_bytes(), other))
    assert verify(bundle) and not verify(bundle, sender=KeyRing.load(tmp_path / "keys").public_key)


@pytest.mark.parametrize("name", [*CONTENT, MANIFEST, SIGNATURE])
def test_every_changed_byte_is_found_and_its_file_named(bundle: Path, name: str) -> None:
    path, chance = bundle / name, random.Random(name)
    good = path.read_bytes()
    for at in range(len(good)):
        bad = bytearray(good)
        bad[at] ^= 1 << chance.randrange(8)
        path.write_bytes(bad)
        report = verify(bundle)
        assert not report.ok and any(file in (name, SIGNATURE) for file, _ in report.problems), at
    for bad_whole in (b"", good + b"\n", good[:-1], good + good):
        path.write_bytes(bad_whole)
        assert not verify(bundle)
    path.write_bytes(good)
    assert verify(bundle)


def _exchange(bundle: Path) -> None:
    a, b = bundle / "data/orders.csv", bundle / "data/notes.csv"
    one, two = a.read_bytes(), b.read_bytes()
    a.write_bytes(two)
    b.write_bytes(one)


def _link(bundle: Path) -> None:
    target = bundle.parent / "elsewhere.csv"
    target.write_bytes(CONTENT["data/notes.csv"])
    (bundle / "data/notes.csv").unlink()
    (bundle / "data/notes.csv").symlink_to(target)


def _linked_folder(bundle: Path) -> None:
    (bundle / "data").rename(bundle.parent / "moved")
    (bundle / "data").symlink_to(bundle.parent / "moved")


def _fifo(bundle: Path) -> None:
    (bundle / "report.md").unlink()
    os.mkfifo(bundle / "report.md")


CHANGES: dict[str, Callable[[Path], object]] = {
    "exchanged": _exchange,
    "missing": lambda b: (b / "report.md").unlink(),
    "added": lambda b: (b / "data/more.csv").write_bytes(b"x"),
    "empty folder": lambda b: (b / "data/more").mkdir(),
    "hidden file": lambda b: (b / ".hidden").write_bytes(b""),
    "link": _link,
    "linked folder": _linked_folder,
    "dangling link": lambda b: (b / "x").symlink_to("nowhere"),
    "fifo": _fifo,
    "no signature": lambda b: (b / SIGNATURE).unlink(),
    "no manifest": lambda b: (b / MANIFEST).unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_done_to_it_shows(bundle: Path, change: str) -> None:
    CHANGES[change](bundle)
    assert not verify(bundle)


def test_parts_of_an_older_bundle_do_not_fit(bundle: Path, tmp_path: Path, ring: KeyRing) -> None:
    older = write(tmp_path / "older", ring, {**CONTENT, "report.md": b"# Older\n"})
    for name in (MANIFEST, "report.md"):
        (bundle / name).write_bytes((older / name).read_bytes())
    assert not verify(bundle)


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/passwd", "a/../../x", "C:\\x", "c:x", "a\\b", "a//b", "./a", "a/", "con", "NUL.txt", "a\u0000", "e\u0301",
     "x ", "x.", "~/x", "a\u202eb", "", "a/" * 20 + "b"],
)  # fmt: skip
def test_unsafe_names_are_refused_even_when_signed(bundle: Path, ring: KeyRing, name: str) -> None:
    assert fault(name)
    made = Manifest(files=(Listed(name=name, sha256="0" * 64, size=0, about={}),), about={}).to_bytes()
    (bundle / MANIFEST).write_bytes(made)
    (bundle / SIGNATURE).write_bytes(sign(made, ring))
    report = verify(bundle)
    assert not report and (not name or name not in str(report.problems))


def test_names_that_differ_in_case_only_are_doubles() -> None:
    assert doubles(["a.csv", "A.CSV", "b"]) == ["A.CSV"]


def test_a_sender_that_is_no_key_is_refused(bundle: Path) -> None:
    for sender in ("", "xyz", b"short", "AAAA"):
        with pytest.raises(InputError):
            verify(bundle, sender=sender)


def test_no_folder_is_an_error_and_a_linked_one_too(tmp_path: Path, bundle: Path) -> None:
    (tmp_path / "link").symlink_to(bundle)
    for path in (tmp_path / "nothing", tmp_path / "link", bundle / MANIFEST):
        with pytest.raises(SourceError):
            verify(path)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [(MANIFEST, b'"format":1', b'"format":2'), (SIGNATURE, b'"format":1', b'"format":2'), (SIGNATURE, b"Ed25519", b"none")],
    ids=["version of the manifest", "version of the signature", "algorithm"],
)
def test_another_version_or_algorithm_is_refused_even_when_signed_again(
    bundle: Path, ring: KeyRing, name: str, old: bytes, new: bytes
) -> None:
    changed = (bundle / name).read_bytes().replace(old, new)
    (bundle / name).write_bytes(changed)
    if name == MANIFEST:
        (bundle / SIGNATURE).write_bytes(sign(changed, ring))
    report = verify(bundle, sender=ring.public_key)
    assert not report.ok
    assert report.origin == "unverified"
    assert name in {file for file, _ in report.problems}
