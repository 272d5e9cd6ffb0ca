"""Given names in small letters that what somebody does tells: ``amelia called in sick``, ``spoke to rosa``.

Notes are written so, and taggers read a capital as half of a name. A list of given names and a word of doing together are enough
where the name begins its clause, or where somebody was spoken to; words of English that are names too are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from piiscrub.model.finding import Finding
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.words import cue_words, is_listed

_ID = "names"
# A search begins at what somebody does; the name before it is looked at afterwards.
_DOES = re.compile(
    r" (?:call(?:s|ed)(?: in sick| back| again| about| to|[.,;!]|$)|said|says|wants|asked|asks|told|promised|texted|emailed|cried"
    r"|agreed|replied|thinks|owes|complained|(?:is|was) (?:out|off|on leave|sick|ill|late|leaving|pregnant|upset|away|covering"
    r"|(?:the|our|my) (?:new |main |only )?(?:decision maker|manager|owner|boss|tenant|hire|contact|lead|one))"
    r"|has (?:a fever|the flu|quit|left|signed)"
    r"|just (?:called|left|quit|signed|texted|blocks|wants|said)"
    r"|covers (?:for|till|until)|can['’]?t (?:come|make)|won['’]?t (?:come|be)"
    r"|didn['’]?t (?:show|come|pick|answer|want))(?![a-z])"
)
_DONE = (" call", " sa", " want", " ask", " told", " promis", "texted", "emailed", " cried", " agreed", " replied", " think")
_DONE_TOO = (" owes", " complained", " is ", " was ", " has ", " just ", " covers ", " can", " won", " didn")
_DOER = re.compile(
    r"(?:^|[\n.,;:!?(\"–—-] ?|\b(?:and|but|so|that|when|if|because|then|while|since|after) )(?P<name>[a-z]{3,14})$"
)
_TO = re.compile(
    r"(?:spoken?|talk(?:ed)?|speak|chatted|met(?: up)?) (?:to|with|w/) (?P<name>[a-z]{3,14})"
    r"(?=[.,;:!?)\n]|$| (?:and|about|re|on|at|in|today|yesterday|this|last|who|she|he|from)\b)"
)
_ASKED = re.compile(
    r"(?:^|[\n.,;:!?(-] ?|\b(?:to|and|then|pls|please|just|i|we|she|he|they|vm for|msg for) )"
    r"(?:called|call|texted|text|emailed|pinged|ping|messaged|phoned|rang|tell|told|ask|asked|remind|reminded|cc)"
    r" (?P<name>[a-z]{3,14})"
    r"(?=[.,;:!?)\n]|$| (?:and|about|re|to|if|that|back|again|on|at|today|yesterday|tmrw|tomorrow|before|after|when|for)\b)"
)
_ASKING = ("call", "text", "emailed", "ping", "messaged", "phoned", "rang", "tell", "told", "ask", "remind", "cc ")
_SPOKEN = ("spoke", "talk", "speak", "chatted", "met ")


def told_names(text: str) -> Iterator[Finding]:
    """Given names in small letters before what somebody does, and of whom somebody spoke to.

    >>> text = "amelia called in sick, val cried a lot. i talked to rosa, then texted lou about it. peer said no"
    >>> [text[f.start : f.end] for f in told_names(text)]
    ['amelia', 'val', 'rosa', 'lou']
    """
    if any(word in text for word in _DONE) or any(word in text for word in _DONE_TOO):
        for does in _DOES.finditer(text):
            m = _DOER.search(text, max(0, does.start() - 26), does.start())
            if m and _name(m["name"]):
                yield Finding("PERSON", *m.span("name"), worth.ROMANISED, _ID, "told", context=("does",))
    if any(word in text for word in _SPOKEN):
        for m in _TO.finditer(text):
            if _name(m["name"]):
                yield Finding("PERSON", *m.span("name"), worth.ROMANISED, _ID, "told", context=("spoke",))
    if any(word in text for word in _ASKING):
        for m in _ASKED.finditer(text):
            if _name(m["name"]):
                yield Finding("PERSON", *m.span("name"), worth.ROMANISED, _ID, "told", context=("asked",))


def _name(word: str) -> bool:
    return is_listed(word, "given") and word not in cue_words("small_word")
