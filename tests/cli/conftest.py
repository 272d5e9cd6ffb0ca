"""Run the command line in this process and look at everything it says."""

from __future__ import annotations

import io
import sys
from typing import NamedTuple

import pytest

from piiscrub.cli import main


class Done(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys, monkeypatch):
    """Call with arguments; ``stdin`` is bytes."""
    for name in ("PIISCRUB_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Done(code, *capsys.readouterr())

    return call


@pytest.fixture
def fails(run):
    """Call, and see that it fails with one English and one Chinese line and nothing else."""

    def call(*arguments, code=2, stdin=b""):
        done = run(*arguments, stdin=stdin)
        english, chinese = done.err.strip().split("\n")
        assert done.code == code, done.err
        assert english.startswith("piiscrub: ")
        assert any("\u4e00" <= char <= "\u9fff" for char in chinese)
        assert done.out == ""
        assert "Traceback" not in done.err
        return english

    return call
