"""Values whose label stands in another line: a question above its answer, a field above its value, the head of a column.

Only runs that need a label and have found none are looked at, and of those only the ones that end a line or fill a cell, so
that text without such lines pays for two comparisons at each of these runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from piiscrub.recognize.compiled import Entry
from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.elsewhere_columns import in_columns
from piiscrub.recognize.elsewhere_inserts import in_inserts, inserts
from piiscrub.recognize.elsewhere_names import Place
from piiscrub.recognize.elsewhere_segments import in_segments, segments
from piiscrub.recognize.elsewhere_turns import in_turns
from piiscrub.recognize.hits import Hits, bits, owners_of
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.together import Together

_ENDS = frozenset(("", *"\n\r.。!！)）]】”’」』*`'号"))  # what a value that ends a line ends before
_BEHIND = frozenset(',;|\t" ')  # what a cell ends before
_EITHER = _ENDS | _BEHIND
_BEFORE = {" ": " |,;\n", '"': "\t|,;\n"}  # what stands before a space or quotation mark that begins a cell
_AFTER_SPACE = frozenset(("", *" |\n\r,\"'"))
_MARKS = frozenset("\n\t|,;")
FAR = 4
"""From so many characters on, a label right before a value, with nothing but marks between, may be too far off for a pattern."""

_MOST = 500  # sets of owners remembered


def may_lie_below(text: str, start: int, end: int) -> bool:
    """Whether a run of letters and digits ends its line or begins a cell, as a value does whose label stands elsewhere.

    >>> [may_lie_below(text, 4, 6) for text in ("abc 12", "abc 12 de", "abc,12,de")]
    [True, False, True]
    """
    behind = text[end : end + 1]
    if behind not in _EITHER:
        return False  # nearly always
    if behind == " " and text[end + 1 : end + 2] not in _AFTER_SPACE:
        return False
    if "\n" in text[end : end + 3] or end + 2 >= len(text):
        return text[start - 1 : start] != "="
    if behind not in _BEHIND:
        return False
    left = text[start - 1] if start else "\n"
    if left in "-_":
        return text[start - 2].isalpha()  # EMP-00001
    return left in _MARKS or (left in _BEFORE and text[start - 2] in _BEFORE[left])


def _by_place(text: str) -> bool:
    return inserts(text) or segments(text)


class Elsewhere:
    """The labels in other lines. Immutable but for a cache."""

    __slots__ = ("_columns", "_context", "_entries", "_of")

    def __init__(self, entries: Sequence[Entry], context: ContextIndex, columns: Mapping[str, Sequence[int]]) -> None:
        self._entries, self._context = entries, context
        self._columns: Mapping[str, Hits] = {name: [(0, bits(owners), name)] for name, owners in columns.items()}
        self._of: dict[int, tuple[Entry, ...]] = {}

    def find(self, together: Together) -> None:
        """Weigh what has its label in another line."""
        by_place = _by_place(together.text)
        for reading in together.readings:
            if (reading.lone and "\n" in reading.text) or (by_place and _by_place(reading.text)):
                self._weigh(reading)

    def places(self, reading: Reading) -> Iterator[Place]:
        """Every value of a text below its label, whether or not anything fits there."""
        if inserts(reading.text):
            yield from in_inserts(reading.text, reading.letters, self._context, self._columns)
        if segments(reading.text):
            yield from in_segments(reading.text, self._columns)
        yield from in_turns(reading.text, reading.letters, reading.lone or (), self._context)
        yield from in_columns(reading.text, reading.letters, reading.lone or (), self._context, self._columns)

    def _weigh(self, reading: Reading) -> None:
        seen: dict[tuple[str, int, int], bool] | None = None
        for place in self.places(reading):
            if seen is None:  # whether a word or check spoke for it
                seen = {(f.recognizer, f.start, f.end): f.context != () or f.check == "passed" for f in reading.findings}
            start, end = place.start, place.end
            value = reading.text[start:end]  # by itself: the comma between two cells makes no number of them
            matched = [
                (entry, end)
                for entry in self._beside(owners_of(place.hits))
                if (m := entry.match(value, 0))
                and m.end() == len(value)
                and not ((known := seen.get((entry.id, start, end))) or (known is False and entry.pattern.mode == "auto"))
            ]
            before = len(reading.findings)
            reading.weigh(start, matched, place.hits)
            found = reading.findings[before:]
            reading.findings[before:] = [f._replace(context=(*f.context, place.how)) if f.context else f for f in found]
            seen.update({(f.recognizer, start, end): True for f in found})

    def _beside(self, owners: int) -> tuple[Entry, ...]:
        found = self._of.get(owners)
        if found is None:
            found = tuple(entry for entry in self._entries if entry.bit & owners)
            if len(self._of) < _MOST:
                self._of[owners] = found
        return found
