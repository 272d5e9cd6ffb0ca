"""What is known of a person, as it is typed or handed over: all of it is taken, or it is said what is not."""

from __future__ import annotations

import io
import os
import sys

import pytest

from piiscrub.cli.known import known_from
from piiscrub.cli.outcome import UsageProblem


@pytest.fixture
def handed(tmp_path):
    def call(text: str) -> dict[str, list[str]]:
        (tmp_path / "known").write_text(text, encoding="utf-8")
        return known_from(os.open(tmp_path / "known", os.O_RDONLY))

    return call


@pytest.fixture
def typed(monkeypatch):
    def call(text: str) -> dict[str, list[str]]:
        stdin = io.StringIO(text)
        stdin.isatty = lambda: True
        monkeypatch.setattr(sys, "stdin", stdin)
        return known_from(None)

    return call


@pytest.mark.parametrize("end", ["\n", ""], ids=["an empty line", "Ctrl-D"])
def test_lines_are_typed_until_they_end(typed, end):
    assert typed(f"name: 张伟\n手机：14200000001\n{end}") == {"name": ["张伟"], "手机": ["14200000001"]}


def test_json_of_texts_numbers_and_lists(handed):
    told = '{"name": "张伟", "phone": [14200000001, "14200000002"]}'
    assert handed(told) == {"name": ["张伟"], "phone": ["14200000001", "14200000002"]}


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ('{"phone": "14200000001", "phone": "14200000002"}', "twice"),  # the last one alone would be searched for
        ('{"phone": null}', "texts and numbers"),
        ('{"phone": {"home": "14200000001"}}', "texts and numbers"),
        ('{"a":' + "[" * 100_000, "no JSON"),
        ("phone: 14200000001\n" * 60_000, "more than"),
    ],
    ids=["twice", "null", "nested", "deep", "long"],
)
def test_what_cannot_be_taken_is_said(handed, told, why):
    with pytest.raises(UsageProblem, match=why):
        handed(told)
