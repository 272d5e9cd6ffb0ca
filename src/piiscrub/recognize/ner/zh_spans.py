"""From tags of characters to spans that are worth reporting: joined, split, stripped of what is no part of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from piiscrub.recognize.ner.gate import HAN
from piiscrub.recognize.ner.tagger import ADDRESS, LOCATION, MAYBE, PERSON, Span
from piiscrub.recognize.ner.zh_network import KINDS, Tagged
from piiscrub.reference import surnames
from piiscrub.reference.words import name_words
from piiscrub.text.late import late

_BETWEEN_NAMES = late(r"[^\w·•・‧．.\-' ]+|(?<=[^A-Za-z.]) +| +(?=[^A-Za-z])")
_BETWEEN_PLACES = late(r"[、，,；;/\s|。！？!?：:\"“”‘’'()（）《》<>【】\[\]{}—…~～=+*#@]+")
_NEXT_FIELD = late(f"[，,；;。\\s]+[{HAN}]{{0,4}}址[：:]?")  # 户籍地址甲，通讯地址乙
_PLACES = (LOCATION, ADDRESS)
_EDGES = late(r"^[\W_]+|[\W_]+$")
_HAN_ONLY = late(f"[{HAN}]+")
_HAS_LETTER = late(f"[{HAN}A-Za-z]")
_DOTS = late("[·•・‧．-]")
# Characters that write foreign names: a word of these alone can be a name without a Chinese surname.
_FOREIGN = frozenset(
    "斯尔特克拉德尼夫基罗巴马卡里维亚诺莱布雷曼伊奇娜丽莎托安汉姆森登约翰迈彼得保查理乔治戴威廉露西艾琳萨大卫凯瑟"
    "爾羅馬維亞諾萊伊麗漢約邁羅查喬薩衛凱"
)


def spans(text: str, tagged: Tagged) -> list[Span]:
    """Spans of one chunk, offsets within it; the score is the network's probability at the span's weakest character."""
    found = [Span(start, end, MAYBE, score) for start, end, score in tagged.hints if _HAN_ONLY.fullmatch(text, start, end)]
    if tagged.words:
        found += _certain(text, tagged)
        found.sort()
    return found


def _certain(text: str, tagged: Tagged) -> list[Span]:
    found: list[Span] = []
    for begin, end, kind, score in tagged.words:
        for span in _pieces(text, begin, end, KINDS[kind], score):
            before = found[-1] if found else None
            if before and before.end == span.start and before.label in _PLACES and span.label in _PLACES:
                label = LOCATION if before.label == span.label == LOCATION else ADDRESS  # a street makes its city part of it
                found[-1] = Span(before.start, span.end, label, min(before.score, span.score))
            else:
                found.append(span)
    return found


def _pieces(text: str, begin: int, end: int, label: str, score: float) -> Iterator[Span]:
    if label in (PERSON, "nr"):
        for start, stop in _split(text, begin, end, _BETWEEN_NAMES):
            name = _title().sub("", text[start:stop]) or text[start:stop]
            if _HAS_LETTER.search(name) and (label == PERSON or _looks_like_name(name)):
                yield Span(start, start + len(name), PERSON, score)
    elif label == LOCATION:
        for start, stop in _split(text, begin, end, _BETWEEN_PLACES):
            if _HAS_LETTER.search(text, start, stop):
                yield Span(start, stop, LOCATION, score)
    else:  # brackets and commas belong to organisations and addresses
        for start, stop in _split(text, begin, end, _NEXT_FIELD if label == ADDRESS else None):
            if stop - start >= 2:
                yield Span(start, stop, label, score)


def _split(text: str, begin: int, end: int, between: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    """The parts between separators, without punctuation at their edges."""
    gaps = between.finditer(text, begin, end) if between else ()
    cuts = [begin, *(place for gap in gaps for place in gap.span()), end]
    for start, stop in zip(cuts[::2], cuts[1::2], strict=True):
        part = text[start:stop]
        core = _EDGES.sub("", part)
        if core:
            offset = part.index(core)
            yield start + offset, start + offset + len(core)


@cache
def _title() -> re.Pattern[str]:
    """A title that the weights count to the name; the name ends before it. 总 alone only after a surname: 张总."""
    return re.compile(f"(?:{'|'.join(sorted(name_words('behind')))})$")


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    return surnames.single(), surnames.compound()


def _looks_like_name(word: str) -> bool:
    """True for a surname and a given name, or what foreign names are written with."""
    single, compound = _surnames()
    if _DOTS.search(word):
        return len(word) >= 3
    foreign = sum(character in _FOREIGN for character in word)
    if 2 <= len(word) <= 4:
        return word[0] in single or word[:2] in compound or foreign >= len(word) - 1
    return 5 <= len(word) <= 8 and foreign * 2 >= len(word)
