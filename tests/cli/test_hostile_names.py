"""Names of files and columns come from strangers: they steer no terminal, and one that no encoding holds stops nothing."""

from __future__ import annotations

import os
import sys

import pytest

ESCAPE = "\x1b[31mred"
BODY = f"phone,{ESCAPE}\n13800138000,1\n".encode()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    names = [f"{ESCAPE}.csv".encode(), "line\u2028end.csv".encode()]
    if sys.platform == "linux":  # elsewhere every name is text
        names.append(b"a\xff\xe5.csv")
    for name in names:
        (made / os.fsdecode(name)).write_bytes(BODY)
    return made


def test_names_that_steer_or_cannot_be_written(run, folder, tmp_path):
    plan, out, page = tmp_path / "plan.toml", tmp_path / "out", tmp_path / "a.html"
    said = []
    for asked in (
        ("scan", folder, "--no-names"),
        ("profile", folder, "--html", page),
        ("plan", folder, "-o", plan, "--policy", "balanced"),
        ("apply", folder, "--plan", plan, "-o", out, "--no-names"),
        ("apply", folder, "--plan", plan, "-o", out, "--no-names"),
    ):
        done = run(*asked)
        assert done.code == 0, done.err
        said.append(done.out)
    assert not any("\x1b" in one or "\u2028" in one for one in said)
    written = sorted(one.name for one in out.iterdir() if one.suffix == ".csv")
    assert written == [f"file_0{n}.csv" for n in range(1, len(list(folder.iterdir())) + 1)]
    assert said[-1].count("done in an earlier run") == len(written)
