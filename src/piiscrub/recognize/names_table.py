"""Names in the columns of a small table of plain text, below first and last, surname, or name beside what only persons have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piiscrub.model.finding import Finding
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.words import cue_words
from piiscrub.text.late import late

_ID = "names"
_ENDS = ("ame", "last", "first", "surname", "given")  # one stands in every header
_HEADER = late(r"[nNlLfFsSgG](?i:(?<=n)ame|(?<=l)ast|(?<=f)irst|(?<=s)urname|(?<=g)iven)\"?[ \t]*[,;|\t]")
_CELL = late(r"[A-Za-z][A-Za-z0-9 _/#.-]{0,29}")
_NAME = late(r"[A-ZÀ-ÞĀ-ſ][\w'’.-]{1,24}(?: [A-ZÀ-ÞĀ-ſ][\w'’.-]{0,24}){0,3}")
_PARTS = frozenset(
    "firstname lastname surname givenname familyname middlename forename fullname customername patientname employeename"
    " contactname membername studentname clientname".split()
)
_OF_PERSONS = frozenset(
    "dob birthdate dateofbirth birthday phone mobile tel telephone cell email mail ssn age sex gender salary mrn address"
    " zip".split()
)
_SEPARATORS = (",", ";", "\t", "|")
_WIDEST = 400  # characters of a line that is a row


def table_names(text: str) -> Iterator[Finding]:
    r"""Names below the names of such columns.

    >>> text = "id,first,last,dob\n1,Bogdan,Testescu,1969\n2,Ngaire,Te Roe,1991\nname,version\nFlask,3"
    >>> [text[f.start : f.end] for f in table_names(text)]
    ['Bogdan', 'Testescu', 'Ngaire', 'Te Roe']
    """
    if "\n" not in text:
        return
    small = text.lower()
    if not any(end in small for end in _ENDS):
        return
    done = 0
    for m in _HEADER.finditer(text):
        if m.start() < done:
            continue
        low = text.rfind("\n", 0, m.start()) + 1
        high = text.find("\n", m.start())
        done = high
        if high < 0 or high - low > _WIDEST:
            if high < 0:
                return
            continue
        separator = m.group()[-1]
        columns = _columns(text[low:high].split(separator))
        if not columns:
            continue
        at, size = high + 1, text.count(separator, low, high)
        while at < len(text):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if end - at > _WIDEST or text.count(separator, at, end) != size:
                break
            yield from _cells(text, at, end, separator, columns)
            done = at = end + 1


def _columns(cells: list[str]) -> frozenset[int]:
    """The numbers of the columns that hold names."""
    words = [cell.strip(" \t\r\"'") for cell in cells]
    if len(words) < 2 or not all(word == "" or _CELL.fullmatch(word) for word in words):
        return frozenset()
    keys = [re.sub("[ _.-]", "", word.lower()) for word in words]
    parts = set(_PARTS)
    if {"first", "last"} <= set(keys):
        parts |= {"first", "last", "middle"}
    if not _OF_PERSONS.isdisjoint(keys):
        parts.add("name")
    return frozenset(number for number, key in enumerate(keys) if key in parts)


def _cells(text: str, at: int, end: int, separator: str, columns: frozenset[int]) -> Iterator[Finding]:
    for number, cell in enumerate(text[at:end].split(separator)):
        value = cell.strip(" \t\r\"'")
        if number in columns and _NAME.fullmatch(value) and value.lower() not in cue_words("no_name"):
            start = at + cell.index(value)
            yield Finding("PERSON", start, start + len(value), worth.LABEL_EN, _ID, "column", context=("name",))
        at += len(cell) + 1
