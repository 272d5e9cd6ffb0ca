"""The examples of a recognizer file: its tests and its documentation. Nothing at run time reads them."""

from __future__ import annotations

import re
from os import PathLike
from pathlib import Path

from piiscrub.packs.schema import Example, ExampleKind
from piiscrub.packs.table import Table, parse, read

CHECKS = ("passed", "failed", "none")
KINDS: tuple[ExampleKind, ...] = ("match", "no_match", "known_miss", "known_alarm")
_SKIP = "skip_surroundings"
_EXAMPLE = ("text", "why", "check")
_MARKS = re.compile(r"<<|>>")


def load_examples(path: str | PathLike[str]) -> tuple[Example, ...]:
    """Read the examples of one recognizer file, marks taken out; the run-time never needs them.

    Raises:
        PackError: an example has no reason, a mark is not closed, a match marks nothing.
    """
    place = Path(path)
    raw = parse(place, read(place))
    table = Table(place, "examples", raw.get("examples", {}), (*KINDS, _SKIP))
    pack = str(raw.get("id", place.stem))
    return tuple(
        _example(place, f"examples.{kind}[{i}]", kind, item, pack)
        for kind in KINDS
        for i, item in enumerate(table.get(kind, list, []))
    )


def load_skips(path: str | PathLike[str]) -> tuple[Example, ...]:
    """Read which surroundings of the sweep a recognizer cannot do: ``text`` names one, ``why`` says what stands against it.

    Raises:
        PackError: an entry has no name or no reason.
    """
    place = Path(path)
    raw = parse(place, read(place))
    items = Table(place, "examples", raw.get("examples", {}), (*KINDS, _SKIP)).get(_SKIP, list, [])
    tables = [Table(place, f"examples.{_SKIP}[{i}]", item, ("text", "why")) for i, item in enumerate(items)]
    pack = str(raw.get("id", place.stem))
    return tuple(
        Example(kind="known_miss", text=t.need("text", str), spans=(), why=t.need("why", str), check="", pack=pack)
        for t in tables
    )


def _example(place: Path, key: str, kind: ExampleKind, item: object, pack: str) -> Example:
    table = Table(place, key, item, _EXAMPLE)
    marked, why = table.need("text", str), table.need("why", str)
    text, spans = _unmark(table, marked)
    if bool(spans) != (kind in ("match", "known_miss")):
        table.wrong("text", "mark the value with << and >>." if not spans else f"{kind} marks nothing: take << and >> out.")
    check = table.choice("check", CHECKS, "") if "check" in table.raw else ""
    return Example(kind=kind, text=text, spans=spans, why=why, check=check, pack=pack)


def _unmark(table: Table, marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length = end = 0
    opened: int | None = None
    for m in _MARKS.finditer(marked):
        parts.append(marked[end : m.start()])
        length, end = length + m.start() - end, m.end()
        if (m[0] == "<<") != (opened is None) or opened == length:
            table.wrong("text", "each << needs a >> behind it, with the value between them.")
        if opened is None:
            opened = length
        else:
            spans.append((opened, length))
            opened = None
    if opened is not None:
        table.wrong("text", "a << is not closed with >>.")
    return "".join(parts) + marked[end:], tuple(spans)
