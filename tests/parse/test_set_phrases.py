from __future__ import annotations

from piiscrub.parse.set_phrases import in_set_phrase
from piiscrub.reference.tables import rows


def test_every_phrase_hides_its_name_and_nothing_behind_it() -> None:
    hidden = 0
    for name, phrases in rows("set_phrases"):
        for phrase in phrases.split("|"):
            at = phrase.find(name)
            if at >= 0:
                assert in_set_phrase(phrase, at, at + len(name)), phrase
                behind = len(phrase) + 1
                assert name == phrase or not in_set_phrase(f"{phrase} {name}", behind, behind + len(name)), phrase
                hidden += 1
    assert hidden > 100


def test_a_phrase_begins_with_a_word() -> None:
    assert not in_set_phrase("unplain jane", 8, 12)
    assert in_set_phrase("a Plain Jane", 8, 12)
