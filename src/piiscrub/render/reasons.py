"""Why something was kept, dropped or not reported, in both languages.

Decisions carry their reason in English, as a sentence that begins with a fixed word. The Chinese one is made from it
here; a reason nobody knows is shown as it is.
"""

from __future__ import annotations

import re

from piiscrub.render.catalogue import has, say

_WITH_PARTS = {
    "threshold": re.compile(r"threshold: (?P<score>[0-9.]+) is below (?P<bound>[0-9.]+)(?P<rest>.*)", re.DOTALL),
    "organisation-address": re.compile(r"address of an organisation: '(?P<word>[^']+)' stands before it"),
    "overlap": re.compile(r"overlap: (?P<entity>\w+) \((?P<recognizer>\w+)\) at (?P<start>\d+)–(?P<end>\d+) won"),
}
_NEARER = re.compile(r"'(?P<word>[^']+)'\)$")
_NO_LETTER = re.compile(r"[^a-z]+")


def reason(text: str, lang: str = "en") -> str:
    """A decision's reason in a language.

    >>> reason("check passed", "zh"), reason("threshold: 0.20 is below 0.40", "zh")
    ('校验通过', '分数 0.20 低于门槛 0.40')
    """
    if lang == "en":
        return text
    for name, pattern in _WITH_PARTS.items():
        if m := pattern.fullmatch(text):
            parts = m.groupdict()
            against = _NEARER.search(parts.pop("rest", ""))
            return say(f"reason.{name}", lang, **parts) + (nearer(against["word"], lang) if against else "")
    key = "reason." + _NO_LETTER.sub("-", text)
    return say(key, lang) if has(key) else text


def lacked(what: str, detail: str, against: str, lang: str = "en") -> str:
    """What a pattern lacked: ``what`` is a key of the catalogue, ``detail`` the edge or the check, ``against`` the nearer word.

    >>> lacked("context", "", "订单号")
    "context: none of its words stands near ('订单号' stands nearer)"
    """
    return say(f"lacked.{what}", lang, detail=detail) + (nearer(against, lang) if against else "")


def nearer(word: str, lang: str) -> str:
    """The word that spoke against it."""
    return say("lacked.nearer", lang, word=word)
