"""The checkout that these tests look at."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "piiscrub"
ON_WHEEL = os.environ.get("PIISCRUB_TEST_WHEEL") == "1"
NOT_OURS = {".git", ".venv", ".venv-test", "dist", "build"}

needs_wheel = pytest.mark.skipif(not ON_WHEEL, reason="only when the installed wheel is tested (make test)")


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file under version control; without git, every file that is not made by a tool."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not NOT_OURS.intersection(path.relative_to(ROOT).parts)]
    return tuple(path for path in paths if path.is_file())


def tracked_text() -> list[tuple[str, str]]:
    """Name and text of each tracked file that is text."""
    texts = []
    for path in tracked_files():
        try:
            texts.append((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return texts


def python(code: str, *, cwd: Path | None = None, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run code in a new interpreter of this environment, away from the checkout's folders."""
    return subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=check
    )
