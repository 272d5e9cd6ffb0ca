"""The measure of names: its generated text, and a small run that no change may make worse."""

from __future__ import annotations

from benchmarks.quality import names

SMALL = 150  # sentences: enough to see a break, quick enough for every run


def found(text: str, entity: str) -> set[tuple[int, int]]:
    return {(a, b) for a, b, e, _ in names.ours(text) if e.removeprefix("CN_") == entity}


def test_generated_sentences_are_found():
    right = {"PERSON": 0, "ADDRESS": 0}
    wanted, reported = dict(right), dict(right)
    for record in names.generated(SMALL):
        for label in right:
            gold = {(s["start"], s["end"]) for s in record["spans"] if s["label"] == label}
            mine = found(record["text"], label)
            right[label] += len(gold & mine)
            wanted[label] += len(gold)
            reported[label] += len(mine)
    f1 = {label: 2 * right[label] / (wanted[label] + reported[label]) for label in right}
    assert f1["PERSON"] > 0.94
    assert f1["ADDRESS"] > 0.93


def test_text_without_names_has_few_persons():
    for lang, most in (("zh", 2), ("en", 4)):
        texts = (names._HERE / f"no_names_{lang}.txt").read_text(encoding="utf-8").splitlines()
        assert sum(len(found(text, "PERSON")) for text in texts) <= most


def test_the_generated_set_is_the_same_every_time():
    assert names.generated(3) == names.generated(3)
    assert all(s["end"] <= len(r["text"]) for r in names.generated(20) for s in r["spans"])
