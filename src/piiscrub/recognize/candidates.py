"""Where a pattern is worth asking.

A document has few places where an identifier can stand: runs of letters and digits that hold a digit, rare literals
such as "@", and context words. Each pattern's shape (packs/shape.py) says which of these it needs, so a run of eleven
digits is shown to the two or three patterns that can match eleven digits, not to all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from piiscrub.packs.shape import Literal, Shape, TokenShape, analyse
from piiscrub.recognize.compiled import Entry
from piiscrub.text.boundary import BOUNDARIES

LONGEST = 64
"""Token lengths from here on share one bucket."""

# A bucket may be asked for a token that follows "1." or "1-": patterns whose edge forbids that are left out of it.
_INNER_FORBIDDEN = frozenset(name for name, edge in BOUNDARIES.items() if "[0-9][.#" in edge.left)


class Lead(NamedTuple):
    """Patterns that begin ``size`` characters before the token; ``first`` is what they can begin with (None: anything)."""

    size: int
    first: frozenset[str] | None
    entries: tuple[Entry, ...]


class Bucket(NamedTuple):
    """The patterns that can match at a token of one length, first character and surroundings."""

    at_token: tuple[Entry, ...]
    before: tuple[Lead, ...]


class LiteralAnchor(NamedTuple):
    """Patterns found by a literal they must contain. ``run`` finds each run of the literal once."""

    run: re.Pattern[str]
    literal: Literal
    before: str
    entry: Entry


class Candidates:
    """The index from places to patterns."""

    __slots__ = ("_buckets", "_tokens", "by_context", "by_literal", "continues")

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._tokens: list[tuple[Entry, TokenShape]] = []
        self._buckets: dict[tuple[int, str, str, bool], Bucket] = {}
        self.by_literal: list[LiteralAnchor] = []
        self.by_context: list[Entry] = []
        for entry in entries:
            shape = analyse(entry.pattern.regex, ignore_case=entry.pattern.ignore_case, limit=min(entry.pattern.max, LONGEST))
            self._place(entry, shape)
        self.continues = frozenset[str]().union(*(shape.after or frozenset() for _, shape in self._tokens))

    def bucket(self, length: int, first: str, following: str, inner: bool) -> Bucket:
        """The patterns for a token of ``length`` that starts with ``first``.

        ``following`` is the character behind the token if any pattern can go on with it, else "". ``inner`` says that
        the token follows a digit and one of ``. # -``.
        """
        key = (length, first, following, inner)
        found = self._buckets.get(key)
        if found is None:
            found = self._buckets[key] = self._fill(*key)
        return found

    def _fill(self, length: int, first: str, following: str, inner: bool) -> Bucket:
        at_token: list[Entry] = []
        before: dict[tuple[int, frozenset[str] | None], list[Entry]] = defaultdict(list)
        for entry, shape in self._tokens:
            if first not in shape.first:
                continue
            goes_on = length in shape.more and (shape.after is None or following in shape.after)
            open_end = not BOUNDARIES[entry.pattern.boundary].right  # may end inside a longer token
            if length not in shape.ends and not goes_on and not open_end:
                continue
            if shape.lead:
                before[shape.lead, shape.lead_first].append(entry)
            elif not (inner and entry.pattern.boundary in _INNER_FORBIDDEN):
                at_token.append(entry)
        leads = tuple(Lead(size, chars, tuple(found)) for (size, chars), found in before.items())
        return Bucket(tuple(at_token), leads)

    def _place(self, entry: Entry, shape: Shape) -> None:
        if shape.tokens is not None:
            self._tokens.extend((entry, token) for token in shape.tokens)
        elif shape.literal is not None:
            text = shape.literal.text
            run = re.compile(f"(?:{re.escape(text)})+", re.IGNORECASE if entry.pattern.ignore_case else re.NOFLAG)
            before = "".join(sorted(shape.literal.before or ()))
            self.by_literal.append(LiteralAnchor(run, shape.literal, before, entry))
        elif entry.pattern.mode == "context":
            self.by_context.append(entry)
        else:
            raise ValueError(  # the loader's lint should have refused it; a pattern nobody asks would be a silent miss
                f"{entry.pack.path}: patterns[{entry.pattern.name}]: no digit, no fixed literal and no context to find it by"
            )
