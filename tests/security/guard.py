"""Watches everything a test run says, and knows the values that must not be in it.

The values are the marked spans of all packs' examples. Watched are test ids, what is printed, log records of
``piiscrub`` at every level, and the texts of all errors that the library raises, with their causes. A test that hands a
value to the library and lets one of these repeat it fails, whatever else it asserts.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from piiscrub.errors import PiiscrubError

RECOGNIZERS = Path(__file__).resolve().parents[2] / "recognizers"
SHORTEST = 8
# Dates and web addresses stand in version lines, licence notes and links; alone they are nobody's.
NOT_WATCHED = re.compile(r"DATE|URL|AGE|_MASKED$")
_MARKED = re.compile(r"<<(.+?)>>", re.DOTALL)


@cache
def examples() -> tuple[tuple[str, str, str], ...]:
    """Return pack id, entity and text, marks included, of every example of every pack.

    Read with the standard library, not with the packs room: the guard must not lean on what it guards.
    """
    found = []
    for path in sorted(RECOGNIZERS.rglob("*.toml")):
        try:
            pack = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError:
            continue  # the tests of packs say so; here it would stop the whole run
        if "id" in pack:
            kinds: dict[str, list[dict[str, str]]] = pack.get("examples", {})
            found += [(pack["id"], pack.get("entity", ""), example["text"]) for kind in kinds.values() for example in kind]
    return tuple(found)


@cache
def values() -> dict[str, str]:
    """Return each watched value with the id of the pack it comes from."""
    found: dict[str, str] = {}
    for pack, entity, text in examples():
        if not NOT_WATCHED.search(entity):
            for value in _MARKED.findall(text):
                if len(value) >= SHORTEST:
                    found.setdefault(value, pack)
    return found


def shown_in(text: str) -> list[str]:
    """Return the ids of the packs whose values stand in a text; never the values.

    A value inside a longer run of digits is another number: a score of 0.8500000000000001 shows no permit 00000001.
    """
    starts = _starts()
    # Each test hands in seven texts, most of them empty: a thousand searches in each took a minute of the whole run.
    heads = {text[i : i + SHORTEST] for i in range(len(text) - SHORTEST + 1)}
    return sorted({pack for head in heads & starts.keys() for value, pack in starts[head].items() if _stands(value, text)})


def _stands(value: str, text: str) -> bool:
    """Whether the text holds the value, and not as a part of a longer number."""
    at = text.find(value)
    while at >= 0:
        end = at + len(value)
        inside = (at > 0 and text[at - 1] in "0123456789.") or (end < len(text) and text[end] in "0123456789")
        if not inside:
            return True
        at = text.find(value, at + 1)
    return False


@cache
def _starts() -> dict[str, dict[str, str]]:
    """The values by their first characters."""
    found: dict[str, dict[str, str]] = {}
    for value, pack in values().items():
        found.setdefault(value[:SHORTEST], {})[value] = pack
    return found


class Guard(logging.Handler):
    """Collects what is said during one phase of one test."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._records: list[str] = []
        self._errors: list[BaseException] = []
        self._init = PiiscrubError.__init__

    def install(self) -> None:
        """Listen to the library's log and to the making of its errors."""
        logger = logging.getLogger("piiscrub")
        logger.addHandler(self)
        logger.setLevel(logging.DEBUG)
        plain, errors = self._init, self._errors

        def remembering(error: PiiscrubError, *args: object) -> None:
            errors.append(error)
            plain(error, *args)

        PiiscrubError.__init__ = remembering  # type: ignore[method-assign]  # the one place every error passes

    def remove(self) -> None:
        """Stop listening."""
        logging.getLogger("piiscrub").removeHandler(self)
        PiiscrubError.__init__ = self._init  # type: ignore[method-assign]  # puts back what install() replaced

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a log record as it would be written."""
        self._records.append(self.format(record))

    def take(self, report: pytest.TestReport) -> list[str]:
        """Return where values were shown since the last call, and forget what was collected."""
        said = {
            "the test id": [report.nodeid] if report.when == "call" else [],
            "what it prints": [text for _, text in report.sections],
            "the log": self._records,
            "an error's text": [text for error in self._errors for text in _texts(error)],
        }
        shown = [f"{where} (recognizer {pack})" for where, texts in said.items() for pack in shown_in("\n".join(texts))]
        self._records.clear()
        self._errors.clear()
        return shown


def _texts(error: BaseException | None) -> Iterator[str]:
    """The texts of an error and of everything a traceback would show below it."""
    while error is not None:
        yield f"{error} {error!r}"
        yield from getattr(error, "__notes__", ())
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
