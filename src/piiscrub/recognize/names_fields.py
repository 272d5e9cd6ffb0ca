"""Names in Latin letters that lists of names and what stands around them tell together.

Behind the role of somebody in a record (Reporter: Will Roe), in small letters behind a label (first name: will), before a word
that says he or she, behind good wishes, and between two names of a list. Each rule asks for a listed name, since the words
before it announce other things as well (Owner: Unassigned).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from piiscrub.model.finding import Finding
from piiscrub.parse.names_en import NAME
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.words import cue_words, is_listed, name_cues
from piiscrub.text.late import late

_ID = "names"


@cache
def _role() -> re.Pattern[str]:
    """What somebody is in a record, at the end of what stands before a colon: Reporter."""
    return re.compile(rf"(?<![A-Za-z])(?i:{name_cues('record')})(?: name| NAME)?[ \t]?$")


@cache
def _from() -> re.Pattern[str]:
    """From a department: Jordan from billing, Jordan at the front desk."""
    return re.compile(
        rf" (?:from (?:the |our |your )?(?:{name_cues('department')})|at (?:the )?(?:front desk|reception|help ?desk))\b"
    )


# Searches begin at a mark or a set of characters; the words before it are looked at afterwards.
_COLON = late(r"[:=][ \t\"']{1,6}(?=[A-ZÀ-Þ])")
_FIELD_ENDS = late(r"[ \t\"']*(?:$|[\n\r\t,;|(<\[/]|[-–] | {2}|\.(?:\s|$)|[A-Z][A-Za-z ]{2,16}:)")
_SMALL = late(
    r"[:=][ \t\"']{0,5}(?P<name>[a-z][a-z'-]{1,20}(?: [a-z][a-z'-]{1,20}){0,2}?)"
    r"(?=[ \t\"']*(?:$|[\n\r,;|)]|\. |\.$| {2}| (?:[Ff]irst|[Ll]ast|[Mm]iddle|[Ss]ur|[Dd]ob|DOB|[Dd]ate|[Aa]ge|[Pp]hone|[Tt]el"
    r"|[Mm]obile|[Ee]-?mail|[Mm]ail|[Aa]ddr|[Aa]ddress|[Cc]ity|[Ii][Dd])\b))"
)
_SMALL_LABEL = late(
    r"(?<![A-Za-z])(?:(?P<part>first|last|given|family|sur|maiden|middle)[ _-]?name|(?:(?:full|legal|patient|client|customer"
    r"|contact|employee|student|applicant|guest|passenger|tenant|caller|guardian|mother|father|parent|spouse|cardholder"
    r"|account holder|recipient|sender)(?:'s)?[ _-]?)?name|caller|recipient|attn|patient|next of kin)[ \t]?$",
    re.IGNORECASE,
)
_HE_OR_SHE = late(
    r", s?he(?:['’](?:s|ll|d)| (?:is|was|has|had|will|can|said|says|needs|wants|knows|works|lives|lived|worked|got|came|went))\b"
)
_LAST = late(r"(?P<before>[A-Za-z]+|[.!?:;,\n]|^) ?(?P<name>[A-ZÀ-Þ][a-zß-ž]{2,14})$")
_WISHED = late(
    r"[a-z!],? (?P<first>[A-ZÀ-Þ][a-zß-ž]{2,14})(?: (?:&|and) (?P<second>[A-ZÀ-Þ][a-zß-ž]{2,14}))?"
    r"(?=[.,;:!?)\n]|$| (?:on|for|and|at|to|if|that|about|from|who|in)\b)"
)
_WISHES = late(
    r"(?<![A-Za-z])(?:[Cc]ongrat(?:s|ulations)(?: to)?|[Hh]appy [Bb]irthday(?: to)?|[Ww]elcome(?: back)?(?: to)?|[Tt]hanks to"
    r"|[Ss]hout-?out to|[Gg]ood (?:evening|night)|[Mm]orning|[Pp]lease (?:ask|tell|call)|[Ss]ay hi to)$"
)
_MARKS = tuple("ongrat|appy birthday|appy Birthday|elcome|hanks to|out to|ood evening|ood night|orning|lease |ay hi".split("|"))
_BRACKETED = late(r" \((?P<name>[A-ZÀ-Þ][a-zß-ž]{1,14})(?:, (?:I|we) (?:believe|think|guess)[^()\n]{0,20})?\)")
_CALLED_SO = late(
    r" (?:called|named) (?P<name>[A-ZÀ-Þ][a-zß-ž]{1,14})(?=[.,;:!?)\n]|$| (?:who|and|from|in|at|on|was|is|told|said)\b)"
)
_TWO_OF_A_NAME = late(
    r"(?<![\w&] )(?<![\w-])(?P<first>[A-ZÀ-Þ][a-zß-ÿ]{1,14}) & (?P<second>(?P<given>[A-ZÀ-Þ][a-zß-ÿ]{1,14})"
    r" [A-ZÀ-Þ][\w'’-]{1,20})(?! (?:Inc|LLC|Ltd|LLP|Co|&)\b)"
)
_WORD_BEFORE = late(r"[A-Za-z][a-z]+$")
_BETWEEN = late(r", (?P<name>[A-ZÀ-Þ][a-zß-ž]{2,14}),(?: and)? ")
_JOINED_BEHIND = late(r" (?:and|or|&) (?P<name>[A-ZÀ-Þ][a-zß-ž]{2,14})(?![\w'’-]| [A-ZÀ-Þ&])")
_JOINED_BEFORE = late(r"(?<![\w'’&.-])(?<![A-ZÀ-Þ][a-zß-ž] )(?P<name>[A-ZÀ-Þ][a-zß-ž]{2,14}) (?:and|or|&) $")
_HERE = late(
    r"[se] (?P<name>[A-ZÀ-Þ][a-zß-ž]{2,14})(?=,? (?:from|here|again|speaking|calling)\b|, (?:your|the|his|her|my|our)\b)"
)
_IN_THIS_IS = ("this", "it", "name", "call")
_THIS_IS = late(r"(?<![A-Za-z])(?:[Tt]his is|[Ii]t['’]s|[Mm]y name is|[Nn]ame['’]s|[Cc]all me)$")


def field_names(text: str, words: frozenset[str]) -> Iterator[Finding]:
    """Names that a list of names and the words before or behind them tell. ``words`` are those of the text.

    >>> from piiscrub.recognize.vocabulary import words_of
    >>> text = "Reporter: Will Roe. Wire it to Hugo, he's in. Congrats to Jane & Ali! The driver (Kofi) came. Owner: Nobody"
    >>> [text[f.start : f.end] for f in field_names(text, words_of(text))]
    ['Will Roe', 'Hugo', 'Jane', 'Ali', 'Kofi']
    """
    if ":" in text or "=" in text:
        for m in _COLON.finditer(text):
            label = _role().search(text, max(0, m.start() - 26), m.start())
            if label is None:
                continue
            name = NAME.match(text, m.end(), m.end() + 60)
            if (
                name
                and _listed(name.group(), things=label.group().strip().lower() in cue_words("of_things"))
                and _FIELD_ENDS.match(text, name.end())
            ):
                yield Finding("PERSON", *name.span(), worth.GREETING, _ID, "label", context=("role",))
    if "he" in text:
        for m in _HE_OR_SHE.finditer(text):
            last = _LAST.search(text, max(0, m.start() - 32), m.start())
            if last and _is(last["name"], "given") and last["before"].lower() not in cue_words("no_subject"):
                yield Finding("PERSON", *last.span("name"), worth.ROMANISED, _ID, "he or she")
    if any(mark in text for mark in _MARKS):
        for m in _WISHED.finditer(text):
            if _is(m["first"], "given") and _WISHES.search(text, max(0, m.start() - 20), m.start() + 1):
                yield Finding("PERSON", *m.span("first"), worth.GREETING, _ID, "greeting", context=("wishes",))
                if m["second"] and m["second"].lower() not in cue_words("no_place"):
                    yield Finding("PERSON", *m.span("second"), worth.GREETING, _ID, "greeting", context=("wishes",))
    for m in _HERE.finditer(text) if not words.isdisjoint(_IN_THIS_IS) else ():
        if _is(m["name"], "given") and _THIS_IS.search(text, max(0, m.start() - 12), m.start() + 1):
            yield Finding("PERSON", *m.span("name"), worth.GREETING, _ID, "said")
    if " from " in text or " at " in text:
        for m in _from().finditer(text):
            last = _LAST.search(text, max(0, m.start() - 32), m.start())
            if last and _is(last["name"], "given") and last["before"].lower() not in cue_words("no_subject"):
                yield Finding("PERSON", *last.span("name"), worth.TITLE_EN, _ID, "from", context=("from",))
    if "ed " in text:
        for m in _CALLED_SO.finditer(text):
            before = _WORD_BEFORE.search(text, max(0, m.start() - 16), m.start())
            somebody = before is not None and before.group().lower() in cue_words("somebody") | {"man", "woman", "guy", "lady"}
            if somebody and _is(m["name"], "given"):
                yield Finding("PERSON", *m.span("name"), worth.TITLE_EN, _ID, "called", context=("called",))
    if " & " in text:
        for m in _TWO_OF_A_NAME.finditer(text):
            surname = _is(m["second"].rpartition(" ")[2], "surname") or text[: m.start()].rstrip().endswith(":")
            if surname and _is(m["first"], "given") and _is(m["given"], "given"):
                yield Finding("PERSON", *m.span("first"), worth.GREETING, _ID, "two")
                yield Finding("PERSON", *m.span("second"), worth.GREETING, _ID, "two")
    if " (" in text:
        for m in _BRACKETED.finditer(text):
            before = _WORD_BEFORE.search(text, max(0, m.start() - 16), m.start())
            if before and before.group().lower() in cue_words("somebody") and m["name"].lower() not in cue_words("no_place"):
                yield Finding("PERSON", *m.span("name"), worth.TITLE_EN, _ID, "role", context=("role",))


def small_names(text: str) -> Iterator[Finding]:
    """Names in small letters that fill a field: ``first name: will``.

    >>> text = "first name: will last name: bannister, name: required, name: jane pettigrew"
    >>> [text[f.start : f.end] for f in small_names(text)]
    ['will', 'bannister', 'jane pettigrew']
    """
    if ":" not in text and "=" not in text:
        return
    for m in _SMALL.finditer(text):
        words = m["name"].split()
        label = _SMALL_LABEL.search(text, max(0, m.start() - 26), m.start())
        if label is None or (label["part"] and len(words) > 1):
            continue
        first, last = words[0], words[-1]
        if label["part"]:
            good = _is(first, "given") or _is(first, "surname")
        elif len(words) == 1:
            good = _is(first, "given") and first not in cue_words("small_word")
        else:
            good = _is(first, "given") and (_is(last, "surname") or first not in cue_words("small_word"))
        if good:
            yield Finding("PERSON", *m.span("name"), worth.LABEL_EN, _ID, "label", context=("name",))


def between(text: str, persons: Sequence[Finding]) -> Iterator[Finding]:
    """One word with a capital between two persons of a list.

    >>> text = "panel: Jane, Lindiwe, R. Roe"
    >>> [text[f.start : f.end] for f in between(text, [Finding("PERSON", 7, 11, 0.9, "n"), Finding("PERSON", 22, 28, 0.9, "n")])]
    ['Lindiwe']
    """
    for a, b in pairwise(persons):
        m = _BETWEEN.fullmatch(text, a.end, b.start) if 4 < b.start - a.end < 24 else None
        if m and m["name"].lower() not in cue_words("no_place"):
            yield Finding("PERSON", *m.span("name"), worth.LISTED, _ID, "list")


def second(text: str, persons: Sequence[Finding]) -> Iterator[Finding]:
    """A listed given name joined to that of a person: Call Jane or Itzel. Ulla & Jane came.

    >>> text = "Call Jane or Itzel. Ulla & Jane, Jane and Austin"
    >>> found = [Finding("PERSON", at, at + 4, 0.9, "n") for at in (5, 27, 33)]
    >>> [text[f.start : f.end] for f in second(text, found)]
    ['Itzel', 'Ulla']
    """
    for f in persons:
        if not text[f.start].isupper() or " " in text[f.start : f.end]:
            continue
        for m in (_JOINED_BEHIND.match(text, f.end), _JOINED_BEFORE.search(text, max(0, f.start - 24), f.start)):
            low = m["name"].lower() if m else ""
            if m and _is(low, "given") and not any(low in cue_words(kind) for kind in ("small_word", "place_too", "no_place")):
                yield Finding("PERSON", *m.span("name"), worth.LISTED, _ID, "two")


def _is(word: str, kind: str) -> bool:
    return is_listed(word, kind)


def _listed(name: str, *, things: bool) -> bool:
    """Whether lists hold enough of a name; more is asked where the label stands before things as well."""
    words = name.split()
    if len(words) == 1:
        return _is(words[0], "given") or _is(words[0], "surname")
    return _is(words[0], "given") or (_is(words[-1], "surname") and (not things or len(words[0].strip(".")) == 1))
