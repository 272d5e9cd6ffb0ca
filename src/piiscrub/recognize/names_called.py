"""Names in short notes, told by what somebody is: dad Greg, Jane Roe (tenant), (Roe, Jane), attn Mo, thx, amy; R-O-E.

Nobody owns the relative and no colon parts the role from the name; so a list has to know the name, and words that are no names
or places as often are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.vocabulary import heads
from piiscrub.reference.words import cue_words, is_listed, name_cues
from piiscrub.text.late import late

_ID = "names"
_UP, _LOW = "A-ZÀ-ÞĀ-ſ", "a-zß-ÿĀ-ſ"
_ONE = rf"[{_UP}][{_LOW}]{{1,14}}"
_LAST = rf"[{_UP}][\w'’-]{{1,20}}"
_BESIDE = late(rf"(?:[Aa]ttn|ATTN|[^\w]w/|^w/) (?P<name>{_ONE})(?=[.,;:)\n@]|$| [a-z@(0-9–—-])")
_ROLE_BEHIND = late(
    rf"(?<![\w'’.&-])(?<![{_UP}][{_LOW}] )(?P<first>{_ONE}(?:-{_ONE})?)(?: (?:[A-Z]\.? )?(?P<last>{_LAST}))?"
    r" \((?:the |our |my |his |her |their )?(?:[a-z]{3,10} )?(?P<role>[a-z]{3,13})(?:, [^()\n]{1,30})?\)"
)
_COUPLE = late(rf"(?P<first>{_ONE}(?:-{_ONE})?) (?P<last>{_LAST}) (?:&|and) $")
_IN_BRACKETS = late(rf"\((?P<last>(?:[DO]['’]|Mc|Mac)?{_LAST}), (?P<first>{_ONE})(?: [A-Z]\.?)?\)")
_END_OF_NOTE = late(
    r"(?:^|[\s.,!?])(?:x{2,3}|love|[Ll]ots of love|hugs|[Cc]heers|[Tt]hx|[Tt]ks|[Tt]a|[Tt]hanks|[Rr]gds|[Rr]egards"
    r"|[Kk]ind regards|BR|KR)"
    rf",? ?[-–—]? ?(?P<name>[{_UP}{_LOW}][{_LOW}]{{1,13}})(?:[ .!]?x{{0,3}})$"
)
_SPELLED = late(r"[A-Z](?=[ -][A-Z][ -])(?<![A-Za-z0-9-].)(?<![A-Z][ ].)(?:(?:-[A-Z]){3,15}|(?: [A-Z]){3,15})(?![A-Za-z0-9-])")
_LOGIN = late(r" (?P<name>[a-z]\.(?P<last>[a-z]{3,15}))(?![\w@(\[]|\.[A-Za-z0-9])")  # raised by j.smith
_BEFORE_LOGIN = late(r"(?<![A-Za-z])(?:by|from|cc|owner|assignee|reporter|approver|reviewer)[:=]?$")
_FIELD = late(
    r"(?:Surname|Last [Nn]ame|Family [Nn]ame|Forename(?:s|\(s\))?|(?:First|Given|Other|Middle) [Nn]ame(?:s|\(s\))?)[ \t]{1,4}"
    r"(?P<name>[A-ZÀ-Þ]{2,20}(?:[ '-][A-ZÀ-Þ]{2,20}){0,3})(?=[ \t]{2}|[\n,;|]|$)"
)
_FAMILIES = ("family", "twins", "household", "brothers", "sisters", "siblings", "children", "kids", "boys", "girls")
_FAMILY = late(rf"(?<![A-Za-z])[Tt]he (?P<name>{_ONE}(?:-{_ONE})?)(?= (?:{'|'.join(_FAMILIES)})\b)")
_NURSES = ("Nurse", "Sister", "Matron", "Officer", "Father", "Brother", "Captain")
_NURSE = late(rf"(?<![A-Za-z])(?:{'|'.join(_NURSES)}) (?P<name>{_ONE})(?=[.,;:!?)\n]|$|['’]s | [a-z(])")
_NURSE_HEADS = heads(_NURSES)
_CHAIRS = frozenset(
    "chair chairman chairwoman chairperson secretary treasurer tenant tenants landlord landlords buyer buyers seller sellers"
    " applicant applicants owner owners director directors minutes clerk host lead organiser organizer presenter trustee"
    " trustees".split()
)


_MORE_KIN = ("stepdad", "stepmum", "stepmom", "au pair", "pop", "granddad", "grandmum")


@cache
def _kin() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![A-Za-z'’-])(?:{name_cues('kin')}|{'|'.join(_MORE_KIN)}) "
        rf"(?P<first>{_ONE})(?: (?P<last>{_LAST}))?(?=[.,;:!?)\n]|$|['’]s | [a-z(0-9])"
    )


@cache
def _kin_heads() -> frozenset[str]:
    return heads((*cue_words("kin"), *_MORE_KIN))


def called_names(text: str, words: frozenset[str]) -> Iterator[Finding]:
    """Names beside what somebody is, at the end of a note, and letter by letter. ``words`` are those of the text.

    >>> from piiscrub.recognize.vocabulary import words_of
    >>> text = "dad Dieter or au pair Birgit; Ola Roe & Jane Roe (tenants), (O'Roe, Jane), attn Jo, it's J-A-N-E, cheers, rosa"
    >>> [text[f.start : f.end] for f in called_names(text, words_of(text))]
    ['Dieter', 'Birgit', 'Jo', 'Jane Roe', 'Ola Roe', "O'Roe, Jane", 'rosa', 'J-A-N-E']
    >>> text = "Surname ROE  Forename(s) JANE MAUD  Sex F; the Miller family, Nurse Rosa said, raised by j.smith, sent to e.g. it"
    >>> [text[f.start : f.end] for f in called_names(text, words_of(text))]
    ['ROE', 'JANE MAUD', 'Miller', 'Rosa', 'j.smith']
    >>> text = "dad Austin, Sky Bar (owner), (Paris, Texas), thanks man, manager Google, USB-C, A-B-C-D, PLAN A B C D"
    >>> [text[f.start : f.end] for f in called_names(text, words_of(text))]
    []
    """
    for m in _kin().finditer(text) if not _kin_heads().isdisjoint(words) else ():
        if _name(m["first"]):
            last = m["last"] and is_listed(m["last"], "surname")
            yield _found(m.start("first"), m.end("last") if last else m.end("first"), "kin")
    if "ttn " in text or "TTN " in text or "w/ " in text:
        for m in _BESIDE.finditer(text):
            if _name(m["name"]):
                yield _found(*m.span("name"), "beside")
    if " (" in text:
        for m in _ROLE_BEHIND.finditer(text):
            if m["role"] in _CHAIRS or m["role"] in cue_words("somebody"):
                yield from _with_role(text, m)
    if "(" in text and ", " in text:
        for m in _IN_BRACKETS.finditer(text):
            known = is_listed(m["last"], "surname") or m["last"][1] in "'’"
            if known and _name(m["first"]) and not is_listed(m["first"], "surname"):
                yield _found(m.start() + 1, m.end() - 1, "brackets")
    if "ame" in text:
        for m in _FIELD.finditer(text):
            yield _found(*m.span("name"), "label")
    if not words.isdisjoint(_FAMILIES):
        for m in _FAMILY.finditer(text):
            if all(is_listed(part, "surname") for part in m["name"].split("-")):
                yield _found(*m.span("name"), "family")
    for m in _NURSE.finditer(text) if not _NURSE_HEADS.isdisjoint(words) else ():
        if _name(m["name"]):
            yield _found(*m.span("name"), "title")
    if "." in text:
        for m in _LOGIN.finditer(text):
            if is_listed(m["last"], "surname") and _BEFORE_LOGIN.search(text, max(0, m.start() - 12), m.start()):
                yield _found(*m.span("name"), "initial")
    end = len(text.rstrip())
    signed = _END_OF_NOTE.search(text, max(0, end - _REACH), end)
    if signed and _name(signed["name"]):
        yield _found(*signed.span("name"), "signature")
    if "-" in text or " " in text:
        for m in _SPELLED.finditer(text):
            word = m.group().replace("-", "").replace(" ", "")
            if is_listed(word, "given") or is_listed(word, "surname"):
                yield _found(*m.span(), "spelled")


_REACH = 40  # characters at the end of a note


def _with_role(text: str, m: re.Match[str]) -> Iterator[Finding]:
    """The name before a role in brackets, and that of the other one of two with the same surname."""
    first, last = m["first"], m["last"]
    if last is None:
        if _name(first):
            yield _found(*m.span("first"), "role")
        return
    if not (_given(first) or (is_listed(last, "surname") and first.lower() not in cue_words("no_place"))):
        return
    yield _found(m.start("first"), m.end("last"), "role")
    other = _COUPLE.search(text, max(0, m.start() - 48), m.start())
    if other and (other["last"] == last or _given(other["first"])):
        yield _found(other.start("first"), other.end("last"), "role")


def _found(start: int, end: int, pattern: str) -> Finding:
    return Finding("PERSON", start, end, worth.GREETING, _ID, "called", context=(pattern,))


def _given(word: str) -> bool:
    return any(is_listed(part, "given") for part in word.split("-"))


def _name(word: str) -> bool:
    """Whether a list holds a given name that is no other word and no place as often."""
    low = word.lower()
    return is_listed(word, "given") and not any(
        low in cue_words(kind) for kind in ("small_word", "place_too", "no_place", "no_name")
    )
