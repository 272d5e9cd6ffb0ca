"""The generator of tables for the benchmark."""

from __future__ import annotations

import pandas as pd
import pytest

import piiscrub as ps
from benchmarks.speed.generate import KB, candidates
from benchmarks.tables import generate
from benchmarks.tables.__main__ import plan


@pytest.mark.parametrize("language", generate.HEADERS)
def test_a_table_is_the_same_every_time_and_its_identity_numbers_are_whole(language):
    frame = generate.table(language, 200)
    pd.testing.assert_frame_equal(frame, generate.table(language, 200))
    assert list(frame.columns) == list(generate.HEADERS[language])
    ids = frame.iloc[:, 4]
    if language == "zh":
        assert {f.check for one in ids.head(20) for f in ps.scan(one).findings} == {"passed"}


def test_notes_are_distinct_of_the_stated_size_and_as_dense_as_stated():
    notes = generate.notes(500)
    assert len(set(notes)) == len(notes) == 500
    assert 60 < sum(map(len, notes)) / 500 < 130
    assert 6.5 < sum(map(candidates, notes)) / sum(len(note.encode()) for note in notes) * KB < 8


def test_the_timed_plan_fits_its_table():
    done = ps.apply(generate.table("zh", 50), plan(generate.table("zh", 50)))
    assert done.evidence.failures == 0
    assert [c.action for c in done.evidence.columns].count("transform") == 4
