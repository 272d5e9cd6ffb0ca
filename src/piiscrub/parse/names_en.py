"""Names in Latin letters taken apart: title, given names, particles, surname, suffix."""

from __future__ import annotations

import re
from typing import NamedTuple

TITLES = (
    "Mr Mrs Ms Miss Mx Dr Prof Professor Sir Dame Lord Lady Rev Reverend Fr Father Sister Brother Hon Judge Justice Capt Captain"
    " Col Colonel Lt Lieutenant Sgt Sergeant Maj Major Gen General Adm Admiral Cpl Officer Detective Inspector Nurse Madam Madame"
    " Mme Mlle Monsieur Herr Frau Señor Señora Sra Srta Doctor Attorney Senator Congressman Congresswoman Ambassado"
    "r Pastor Rabbi Imam Cllr Councillor Constable Supt Superintendent Smt Shri Datuk Dato Puan Encik Sheikh Monsignor Señorita"
).split()
SUFFIXES = "Jr Sr II III IV V Esq PhD Ph.D MD M.D DDS JD CPA RN MBA QC KC OBE MBE CBE".split()
_PARTICLES = "de del della di da dos das du van von der den ter ten la le los las bin ibn al el af av zu y e st".split()
_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽΑ-ΩА-Я"
_LOW = "a-zß-öø-ÿāăąćčďđēėęěğģīįıķĺļľłńņňōőœŕřśşšţťūůűųźżžα-ωά-ώа-я"
_WORD = (
    rf"(?:[{_UP}]['’][{_UP}][{_LOW}]+|(?:Mc|Mac|Fitz)[{_UP}][{_LOW}]+|[{_UP}][{_LOW}'’]+|[{_UP}]{{2,20}}|[{_UP}]\.|[{_UP}"
    rf"](?![{_LOW}{_UP}'’]))"
)
_HYPHENED = rf"{_WORD}(?:-{_WORD}){{0,2}}"
_PARTICLE = rf"(?:(?:{'|'.join(_PARTICLES)})['’]?\s)"
_SUFFIX = rf"(?:,?[ ](?:{'|'.join(map(re.escape, SUFFIXES))})\b\.?)"
_GENERATION = r"(?:,?[ ](?:Jr|Sr|II|III|IV|V|Esq)\b\.?)"
NAME = re.compile(rf"{_PARTICLE}{{0,2}}{_HYPHENED}(?:[ ]{_PARTICLE}{{0,2}}{_HYPHENED}){{0,3}}{_GENERATION}?")
"""One to four capitalised words with particles, initials, hyphens, Jr and alike; degrees are no part of it."""

_TITLE = re.compile(rf"^(?:{'|'.join(TITLES)})\b\.?\s+", re.IGNORECASE)
_SUFFIX_END = re.compile(rf"{_SUFFIX}+$")


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
    if m := _TITLE.match(name):
        title, name = m.group().strip(), name[m.end() :]
    if m := _SUFFIX_END.search(name):
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
