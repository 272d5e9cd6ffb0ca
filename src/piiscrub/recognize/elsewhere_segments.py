"""Fields of a patient's segment in HL7 version 2, which have a place and no name: ``PID|1||00123456||Doe^Jane||19900102|F``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from piiscrub.recognize.elsewhere_names import Place
from piiscrub.recognize.hits import Hits
from piiscrub.text.late import late

_SEGMENT = "PID|"
_COLUMNS = {3: "病历号", 7: "dob", 8: "sex", 19: "ssn"}
"""Number of the field → a column's name that says the same."""
_FIELD = late(r"[^|\r\n]{0,400}")
_PART = late(r"[^\^~&\s]+")
_WORD = late("[A-Za-z0-9]$")


def segments(text: str) -> bool:
    """Whether a text may hold such a segment."""
    return "|" in text and _SEGMENT in text


def in_segments(text: str, columns: Mapping[str, Hits]) -> Iterator[Place]:
    """The fields that are told by their place."""
    at = text.find(_SEGMENT)
    while at >= 0:
        start = at + len(_SEGMENT)
        if not (at and _WORD.match(text[at - 1])):
            for number in range(1, max(_COLUMNS) + 1):
                field = _FIELD.match(text, start)
                end = field.end() if field else start
                part = _PART.match(text, start, end)
                if part and (hits := columns.get(_COLUMNS.get(number, ""))):
                    yield Place(*part.span(), at, at + len(_SEGMENT), "column", hits)
                if not text.startswith("|", end):
                    break
                start = end + 1
        at = text.find(_SEGMENT, at + 1)
