"""Passwords that only their label gives away: ``密码：sunshine``, ``password: correcthorse``, ``pass: Hunter2!``.

Letters alone are words of any sentence ("password: required"), so the sign between label and value, what the value is and what
follows it decide together. In code, because a pattern sees the value only. Values with a digit and an ordinary label are found
by the recognizer ``password`` as well. Confidence L.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.reference.labels import label_words
from piiscrub.text.late import late
from piiscrub.validators.entropy import is_placeholder

NEEDS = ("密", "口令", "assw", "assp", "ass:", "ass=", "ass is", "PASS")

# A sign that says "here it comes", and the words that do so in a sentence; "is" asks more of the value.
_SIGN = r"""["']?\s{0,2}(?:(?P<sign>:=|=>|[:：]|==?)|(?P<is>\b(?:is|was)\b:?|是|为|為)|(?P<to>\bto\b)|(?P<none>(?=\s)))\s{0,3}"""
# Begins with few letters, so that the search skips ahead; what may stand before them is asked afterwards.
_LABEL = late(
    r"(?:密码|密碼|口令|密保答案|密保问题答案|pass(?:word|wd|phrase|code)?|psw|pswd|pwd?|Pass(?:word|phrase|code)?|Pwd"
    r"|PASS(?:WORD|WD|PHRASE)?|PWD?)" + _SIGN
)
_VALUE = late(r"""(?P<quote>["'`])?(?P<value>[!-~]{4,64})""")
_PHRASE = late(r"""["'“‘]([A-Za-z]{2,16}(?:[ -][A-Za-z]{2,16}){2,9})["'”’]""")
_END = late(r"""["'`),;.!?\]}>|/\\&]+$""")
_QUOTED = late(r"""[^"'`]{4,64}""")
_WORD = late(r"[A-Za-z]+")
# What may stand behind a word for it to be the whole value: the end of a line or a clause, a Han character, a column, a break.
_CLOSED = late(r"""\s{0,2}(?:\Z|[\n\r,;|&，。；、！）)"'`—–]|[\u3400-\u9fff]|\.(?:\s|\Z)|\s{2}|/\s| - |\()""")
_OPENS = late(r"(?:wi-?fi|wlan|router|network|log-?in|admin|root|laptop|pc|vpn) $", re.IGNORECASE)
_CHANGED = late(
    r"(?i:re-?set|chang(?:ed?|ing)|set|updat(?:ed?|ing)|switch(?:ed|ing)?) (?:(?:my|the|your|his|her|our|its|this) )?"
    r"(?:new |old |wifi |wi-fi |admin |login |account )?$"
)
_CODE = late(r"[(){}\[\]$<>%\\]|\w\.\w|://|^[@&#-]|\*\*|\.\.|^[A-Z]{2,}_|(?i:pass(?!ion)|pwd|user|secret$|token)")
_DATE_OR_NUMBER = late(r"[0-9]{1,5}|(?:19|20)[0-9]{2}[-/.]?[0-9]{1,2}[-/.]?[0-9]{1,2}|[0-9.:/-]+")

# How what stands there instead of a password may end; the words themselves are in the table label_words.
_ENDINGS = ("ed", "ing", "able", "ible", "tion", "ive", "ary", "ally", "less")


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every value behind such a label.

    >>> text = "密码：sunshine，用户名不能为空；password: required"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['sunshine']
    """
    last = 0
    for label in _LABEL.finditer(text):
        at = label.end()
        if label["to"] and not _CHANGED.search(text, max(0, label.start() - 24), label.start()):
            continue  # the password to the archive
        if at < last or not _begins(text, label.start()) or _other_pass(text, label):
            continue
        span = _phrase(text, at) or _value(text, at, label)
        if span:
            last = span[1]
            yield *span, "labelled", "none"


def _begins(text: str, start: int) -> bool:
    """Whether a word, or a part of a name in code, begins there: password, DB_PASS, dbPassword, but not bypass."""
    before = text[start - 1 : start]
    if not (before.isascii() and before.isalpha()):
        return True
    return text.startswith(("Pass", "Pwd", "password", "PASSWORD"), start)


def _other_pass(text: str, label: re.Match[str]) -> bool:
    """Whether a pass is one over a mountain or on a train: it is a password in a sentence where it opens something."""
    short = label["is"] is not None and text[label.start() : label.start() + 5].lower() == "pass "
    return short and _OPENS.search(text, max(0, label.start() - 10), label.start()) is None


def _phrase(text: str, at: int) -> tuple[int, int] | None:
    """Words in quotes: passphrase "…"."""
    m = _PHRASE.match(text, at)
    return (m.start(1), m.end(1)) if m else None


def _value(text: str, at: int, label: re.Match[str]) -> tuple[int, int] | None:
    m = _VALUE.match(text, at)
    if not m:
        return None
    value, start = m["value"], m.start("value")
    if m["quote"]:
        quoted = _QUOTED.match(value)
        if not quoted or value[quoted.end() : quoted.end() + 1] != m["quote"]:
            return None
        value = quoted[0]
    else:
        value = re.split(r"""["'`,;|&<>]""", value, maxsplit=1)[0]
        bare = _END.sub("", value)
        # "Hunter2!" at the end of its line keeps its sign: no sentence ends there with a value that holds a digit.
        value = bare + "!" if value == bare + "!" and any(c.isdigit() for c in bare) else bare
    end = start + len(value)
    if len(value) < 4 or is_placeholder(value) or _CODE.search(value) or _DATE_OR_NUMBER.fullmatch(value):
        return None
    if not m["quote"] and text[end : end + 1] in ("(", "[", "<", "{"):
        return None  # a call, a type
    good = _word(text, end, value, label, bool(m["quote"])) if _WORD.fullmatch(value) else _mixed(value, label)
    return (start, end) if good else None


def _word(text: str, end: int, value: str, label: re.Match[str], quoted: bool) -> bool:
    """Whether letters alone are the value."""
    lower = value.lower()
    if lower in label_words("no_password") or (lower.endswith(_ENDINGS) and not quoted):
        return False
    if quoted:
        return label["sign"] is not None
    if label["to"] or not _CLOSED.match(text, end):
        return False
    if label["sign"] is None:  # "the password is bluebird"; letters right behind "password" are a sentence
        return label["is"] is not None and len(value) > 5
    spaced = text[label.end("sign") : label.end("sign") + 1].isspace()
    if "=" in label["sign"]:  # name = other_name is code, and so is f(password=word)
        return not spaced and text[end : end + 1] not in (",", ")")
    return True


def _mixed(value: str, label: re.Match[str]) -> bool:
    """Whether a value with digits or signs is a made-up one, not two words or a name in code."""
    digit, sign = any(c.isdigit() for c in value), not value.isalnum()
    if label["to"]:
        return len(value) > 7 and digit and any(c.isalpha() for c in value)
    if label["sign"] is None and label["is"] is None:
        return len(value) > 5 and digit and any(c.isalpha() for c in value) and bool(re.search(r"[!#$%^*@]", value))
    return digit and any(c.isalpha() for c in value) and (sign or len(value) > 5)
