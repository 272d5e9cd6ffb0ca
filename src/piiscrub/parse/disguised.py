"""Numbers that arrived damaged or disguised behind their label: 138-OO13-8OOO, 幺三8零零13八000, 138 呃 0013 8000, 138|0013|8000.

Text recognition takes 0 for O and 1 for l and breaks lines, speech has pauses, tables have bars, and whoever dodges a filter uses
all of them. What stands for a digit is read as one, and nearly anything may stand between; so such a number means nothing by
itself, and is read only where a word announces it and for a check to decide. Plain figures are left to the patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from piiscrub.parse import read_out
from piiscrub.parse.read_out import DIGIT_WORDS, TIMES
from piiscrub.text.folding import HAN_TABLE
from piiscrub.text.late import late

# Letters and signs that look like a digit; those of Greek and Cyrillic as well. S, B and Z are letters more often than not.
_LOOKS_LIKE = {"O": "0", "o": "0", "О": "0", "о": "0", "Ο": "0", "ο": "0", "l": "1", "I": "1", "З": "3", "з": "3"}
ALIKE = "".join(_LOOKS_LIKE)
NUMERALS = "".join(ch for ch in map(chr, HAN_TABLE) if ch not in "两洞拐勾")
_NUMERALS = f"0-9{NUMERALS}"
_TABLE = HAN_TABLE | {ord(sign): digit for sign, digit in _LOOKS_LIKE.items()}
_WORD = rf"(?i:(?:(?:{'|'.join(TIMES)})[ -]?)?(?:{'|'.join(DIGIT_WORDS)})(?!(?<=oh)[a-z]))"
_DIGIT = f"(?:{_WORD}|[{_NUMERALS}]|[{ALIKE}](?![A-HJ-NP-Za-kmnp-z]))"  # no letter of a word: "or", "in"
_FILLER = r"(?i:呃|额|嗯|啊|哦|那个|然后|杠|横杠|uh|um|umm|er|erm|dash|hyphen)"
_JOINT = (
    rf"(?:[ \t]{{1,2}}|[ \t]{{0,2}}[-~*./_|·,，、。…][ \t]{{0,2}}|[ \t]?\r?\n[>|]?[ \t]?"
    rf"|[ ,，.。…]{{0,3}}{_FILLER}[ ,，.。…]{{0,3}}|[)）][ -]?)"
)
_ROW = f"[(（]?{_DIGIT}(?:{_JOINT}?{_DIGIT}){{4,39}}+(?:{_JOINT}?[Xx])?+(?![A-Za-z{_NUMERALS}{ALIKE}])"
_PIECE = late(f"{_WORD}|[{_NUMERALS}{ALIKE}Xx]")
# What may stand between a label and its number: marks, and the few words that say "is".
_GAP = (
    r"[\s:：=,，.\"'|#]{0,4}(?:[Nn]umber\b|[Nn]o\b)?(?: ?(?:is|at|on|me at|me on|me)\b)?(?:我|她|他)?的?号?码?[是为嘛呢]?"
    r"[\s:：=,，.\"'|#]{0,4}(?:\+?86(?=[ -]?[1lI一幺])[ -]?)?"
)
# Who answers in a transcript: your social? Caller: uh, five one two …
_TURN = (
    r"(?:[\s.?!\"”]{0,3}(?:[Cc]aller|CALLER|[Cc]ustomer|CUSTOMER|[Cc]lient|[Pp]atient|[Mm]ember|[Gg]uest|[Uu]ser): ?"
    r"(?:(?:uh|um|er|yeah|yes|yep|sure|ok|okay|so|it['’]s|its|that['’]s|that is|it is)[,.]? ){0,3})?"
)
_FIRST = f"(?=[(（zotfsendZOTFSEND{_NUMERALS}{ALIKE}])"
_FIGURES = (
    r"(?:[0-9] ){4,}+[0-9Xx]|(?:[(][0-9]++[)] ?)?[0-9]{3,}+"
    r"(?:(?:[ .-]|[,，、] ?)[0-9]{3,}+|-[0-9]{2}(?=-[0-9]))*+[Xx]?+(?![ .-][0-9])"
)
_PLAIN = f"(?>{_FIGURES})(?!{_JOINT}?{_DIGIT})"  # not given up for a shorter one
_BARE = late(f"(?!{_PLAIN}){_ROW}")
SPOKEN = (*read_out.SPOKEN, " uh", " um", " erm", " dash ", " hyphen ", "呃", "嗯", "横杠")
"""What texts with a number that is read out, pauses and all, hold; one of these nearly always."""

_AFTER = 60  # characters of a run in front of a word


Row = tuple[int, int, str]
"""Start, end and digits of a row of what stands for digits."""


@lru_cache(maxsize=16)
def labels(words: tuple[str, ...], first: str = "") -> re.Pattern[str]:
    """Rows behind one of these words, all told by one search: most words are followed by something else.

    ``first``: the digit that each such number begins with, if it is always one.
    """
    if first:
        signs = [*first, *(chr(sign) for sign, digit in _TABLE.items() if digit == first)]
        spelled = [word for word, digit in DIGIT_WORDS.items() if digit == first]
        begins = f"(?=[(（]?(?:[{''.join(signs)}]|(?i:{'|'.join(spelled)})))"
    else:
        begins = _FIRST
    return re.compile(f"(?:{'|'.join(map(re.escape, words))}){_GAP}{_TURN}{begins}(?!{_PLAIN})(?P<row>{_ROW})")


def behind(text: str, words: re.Pattern[str]) -> Iterator[Row]:
    """The rows behind these words, but for those that are plain figures in groups.

    >>> text = "电话138-OO13-8OOO，手机：13800138000"
    >>> [digits for _, _, digits in behind(text, labels(("电话", "手机")))]
    ['13800138000']
    """
    for row in words.finditer(text):
        yield from _read(text, *row.span("row"))


def in_front(text: str, words: Iterable[str]) -> Iterator[Row]:
    """The rows right in front of these words.

    >>> [digits for _, _, digits in in_front("138零零138零零零加我", ("加我",))]
    ['13800138000']
    """
    for word in words:
        at = text.find(word)
        while at >= 0:
            for row in _BARE.finditer(text, max(0, at - _AFTER), at):
                if at - row.end() <= 1:
                    yield from _read(text, *row.span())
            at = text.find(word, at + 1)


def _read(text: str, start: int, end: int) -> Iterator[Row]:
    """The row, and what is left of it without words at its end: 138-OO13-8OOO, one of us; 138-OO13-8OOO I think."""
    pieces = [(piece.end(), piece.group()) for piece in _PIECE.finditer(text, start, end)]
    digits = [_value(piece) for _, piece in pieces]
    yield start, pieces[-1][0], "".join(digits)
    while len(pieces) > 1 and pieces[-1][1].isalpha() and pieces[-1][0] - len(pieces[-1][1]) > pieces[-2][0]:
        pieces.pop()
        digits.pop()
        yield start, pieces[-1][0], "".join(digits)


def _value(piece: str) -> str:
    if len(piece) == 1:
        return piece.translate(_TABLE).upper()
    times, word = next(
        ((n, word) for prefix, n in TIMES.items() if (word := piece.lower()).startswith(prefix)), (1, piece.lower())
    )
    return next(digit * times for end, digit in DIGIT_WORDS.items() if word.endswith(end))
