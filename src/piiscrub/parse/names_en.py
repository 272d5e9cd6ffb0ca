"""Names in Latin letters taken apart: title, given names, particles, surname, suffix."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from piiscrub.reference.words import cue_words, name_cues
from piiscrub.text.late import late

_PARTICLES = "de del della di da dos das du van von der den ter ten la le los las bin ibn al el af av zu y e st".split()
_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽΑ-ΩА-Я"
_LOW = "a-zß-öø-ÿāăąćčďđēėęěğģīįıķĺļľłńņňōőœŕřśşšţťūůűųźżžα-ωά-ώа-я"
_WORD = (
    rf"(?:[{_UP}]['’][{_UP}][{_LOW}]+|(?:Mc|Mac|Fitz)[{_UP}][{_LOW}]+|[{_UP}][{_LOW}'’]+|[{_UP}]{{2,20}}|[{_UP}]\.|[{_UP}"
    rf"](?![{_LOW}{_UP}'’]))"
)
_HYPHENED = rf"{_WORD}(?:-{_WORD}){{0,2}}"
_PARTICLE = rf"(?:(?:{'|'.join(_PARTICLES)})['’]?\s)"
_GENERATION = r"(?:,?[ ](?:Jr|Sr|II|III|IV|V|Esq)\b\.?)"
NAME = late(rf"{_PARTICLE}{{0,2}}{_HYPHENED}(?:[ ]{_PARTICLE}{{0,2}}{_HYPHENED}){{0,3}}{_GENERATION}?")
"""One to four capitalised words with particles, initials, hyphens, Jr and alike; degrees are no part of it."""


@cache
def titles() -> frozenset[str]:
    """What stands before a name, as it is written: Mr, Professor.

    >>> "Mrs" in titles(), "III" in suffixes()
    (True, True)
    """
    return cue_words("title")


@cache
def suffixes() -> frozenset[str]:
    """What stands behind a name: Jr, PhD."""
    return cue_words("degree")


@cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"^(?:{name_cues('title')})\b\.?\s+", re.IGNORECASE)


@cache
def _suffix_end() -> re.Pattern[str]:
    degrees = name_cues("degree").replace(".", r"\.")
    return re.compile(rf"(?:,?[ ](?:{degrees})\b\.?)+$")


class LatinName(NamedTuple):
    """Parts as written; a missing one is ""."""

    title: str
    given: str
    surname: str
    suffix: str


def split(name: str) -> LatinName:
    """A name taken apart; with a comma the surname stands first.

    >>> split("Dr. Maria de la Cruz Jr.")
    LatinName(title='Dr.', given='Maria', surname='de la Cruz', suffix='Jr.')
    >>> split("Smith, John")
    LatinName(title='', given='John', surname='Smith', suffix='')
    """
    title = suffix = ""
    if m := _title().match(name):
        title, name = m.group().strip(), name[m.end() :]
    if m := _suffix_end().search(name):
        suffix, name = m.group().strip(" ,"), name[: m.start()]
    if "," in name:
        surname, _, given = name.partition(",")
        return LatinName(title, given.strip(), surname.strip(), suffix)
    words = name.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    if len(words) < 2:
        return LatinName(title, "", name.strip(), suffix) if title else LatinName("", name.strip(), "", suffix)
    return LatinName(title, " ".join(words[:at]), " ".join(words[at:]), suffix)
