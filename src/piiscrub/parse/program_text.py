"""Words of a program: functions, types, variables and commands, told by the line in which they stand."""

from __future__ import annotations

from piiscrub.parse.pinyin import apart
from piiscrub.reference.words import is_listed
from piiscrub.text.late import late

_LINE_OF_CODE = late(
    r"^[ \t>.]*(?:import [\w.]+|from [\w.]+ import |(?:async )?def \w|class \w+[(:]|return\b|raise \w|elif |assert |local \w"
    r"|sub \w|use \w|package \w|require \w|my [$@%]|let \w|const \w|var \w|func \w|public |private |static |#include|#define"
    r"|(?:esac|fi|done)$|['\"][^'\"\n]+['\"]: \w+,?$)"
    r"|[;{]\s*$|\):\s*$|\$\(|[$@%&]\{| [=!]= | [+-]= |->|=>|::|\w\.\w+\(|\w\([^()\n]*[\w'\"]=[^=]|\w = [\w'\"\[({]"
)
_WORD = late("[A-Za-z][A-Za-z0-9_]*")
_CAMEL = late("[A-Za-z0-9]*[a-z][A-Z]")
_TOUCHES_BEFORE = late(
    r"[(\[{<&$%@.\\*]$|\b(?:import|from|class|def|local|sub|use|package|require|return|new|as|raise|except|isinstance)\s$"
)
_TOUCHES_AFTER = late(r"[(\[\])}>;.*]|,\s?\w+[=)]| = | import | as ")
_SOMEBODY = late("[A-Z][A-Za-z]* [A-Za-z]")
_PIECE = late(r"[^\s](?:[^\n]*[^\s])?")
_OPTION = late(r" --?[A-Za-z]")
_MEMBER = late(r"[A-Z]\w*::$")
_TYPE = late(r"<(?![^<>\n]{1,40}@)[A-Za-z_&'(\[]|::")
_JOINED = late("[A-Z][a-z]+[A-Z][A-Za-z]+")
_PARTS = late("[A-Z][a-z]+")
_PARTICLES = frozenset("Mc Mac De Di Du La Le Lo Van Von Fitz San St O".split())
_MANY = 3  # lines of code that make a text one about a program
_QUOTES = "'\"`"
_LINE = 300  # characters of a line that are read
_AROUND = 1500  # characters to both sides of a word whose lines say whether it belongs to a program


def in_program_text(text: str, start: int, end: int) -> bool:
    """Whether a stretch of Latin letters that can be no name is a word of a program or a command with its options.

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
    if start > 1 and text.startswith("::", start - 2) and _MEMBER.search(text, max(0, start - 40), start):
        return True  # Fruit::Lemon
    if _SOMEBODY.match(stretch) and not text.startswith(("<", ":"), end):
        return False  # as nearly all
    words = _WORD.findall(stretch)
    if not words:
        return False
    # Whether a word may be a name costs more than all of these, and few words are beside what makes them a program's.
    sure = (
        (stretch[0].islower() and (_OPTION.search(stretch) or _OPTION.match(text, end)))
        or (":" in text[start - 1 : start] + text[end : end + 1] and stretch.islower() and _glued(text, start, end))
        or _TYPE.match(text, end)  # Vec<String>, String::new
    )
    quoted = start and text[start - 1] in _QUOTES and text[end : end + 1] in _QUOTES
    if not sure and (len(words) != 1 or quoted):
        return False
    if any(map(may_be_a_name, words)):
        return False
    if sure:
        return True
    own_case = stretch.islower() or stretch.isupper() or _CAMEL.match(stretch)
    if not (own_case or _TOUCHES_BEFORE.search(text, max(0, start - 12), start) or _TOUCHES_AFTER.match(text, end)):
        return False
    low = text.rfind("\n", max(0, start - _LINE), start) + 1
    high = text.find("\n", end, end + _LINE)
    return _LINE_OF_CODE.search(text[max(low, start - _LINE) : high if high >= 0 else end + _LINE]) is not None


def may_be_a_name(word: str) -> bool:
    """Whether a list of names holds a word, or it is a Chinese name in one: jane, zhangwei."""
    return is_listed(word, "given") or is_listed(word, "surname") or bool(apart(word.lower()))


def joined_words(word: str) -> bool:
    """Whether a word is joined of words that are no names, as types and functions are: OsString, but McAdam and JaneDoe.

    >>> joined_words("OsString"), joined_words("McAdam"), joined_words("JaneDoe")
    (True, False, False)
    """
    if not _JOINED.fullmatch(word):
        return False
    parts = _PARTS.findall(word)
    return parts[0] not in _PARTICLES and not any(map(may_be_a_name, parts))


def about_a_program(text: str, at: int) -> bool:
    r"""Whether several lines around a place are code.

    >>> about_a_program("import os\nx = f(1)\nreturn x", 12), about_a_program("We met at nine.", 3)
    (True, False)
    """
    lines = 0
    for line in text[max(0, at - _AROUND) : at + _AROUND].splitlines():
        lines += _LINE_OF_CODE.search(line[:_LINE]) is not None
        if lines == _MANY:
            return True
    return False


def _glued(text: str, start: int, end: int) -> bool:
    """javacc:help: names of one tool and its parts, no label and its value."""
    before = start > 1 and text[start - 1] == ":" and text[start - 2].islower()
    return before or (text[end : end + 1] == ":" and text[end + 1 : end + 2].islower())
