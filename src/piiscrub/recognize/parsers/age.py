"""Ages in English: the finding is the number, the words around it say that it is one.

``a 33 year old nurse``, ``turned 60``, ``aged 42``, ``at the age of 61``, ``54 y/o``, ``when he was 64``. Beside a label, where
the value is the whole cell (``Age: 89 years old``), the words behind belong to the finding.

A number after ``turned`` or ``was`` counts only where a clause ends behind it: in ``turned 20 pages`` pages are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from piiscrub.model.finding import Check
from piiscrub.packs.schema import Pack

OLDEST = 120
_WINDOW = 32  # characters looked at on either side

_FLAGS = re.ASCII | re.IGNORECASE
_NUMBER = re.compile(r"[0-9]+")
_UNIT = re.compile(r"[ -]?(?:(?:year|yr|month|week|day)s?\.?[ -]?(?:olds?|young|of[ -]age)|y[./]? ?o\b\.?)", _FLAGS)
_LABEL = re.compile(r"(?:\bage|年龄|年齡|年纪|岁数)[\"']? ?[:：=] ?[\"']?\Z", _FLAGS)
_NAMED = re.compile(r"\b(?:aged|ages?|age (?:of|is|was))[\"']? ?[:：=(]? ?[\"']?\Z", _FLAGS)
_CLAUSE = re.compile(
    r"\b(?:turn(?:s|ed|ing)?|i'm|i am|s?he's|s?he (?:is|was)"
    r"|(?:when|since|until|before|after|because|while) (?:i|s?he|they|we) (?:was|were|is|am|are))"
    r"(?: (?:now|only|just|about|already|almost|nearly))? \Z",
    _FLAGS,
)
_CLAUSE_END = re.compile(
    r" ?(?:[.!?;,)\"'\n](?![0-9])|\Z|[^\x00-\x7f])"
    r"| (?:years?|yrs?|this|next|last|in|on|and|or|but|when|soon|today|tomorrow|yesterday|now)\b",
    _FLAGS,
)
# The last words that the three expressions above can end with; all others are refused at the price of a look-up.
_LAST = frozenset(
    "age ages aged of is was were are am i'm he's she's turn turns turned turning "
    "now only just about already almost nearly".split()
)
_EDGE = " :：=(\"'"
_GOES_ON = ("%", ":", "/", "-", "_")


def find(text: str, pack: Pack) -> Iterator[tuple[int, int, str, Check]]:
    """Every age.

    >>> [text[a:b] for text in ("I'll turn 81.", "a 7-year-old boy", "Age: 89 years old") for a, b, *_ in find(text, ...)]
    ['81', '7', '89 years old']
    """
    for m in _NUMBER.finditer(text):
        start, end = m.span()
        if end - start > 3 or int(m.group()) > OLDEST:
            continue
        before, behind = text[start - 1 : start], text[end : end + 1]
        if before and before.isascii() and before not in " (\"'[=:\n\t,;":
            continue  # inside a word or a longer number: -1, 1.5, x33
        if before in (",", ":") and text[start - 2 : start - 1].isdigit():
            continue
        unit = _UNIT.match(text, end, end + _WINDOW) if behind in (" ", "-", "y", "Y") else None
        if unit:
            labelled = _LABEL.search(text, max(0, start - _WINDOW), start)
            yield start, unit.end() if labelled else end, "labelled" if labelled else "unit", "none"
        elif before and before in _EDGE and behind not in _GOES_ON and not (behind.isascii() and behind.isalnum()):
            if behind in (".", ",") and text[end + 1 : end + 2].isdigit():
                continue
            left = text[max(0, start - _WINDOW) : start]
            word = left.rstrip(_EDGE).rpartition(" ")[2]
            if not word or (word[-1].isascii() and word.lower() not in _LAST and not _NAMED.search(left)):
                continue
            if _NAMED.search(left) or _LABEL.search(left) or (_CLAUSE.search(left) and _CLAUSE_END.match(text, end)):
                yield start, end, "words before", "none"
