"""Files by the handle of their folder: whole or not at all, and never through a link."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from piiscrub.errors import SourceError
from piiscrub.lifecycle.places import Place, Root, walk


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "file.csv"
    path.parent.mkdir()
    path.write_bytes(b"old content")
    return path


def replace(path: Path, content: bytes) -> None:
    with Place.of(path).replacing() as (_, new):
        new.write(content)


def test_it_is_replaced_with_the_mode_it_had_and_the_old_content_is_overwritten(file: Path) -> None:
    file.chmod(0o604)
    with file.open("rb") as old:
        replace(file, b"new")
        assert old.read() == bytes(11)
    assert file.read_bytes() == b"new" and file.stat().st_mode & 0o777 == 0o604 and len(list(file.parent.iterdir())) == 1


def test_a_failure_leaves_it_as_it_was(file: Path) -> None:
    with pytest.raises(ZeroDivisionError), Place.of(file).replacing() as (_, new):
        new.write(b"half")
        1 / 0  # noqa: B018  # the failure
    assert file.read_bytes() == b"old content" and len(list(file.parent.iterdir())) == 1


def test_who_wrote_meanwhile_wins(file: Path) -> None:
    with pytest.raises(SourceError, match="changed meanwhile"), Place.of(file).replacing() as (_, new):
        new.write(b"ours")
        file.write_bytes(b"theirs, longer than before")
    assert file.read_bytes() == b"theirs, longer than before"


def test_what_a_crash_left_behind_goes_first(file: Path) -> None:
    place = Place.of(file)
    names: list[str] = []
    with pytest.raises(ZeroDivisionError), place.replacing():
        names += [p.name for p in file.parent.iterdir() if p.name != "file.csv"]
        1 / 0  # noqa: B018  # the failure
    (file.parent / names[0]).write_bytes(b"left by a crash")
    replace(file, b"new")
    assert file.read_bytes() == b"new" and [p.name for p in file.parent.iterdir()] == ["file.csv"]


def test_one_run_at_a_time_in_a_folder(file: Path) -> None:
    other = os.open(file.parent, os.O_RDONLY)
    try:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(SourceError, match="another run"):
            replace(file, b"new")
    finally:
        os.close(other)
    assert file.read_bytes() == b"old content"


@pytest.mark.parametrize("what", ["wipe", "open", "replacing"])
def test_no_link_is_followed(file: Path, tmp_path: Path, what: str) -> None:
    (file.parent / "link").symlink_to(file)
    (tmp_path / "folder").symlink_to(file.parent)
    root = Root.of(tmp_path)
    for place in (Place(root, "data/link"), Place(root, "folder/file.csv")):
        with pytest.raises(SourceError):
            if what == "wipe":
                place.wipe()
            else:
                with getattr(place, what)():
                    pass
    assert file.read_bytes() == b"old content"


def test_another_folder_of_the_name_is_refused(file: Path, tmp_path: Path) -> None:
    root = Root.of(file.parent)
    file.parent.rename(tmp_path / "moved")
    file.parent.mkdir()
    file.write_bytes(b"somebody else's")
    with pytest.raises(SourceError, match="another folder"):
        Place(root, "file.csv").wipe()
    assert file.read_bytes() == b"somebody else's"
    with pytest.raises(SourceError, match="another folder"):
        list(walk(root))


def test_a_file_that_is_read_only_is_its_owners_to_destroy(file: Path) -> None:
    file.chmod(0o400)
    assert Place.of(file).wipe() and not file.exists()
