r"""Where a stranger's regex can match, read off its parse tree, so that it is asked only there.

A head never rules out a place at which the regex matches; it may name many at which it does not. What the parser of
Python does not read exactly as the ``regex`` package does (fuzzy matching, POSIX classes, ``\p{…}``) has no head, and is
always asked. A character that is not ASCII counts as any character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from re import _constants as sre  # type: ignore[attr-defined]  # private, but no public module gives the parse tree
from typing import Any, Literal, NamedTuple

from piiscrub.packs.automaton import (
    ALNUM,
    ASCII,
    DIGITS,
    LETTERS,
    Automaton,
    Chars,
    Unsupported,
    automaton,
    charclass,
    nodes,
    tree,
)
from piiscrub.packs.automaton import _Builder as Builder

Starts = Literal["word", "digits", "any"]
"""``word``: no ASCII letter or digit stands before a match; ``digits``: it begins with a digit, none before; ``any``: neither."""

_WORD = ALNUM | 1 << ord("_")
_OTHERWISE_READ = re.compile(
    r"\[:\^?[a-z]+:\]|\{[0-9<=+ ]*[eids]|\\[GKNLRXhmMpP]"
)  # the regex package reads these in another way
_GROUP = re.compile(r"(?<!\\)\((?!\?)([^()]*\)?)")
_CLASS = re.compile(r"\[[^\]\\^]+\]\??\)")
_BRACKET = re.compile(r"\[[^\]]*\(")
_REFERENCE = re.compile(r"\\([1-9])(?![0-9])")
_KNOWN_FLAGS = int(re.IGNORECASE | re.MULTILINE | re.DOTALL | re.UNICODE)
_FOLDS_TO_ASCII = frozenset("ſKıİ")  # another case of s, k and i
_TWINS = sum(1 << ord(c) for c in "SsKkIi")
_SIGNS = "@+:/-."
SPACE = sum(1 << ord(c) for c in " \t\n\r\f\v")
_NEWLINE = 1 << ord("\n")


class Head(NamedTuple):
    """What a match must look like at its beginning and what it must hold.

    ``needs``: classes of ASCII characters (a bit each) of each of which a match, or the label before it, has one.
    ``first``: what it may begin with. ``least``: its fewest characters. ``spaced``: whether it may hold white space.
    ``ahead``: what must fit at its beginning as well, with the masks of its states.
    ``words``: one of these stands before it, in small letters, in a text that is ASCII; empty if nothing is asked.
    """

    automaton: Automaton
    masks: tuple[int, ...]
    first: int
    starts: Starts
    needs: tuple[int, ...]
    words: tuple[str, ...]
    least: int
    spaced: bool
    ahead: tuple[tuple[Automaton, tuple[int, ...]], ...] = ()


@lru_cache(maxsize=2048)
def head(regex: str, flags: int) -> Head | None:
    r"""The head of a regex; None if nothing can be said, or if it can match nothing at all.

    >>> head(r"\b\d{3}-\d{2}\b", 26).starts, head(r"(?<!\d)\d{9}", 26).starts, head(r"\d{9}", 26).starts
    ('word', 'digits', 'any')
    >>> head(r"(\d)\1", 26), head(r"\p{L}+", 26)
    (None, None)
    """
    if flags & ~_KNOWN_FLAGS or _OTHERWISE_READ.search(regex):
        return None
    regex = _without_references(regex).replace("(?i)", "")  # the case is never looked at here
    try:
        items = tree(regex)
        if items.state.flags & ~(_KNOWN_FLAGS | re.ASCII):
            return None
        a = automaton(regex, ignore_case=True)  # a superset where the case matters
    except (re.error, Unsupported, ValueError, RecursionError, OverflowError):
        return None
    if a.nullable or not a.first:
        return None
    masks = tuple(_mask(c) for c in a.chars)
    first = 0
    for i in a.first:
        first |= masks[i]
    lead = _lead(nodes(items), first)
    starts: Starts = lead if lead == "digits" or not first & ~_WORD else "any"
    classes = (*(1 << ord(sign) for sign in _SIGNS), DIGITS, LETTERS)  # the rarest first
    needs = tuple(c for c in classes if not _reaches(a, masks, without=c))
    spaced = any(mask & SPACE for mask in masks)
    return Head(a, masks, first, starts, needs, _label(nodes(items)), int(items.getwidth()[0]), spaced, _ahead(nodes(items)))


def _without_references(regex: str) -> str:
    """The regex with a group that is one class of characters, such as ([- ]), in place of what refers to it."""
    if not _REFERENCE.search(regex) or "(?P<" in regex or "\\\\" in regex or _BRACKET.search(regex):
        return regex
    groups = _GROUP.findall(regex)

    def again(m: re.Match[str]) -> str:
        body = groups[int(m[1]) - 1] if int(m[1]) <= len(groups) else ""
        return body[:-1] if _CLASS.fullmatch(body) else m[0]

    return _REFERENCE.sub(again, regex)


def _mask(c: Chars) -> int:
    """The ASCII characters of a class, with those that are another case of one that is not ASCII, and the end of a line.

    Whether a dot takes the end of a line depends on a flag, and is not asked.
    """
    mask = c.mask | _TWINS if c.other is None or c.other & _FOLDS_TO_ASCII else c.mask
    return ASCII if mask == ASCII & ~_NEWLINE else mask


def _reaches(a: Automaton, masks: tuple[int, ...], *, without: int) -> bool:
    """Whether the regex can match without a character of this class: only states with another character count."""
    open_ = [bool(mask & ~without) or a.chars[i].other != frozenset() for i, mask in enumerate(masks)]
    seen: set[int] = set()
    todo = [i for i in a.first if open_[i]]
    while todo:
        i = todo.pop()
        if i in a.last:
            return True
        if i not in seen:
            seen.add(i)
            todo += (j for j in a.follow[i] if open_[j])
    return False


def _lead(items: Iterable[tuple[Any, Any]], first: int) -> Starts:
    """What the regex says about the character before a match, before it takes its own first character."""
    for op, value in items:
        if op is sre.AT:
            if value is sre.AT_BOUNDARY or value in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
                return "word"
            return "any"
        if op in (sre.ASSERT, sre.ASSERT_NOT):
            inner = nodes(value[1])
            c = charclass(*inner[0], True) if value[0] < 0 and len(inner) == 1 else None
            if c is not None and op is sre.ASSERT_NOT and not ALNUM & ~c.mask:
                return "word"
            if c is not None and op is sre.ASSERT and not _mask(c) & ALNUM:
                return "word"
            if c is not None and op is sre.ASSERT_NOT and not DIGITS & ~c.mask and not first & ~DIGITS:
                return "digits"
        elif op is sre.SUBPATTERN:
            found = _lead(nodes(value[-1]), first)
            if found != "any" or value[-1].getwidth()[1]:
                return found
        elif op is sre.BRANCH:
            kinds = {_lead(nodes(branch), first) for branch in value[1]}
            return kinds.pop() if len(kinds) == 1 else "any"
        else:
            return "any"
    return "any"


def _ahead(items: list[tuple[Any, Any]]) -> tuple[tuple[Automaton, tuple[int, ...]], ...]:
    """The look-aheads before the first character of a match: what stands there must fit them too."""
    found = []
    for op, value in items:
        if op is sre.ASSERT and value[0] > 0:
            builder = Builder(ignore_case=True)
            try:
                first, last, nullable = builder.sequence(value[1])
            except Unsupported:
                continue
            if first and not nullable:
                a = Automaton(tuple(builder.chars), tuple(first), tuple(map(tuple, builder.follow)), frozenset(last), nullable)
                found.append((a, tuple(_mask(c) for c in a.chars)))
        elif op not in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
            break
    return tuple(found)


def _label(items: list[tuple[Any, Any]]) -> tuple[str, ...]:
    """The words of a look-behind at the beginning, one of which must stand in the text: (?<=(?:claim|auth)…)."""
    if not items or items[0][0] is not sre.ASSERT or items[0][1][0] > 0:
        return ()
    words = _words(nodes(items[0][1][1]))
    return words if all(len(word) > 1 for word in words) else ()


def _words(items: list[tuple[Any, Any]]) -> tuple[str, ...]:
    """Words of which a match holds one: the letters it begins with, in each of its ways."""
    word = ""
    for op, value in items:
        if op is sre.LITERAL and value < 128 and chr(value).isalpha():
            word += chr(value).lower()
        elif word:
            break
        elif op is sre.SUBPATTERN:
            return _words(nodes(value[-1]))
        elif op is sre.BRANCH:
            parts = [_words(nodes(branch)) for branch in value[1]]
            return tuple(w for part in parts for w in part) if all(parts) else ()
        elif op is not sre.AT:
            return ()
    return (word,) if word else ()
