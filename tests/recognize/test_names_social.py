"""Names in posts of social networks. All people, handles and tags are invented."""

from __future__ import annotations

import pytest

from piiscrub.recognize.named import named_from
from piiscrub.recognize.ner.tagger import PERSON, Span

POSTS = (
    ("@example have you met «Mary Jones» yet", "a given name and a surname that lists hold"),
    ("RT @example : «Mary Jones» 's new band", "a repost, cut into words"),
    ("Sloppy «Mary Jones» http://example.com", "short and with a link"),
    ("so proud of «#MaryJones» today @example", "a hashtag made of both"),
    ("«#RIPMaryJones» @example", "a hashtag with a word that is put before names"),
    ("@example «Mary Jones» & «Dodo Unheardof» are here", "the second of two"),
    ("@example «Mary Jones» was great, that is what «Jones» does", "the surname once more"),
    ("@example my cousin «Mary» says hi", "a relative"),
)
QUIET = (
    "@example Happy Monday from Green Valley",
    "@example #MondayMotivation #GreenValley",
    "@example my cousin Next says hi",
    "We met in Jones Street",
    "see #maryjones at mary@example.com",
)


@pytest.mark.parametrize(("marked", "why"), POSTS, ids=[str(n) for n in range(len(POSTS))])
def test_names_in_posts(marked: str, why: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    wanted = [part.split("»")[0] for part in marked.split("«")[1:]]
    assert [text[f.start : f.end] for f in named_from(text, []) if f.entity == "PERSON"] == wanted, why


@pytest.mark.parametrize("text", QUIET, ids=[str(n) for n in range(len(QUIET))])
def test_quiet_where_nothing_says_that_it_is_a_name(text: str) -> None:
    assert [f for f in named_from(text, []) if f.entity == "PERSON"] == []


def test_a_full_name_is_left_to_the_tagger_outside_of_posts() -> None:
    assert not [f for f in named_from("The Mary Jones prize went abroad.", []) if f.entity == "PERSON"]


def _persons(text: str, name: str, score: float) -> list[str]:
    start = text.index(name)
    found = named_from(text, [Span(start, start + len(name), PERSON, score)])
    return [text[f.start : f.end] for f in found if f.entity == "PERSON"]


def test_words_that_no_list_holds_count_less() -> None:
    assert _persons("Then Zzyx Qwvorp came in.", "Zzyx Qwvorp", 0.95) == ["Zzyx Qwvorp"]
    assert _persons("Then Zzyx Qwvorp came in.", "Zzyx Qwvorp", 0.55) == []
    assert _persons("@example Zzyx Qwvorp came", "Zzyx Qwvorp", 0.95) == []
    assert _persons("Then Zzyx da Qwvorp came in.", "Zzyx da Qwvorp", 0.55) == []
    assert _persons("@example Zzyx Jones came", "Zzyx Jones", 0.9) == ["Zzyx Jones"]


def test_a_span_that_fills_a_hashtag_takes_its_sign_along() -> None:
    assert _persons("see #Qwvorp soon", "Qwvorp", 0.99) == ["#Qwvorp"]
    assert _persons("see #QwvorpDay soon", "Qwvorp", 0.99) != ["#Qwvorp"]
