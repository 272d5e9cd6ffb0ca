"""English words that a tagger takes for a person: joy in the morning, Appendix B, Mus musculus, the Axel."""

from __future__ import annotations

import re
from functools import cache

from piiscrub.reference.words import cue_words, is_listed, name_cues

_PART = re.compile(
    "(?:Appendix|Annex|Schedule|Exhibit|Figure|Fig|Table|Section|Part|Chapter|Plan|Option|Type|Group|Class|Phase|Unit|Zone|Grade|Lot)"
    r"\.? [A-Z0-9]{1,3}"
)
_SPECIES = re.compile(
    "[A-Z][a-z]{2,} (?P<second>[a-z]{2,}(?:us|um|ata|ensis|alis|aris|oides|ica|ans|ens|ii|iae|ula|osa|inus|ster|ator))"
)
_THE = re.compile("(?:^|[^A-Za-z])[Tt]he $")
_ENDS = re.compile(r"[,.;:!?)]|$| (?:and|or|was|were|is|are)\b")


def an_ordinary_word(text: str, start: int, end: int) -> bool:
    """Whether a word in small letters is one of everyday English, or of two words joined: joy, jack up the car, rose-hip.

    >>> [an_ordinary_word(text, 0, 4) for text in ("rose up", "jack up the car", "jack called")]
    [True, True, False]
    """
    word = text[start:end]
    return "-" in word or word in cue_words("small_word") or _order().match(word.title() + text[end : end + 12]) is not None


@cache
def _order() -> re.Pattern[str]:
    return re.compile(rf"(?:{name_cues('order')}) (?:up|down|off|the|a|an|all|it|them)\b")


def part_of_a_paper(text: str, start: int, end: int) -> bool:
    """Whether a stretch is a part of a paper, with its number: Annex C.

    >>> part_of_a_paper("in Annex C", 3, 10), part_of_a_paper("in Annex", 3, 8)
    (True, False)
    """
    return _PART.fullmatch(text, start, end) is not None


def of_no_person(text: str, start: int, end: int) -> bool:
    """Whether a stretch with capitals is a part of a paper, the Latin name of a species, or a figure with its article.

    >>> [of_no_person(text, 0, len(text)) for text in ("Appendix B", "Mus musculus", "Maria Rossi")]
    [True, True, False]
    >>> of_no_person("the Axel, the Lutz", 4, 8), of_no_person("the Roe family", 4, 7)
    (True, False)
    """
    if part_of_a_paper(text, start, end):
        return True
    if (m := _SPECIES.fullmatch(text, start, end)) and not (is_listed(m["second"], "surname") or is_listed(m["second"], "given")):
        return True
    return (
        " " not in text[start:end]
        and _THE.search(text, max(0, start - 5), start) is not None
        and _ENDS.match(text, end) is not None
    )
