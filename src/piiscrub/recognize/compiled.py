"""A pack's pattern made ready to be asked: compiled regex, check, scores, owner of its context words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import cast

from piiscrub.packs.automaton import tree
from piiscrub.packs.schema import Pack, Pattern
from piiscrub.recognize import edges
from piiscrub.recognize.hits import bit
from piiscrub.text.boundary import BOUNDARIES

Validator = Callable[[str], bool]
Match = Callable[[str, int], re.Match[str] | None]


class Entry:
    """One pattern of one pack. ``owner`` is the index of the pack, under which its context words are filed.

    The regex is compiled when it is first asked: most documents need few of the patterns.
    """

    def __init__(self, pack: Pack, pattern: Pattern, owner: int) -> None:
        self.pack, self.pattern, self.owner = pack, pattern, owner
        self.bit = bit(owner)
        self.entity, self.id, self.name = pack.entity, pack.id, pattern.name
        self.needs_context = pattern.mode == "context"
        self.edged = "0-9A-Za-z" in BOUNDARIES[pattern.boundary].left  # no match begins inside a word
        self.gap = pack.context.gap if self.needs_context else 0
        self.score = pattern.score
        self.passed = max(pack.check.passed, pattern.score) if pack.check else pattern.score
        self.failed = pack.check.failed if pack.check else None
        boost, penalty = pack.context.boost, pack.context.penalty
        # By whether the check passed; summed and rounded once, not per finding.
        self.near_word = {ok: round(min(1.0, base + boost), 4) for ok, base in ((True, self.passed), (False, self.score))}
        self.near_against = {ok: round(max(0.0, base - penalty), 4) for ok, base in ((True, self.passed), (False, self.score))}
        self.far_against = round(max(0.0, self.passed - penalty / 2), 4)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        edge = self.pattern.boundary
        return self._compile(f"{edges.left(edge)}(?:{self.pattern.regex}){BOUNDARIES[edge].right}")

    @cached_property
    def match(self) -> Match:
        """Match at a place; a pattern that could go on for ever sees ``max`` characters and no more."""
        match, reach = self.regex.match, self.pattern.max
        return (lambda text, start: match(text, start, start + reach)) if self.open_ended else match

    @cached_property
    def glued(self) -> re.Pattern[str]:
        """The same without a left edge, for a value right behind its own label: QQ12345678, TEL13800138000."""
        return self._compile(f"(?:{self.pattern.regex}){BOUNDARIES[self.pattern.boundary].right}")

    @cached_property
    def bare(self) -> re.Pattern[str]:
        """The pattern without edges."""
        return self._compile(self.pattern.regex)

    @cached_property
    def is_valid(self) -> Validator | None:
        name = self.pattern.validator
        return cast(Validator, import_module(f"piiscrub.validators.{name}").is_valid) if name else None

    @cached_property
    def open_ended(self) -> bool:
        """Whether the regex could go on where ``max`` stops it."""
        return int(tree(self.pattern.regex).getwidth()[1]) > self.pattern.max

    @cached_property
    def labels(self) -> frozenset[str]:
        """The pack's Latin context words in small letters."""
        return frozenset(word.lower() for word in self.pack.context.en)

    def _compile(self, source: str) -> re.Pattern[str]:
        return re.compile(source, re.ASCII | (re.IGNORECASE if self.pattern.ignore_case else re.NOFLAG))
