"""Where a pattern is worth asking.

A document has few places where an identifier can stand: runs of letters and digits that hold a digit, rare literals
such as "@", and context words. Each pattern's shape (packs/shape.py) says which of these it needs, so a run of eleven
digits is shown to the two or three patterns that can match eleven digits, not to all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from string import ascii_letters, digits
from typing import NamedTuple, TypeAlias, TypeGuard

from piiscrub.packs.literal import Literal
from piiscrub.packs.shape import Shape, TokenShape, analyse
from piiscrub.recognize import edges
from piiscrub.recognize.compiled import Entry, Match
from piiscrub.recognize.hits import AGAINST, bits
from piiscrub.text.boundary import BOUNDARIES

LONGEST = 64
"""Token lengths from here on share one bucket."""

_COMMON = " _-.,:/"  # a literal of one of these is no help: it stands in every line
_TIGHT = ".-#"  # joints of decimals, versions and UUIDs
_ALNUM = frozenset(ascii_letters + digits)
_SHORT_GROUP = 3  # digits
_MOST_BUCKETS = 20_000  # remembered; strange texts must not grow them without end
_MOST_BESIDE = 64  # the same for the words that stand beside tokens of one bucket

Asked: TypeAlias = tuple[Entry, Match]
"""A pattern and how it is asked."""


class Lead(NamedTuple):
    """Patterns that begin ``size`` characters before the token; ``first`` is what they can begin with (None: anything).

    ``edged``: none of them begins inside a word.
    """

    size: int
    first: frozenset[str] | None
    edged: bool
    entries: tuple[Entry, ...]


class Bucket:
    """The patterns that can match at a token of one length, first character and surroundings.

    ``alone`` can report something without context; those of ``beside`` only beside a word of their own. ``owners`` are the
    bits of those, ``heard`` the bits of everybody whose word counts.
    """

    __slots__ = ("_begin", "_beside", "_elsewhere", "_reach", "_sizes", "alone", "before", "heard", "labelled", "owners")

    def __init__(self, alone: tuple[Entry, ...], labelled: tuple[Entry, ...], before: tuple[Lead, ...]) -> None:
        self.alone = tuple((entry, entry.match) for entry in alone)
        self.labelled = labelled
        self.before = before
        # Most begin at the edge of a word and with a capital letter, and seldom stands one there: asked once for all of them.
        self._elsewhere = tuple(lead for lead in before if lead.first is None or not lead.edged)
        self._sizes: dict[int, list[tuple[frozenset[str], tuple[Entry, ...]]]] = defaultdict(list)
        for size, first, edged, entries in before:
            if first is not None and edged:
                self._sizes[size].append((first, entries))
        self._begin = _word_begins(
            "".join(sorted({char for leads in self._sizes.values() for first, _ in leads for char in first}))
        )
        self._reach = max(self._sizes, default=0)
        self.owners = bits(entry.owner for entry in labelled)
        leads = (entry for lead in before for entry in lead.entries)
        self.heard = self.owners | bits(entry.owner for entry in (*alone, *leads)) | AGAINST
        self._beside: dict[int, tuple[Asked, ...]] = {}

    def ahead(self, text: str, start: int) -> list[tuple[int, tuple[Entry, ...]]]:
        """The places before a token at which patterns may begin, with those."""
        found = []
        for size, first, edged, entries in self._elsewhere:
            begin = start - size
            if begin >= 0 and (first is None or text[begin] in first) and not (edged and begin and text[begin - 1] in _ALNUM):
                found.append((begin, entries))
        m = self._begin(text, start - self._reach if start > self._reach else 0, start)
        while m:
            begin = m.start()
            for chars, entries in self._sizes.get(start - begin, ()):
                if text[begin] in chars:
                    found.append((begin, entries))
            m = self._begin(text, m.end(), start)
        return found

    def beside(self, owners: int) -> tuple[Asked, ...]:
        """The patterns that words of these owners speak for."""
        owners &= self.owners
        found = self._beside.get(owners)
        if found is None:
            found = tuple((entry, entry.match) for entry in self.labelled if entry.bit & owners)
            if len(self._beside) < _MOST_BESIDE:
                self._beside[owners] = found
        return found


class LiteralAnchor(NamedTuple):
    """A pattern found by a literal it must contain; ``before`` are the characters that can stand between its start and it."""

    literal: Literal
    before: str
    entry: Entry


class Candidates:
    """The index from places to patterns. Buckets are filled when first asked for."""

    __slots__ = ("_tokens", "buckets", "by_context", "by_literal", "by_scan", "follows", "precedes")

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._tokens: list[tuple[Entry, TokenShape]] = []
        self.buckets: dict[tuple[int, str, str, str, str, bool], Bucket] = {}
        self.by_literal: dict[str, list[LiteralAnchor]] = defaultdict(list)
        self.by_context: list[Entry] = []
        self.by_scan: list[Entry] = []
        for entry in entries:
            pattern = entry.pattern
            shape = pattern.shape or analyse(
                pattern.regex, ignore_case=pattern.ignore_case, limit=pattern.max, digit=pattern.digit
            )
            self._place(entry, shape)
        self.follows = frozenset[str]().union(*(shape.after or () for _, shape in self._tokens))
        self.precedes = frozenset[str]().union(*(shape.lead_last or () for _, shape in self._tokens))

    def bucket(self, length: int, first: str, preceding: str, following: str, inner: str, figures: bool) -> Bucket:
        """The patterns for a token of ``length`` that starts with ``first``; ``figures``: it holds digits and no letters.

        ``preceding`` and ``following`` are the characters around it if any pattern can go on with them (``precedes``,
        ``follows``), else "". ``inner`` is the joint if the token follows a digit and a joint, such as ``-`` or a space, else "".
        """
        key = (length, first, preceding, following, inner, figures)
        found = self.buckets.get(key)
        if found is None:
            found = self._fill(*key)
            if len(self.buckets) < _MOST_BUCKETS:
                self.buckets[key] = found
        return found

    def _fill(self, length: int, first: str, preceding: str, following: str, inner: str, figures: bool) -> Bucket:
        # A label stands before the whole of a thing, not before its second group. Where a space or the like joins the
        # groups, only short ones are sure to be groups.
        not_first = inner in _TIGHT or inner in ":/" or length <= _SHORT_GROUP
        at_token: list[Entry] = []
        before: dict[tuple[int, frozenset[str] | None], list[Entry]] = defaultdict(list)
        for entry, shape in self._tokens:
            if first not in shape.first:
                continue
            edge = entry.pattern.boundary
            goes_on = length in shape.more and (shape.after is None or following in shape.after)
            open_end = not BOUNDARIES[edge].right  # may end inside a longer token
            if not open_end and not ((length in shape.ends or goes_on) and (length in shape.figures or not figures)):
                continue
            if shape.lead:
                if shape.lead_last is None or preceding in shape.lead_last:
                    before[shape.lead, shape.lead_first].append(entry)
            elif inner and ((entry.needs_context and not_first) or not _begins_behind(inner, edge)):
                continue
            else:
                at_token.append(entry)
        leads = tuple(Lead(size, chars, all(e.edged for e in found), tuple(found)) for (size, chars), found in before.items())
        alone = tuple(entry for entry in at_token if not entry.needs_context)
        return Bucket(alone, tuple(entry for entry in at_token if entry.needs_context), leads)

    def _place(self, entry: Entry, shape: Shape) -> None:
        if shape.tokens is not None:
            self._tokens.extend((entry, token) for token in shape.tokens)
        elif _rare(literal := shape.literal, entry):
            self.by_literal[literal.text].append(LiteralAnchor(literal, "".join(sorted(literal.before or ())), entry))
        elif entry.pattern.mode == "context":
            self.by_context.append(entry)
        else:
            self.by_scan.append(entry)  # nothing to find it by: it costs a pass of its own over the text


@cache
def _word_begins(chars: str) -> Callable[[str, int, int], re.Match[str] | None]:
    """What looks for a word that begins with one of these characters."""
    return re.compile(f"[{re.escape(chars)}](?<![0-9A-Za-z].)" if chars else "(?!)").search


@cache
def _begins_behind(joint: str, edge: str) -> bool:
    """Whether a match with this edge can begin behind a digit and a joint."""
    left = re.compile(edges.left(edge))
    return any(left.match(digits + joint, len(digits) + 1) for digits in ("0", "00000000"))  # some look at how many there are


def _rare(literal: Literal | None, entry: Entry) -> TypeGuard[Literal]:
    """Whether looking for the literal is a way to find the pattern: not in either case, and no character of every line."""
    if literal is None or (entry.pattern.ignore_case and _cased(literal.text)):
        return False
    return len(literal.text) > 1 or literal.text not in _COMMON


def _cased(text: str) -> bool:
    return text.lower() != text.upper()
