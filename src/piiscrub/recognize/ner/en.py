"""Names, places, organisations and street addresses in English text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from piiscrub.recognize.ner.en_capitals import with_capitals
from piiscrub.recognize.ner.en_tokens import tokens
from piiscrub.recognize.ner.one_thread import one_thread
from piiscrub.recognize.ner.tagger import ADDRESS, LOCATION, ORGANIZATION, PERSON, UNSURE, DoubtedSpan, Span
from piiscrub.reference.words import cue_words
from piiscrub.text.late import late

if TYPE_CHECKING:
    from piiscrub.recognize.ner.en_network import Entity, Network

WEIGHTS = Path(__file__).with_name("weights") / "en.npz"
_GROUPS = {"PERSON": PERSON, "GPE": LOCATION, "LOC": LOCATION, "FAC": LOCATION, "ORG": ORGANIZATION, "ADDRESS": ADDRESS}

# A capital letter with a letter behind it, or a word that people's names follow in text typed without capitals.
_CUE = late(
    r"[^\W\d_a-z]\.?[ ]?[^\W\d_]"
    r"|\b(?:names?|i am|i'm|im|this is|it's|its|mr|mrs|ms|dr|prof|dear|hi|hey|hello|thanks|thank you|regards|sincerely|contact"
    r"|from|to|by|with|for|and|at|in|call|ask|tell|met|cc|attn|signed|patient|customer|employee|applicant|user|born|née)\b"
)
_BETWEEN = late(r",? (?:and|&|or) |, ")
_LIST_GOES_ON = late(r"(?:, [^\W\d_][\w'’-]{0,30}){0,12},? (?:and|&|or) [^\W\d_]")
_PIECE = 20_000  # characters that are tagged at a time: bounds memory, whatever the text
_TOKENS = 2_000  # about as many tokens go through the network together
_EDGE = " \t\r\n\u00a0\"'“”‘’`*_~<>|,;:!?=\\"
_OPEN, _CLOSE = "([{", ")]}"


@cache
def _network() -> Network:
    from piiscrub.recognize.ner.en_network import Network

    return Network(WEIGHTS, _GROUPS)


class EnglishTagger:
    """Tags with the weights of this package; loads them with the first text, shares them between all its objects.

    Scores are probabilities of the network, the lowest along the span. Besides PERSON, LOCATION and ORGANIZATION it reports
    ADDRESS: a street line with what belongs to it.
    """

    def needs(self, text: str, /) -> bool:
        """True if a capitalised word or a word like ``name`` or ``dear`` is in the text.

        >>> EnglishTagger().needs("Dear John"), EnglishTagger().needs("price: 30 usd")
        (True, False)
        """
        return _CUE.search(text) is not None

    def tag(self, texts: Sequence[str], /) -> list[list[Span]]:
        """Spans of every text; equal texts get equal answers, whatever they are tagged together with."""
        found: list[list[Span]] = [[] for _ in texts]
        batch: list[tuple[int, int, list[tuple[int, int]]]] = []
        waiting = 0
        for number, text in enumerate(texts):
            for begin, piece in _pieces(text):
                cut = tokens(piece)
                batch.append((number, begin, cut))
                waiting += len(cut)
                if waiting >= _TOKENS:
                    _tag(texts, batch, found)
                    batch, waiting = [], 0
        _tag(texts, batch, found)
        return found


def _tag(texts: Sequence[str], batch: list[tuple[int, int, list[tuple[int, int]]]], found: list[list[Span]]) -> None:
    words = [with_capitals([texts[number][begin + a : begin + b] for a, b in cut]) for number, begin, cut in batch]
    with one_thread():
        read = _network().find(words)
    for (number, begin, cut), entities in zip(batch, read, strict=True):
        for entity in entities:
            span = _span(texts[number], begin, cut, entity)
            if span is not None:
                found[number].extend(_listed(texts[number], span))


def _span(text: str, begin: int, cut: list[tuple[int, int]], entity: Entity) -> Span | None:
    """The entity at offsets of the text, without punctuation at its ends; None if it is a handle, a link or nothing."""
    first, last = entity.start, entity.end - 1
    if entity.label == PERSON:
        # Titles and ranks are no part of a name; words that are names as well (King, Major, Dean) are none of the ranks.
        while first < last and text[begin + cut[first][0] : begin + cut[first][1]].rstrip(".").lower() in cue_words("rank"):
            first += 1
        while first < last and text[begin + cut[last][0] : begin + cut[last][1]].rstrip(".").lower() in cue_words("next_field"):
            last -= 1
    start, end = begin + cut[first][0], begin + cut[last][1]
    if entity.label == PERSON and " - " in text[start:end]:  # a singer and a song
        end = text.index(" - ", start)
    while start < end and (text[start] in _EDGE or text[start : start + 2] == "# "):
        start += 1
    while start < end and text[end - 1] in _EDGE:
        end -= 1
    if text[start:end].replace(" ", "").isalpha():  # as nearly all are: nothing to take off
        return _made(text, start, end, entity)
    value = text[start:end]
    for left, right in zip(_OPEN, _CLOSE, strict=True):  # one half of a pair of brackets
        if value.startswith(left) and right not in value:
            start += 1
        elif value.endswith(right) and left not in value:
            end -= 1
    if entity.label == PERSON and text[start:end].endswith(("'s", "’s")):
        end -= 2
    value = text[start:end]
    if "@" in value or "//" in value or not any(char.isalpha() for char in value):
        return None
    return _made(text, start, end, entity)


def _made(text: str, start: int, end: int, entity: Entity) -> Span:
    if entity.label == PERSON and text[start - 1 : start] == "#" and not text[end : end + 1].isalnum():
        start -= 1  # the whole tag is the name
    kinds = tuple([round(kind, 3) for kind in entity.kinds])
    return DoubtedSpan.of((start, end, UNSURE if entity.hint else entity.label, round(entity.score, 4)), kinds)


def _listed(text: str, span: Span) -> list[Span]:
    """The span, or its names one by one where it is part of a list: ``Ann, Ben, Cy and Dee`` holds no ``Ben, Cy``."""
    value = text[span.start : span.end]
    if span.label != PERSON or ", " not in value:
        return [span]
    parts = _BETWEEN.split(value)
    if any(" " in part for part in parts) or not (_LIST_GOES_ON.match(text, span.end) or len(parts) > 2):
        return [span]
    spans, start = [], span.start
    for part in parts:
        start = text.index(part, start)
        spans.append(span._replace(start=start, end=start + len(part)))
        start += len(part)
    return spans


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text in parts of bounded length, cut at the end of a line or sentence, else of a word, else anywhere."""
    begin = 0
    while len(text) - begin > _PIECE:
        low, high = begin + _PIECE // 2, begin + _PIECE
        for mark in ("\n\n", "\n", ". ", " "):
            place = text.rfind(mark, low, high)
            if place >= 0:
                high = place + len(mark)
                break
        yield begin, text[begin:high]
        begin = high
    if begin < len(text):
        yield begin, text[begin:] if begin else text
