"""What an earlier run has finished, read from a journal whose last line may have been cut."""

from __future__ import annotations

import json

import pytest

from piiscrub.cli.resuming import NAME, Journal
from piiscrub.keys.bound import BoundKeys
from piiscrub.keys.ring import KeyRing


@pytest.mark.parametrize(
    "torn", [b'{"file": "b', '{"file": "客'.encode()[:-1], b'{"file": "b.csv"}'], ids=["line", "character", "end"]
)
def test_a_line_that_was_cut_takes_no_other_with_it(tmp_path, torn):
    plan, source = tmp_path / "plan.toml", tmp_path / "a.csv"
    plan.write_text("", encoding="utf-8")
    source.write_text("x", encoding="utf-8")

    def journal():
        return Journal(tmp_path, plan=plan, options="", keys=BoundKeys(KeyRing.ephemeral()))

    (tmp_path / NAME).write_bytes(torn)
    journal().note("a\u2028.csv", source, random=True)
    again = journal()
    assert again.ours("a\u2028.csv") and again.done("a\u2028.csv", source, source) and again.random
    assert json.loads((tmp_path / NAME).read_bytes().split(b"\n")[1])["random"]
