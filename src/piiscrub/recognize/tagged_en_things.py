"""English words that a tagger takes for a person: joy in the morning, Appendix B, Mus musculus, the Axel."""

from __future__ import annotations

import re
from functools import cache

from piiscrub.reference.tables import rows
from piiscrub.reference.words import cue_words, is_listed, name_cues
from piiscrub.text.late import late

_PART = late(
    "(?:Appendix|Annex|Schedule|Exhibit|Figure|Fig|Table|Section|Part|Chapter|Plan|Option|Type|Group|Class|Phase|Unit|Zone|Grade|Lot)"
    r"\.? [A-Z0-9]{1,3}"
)
_SPECIES = late(
    "[A-Z][a-z]{2,} (?P<second>[a-z]{2,}(?:us|um|ata|ensis|alis|aris|oides|ica|ans|ens|ii|iae|ula|osa|inus|ster|ator))"
)
_THE = late("(?:^|[^A-Za-z])[Tt]he $")
_ENDS = late(r"[,.;:!?)]|$| (?:and|or|was|were|is|are)\b")


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


_JOINTS = (", ", " and ", " or ", " & ", "/")
_LISTED_BEFORE = late(r"(?P<other>[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?)(?:,? (?:and|or|&) |, |/)$")
_LISTED_BEHIND = late(
    r"(?:,? (?:and|or|&) |, |/)(?P<other>[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?)(?:,? (?:and|or|&) (?P<third>[A-Z][a-z]+))?"
)


@cache
def _things() -> frozenset[str]:
    """Products and brands of the table, in small letters, but for those that are given names as well: ruby, julia."""
    words = {
        word for kind, listed in rows("not_names_en") if kind in ("product", "brand", "science") for word in listed.split("|")
    }
    return frozenset(word for word in words if not is_listed(word, "given"))


def among_things(text: str, start: int, end: int) -> bool:
    """Whether a name stands in a row of products or brands; beside a given name two of them must stand.

    >>> text = "Hudson, Maven and Gradle; Unheardof and Terraform; Jane, Docker"
    >>> [among_things(text, a, b) for a, b in ((0, 6), (26, 35), (51, 55))]
    [True, True, False]
    """
    before = _LISTED_BEFORE.search(text, max(0, start - 30), start) if text.endswith(_JOINTS, 0, start) else None
    behind = _LISTED_BEHIND.match(text, end, end + 60) if text.startswith(_JOINTS, end) or text.startswith(",", end) else None
    if before is None and behind is None:
        return False
    others = [m.lower() for m in (before and before["other"], behind and behind["other"], behind and behind["third"]) if m]
    count = sum(other in _things() for other in others)
    return count > (1 if is_listed(text[start:end].split(" ")[0], "given") else 0)


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
