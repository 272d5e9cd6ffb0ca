"""Words of English forms and records that taggers take for names: SSN, DOB, Emp ID, Location."""

from __future__ import annotations

import re
from functools import cache

from piiscrub.reference.tables import rows
from piiscrub.text.late import late

_VALUE = late(
    r"[’']?s?(?:[ ](?i:ID|No|Nr|Number|Name|Code|Date|Type|Address|Details|Initial)\b\.?|[ ]#|[ ](?:of|OF)[ ][A-Za-z]{2,12}){0,2}"
    r"[ ]{0,3}(?:[:=#：]|[<\[{(]{1,2}[A-Z_ ]+[>\]})]|[X*_]{3}|[0-9])"
)
_PLACEHOLDER = late(r"[ ]{0,2}(?:[<\[{(]{1,2}[A-Z_ 0-9]{2,30}[>\]})]{1,2}|[#X*_]{3}|\[?REDACTED)")
_MAY_FOLLOW = frozenset("’'s :=#：<[{(X*_R0123456789")  # what one of these two begins with
_WITHIN = late(r"[<\[{]{1,2}$")


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word for row in rows("labels_en") if row[0] == kind for word in row[1].split())


def label(text: str, start: int, end: int) -> bool:
    """Whether a stretch is the label of a value, or a placeholder that stands for one.

    >>> label("SSN: <SSN>", 0, 3), label("Location: Testpur", 0, 8), label("at this Location", 8, 16), label("NHS No 1", 0, 3)
    (True, True, False, True)
    """
    name = text[start:end].strip(" .")
    if not name.isascii():
        return False
    if name in _words("acronym"):
        return True
    after = text[end : end + 1]
    if after in ">]}" and name.isupper() and _WITHIN.search(text, max(0, start - 2), start):
        return True
    if after and after not in _MAY_FOLLOW:
        return False
    if name not in _words("before_number") and not _words("word").issuperset(name.lower().split()):
        return False  # as nearly always
    return _VALUE.match(text, end) is not None or _PLACEHOLDER.match(text, end) is not None


_NUMBERED = late(r"(?P<word>[A-Za-z]{2,12})(?:[ ](?:[Nn]o\b\.?|[Nn]umber|ID|#))?[ ]?[:#]?[ ]?(?=[0-9])")


def behind_label(text: str, start: int, end: int) -> int:
    """Where a stretch goes on behind the label of a number; its start if it begins with none.

    >>> behind_label("Aadhaar 1000 1000, Testpur", 0, 26), behind_label("Flat 12, Testpur", 0, 16)
    (8, 0)
    """
    m = _NUMBERED.match(text, start, end)
    return m.end() if m and m["word"] in _words("before_number") else start


def degree(text: str, start: int, end: int) -> bool:
    """Whether a stretch is a degree behind a name: MD in Jane Doe, MD.

    >>> degree("Jane Doe, MD", 10, 12), degree("Baltimore, MD 21201", 11, 13)
    (True, False)
    """
    if text[start:end] not in _words("degree"):
        return False
    return not re.match(r",? [0-9]{5}", text[end : end + 8]) and _BEHIND_NAME.search(text, max(0, start - 24), start) is not None


_BEHIND_NAME = late(r"(?:[A-Za-z'’-]+ [A-Za-z.'’-]+, ?|[Rr]ef\.? |[Aa]ttending |[Pp]rimary )$")
