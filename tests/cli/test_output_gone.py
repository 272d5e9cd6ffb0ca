"""What is said, and which exit code there is, where the output cannot be written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")


def command(*arguments, out):
    """The real command with its own standard output: a pipe nobody reads, or a disk that is full."""
    return subprocess.run(
        [sys.executable, "-m", "piiscrub.cli", *map(str, arguments)], stdout=out, stderr=subprocess.PIPE, text=True, check=False
    )


@pytest.fixture
def unread():
    """A pipe whose reader has gone."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("电话13800138000\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "asked", [("scan", "--no-names", "--fail-on-findings"), ("scan", "--no-names", "--json")], ids=["for people", "for programs"]
)
def test_a_scan_that_nobody_reads_does_not_say_that_all_is_well(asked, text, unread):
    done = command(*asked, text, out=unread)
    assert done.returncode == 141 and done.stderr == ""


@pytest.mark.parametrize("asked", ["--help", "--version"])
def test_help_that_nobody_reads_is_no_fault(asked, unread):
    done = command(asked, out=unread)
    assert done.returncode == 141 and done.stderr == ""


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
@pytest.mark.parametrize("asked", [("policies",), ("policies", "--json"), ("--version",)], ids=["table", "lines", "one line"])
def test_a_full_disk_is_said(asked):
    with FULL.open("w") as full:
        done = command(*asked, out=full)
    english, chinese = done.stderr.strip().split("\n")
    assert done.returncode == 2
    assert english.startswith("piiscrub: the system refuses it: No space left on device") and "/" not in english
    assert chinese == "无法读取或写入文件。"
