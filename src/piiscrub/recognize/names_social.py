"""Names in posts of social networks: a given name and a surname that lists know, and hashtags that are made of one.

Taggers miss names there that anybody would know for names: they stand among handles, tags and half sentences. Elsewhere these
rules stay silent: in letters and articles the tagger knows better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Finding
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.words import latin_names
from piiscrub.text.late import late

_ID = "names"
_SIGN = late(
    r"(?<![A-Za-z0-9_.@/])(?:@ ?[A-Za-z0-9_]{2,30}(?![A-Za-z0-9_.@-]*\.[A-Za-z])|#[A-Za-z][A-Za-z0-9_]+|RT @?[A-Za-z0-9_]+ ?:)"
)
_PAIR = late(r"(?<![\w@#'’./-])(?P<given>[A-Z][a-z]{2,14})(?= (?P<surname>[A-Z][A-Za-z]{2,16})(?![\w@/]|['’](?!s\b)))")
_TAG = late(r"(?<![\w#@/&])#(?P<words>[A-Za-z]{5,30})(?!\w)")
_TAG_WORDS = late("(?P<given>[A-Z][a-z]{2,14})(?P<surname>(?:Mc|Mac|O)?[A-Z][a-z]{2,16})")
_TAG_LEAD = late("(?:RIP|Vote|Team|Free|Justice[Ff]or|JeSuis)(?=[A-Z][a-z])")
_POST = 280  # characters of a post at most


def social(text: str) -> bool:
    """Whether a text is written as posts are: with a handle, a hashtag or a repost.

    >>> social("RT @example: see you #soon"), social("Write to jane@example.com, room #12")
    (True, False)
    """
    return ("@" in text or "#" in text or "RT " in text) and _SIGN.search(text) is not None


def _post(text: str) -> bool:
    return social(text) or (len(text) <= _POST and "http" in text)


def _full_name(m: re.Match[str]) -> bool:
    return m["given"].lower() in latin_names("given") and m["surname"].lower().replace("’", "'") in latin_names("surname")


def social_names(text: str) -> Iterator[Finding]:
    """Names in a post; nothing in any other text.

    >>> text = "@example have you seen #JaneSmith with Mary Jones?"
    >>> [text[f.start : f.end] for f in social_names(text)]
    ['Mary Jones', '#JaneSmith']
    """
    if not _post(text):
        return
    for m in _PAIR.finditer(text):
        if _full_name(m):
            yield Finding("PERSON", m.start(), m.end("surname"), worth.NAMES_KNOWN, _ID, "listed")
    for m in _KIN.finditer(text):
        if m["given"].lower() in latin_names("given"):
            yield Finding("PERSON", m.start("given"), m.end(), worth.HASHTAG, _ID, "kin")
    for m in _TAG.finditer(text):
        lead = _TAG_LEAD.match(text, m.start("words"))
        words = _TAG_WORDS.fullmatch(text, lead.end() if lead else m.start("words"), m.end())
        if words and _full_name(words):
            yield Finding("PERSON", m.start(), m.end(), worth.HASHTAG, _ID, "hashtag")


_KIN = late(
    r"(?<![A-Za-z@#])(?:girlfriend|boyfriend|gf|bf|wife|wifey|husband|hubby|fiancee?|cousin|sister|sis|brother|son|daughter|niece|nephew"
    r"|uncle|aunt|auntie|bestie|bff|best friend|friend|roommate|classmate|neighbou?r|boss|coworker|colleague) "
    r"(?P<given>[A-Z][a-z]{2,14})(?![\w@/])",
)


_SURNAME = late("[A-Z][a-z]{3,16}")
_WORD = late(r"[A-Z](?<![\w@#/.][A-Z])[a-z]{3,16}(?![\w@/])")
_SECOND = late(r" (?:&|and) (?P<name>[A-Z][a-z]{2,14} [A-Z][A-Za-z]{2,16})(?![\w@/'’])")


def second_names(text: str, persons: Sequence[Finding]) -> Iterator[Finding]:
    """In a post: two words with capitals behind a full name and "and", and the surname of a full name once more.

    >>> text = "@example Mary Jones & Dodo Unheardof came, what a day for Jones"
    >>> [text[f.start : f.end] for f in second_names(text, [Finding("PERSON", 9, 19, 0.9, "names")])]
    ['Dodo Unheardof', 'Jones']
    """
    if not persons or not _post(text):
        return
    surnames: set[str] = set()
    for f in persons:
        name = text[f.start : f.end]
        if " " not in name or not name.isascii():
            continue
        if m := _SECOND.match(text, f.end):
            yield Finding("PERSON", m.start("name"), m.end("name"), worth.HASHTAG, _ID, "second")
        surname = name.rpartition(" ")[2]
        if _SURNAME.fullmatch(surname):
            surnames.add(surname)
    if not surnames:
        return
    covered = {at for f in persons for at in range(f.start, f.end)}
    for again in _WORD.finditer(text):
        if again.group() in surnames and covered.isdisjoint(range(*again.span())):
            yield Finding("PERSON", again.start(), again.end(), worth.HASHTAG, _ID, "again")


def whole_tags(text: str, found: Sequence[Finding]) -> list[Finding]:
    """The findings, those that are all of a hashtag but its sign with the sign.

    >>> [f.start for f in whole_tags("see #JaneSmith", [Finding("PERSON", 5, 14, 0.9, "names")])]
    [4]
    """
    return [f._replace(start=f.start - 1) if f.entity == "PERSON" and _fills_a_tag(text, f) else f for f in found]


def _fills_a_tag(text: str, f: Finding) -> bool:
    m = _TAG.match(text, f.start - 1) if f.start else None
    return m is not None and m.end() == f.end
