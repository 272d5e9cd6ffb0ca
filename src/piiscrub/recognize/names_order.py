"""Names in Latin letters made whole: Doe, Jane is one name; a second surname behind a particle and Jr belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.parse.labels_en import label
from piiscrub.parse.names_zh import HAN
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.ner.tagger import Span
from piiscrub.reference.words import cue_words, is_listed, latin_names, name_cues, name_words
from piiscrub.text.late import late

_UP = "A-ZÀ-ÞĀ-ſ"
_SURNAME = late(rf"(?:(?:de|del|van|von|der|al|el|bin|le|la|da|dos|Mc|St\.?)[ ]){{0,2}}[{_UP}][\w'’-]+(?:[ ][{_UP}][\w'’-]+)?")
_GIVEN = late(rf"[{_UP}][\w'’-]*\.?(?:[ ][{_UP}][\w'’-]*\.?){{0,2}}")
_PARTICLES = frozenset("de del van von der den al el bin ibn le la da dos di mc st st.".split())
_FIELD = late(
    r"(?:^|\n|[ ]{2}|[|;\t])[ \t>\"']*$|(?:name|patient|pt|employee|manager|client|customer|applicant|claimant|insured|student"
    r"|attending|physician|provider|driver|member|defendant|plaintiff|tenant|guest|passenger|subject|contact|supervisor|resident|decedent|spouse"
    r"|holder|signed|by|from|to|cc|re)[ ]?[:=#.][ \t\"']{0,4}$",
    re.IGNORECASE,
)
_LIST_BEFORE = late(r"(?:, |; |\band |& )$")
_LIST_AFTER = late(rf",? (?:and|&) [{_UP}]|, ?[{_UP}](?!\.)(?!(?:Jr|Sr|MD|RN|PhD|Esq)\b)|,? [a-z]+ed\b")
_MORE = late(
    rf"(?:[ ](?:y|e|de|del|de la|de los|da|do|dos|das|van|van der|van den|von|bin|binti|bint|al|el|ibn)[ ](?:[{_UP}][\w'’-]+))?"
    r"(?:,?[ ](?:Jr|Sr)\b\.?|[ ](?:II|III|IV)\b|,[ ](?:II|III|IV)\b)?"
)


_HYPHENED = late(rf"-[{_UP}][a-zß-ž'’]{{1,20}}(?![\w@-])")  # Jane Roe-Poe, of whom the tagger saw Jane Roe

_LONGEST_PART = 5
_PART = late(r"(?:Jr|Sr|II|III|IV|R\.N|M\.D|Ph\.D|Esq)\.?")


def surname_first(text: str, persons: Sequence[Finding], tagged: Sequence[Span]) -> list[Finding]:
    """The findings; surname, comma and given name are one where a form, capitals, the tagger or lists of names say so.

    >>> text = "Patient: Doe, Jane Q."
    >>> found = [Finding("PERSON", 9, 12, 0.9, "n"), Finding("PERSON", 14, 21, 0.9, "n")]
    >>> [(f.start, f.end) for f in surname_first(text, found, ())]
    [(9, 21)]
    """
    out: list[Finding] = []
    for f in persons:
        last = out[-1] if out else None
        if last is not None and text[last.end : f.start] in (", ", ",") and _one(text, last, f, tagged):
            out[-1] = last._replace(end=f.end, score=max(last.score, f.score))
        else:
            out.append(_with_capitals(text, f))
    return out


_CAPITALS = late(rf"(?<![\w,'’-])[{_UP}]{{2}}[{_UP}'’-]*,[ ]?$")


def _with_capitals(text: str, f: Finding) -> Finding:
    """DOE, JOHN A. behind a label, of which only JOHN A. was seen."""
    if text[f.start - 1 : f.start] not in (" ", ",") or not text[f.start : f.end].isupper():
        return f
    m = _CAPITALS.search(text, max(0, f.start - 24), f.start)
    if m is None or not _FIELD.search(text, max(0, m.start() - 24), m.start()):
        return f
    return f._replace(start=m.start())


_HEADER = late(r"(?m)^[ \t>]*(?P<who>From|To|Cc|CC|cc|Bcc|BCC|bcc|发件人|收件人|抄送)[:：][ \t]*(?P<rest>[^\n]{3,600})")
_ENTRY = late(rf"[ \t]*[\"']?(?P<name>{_SURNAME.pattern}, {_GIVEN.pattern})[\"']?[ \t]*(?P<mail>[<(\[][^<>()]*[>)\]])?[ \t]*")


_ONE_NAME = late(rf"[ \t]*(?P<name>[{_UP}][a-zß-ž]{{2,20}})[ \t]*(?P<mail>[<(\[][^<>()]*[>)\]])?[ \t]*")


def recipients(text: str, persons: Sequence[Finding]) -> list[Finding]:
    """The findings, and in the header of an e-mail every surname, comma and given name between semicolons.

    >>> text = "To: Doe, Jane; Roe, Richard <r@example.com>"
    >>> [text[f.start : f.end] for f in recipients(text, [Finding("PERSON", 4, 7, 0.9, "names")])]
    ['Doe, Jane', 'Roe, Richard']
    >>> text = "To: Jane Roe; Lindiwe; Sales"
    >>> [text[f.start : f.end] for f in recipients(text, [Finding("PERSON", 4, 12, 0.9, "names")])]
    ['Jane Roe', 'Lindiwe']
    """
    out = list(persons)
    for header in _HEADER.finditer(text) if ":" in text or "：" in text else ():
        at = header.start("rest")
        entries = header["rest"].split(";")
        for entry in entries:
            m = _ENTRY.fullmatch(text, at, at + len(entry))
            at += len(entry) + 1
            if m is None and len(entries) > 1 and (one := _ONE_NAME.fullmatch(text, at - len(entry) - 1, at - 1)):
                m = one if one["name"].lower() not in cue_words("no_name") else None
            if m is None or not (len(entries) > 1 or m["mail"] or header["who"] in ("From", "发件人")):
                continue
            start, end = m.span("name")
            out = [f for f in out if f.end <= start or end <= f.start]
            out.append(Finding("PERSON", start, end, worth.LABEL_EN, "names", "label", context=(header["who"].lower(),)))
    return sorted(out, key=lambda f: f.start)


def _one(text: str, surname: Finding, given: Finding, tagged: Sequence[Span]) -> bool:
    if not (_SURNAME.fullmatch(text, surname.start, surname.end) and _GIVEN.fullmatch(text, given.start, given.end)):
        return False
    both = text[surname.start : given.end].isupper()
    words = text[given.start : given.end].split()
    if " " in text[surname.start : surname.end] and len(words) > 1 and _only(words[-1], "surname", "given"):
        return False  # JANE DOE, Mary Roe
    if text[surname.start : surname.end].isupper() and surname.end - surname.start > 2 and not both:
        return True  # DOE, Jane
    if _LIST_BEFORE.search(text, max(0, surname.start - 5), surname.start) or _LIST_AFTER.match(text, given.end):
        return False
    family, first = text[surname.start : surname.end], text[given.start : given.end].split()[0]
    if " " in family and not (family.isupper() or family.split()[0].lower() in _PARTICLES):
        return False  # Jane Doe, John
    if any(s.start <= surname.start and s.end >= given.end for s in tagged) or _FIELD.search(
        text, max(0, surname.start - 24), surname.start
    ):
        return family.isupper() or family.lower() not in latin_names("given") or family.lower() in latin_names("surname")
    if both and not text.isupper():
        return True  # DOE ROE, JANE in a sentence
    return _only(family, "surname", "given") and _only(first, "given", "surname")


def _only(word: str, kind: str, other: str) -> bool:
    letters = word.strip(".").lower()
    return letters in latin_names(kind) and letters not in latin_names(other)


_HAN_SURNAME = late(f"[ ]?(?P<surname>[{HAN}])(?![{HAN}0-9 ])")
_GAP = late(r"\s\s*")  # a search that begins with a set runs at memory speed
_TITLED = late(r"(?:Mr|Mrs|Ms|Dr|Prof|Nurse|RN|Pt|Officer|Detective|Sgt)\.?[ ](?=[^ ]{2})")


_INITIALS = late(r"(?<![\w.])(?!U\.[SK]\.|D\.C\.|P\.O\.|L\.A\.|N\.Y\.)(?:[A-Z]\.){2,4}[ ]$")


def _with_initials(text: str, f: Finding) -> Finding:
    """J.R.R. Roe, of whom the tagger saw Roe."""
    m = _INITIALS.search(text, max(0, f.start - 10), f.start) if text[f.start - 2 : f.start] == ". " else None
    return f._replace(start=m.start()) if m else f


_WORD_BEFORE = late(rf"(?<![\w@#.'’-])[{_UP}][A-Za-zÀ-ž]{{1,14}} $")


def _with_given(text: str, f: Finding) -> Finding:
    """Yaw Boakye Danso, of whom the tagger saw Boakye Danso."""
    if text[f.start - 1 : f.start] != " " or not text[f.start - 2 : f.start - 1].isalpha() or not text[f.start].isupper():
        return f
    m = _WORD_BEFORE.search(text, max(0, f.start - 17), f.start)
    if m is None:
        return f
    word = m.group().strip()
    if not is_listed(word, "given") or is_listed(word, "surname") or word.isupper() != text[f.start : f.end].isupper():
        return f
    if any(word.lower() in cue_words(kind) for kind in ("small_word", "place_too", "no_place", "no_name", "english")):
        return f
    return f._replace(start=m.start())


def _without_label(text: str, f: Finding) -> Finding:
    """Jane Doe Attending: …, without the label of the next field; Nurse Roe without the title."""
    if lead := _TITLED.match(text, f.start, f.end):
        f = f._replace(start=lead.end())
    for gap in _GAP.finditer(text, f.start, f.end):
        if label(text, gap.end(), f.end):
            return f._replace(end=gap.start())
    return f


@cache
def _can() -> re.Pattern[str]:
    """A second given name that is an English word, and the surname behind it: Mehmet Can Testov."""
    return re.compile(rf"[ ](?:{name_cues('second_given')})[ ](?:[{_UP}][a-zß-žıİ]{{1,20}}|[{_UP}]{{2,20}})(?![\w@])")


def completed(text: str, persons: Sequence[Finding]) -> list[Finding]:
    """The findings, with a second surname behind a particle and with Jr, Sr and III, without the label of the next field.

    >>> text = "Jane Doe y Roe III came"
    >>> [(f.start, f.end) for f in completed(text, [Finding("PERSON", 0, 8, 0.9, "n")])]
    [(0, 18)]
    """
    persons = [f for f in persons if f.end - f.start > _LONGEST_PART or not _PART.fullmatch(text, f.start, f.end)]
    out: list[Finding] = []
    starts = [*(f.start for f in persons[1:]), len(text)][: len(persons)]
    for f, following in zip(persons, starts, strict=True):
        if out and f.end <= out[-1].end:
            continue  # the surname of a name made whole
        f = _with_initials(text, _with_given(text, _without_label(text, f)))  # noqa: PLW2901  # the same name
        if out and f.start <= out[-1].start:
            out.pop()
        if " " in text[f.start : f.end] and text[f.end - 1].isascii():
            m = _HYPHENED.match(text, f.end) or _MORE.match(text, f.end)
            if m and f.end < m.end() <= following:
                f = f._replace(end=m.end())  # noqa: PLW2901  # the same name, made whole
        elif (m := _can().match(text, f.end)) and is_listed(text[f.start : f.end], "given"):
            f = f._replace(end=m.end())  # noqa: PLW2901  # the same name, made whole
        elif (
            text[f.start : f.end].isascii()
            and (m := _HAN_SURNAME.match(text, f.end))
            and m["surname"] in name_words("behind_latin")
        ):
            f = f._replace(end=m.end())  # noqa: PLW2901  # Steven 陈
        out.append(f)
    return out
