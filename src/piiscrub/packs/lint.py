r"""What a pattern must not say, each with a sentence that tells what to write instead.

Two kinds of trouble: patterns that miss values (``\b`` beside a Han character, a space in ``{11, 14}``) and patterns
that hostile text makes slow. A pattern is tried on at most ``max`` characters, so slow means here: the same characters
can be read in thousands of ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from re import _constants as sre  # type: ignore[attr-defined]  # private, but no public module names the node kinds
from typing import Any

from piiscrub.packs.ambiguity import trouble
from piiscrub.packs.automaton import ALNUM, ASCII, Unsupported, automaton, charclass, nodes, tree

_EDGE = r"sees no edge between a Han character and a digit. Remove it and set boundary, for example boundary = {}."
_ANCHORS = {
    sre.AT_BOUNDARY: (r"'\b'", _EDGE.format('"alnum"')),
    sre.AT_NON_BOUNDARY: (r"'\B'", _EDGE.format('"none"')),
    sre.AT_BEGINNING: ("'^'", "ties the value to the start of the text. Remove it and set boundary."),
    sre.AT_BEGINNING_STRING: (r"'\A'", "ties the value to the start of the text. Remove it and set boundary."),
    sre.AT_END: ("'$'", "ties the value to the end of the text. Remove it and set boundary."),
    sre.AT_END_STRING: (r"'\Z'", "ties the value to the end of the text. Remove it and set boundary."),
}
_FLAGS = re.compile(r"\(\?[aiLmsux-]+[:)]")
_SPACED = re.compile(r"(?<!\\)\{(?=[^}]*\s)\s*\d*\s*(?:,\s*\d*\s*)?\}")
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def problems(regex: str, *, limit: int = 128, ignore_case: bool = False) -> tuple[str, ...]:
    r"""Say what is wrong with a pattern, nothing if all is well. ``limit`` is its ``max``.

    >>> problems(r"\d{17}[\dXx]")
    ()
    >>> problems(r"\b\d{18}\b")[0]
    '\'\\b\' sees no edge between a Han character and a digit. Remove it and set boundary, for example boundary = "alnum".'
    >>> problems(r"(\d{1,5}-?)+x")[0]
    '(…) captures a group, and then the group is reported in place of the match. Write (?:…).'
    """
    return _problems(regex, limit, ignore_case)


@lru_cache(maxsize=512)
def _problems(regex: str, limit: int, ignore_case: bool) -> tuple[str, ...]:
    try:
        parsed = tree(regex)
    except (re.error, OverflowError, RecursionError) as error:
        return (f"is not a regular expression: {error}.",)
    found = list(dict.fromkeys([*_in_source(regex), *_in_nodes(parsed, regex, inside=False, start=True)]))
    low, _ = parsed.getwidth()
    if not low and not found:
        found.append("can match nothing at all. At least one part must be there: write + for *, or take a ? out.")
    if low > limit:
        found.append(f"matches at least {low} characters, but max = {limit}. Raise max, or nothing is ever found.")
    if not found:
        found += _slow(regex, limit, ignore_case)
    return tuple(found)


def _in_source(regex: str) -> Iterator[str]:
    """What the parse tree no longer shows."""
    if m := _FLAGS.search(regex):
        yield f"'{m[0]}' sets a flag inside the regex. Take it out; for any case of letters write ignore_case = true."
    if m := _SPACED.search(regex):
        yield f"'{m[0]}' holds a space, so it stands for these very characters and repeats nothing. Write it without the space."


def _in_nodes(items: Any, regex: str, *, inside: bool, start: bool) -> Iterator[str]:
    """Walk the tree once. ``inside``: within a repeat; ``start``: nothing stands before ``items``."""
    for op, value in nodes(items):
        if op is sre.LITERAL or op is sre.NOT_LITERAL or op is sre.ANY:
            pass
        elif op is sre.IN:
            yield from _in_class(value, regex)
        elif op in _REPEATS:
            yield from _in_repeat(op, value, regex, inside)
        elif op is sre.SUBPATTERN:
            if value[0] is not None:
                yield "(…) captures a group, and then the group is reported in place of the match. Write (?:…)."
            yield from _in_nodes(value[-1], regex, inside=inside, start=start)
        elif op is sre.BRANCH:
            for branch in value[1]:
                yield from _in_nodes(branch, regex, inside=inside, start=False)
        elif op is sre.AT:
            yield " ".join(_ANCHORS[value])
        elif op is sre.GROUPREF or op is sre.GROUPREF_EXISTS:
            yield r"a back reference like \1 is not known to fast regex engines. Write the separators out, one branch for each."
        elif op is sre.ASSERT or op is sre.ASSERT_NOT:
            yield from _in_look_around(op, value, regex, start)
        elif op is sre.ATOMIC_GROUP:
            yield "(?>…) is not known to fast regex engines. Write (?:…)."
        start = start and op is sre.ASSERT_NOT


def _in_class(items: Any, regex: str) -> Iterator[str]:
    if (sre.LITERAL, ord("|")) in items and (sre.NEGATE, None) not in items and r"\|" not in regex:
        c = charclass(sre.IN, items)
        rest = c.mask & ~(1 << ord("|")) if c else 0
        if rest & ALNUM and not rest & ~ALNUM:
            yield r"'|' inside […] is one more character that matches, not an “or”. Take it out (or write \| if it is meant)."


def _in_repeat(op: Any, value: Any, regex: str, inside: bool) -> Iterator[str]:
    _, high, body = value
    unbounded = high == sre.MAXREPEAT
    if op is sre.POSSESSIVE_REPEAT:
        yield "a possessive repeat (++, *+, ?+) is not known to fast regex engines. Take the second + out."
    if unbounded and inside:
        yield "a repeat without bound stands inside a repeat. Give the inner one a bound such as {1,20}."
    if unbounded and len(body) == 1 and _any(*body[0]):
        kind = "lazy" if op is sre.MIN_REPEAT else "greedy"
        yield (
            f"a {kind} run of any character swallows the text up to the next match far away. Name the characters that may "
            "stand there and a bound, as in [^\\s,，。]{1,40}; for a block with a begin and an end line write a parser."
        )
    yield from _in_nodes(body, regex, inside=inside or high == sre.MAXREPEAT or high > 1, start=False)


def _any(op: Any, value: Any) -> bool:
    """Say whether a node takes any character, or any but a line break."""
    if op is sre.SUBPATTERN:
        return len(value[-1]) == 1 and _any(*value[-1][0])
    if op is sre.BRANCH:
        return any(len(branch) == 1 and _any(*branch[0]) for branch in value[1])
    c = charclass(op, value)
    return c is not None and c.other is None and not ASCII & ~c.mask & ~(1 << 10 | 1 << 13)


def _in_look_around(op: Any, value: Any, regex: str, start: bool) -> Iterator[str]:
    direction, body = value
    low, high = body.getwidth()
    if direction < 0:
        yield "a look-behind is an edge, and edges have names. Remove it and set boundary."
    elif op is sre.ASSERT or not start or low != high:
        yield (
            "a look-ahead is allowed only as a (?!…) of fixed width at the very start, to leave values out. "
            "Elsewhere write the characters out that are allowed; an edge is named by boundary."
        )
    else:
        yield from _in_nodes(body, regex, inside=False, start=False)


def _slow(regex: str, limit: int, ignore_case: bool) -> Iterator[str]:
    try:
        a = automaton(regex, ignore_case)
    except Unsupported as error:
        yield f"holds something this version does not know ({error})."
        return
    kind = trouble(a, limit)
    if kind == "runs":
        yield (
            "two repeats that can both read the same characters stand side by side, so hostile text is read in very many "
            "ways. Put a character between them that neither takes, or join them into one."
        )
    elif kind == "ways":
        yield (
            "the same characters can be read in thousands of ways (a repeat of a part of varying length). Give the inner "
            "part a fixed length, or separate the copies by a character that the part does not take."
        )
