"""Presidio's phone recognizers on candidates with enough digits, found once for all regions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from presidio_analyzer import predefined_recognizers

from piiscrub.presidio.numberplan import NumberPlan, phonenumbers, plan_of
from piiscrub.presidio.twins import Recogniser, rebound

_NAMES = ("PhoneRecognizer", "ZaMobileNumberRecognizer")
PHONES = tuple({getattr(predefined_recognizers, name).analyze for name in _NAMES if hasattr(predefined_recognizers, name)})
"""The ``analyze`` methods that ask phonenumbers and nothing else."""

_VALID = 1  # from this leniency on a number must be one that its region can give out
_TRIES = 60_000  # phonenumbers gives up after 65535 candidates
_ASKED = ("_PATTERN", "_SECOND_NUMBER_START_PATTERN")


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
        self._last = _Seen("", {}, {})

    def __getattr__(self, name: str) -> Any:
        return getattr(self._theirs, name)

    def PhoneNumberMatcher(self, text: str, region: str, leniency: int = _VALID) -> Iterator[Any]:  # its name there
        matcher = self._theirs.PhoneNumberMatcher(text, region, leniency=leniency)
        if leniency < _VALID:
            return iter(matcher)
        last = self._last
        if last.text is not text:
            last = self._last = _Seen(text, {}, {})
        found = last.matches.get((region, leniency))
        if found is None:
            found = last.matches[region, leniency] = list(_matches(matcher, last, plan_of(region)))
        return iter(found)

    def forget(self) -> None:
        """Let go of the last text."""
        self._last = _Seen("", {}, {})


_Candidate = tuple[int, str, int]  # start, text, digits


class _Seen(NamedTuple):
    """A text with what was found in it so far: candidates by where the search began, matches by region and leniency."""

    text: str
    candidates: dict[int, _Candidate | None]
    matches: dict[tuple[str, int], list[Any]]


def _matches(matcher: Any, seen: _Seen, plan: NumberPlan) -> Iterator[Any]:
    """What the matcher gives; candidates that it could but turn down are not handed to it."""
    text, after, _ = seen
    at = tries = 0
    while True:
        candidate = after[at] if at in after else after.setdefault(at, _candidate(text, at))
        if candidate is None:
            return
        start, written, digits = candidate
        match = None
        if digits >= plan.least and plan.allows(written):
            tries += 1
            if tries > _TRIES:
                raise RuntimeError("too many numbers in one text")
            match = matcher._extract_match(written, start)
        if match is None:
            at = start + len(written)
        else:
            yield match
            at = match.end


def _candidate(text: str, at: int) -> _Candidate | None:
    """The next stretch that may be a number, as phonenumbers cuts it."""
    module: Any = phonenumbers.phonenumbermatcher
    found = module._PATTERN.search(text, at)
    if found is None:
        return None
    written = found.group()
    if second := module._SECOND_NUMBER_START_PATTERN.search(written):
        written = written[: second.start()]
    return found.start(), written, sum(map(str.isdecimal, written))
