"""A user's script type-checks under `mypy --strict` against the installed package."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.house.checkout import ROOT, needs_wheel

SCRIPT = '''
"""A script as a user would write it."""

from collections.abc import Iterator

import polars as pl

import piiscrub as ps
from piiscrub.errors import PiiscrubError


def entities(text: str) -> list[str]:
    result = ps.scan(text, policy="review", entities=["PHONE_NUMBER"])
    first: str = result.value(result.findings[0])
    assert first
    return [finding.entity for finding in result.findings]


def scrubbed(texts: list[str]) -> Iterator[str]:
    for result in ps.scrub_many(texts, policy="balanced", workers=1):
        yield result.text


def counted(text: str) -> int:
    try:
        return sum(decision.kept for decision in ps.scrub(text).decisions)
    except PiiscrubError as error:
        raise SystemExit(error.code) from error


def shared(df: pl.DataFrame) -> pl.DataFrame:
    return ps.apply(df, ps.plan(df)).frame


def told(done: ps.TableScrub) -> int:
    return len(done.evidence.columns)


scrubber = ps.Scrubber(policy=ps.load_policy("strict"))
print(str(scrubber.explain("x", 0, 1)), len(ps.recognizers()), len(ps.entities()), len(ps.policies()))
'''

WRONG = """
import piiscrub as ps

print(ps.scan("x").text)
frame: int = ps.apply("x", ps.plan("x")).frame
"""


def mypy(*paths):
    """Both scripts are read by one run: reading all that they import takes most of the time."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "mypy", "--strict", "--config-file=", "--cache-dir", os.devnull, *map(str, paths)],
        cwd=paths[0].parent,
        capture_output=True,
        text=True,
        check=False,
    )


@needs_wheel
@pytest.mark.slow
def test_a_script_checks(tmp_path):
    script, wrong = tmp_path / "script.py", tmp_path / "wrong.py"
    script.write_text(SCRIPT, encoding="utf-8")
    wrong.write_text(WRONG, encoding="utf-8")
    done = mypy(script, wrong)
    said = done.stdout.replace(str(ROOT), "").splitlines()
    errors = [line for line in said if ": error:" in line]
    assert [line for line in errors if not line.startswith("wrong.py:")] == [], said
    assert len(errors) == 2
    assert 'has no attribute "text"' in errors[0]
    assert 'expression has type "str"' in errors[1]
    assert said[-1] == "Found 2 errors in 1 file (checked 2 source files)"
