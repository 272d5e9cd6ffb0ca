"""What a tagger takes for a name in the text of programs: elements, keys, headers, classes, types of columns."""

from __future__ import annotations

from piiscrub.parse.program_text import about_a_program, in_program_text, joined_words, may_be_a_name
from piiscrub.recognize.ner.tagger import ORGANIZATION, PERSON, Span
from piiscrub.reference.words import is_listed
from piiscrub.text.late import late

_WORD = late("[A-Za-z]+(?:[_-][A-Za-z]+)*")
_CLASS = late(r"(?:[a-z][a-z0-9]*\.)+[A-Z][a-z]+[A-Z]\w*")  # o.s.web.DispatcherServlet
_LANGUAGE = late("[a-z]{2}-[A-Z]{2}")  # zh-CN
_ELEMENT = late(r"<(?:/?|/?[A-Za-z][A-Za-z0-9]*:)$")  # <Cdtr>, <ns2:CSRQ>
_ELEMENT_REACH = 2_000  # characters; to look through all of a log for each of its speakers would take its square
_HEADER = late("[A-Z][a-z]+(?:-[A-Z][a-z]+)+")  # Cache-Control
_BEGUN = late("(?:BEGIN|END):$")
_VOWEL = late("[AEIOUY]")
_NAME_OF_CODE = late("[A-Za-z][A-Za-z0-9_]*")
_SURE = 0.9
_GOES_ON = late(r"/[0-9]|\^[A-Z0-9]")  # Mozilla/5.0, ADT^A01
_SIZE = late(r"\([0-9]")  # VARCHAR(64)
_DECLARED = late(
    r"(?:^|[\n{};] {0,24}|\b(?:public|abstract|final|static|export) )(?:class|struct|interface|trait|enum|new|def) $"
)
_BODY = ("(", "{", ":")
_PARAMETER = late(";[A-Z-]{2,}=")  # ATTENDEE;ROLE=


def of_a_program(text: str, span: Span) -> bool:
    """Whether a word belongs to a program and to nobody.

    >>> text = "<Cdtr>Jane</Cdtr> Cookie: Max-Age=1"
    >>> [of_a_program(text, Span(start, end, "PERSON", 0.9)) for start, end in ((1, 5), (6, 10), (26, 33))]
    [True, False, True]
    """
    start, end = span.start, span.end
    word = text[start:end]
    if in_program_text(text, start, end):
        return True
    if " " in word:  # as in nearly all; what follows is about single words
        return _declared(text, start, end)
    if span.label != ORGANIZATION and joined_words(word):
        return True
    if _NAME_OF_CODE.fullmatch(word) and (span.label != PERSON or span.score < _SURE):
        identifier = joined_words(word) or not (word[0].isupper() or may_be_a_name(word))
        if identifier and about_a_program(text, start):
            return True
    if _declared(text, start, end) or _CLASS.fullmatch(word) or _LANGUAGE.fullmatch(word):
        return True
    if not _WORD.fullmatch(word):
        return False
    if _GOES_ON.match(text, end) or (_ELEMENT.search(text, max(0, start - 20), start) and _element(text, word, start)):
        return True
    if text.startswith("=", end):
        return word.isupper() or not is_listed(word, "given")
    if word.isupper():
        return (
            _SIZE.match(text, end) is not None
            or _PARAMETER.match(text, end) is not None
            or _BEGUN.search(text, max(0, start - 6), start) is not None
            or (span.label == PERSON and text.startswith(":", end) and _VOWEL.search(word) is None)  # JTZZ:
        )
    return text.startswith(":", end) and _HEADER.fullmatch(word) is not None and not any(map(_name, word.split("-")))


def _declared(text: str, start: int, end: int) -> bool:
    """Whether a program declares what stands there: class Baker(Person):"""
    return text.startswith(_BODY, end) and _DECLARED.search(text, max(0, start - 40), start) is not None


def _element(text: str, word: str, start: int) -> bool:
    """Whether an element of that name is closed near by: <Jane> is also how somebody is written who speaks in a channel."""
    low, high = max(0, start - _ELEMENT_REACH), start + _ELEMENT_REACH
    return text.find(f"/{word}>", low, high) >= 0 or text.find(f":{word}>", low, high) >= 0


def _name(word: str) -> bool:
    return is_listed(word, "given") or is_listed(word, "surname")
