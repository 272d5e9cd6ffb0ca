"""Killed with SIGKILL in the middle of retention, destruction and shredding: the benchmark does 200 points, this a dozen."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.house.checkout import ROOT


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills children made by fork")
def test_a_dozen_crashes_leave_nothing_half_done() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.crash", "--points", "12", "--seed", "7"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "12 points, 0 wrong" in done.stdout
