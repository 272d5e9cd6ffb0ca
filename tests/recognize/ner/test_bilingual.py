"""Two taggers behind one: who is asked, and whose answer stands. Names are invented."""

from __future__ import annotations

from collections.abc import Sequence

from piiscrub.recognize.ner.bilingual import BilingualTagger
from piiscrub.recognize.ner.gate import has_han
from piiscrub.recognize.ner.tagger import Span


class Says:
    """Answers with the same spans for every text that it is for."""

    def __init__(self, spans: list[Span], *, han: bool) -> None:
        self.spans, self.han, self.seen = spans, han, []

    def needs(self, text: str, /) -> bool:
        return has_han(text) == self.han

    def tag(self, texts: Sequence[str], /) -> list[list[Span]]:
        self.seen += texts
        return [self.spans for _ in texts]


def test_each_reads_its_own_and_english_wins_on_latin_letters():
    text = "请王小明 ask Jane Doe now"
    chinese = Says([Span(1, 4, "PERSON", 0.9), Span(9, 21, "PERSON", 0.6)], han=True)
    english = Says([Span(5, 13, "PERSON", 0.8)], han=False)
    found = BilingualTagger(chinese, english).tag([text, "no one"])
    assert [(text[s.start : s.end], s.score) for s in found[0]] == [("王小明", 0.9), ("Jane Doe", 0.8)]
    assert (chinese.seen, english.seen) == ([text], [" ask Jane Doe now", "no one"])


def test_what_the_english_tagger_does_not_see_stays():
    chinese = Says([Span(2, 6, "ORGANIZATION", 0.6)], han=True)
    assert BilingualTagger(chinese, Says([], han=False)).tag(["找 Acme 吧"]) == [[Span(2, 6, "ORGANIZATION", 0.6)]]
    assert BilingualTagger(chinese, None).tag(["找 Acme 吧"]) == [[Span(2, 6, "ORGANIZATION", 0.6)]]
