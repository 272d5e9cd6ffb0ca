"""Given names in small letters that what somebody does tells: ``amelia called in sick``, ``spoke to rosa``.

Notes are written so, and taggers read a capital as half of a name. A list of given names and a word of doing together are enough
where the name begins its clause, or where somebody was spoken to; words of English that are names too are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.words import cue_words, is_listed, name_cues

_ID = "names"
_DOER = re.compile(
    r"(?:^|[\n.,;:!?(\"–—-] ?|\b(?:and|but|so|that|when|if|because|then|while|since|after) )(?P<name>[a-z]{3,14})$"
)
_ASKER = re.compile(r"(?:^|[\n.,;:!?(-] ?|\b(?:to|and|then|pls|please|just|i|we|she|he|they|vm for|msg for) )$")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """What tells a name, by what it says."""
    name = "(?P<name>[a-z]{3,14})"
    behind = r"[.,;:!?)\n]|$| (?:and|about|re|on|at|today|yesterday"
    return {  # a search begins at what somebody does; what stands before it is looked at afterwards
        "does": re.compile(rf" (?:{name_cues('does')})(?![a-z])"),
        "spoke": re.compile(rf"(?:{name_cues('spoke')}) (?:to|with|w/) {name}(?={behind}|in|this|last|who|she|he|from)\b)"),
        "asked": re.compile(
            rf"(?:{name_cues('asked')}) {name}(?={behind}|to|if|that|back|again|tmrw|tomorrow|before|after|when|for)\b)"
        ),
    }


def told_names(text: str) -> Iterator[Finding]:
    """Given names in small letters before what somebody does, and of whom somebody spoke to.

    >>> text = "amelia called in sick, val cried a lot. i talked to rosa, then texted lou about it. peer said no"
    >>> [text[f.start : f.end] for f in told_names(text)]
    ['amelia', 'val', 'rosa', 'lou']
    """
    found = _patterns()
    for does in found["does"].finditer(text):
        m = _DOER.search(text, max(0, does.start() - 26), does.start())
        if m and _name(m["name"]):
            yield Finding("PERSON", *m.span("name"), worth.ROMANISED, _ID, "told", context=("does",))
    for kind, before in (("spoke", None), ("asked", _ASKER)):
        for m in found[kind].finditer(text):
            if _name(m["name"]) and (before is None or before.search(text, max(0, m.start() - 10), m.start())):
                yield Finding("PERSON", *m.span("name"), worth.ROMANISED, _ID, "told", context=(kind,))


def _name(word: str) -> bool:
    return is_listed(word, "given") and word not in cue_words("small_word")
