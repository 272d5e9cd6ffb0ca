"""Opening, walking and writing files: formats by name, links, pipes, atomic output."""

from __future__ import annotations

import io
import os
import stat

import pytest

from piiscrub.errors import SourceError
from piiscrub.sources import NotExamined, Source, opened, walk, writing
from piiscrub.sources.folder import open_beneath


def state(path, **more):
    with opened(path, **more) as source:
        return source.cause if isinstance(source, NotExamined) else source.format


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"x", "text"),
        ("a.LOG", b"x", "text"),
        ("a.unknown", b"x", "text"),
        ("a", b"", "text"),
        ("a.csv", b"a,b\n", "csv"),
        ("a.TSV", b"a\tb\n", "tsv"),
        ("a.ndjson", b"{}\n", "jsonl"),
        ("a.json", b"{}", "json"),
        ("a.xlsx", b"PK\x03\x04\x14\0", "table"),
        ("a.csv.gz", b"\x1f\x8b\x08\0", "compressed"),
        ("a.pdf", b"%PDF-1.7\n", "no-reader"),
        ("a.png", b"\x89PNG\0", "binary"),
    ],
)
def test_format_by_name(tmp_path, name, content, expected):
    (tmp_path / name).write_bytes(content)
    assert state(tmp_path / name) == expected


def test_a_stream_that_cannot_seek():
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

    with opened(Pipe("手机号\n".encode("gbk"))) as source:
        assert isinstance(source, Source)
        assert source.encoding.codec == "gb18030"
        assert [p.raw for p in source.pieces()] == ["手机号\n"]
        assert [p.raw for p in source.pieces()] == ["手机号\n"], "it can be read twice"


def test_a_walk_stays_in_the_folder(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("x")
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (root / "b.txt").write_text("x")
    (root / "sub" / "a.txt").write_text("x")
    (root / "link.txt").symlink_to(outside / "secret.txt")
    (root / "way").symlink_to(outside)
    os.mkfifo(root / "pipe")
    assert list(walk(root)) == [
        "b.txt",
        NotExamined("link.txt", "link"),
        NotExamined("pipe", "not-a-file"),
        "sub/a.txt",
        NotExamined("way", "link"),
    ]
    for name in ("link.txt", "way/secret.txt", "pipe", "nowhere.txt"):
        with pytest.raises(OSError):
            open_beneath(root, name)


def test_a_walk_has_a_depth(tmp_path):
    (tmp_path / "/".join(["d"] * 70)).mkdir(parents=True)
    assert [entry.cause for entry in walk(tmp_path) if isinstance(entry, NotExamined)] == ["too-deep"]


def test_written_whole_and_for_the_owner_only(tmp_path):
    with writing(tmp_path / "out") as stream:
        stream.write(b"x")
        assert not (tmp_path / "out").exists()
        assert [stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()] == [0o600]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o600


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_nothing_is_left_after_an_error(tmp_path, error):
    with pytest.raises(error), writing(tmp_path / "out") as stream:
        stream.write(b"x")
        raise error
    assert list(tmp_path.iterdir()) == []


def refused(target, **more):
    with pytest.raises(SourceError) as caught, writing(target, **more):
        pass
    return caught.value.code


def test_never_over_the_input(tmp_path):
    source = tmp_path / "in.txt"
    source.write_text("x")
    (tmp_path / "soft").symlink_to(source)
    (tmp_path / "hard").hardlink_to(source)
    (tmp_path / "sub").mkdir()
    for target in (source, tmp_path / "soft", tmp_path / "hard", tmp_path / "sub" / ".." / "in.txt"):
        assert refused(target, inputs=[source], overwrite=True) == "source-same-file"
    with source.open() as stream:
        assert refused(source, inputs=[stream.fileno()], overwrite=True) == "source-same-file"
    assert source.read_text() == "x"


def test_never_over_another_file_unasked(tmp_path):
    (tmp_path / "out").write_text("old")
    assert refused(tmp_path / "out") == "source-exists"
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    assert refused(tmp_path / "dangling") == "source-exists"
    assert refused(tmp_path, overwrite=True) == "source-is-folder"
    assert refused(tmp_path / "no" / "out") == "source-no-folder"
    with writing(tmp_path / "out", overwrite=True) as stream:
        stream.write(b"new")
    assert (tmp_path / "out").read_text() == "new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes in folders")
def test_a_device_or_a_pipe_is_never_replaced_by_a_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/null")
    for target in (tmp_path / "pipe", tmp_path / "link"):
        assert refused(target, overwrite=True) == "source-is-device"
        assert refused(target) == "source-is-device"
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode) and (tmp_path / "link").is_symlink()


def test_a_file_that_appears_meanwhile_is_kept(tmp_path):
    def late():
        with writing(tmp_path / "out") as stream:
            stream.write(b"ours")
            (tmp_path / "out").write_text("theirs")

    with pytest.raises(SourceError) as caught:
        late()
    assert caught.value.code == "source-exists"
    assert (tmp_path / "out").read_text() == "theirs"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
