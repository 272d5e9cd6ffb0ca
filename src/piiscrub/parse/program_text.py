"""Words of a program: functions, types, variables and commands, told by the line in which they stand."""

from __future__ import annotations

import re

from piiscrub.reference.words import is_listed

_LINE_OF_CODE = re.compile(
    r"^[ \t>.]*(?:import [\w.]+|from [\w.]+ import |(?:async )?def \w|class \w+[(:]|return\b|raise \w|elif |assert |local \w|sub \w|use \w"
    r"|package \w|require \w|my [$@%]|let \w|const \w|var \w|func \w|public |private |static |#include|#define|esac$|fi$|done$)"
    r"|[;{]\s*$|\):\s*$|\$\(|[$@%&]\{| [=!]= | [+-]= |->|=>|::|\w\.\w+\(|\w\([^()\n]*[\w'\"]=[^=]|\w = [\w'\"\[({]|^[ \t]*['\"][^'\"\n]+['\"]: \w+,?$"
)
_WORD = re.compile("[A-Za-z][A-Za-z0-9_]*")
_CAMEL = re.compile("[A-Za-z0-9]*[a-z][A-Z]")
_TOUCHES_BEFORE = re.compile(r"[(\[{<&$%@.\\*]$|\b(?:import|from|class|def|local|sub|use|package|require|return|new|as|raise|except|isinstance)\s$")
_TOUCHES_AFTER = re.compile(r"[(\[\])}>;.*]|,\s?\w+[=)]| = | import | as ")
_PIECE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_OPTION = re.compile(r" --?[A-Za-z]")
_QUOTES = "'\"`"
_LINE = 300  # characters of a line that are read


def in_program_text(text: str, start: int, end: int) -> bool:
    """Whether a stretch of Latin letters that no list of names holds is a word of a program or a command with its options.

    What stands in quotes is a value, and may be somebody.

    >>> text = "ts.between(stime, etime=t)"
    >>> in_program_text(text, 11, 16), in_program_text("we met (stime) twice", 8, 13)
    (True, False)
    >>> in_program_text("run lsblk -n -o NAME", 4, 15), in_program_text("insert('ZHANGSAN');", 8, 16)
    (True, False)
    """
    stretch = text[start:end]
    if not stretch.isascii():
        return False
    if "\n" in stretch:
        return all(in_program_text(text, start + m.start(), start + m.end()) for m in _PIECE.finditer(stretch))
    words = _WORD.findall(stretch)
    if not words or any(is_listed(word, kind) for word in words for kind in ("given", "surname")):
        return False
    if stretch[0].islower() and (_OPTION.search(stretch) or _OPTION.match(text, end)):
        return True
    if stretch.islower() and ":" in text[start - 1 : start] + text[end : end + 1] and _glued(text, start, end):
        return True
    if len(words) != 1 or (text[start - 1 : start] in _QUOTES and text[end : end + 1] in _QUOTES and start):
        return False
    low = text.rfind("\n", max(0, start - _LINE), start) + 1
    high = text.find("\n", end, end + _LINE)
    if not _LINE_OF_CODE.search(text[max(low, start - _LINE) : high if high >= 0 else end + _LINE]):
        return False
    if stretch.islower() or stretch.isupper() or _CAMEL.match(stretch):
        return True
    return _TOUCHES_BEFORE.search(text, max(0, start - 12), start) is not None or _TOUCHES_AFTER.match(text, end) is not None


def _glued(text: str, start: int, end: int) -> bool:
    """javacc:help: names of one tool and its parts, no label and its value."""
    before = start > 1 and text[start - 1] == ":" and text[start - 2].islower()
    return before or (text[end : end + 1] == ":" and text[end + 1 : end + 2].islower())
