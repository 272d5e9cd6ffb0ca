"""What stands behind the labels of passwords and log-in names without being one; what questions and fields are made of."""

from __future__ import annotations

import re
from functools import cache

from piiscrub.reference.tables import rows


@cache
def label_words(kind: str) -> frozenset[str]:
    """What stands behind a label in place of a value, in small letters: no_password, no_name, service, no_folder.

    >>> "required" in label_words("no_password"), "git" in label_words("service")
    (True, True)
    """
    return frozenset(word for row in rows("label_words") if row[0] == kind for word in row[1].split())


@cache
def asking(kind: str) -> re.Pattern[str]:
    """What tells a question from its answer: ``ask``, ``no_ask`` (how many), or ``fill``, all that an answer holds besides
    the value.

    >>> fill = asking("fill").fullmatch
    >>> bool(asking("ask").search("您的工号是多少")), bool(fill("好的，我看一下")), bool(fill("order"))
    (True, True, False)
    """
    words = sorted(_words(kind), key=lambda word: (-len(word), word))
    one = "|".join(rf"(?<![a-z'’]){re.escape(word)}(?![a-z'’])" if word.isascii() else re.escape(word) for word in words)
    if kind == "fill":
        one = rf"(?>(?>(?:hi|hello|hey|dear) [a-z]{{2,15}}(?=,)|{one})[\s,，.。!！…~:：-]*)*+"  # no way back: 嗯嗯嗯嗯
    return re.compile(one, re.IGNORECASE)


@cache
def field_words() -> frozenset[str]:
    """Names of fields in Chinese, words of names of fields in English."""
    return frozenset(_words("field") | {word for row in rows("labels_en") if row[0] == "word" for word in row[1].split()})


@cache
def role_words() -> frozenset[str]:
    """Names of fields that also say who speaks: customer, 患者."""
    return frozenset(_words("role"))


def _words(kind: str) -> set[str]:
    return {word for row in rows("turn_words") if row[0] == kind for word in row[1].split("|")}
