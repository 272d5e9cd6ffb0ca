"""The texts of the speed benchmark with names are the same every time and are what their rows say."""

from __future__ import annotations

from benchmarks.speed import names
from piiscrub.recognize.ner.tagger import default_tagger


def test_texts_are_seeded_and_as_long_as_asked() -> None:
    for lang in ("zh", "en"):
        texts = names.documents(lang, 5_000)
        assert texts == names.documents(lang, 5_000)
        assert 5_000 <= sum(map(len, texts)) < 7_000
        assert all(map(default_tagger().needs, texts[:20]))


def test_figures_need_no_tagger() -> None:
    assert names.figures(2_000)
    assert not any(map(default_tagger().needs, names.figures(2_000)))
