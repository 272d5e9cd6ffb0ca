"""Packs whose places a parser finds in code, each asked only about texts that hold something it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import cast

from piiscrub.model.finding import Check
from piiscrub.packs.literal import rarest
from piiscrub.packs.schema import Pack, Pattern
from piiscrub.recognize.compiled import Entry
from piiscrub.recognize.reading import Reading

Parser = Callable[[str, Sequence[int]], Iterator[tuple[int, int, str, Check]]]


class ParserEntry:
    """A pack whose places a parser finds in code; scores and context words still come from the file."""

    def __init__(self, pack: Pack, owner: int) -> None:
        self.pack, self._owner = pack, owner
        self._entries: dict[str, Entry] = {}

    @cached_property
    def find(self) -> Parser:
        return cast(Parser, self._module.find)

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """A text with such a value holds one of these; without any, it may stand anywhere."""
        return tuple(self._module.NEEDS)

    @cached_property
    def _module(self) -> ModuleType:
        return import_module(f"piiscrub.recognize.parsers.{self.pack.parser}")

    def entry(self, name: str) -> Entry:
        """Scores for a form the parser names. The file may list forms as patterns; one it does not list is always reported."""
        entry = self._entries.get(name)
        if entry is None:
            listed = next((p for p in self.pack.patterns if p.name == name), None)
            passed = self.pack.check.passed if self.pack.check else 0.9
            plain = Pattern(name=name, regex="", score=passed, boundary="none", mode=self.pack.mode, validator="")
            entry = self._entries[name] = Entry(self.pack, listed or plain, self._owner)
        return entry


class Parsers:
    """All parsers. What several of them need is looked for once."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self._entries = tuple(ParserEntry(pack, owner) for owner, pack in enumerate(packs) if pack.parser)

    def find(self, readings: Sequence[Reading]) -> None:
        """Weigh what they find."""
        always, plain_needs, other_needs = self._needs
        if len(readings) > 1:  # most needs are met by none of a hundred texts
            whole_plain, whole = b" ".join([r.plain for r in readings]), " ".join([r.text for r in readings])
            plain_needs = [need for need in plain_needs if need[0] in whole_plain and need[1] in whole_plain]
            other_needs = [need for need in other_needs if need[0] in whole and need[1] in whole]
        for reading in readings:
            plain, text = reading.plain, reading.text
            asked = always
            for code, word, parsers in plain_needs:
                if code in plain and word in plain:
                    asked |= parsers
            for sign, other, parsers in other_needs:
                if sign in text and other in text:
                    asked |= parsers
            for number, parser in enumerate(self._entries):
                if asked >> number & 1:
                    for start, end, name, check in parser.find(text, reading.numbers):
                        reading.parsed(start, end, parser.entry(name), check)

    @cached_property
    def _needs(self) -> tuple[int, Sequence[tuple[int, bytes, int]], Sequence[tuple[str, str, int]]]:
        """The parsers, as bits, that read every text; and those that read texts with a word, behind its rarest character."""
        always, needs = 0, dict[str, int]()
        for number, parser in enumerate(self._entries):
            if not parser.needs:
                always |= 1 << number
            for word in parser.needs:
                needs[word] = needs.get(word, 0) | 1 << number
        return (
            always,
            tuple((ord(rarest(word)), word.encode(), parsers) for word, parsers in needs.items() if word.isascii()),
            tuple((rarest(word), word, parsers) for word, parsers in needs.items() if not word.isascii()),
        )
