"""A user's script type-checks under `mypy --strict` against the installed package."""

from __future__ import annotations

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


def mypy(path, cache):
    return subprocess.run(
        [sys.executable, "-P", "-m", "mypy", "--strict", "--config-file=", "--cache-dir", str(cache), str(path)],
        cwd=path.parent,
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
    done = mypy(script, tmp_path / "cache")
    assert done.returncode == 0, done.stdout.replace(str(ROOT), "")
    done = mypy(wrong, tmp_path / "cache")
    assert 'has no attribute "text"' in done.stdout
    assert 'expression has type "str"' in done.stdout
