"""Presidio's phone recognizers on candidates with enough digits, found once for all regions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import phonenumbers
from presidio_analyzer import predefined_recognizers

from piiscrub.presidio.numberplan import blocks_of, plan_of
from piiscrub.presidio.twins import Recogniser, rebound

_NAMES = ("PhoneRecognizer", "ZaMobileNumberRecognizer")
PHONES = tuple({getattr(predefined_recognizers, name).analyze for name in _NAMES if hasattr(predefined_recognizers, name)})
"""The ``analyze`` methods that ask phonenumbers and nothing else."""

_VALID = 1  # from this leniency on a number must be one that its region can give out
_TRIES = 60_000  # phonenumbers gives up after 65535 candidates
_ASKED = ("_PATTERN", "_SECOND_NUMBER_START_PATTERN", "_SLASH_SEPARATED_DATES")
_PLUS = re.compile("[+\uff0b]")


def quicker(recognizer: Recogniser, numbers: Numbers) -> Recogniser:
    """A copy whose ``analyze`` is Presidio's own code, which takes its matches from here."""
    matcher = getattr(phonenumbers, "phonenumbermatcher", None)
    if not all(hasattr(matcher, name) for name in _ASKED):
        return recognizer
    return rebound(recognizer, "analyze", phonenumbers=numbers)


class Numbers:
    """The module phonenumbers with a matcher that shares its candidates between regions."""

    def __init__(self) -> None:
        self._theirs = phonenumbers
        self._last = _Seen("", (), {})

    def __getattr__(self, name: str) -> Any:
        return getattr(self._theirs, name)

    def parse(self, number: str, region: str | None = None, *more: Any, **named: Any) -> Any:
        """What phonenumbers gives. Without a region it needs a plus sign, and takes long to say so.

        Raises:
            NumberParseException: as there.
        """
        if region is None and not more and not named and not _PLUS.search(number):
            error = self._theirs.NumberParseException
            raise error(error.INVALID_COUNTRY_CODE, "Missing or invalid default region.")
        return self._theirs.parse(number, region, *more, **named)

    def PhoneNumberMatcher(self, text: str, region: str, leniency: int = _VALID) -> Iterator[Any]:  # its name there
        if leniency < _VALID:
            return iter(self._theirs.PhoneNumberMatcher(text, region, leniency=leniency))
        last = self._last
        if last.text is not text:
            last = self._last = _Seen(text, tuple(_candidates(text)), {})
        found = last.matches.get((region, leniency))
        if found is None:
            found = last.matches[region, leniency] = self._matches(last, region, leniency)
        return iter(found)

    def _matches(self, seen: _Seen, region: str, leniency: int) -> list[Any]:
        """What their matcher gives; candidates that it could but turn down are not handed to it."""
        plan = plan_of(region)
        found: list[Any] = []
        wanted = [one for one in seen.candidates if one.digits >= plan.least and plan.allows(one.blocks)]
        if not wanted:
            return found
        matcher = self._theirs.PhoneNumberMatcher(seen.text, region, leniency=leniency)
        tries = 0
        todo: Iterator[_Candidate] = iter(wanted)
        while (one := next(todo, None)) is not None:
            tries += 1
            if tries > _TRIES:
                raise RuntimeError("too many numbers in one text")
            match = matcher._extract_match(one.written, one.start)
            if match is not None:
                found.append(match)
                if match.end != one.start + len(one.written):  # the rest of it is cut anew
                    todo = _candidates(seen.text, match.end)
        return found

    def forget(self) -> None:
        """Let go of the last text."""
        self._last = _Seen("", (), {})


class _Candidate(NamedTuple):
    """A stretch that may be a number. ``digits``: how many, 0 where a date forbids a number."""

    start: int
    written: str
    digits: int
    blocks: list[str] | None


class _Seen(NamedTuple):
    """A text with what was found in it so far: its candidates, and matches by region and leniency."""

    text: str
    candidates: tuple[_Candidate, ...]
    matches: dict[tuple[str, int], list[Any]]


def _candidates(text: str, at: int = 0) -> Iterator[_Candidate]:
    """The stretches from some place on that may be numbers, as phonenumbers cuts them."""
    module: Any = phonenumbers.phonenumbermatcher
    search, second, dates = module._PATTERN.search, module._SECOND_NUMBER_START_PATTERN.search, module._SLASH_SEPARATED_DATES
    while (found := search(text, at)) is not None:
        written = found.group()
        if cut := second(written):
            written = written[: cut.start()]
        at = found.start() + len(written)
        digits = 0 if dates.search(written) else sum(map(str.isdecimal, written))
        yield _Candidate(found.start(), written, digits, blocks_of(written) if digits else [])
