"""The places of a tagger made ready: without the label before them, both ends of a journey apart."""

from __future__ import annotations

from collections.abc import Iterator

from piiscrub.parse.address_zh import division_at
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.ner.gate import has_han
from piiscrub.recognize.ner.tagger import Span
from piiscrub.text.late import late

_ON_THE_WAY = late("(?<=..)[飞到至往](?=..)")


def both_ends(text: str, span: Span) -> Iterator[Span]:
    """仁川飞青岛 is two places, if the second is a division.

    >>> [(s.start, s.end) for s in both_ends("仁川飞青岛", Span(0, 5, "LOCATION", 0.4))]
    [(0, 2), (3, 5)]
    """
    m = _ON_THE_WAY.search(text, span.start, span.end) if span.end - span.start > 4 else None
    there = division_at(text, m.end()) if m else None
    if m is None or there is None or there[0] != span.end or m.start() - span.start < 2:
        yield span
        return
    score = max(span.score, worth.PLACE_ANNOUNCED)
    yield span._replace(end=m.start(), score=score)
    yield span._replace(start=m.end(), score=score)


_LEAD = late(r"[^，,。]{0,6}?(?:址|住地|所在地|位置)(?:[为是在：:\s]{0,3})")
_PLATE = late("[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新]$")


_NUMBER_OF_A_THING = late("〔[0-9]{4}〕|[0-9]次[0-9]{1,2}车|[GDCZTK][0-9]{1,4}次")  # 〔2024〕37号 of a paper, a seat in a train


def tidied(text: str, span: Span) -> Span | None:
    """A place of the tagger without the label before it; None for the front of a number plate and alike."""
    start, end = span.start, span.end
    if m := _LEAD.match(text, start, end + 4):
        if m.end() >= end:
            return None
        start = m.end()
    if _NUMBER_OF_A_THING.search(text, start, end):
        return None
    if text[start] in "喺搵" or text.startswith("住喺", start):
        start += 1 + (text[start] == "住")
    name = text[start:end]
    if end - start < 2 or not has_han(name):
        return None
    following = text[end : end + 1]
    if (
        any(c.isascii() and c.isalnum() for c in name)
        and end - start < 9
        and name[0] in "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
    ):
        return None
    if _PLATE.search(name) and end - start < 3 and following.isascii() and following.isalnum():
        return None
    return span._replace(start=start)
