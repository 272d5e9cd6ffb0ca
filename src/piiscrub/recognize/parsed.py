"""Packs whose places a parser finds in code, each asked only about texts that hold something it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import cast

from piiscrub.model.finding import Check
from piiscrub.packs.schema import Pack, Pattern
from piiscrub.recognize import odd_digits
from piiscrub.recognize.compiled import Entry
from piiscrub.recognize.needles import Needles
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.together import Together

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
    def at_numbers(self) -> Parser | None:
        """What looks at the small numbers of a text without any of what is needed for the rest."""
        return cast("Parser | None", getattr(self._module, "at_numbers", None))

    @cached_property
    def takes_odd_digits(self) -> bool:
        """Whether a text with digits in odd company (odd_digits.py) may hold such a value too."""
        return getattr(self._module, "ODD_DIGITS", False)

    @cached_property
    def _module(self) -> ModuleType:
        return import_module(f"piiscrub.recognize.parsers.{self.pack.parser}")

    def weigh(self, reading: Reading, find: Parser) -> None:
        """Weigh what one of its functions finds in a text."""
        for start, end, name, check in find(reading.text, reading.numbers):
            reading.parsed(start, end, self.entry(name), check)

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

    def find(self, together: Together) -> None:
        """Weigh what they find."""
        always, needles = self._always, self.needles
        asked = [always] * len(together.readings)
        for position, parsers in needles.within(together):
            asked[position] |= parsers
        for position in odd_digits.texts_with(together):
            asked[position] |= self._odd
        # What one of them looks for is asked in all texts before the next.
        by_parser = _by_parser(together.readings, asked)
        for number in sorted(by_parser):
            parser = self._entries[number]
            for reading in by_parser[number]:
                parser.weigh(reading, parser.find)
        for number, parser, at_numbers in self._numbered:
            for reading, parsers in zip(together.readings, asked, strict=True):
                if reading.numbers and not parsers >> number & 1:
                    parser.weigh(reading, at_numbers)

    @cached_property
    def _numbered(self) -> Sequence[tuple[int, ParserEntry, Parser]]:
        """Those that are also asked about small numbers by themselves, by their own number."""
        return [(number, parser, find) for number, parser in enumerate(self._entries) if (find := parser.at_numbers) is not None]

    @cached_property
    def _always(self) -> int:
        """The parsers that read every text, as bits."""
        return sum(1 << number for number, parser in enumerate(self._entries) if not parser.needs)

    @cached_property
    def _odd(self) -> int:
        """Those that are shown every text with digits in odd company, as bits."""
        return sum(1 << number for number, parser in enumerate(self._entries) if parser.takes_odd_digits)

    @cached_property
    def needles(self) -> Needles:
        """By what texts for the others are known."""
        needs: dict[str, int] = {}
        for number, parser in enumerate(self._entries):
            for word in parser.needs:
                needs[word] = needs.get(word, 0) | 1 << number
        return Needles(needs)


def _by_parser(readings: Sequence[Reading], asked: Sequence[int]) -> Mapping[int, Sequence[Reading]]:
    """The readings that each parser is asked about, by the parsers that each reading is shown to, as bits."""
    found: dict[int, list[Reading]] = {}
    for reading, parsers in zip(readings, asked, strict=True):
        while parsers:
            number = parsers.bit_length() - 1
            found.setdefault(number, []).append(reading)
            parsers ^= 1 << number  # noqa: PLW2901  # the bits that are left
    return found
