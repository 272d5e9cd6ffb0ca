"""Given names that what somebody does tells: ``amelia called in sick``, ``spoke to rosa``, ``Oonagh rang again``.

Notes are written in small letters, and taggers read a capital as half of a name; with one, they miss names they have rarely met.
A list of given names and a word of doing together are enough where the name begins its clause, or where somebody was spoken to;
words of English that are names too are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.words import cue_words, is_listed, name_cues
from piiscrub.text.late import late

_ID = "names"
_DOER = late(
    r"(?:^|[\n.,;:!?(\"–—>\]-] ?|\b(?:[Aa]nd|[Bb]ut|[Ss]o|that|[Ww]hen|[Ii]f|[Bb]ecause|[Tt]hen|[Ww]hile"
    r"|[Ss]ince|[Aa]fter|[Aa]s|[Hh]ey|[Hh]i) )"
    r"(?P<name>[A-Za-zÀ-ž][a-zß-ž]{1,13})$",
)
_OWNER = late(r"(?<![\w@#.'’-])(?<![A-ZÀ-Þ][a-zß-ž] )(?P<name>[A-ZÀ-Þ][a-zß-ž]{1,13})$")
_ASKED_SELF = late(r", (?:(?:can|could|would|will|did|do|are|have) you|please|pls|you have|your)\b")
_IN_SPOKE = ("spoke", "talk", "speak", "chatted", "met")
_SPEAKER = late(r"[0-9](?<=[0-9]:[0-9]{2})(?: ?[AaPp][Mm])?[\])]?,? (?:[-–] ?|<)?(?P<name>[A-ZÀ-Þ][a-zß-ž]{1,13})(?=>|: )")
_ASKER = r"(?:^|[\n.,;:!?(-] ?|\b(?:to|and|then|pls|please|just|i|we|you|she|he|they|vm for|msg for) )"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """What tells a name, by what it says."""
    name = "(?P<name>[A-Za-zÀ-ž][a-zß-ž]{1,13})"
    behind = r"[.,;:!?)\n]|$| [&@]| (?:and|about|re|on|at|today|yesterday"
    return {  # a search begins at what somebody does; what stands before it is looked at afterwards
        "does": re.compile(rf" (?:{name_cues('does')})(?![a-z])"),
        "spoke": re.compile(rf"(?:{name_cues('spoke')}) (?:to|with|w/) {name}(?={behind}|in|this|last|who|she|he|from)\b)"),
        "toward": re.compile(
            rf"[ ](?<=[omrnhfe][ ])(?P<name>[A-ZÀ-Þ][a-zß-ž]{{1,13}})"  # the last letters of to, from, for, on, with, of, gave
            rf"(?={behind}|to|in|this|please|who|for|is|was|before|if|his|her|the)\b)"
        ),
        "toward before": re.compile(rf"\b(?:{name_cues('toward')}) $"),
        "owned": re.compile(rf"['’]s (?:new |last |next |home |mobile |work )?(?:{name_cues('owned')})\b"),
        "asked": re.compile(
            rf"[ ](?<=[cdgklt][ ]){name}"  # the last letters of what somebody is asked with
            rf"(?={behind}|to|if|that|back|again|tmrw|tomorrow|before|after|when|for|his|her|your|my)\b)"
        ),
        "asked before": re.compile(rf"{_ASKER}(?:{name_cues('asked')}) $"),
    }


def told_names(text: str) -> Iterator[Finding]:
    """Given names in small letters before what somebody does, and of whom somebody spoke to.

    >>> text = "amelia called in sick, val cried a lot. i talked to rosa, then texted lou about it. peer said no"
    >>> [text[f.start : f.end] for f in told_names(text)]
    ['amelia', 'val', 'rosa', 'lou']
    >>> text = "Oonagh rang again. Uma, can you call? Sales said no. We are waiting for Bassel to sign"
    >>> [text[f.start : f.end] for f in told_names(text)]
    ['Oonagh', 'Bassel', 'Uma']
    """
    found = _patterns()
    for does in found["does"].finditer(text):
        m = _DOER.search(text, max(0, does.start() - 26), does.start())
        if m and _name(m["name"]):
            yield Finding("PERSON", *m.span("name"), _worth(m["name"]), _ID, "told", context=("does",))
    spoke = any(word in text for word in _IN_SPOKE)
    for kind, before in (("spoke", None), ("toward", found["toward before"]), ("asked", found["asked before"])):
        for m in found[kind].finditer(text) if spoke or before else ():
            start = m.start("name")
            if _name(m["name"]) and (before is None or before.search(text, max(0, start - _BEFORE), start)):
                yield Finding("PERSON", *m.span("name"), _worth(m["name"]), _ID, "told", context=(kind,))
    if "'s " in text or "’s " in text:
        for owned in found["owned"].finditer(text):
            m = _OWNER.search(text, max(0, owned.start() - 16), owned.start())
            if m and _name(m["name"]):
                yield Finding("PERSON", *m.span("name"), _worth(m["name"]), _ID, "told", context=("owned",))
    if ", " in text:
        for does in _ASKED_SELF.finditer(text):
            m = _DOER.search(text, max(0, does.start() - 26), does.start())
            if m and _name(m["name"]):
                yield Finding("PERSON", *m.span("name"), _worth(m["name"]), _ID, "told", context=("you",))
    if ": " in text or ">" in text:
        for m in _SPEAKER.finditer(text):
            if _name(m["name"]):
                yield Finding("PERSON", *m.span("name"), worth.GREETING, _ID, "told", context=("speaker",))


def _name(word: str) -> bool:
    """Whether lists hold a given name that is no other word, no place as often, and long enough to be no abbreviation."""
    low = word.lower()
    if not is_listed(word, "given") or low in cue_words("small_word"):
        return False
    return len(word) > _SHORT if word[0].islower() else low not in cue_words("place_too")  # there the tagger knows better


def _worth(word: str) -> float:
    """With a capital, a listed name weighs more than the place or the firm that a tagger makes of one it does not know."""
    return worth.ROMANISED if word[0].islower() else worth.GREETING


_BEFORE = 34  # characters of the words that a name follows
_SHORT = 2  # letters of mo and ty, which stand for months and thanks
