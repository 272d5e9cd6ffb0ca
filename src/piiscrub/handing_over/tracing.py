"""Which hand-over a file that turned up comes from, by the fingerprints kept in the records.

Counted are different cells that tell one table from another: numbers and codes, addresses of e-mail, long texts. Dates,
amounts, short words, masks and placeholders stand in every table and are left out.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pyarrow as pa

from piiscrub.errors import KeysError, SourceError
from piiscrub.handing_over.delivered import FILE, USE, telling
from piiscrub.handing_over.fingerprints import Fingerprints
from piiscrub.table.distinct import as_texts, distinct, examinable

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing

Confidence = Literal["certain", "likely"]
LEAST_VALUES = 8
"""Values that must be found again before a hand-over is named."""
SHARE = 0.5
"""Share of all telling values of a file that must be found again."""
_MOST = 200_000  # different values of a column that are compared
_CERTAIN = 0.9
_AS_GOOD = 0.98
_DEEPEST = 6
_IDLE = re.compile(
    r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\D?.*|(?:19|20)\d{6}|[-+]?\d*[.,]\d+|\d{0,6}"
    r"|.*[*＊×●█■].*|.*<[A-Z][A-Z0-9_]*>.*",
    re.DOTALL,
)
_LONG_TEXT = 24
_CELLS = re.compile(r"[\s,;|\"'()<>\[\]{}，；：]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A hand-over that a file matches.

    ``record`` is the folder's name, ``matched`` of ``values`` different telling cells were delivered in it, in ``columns``
    columns. ``certain``: nine in ten, and in several columns or twenty cells.
    """

    record: str
    recipient: str
    purpose: str
    made: str
    until: str
    contact: str
    matched: int
    values: int
    columns: int
    confidence: Confidence

    @property
    def share(self) -> float:
        return self.matched / self.values if self.values else 0.0


class Telling:
    """The cells of a file that tell one table from another, column by column; at most 200,000 of each."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, int], set[str]] = {}
        self._idle: set[tuple[str, int]] = set()

    def __len__(self) -> int:
        return sum(map(len, self._columns.values()))

    def __repr__(self) -> str:
        return f"<Telling: {len(self)} values>"

    def batch(self, table: str, batch: pa.RecordBatch, idle: Collection[int] = ()) -> None:
        """Take the cells of a batch of rows.

        ``idle`` are columns of nobody's data: a record may not hold them, so that they count only where it does.
        """
        self._idle |= {(table, i) for i in idle}
        for i, column in enumerate(batch.columns):
            if examinable(column.type):
                self._add((table, i), as_texts(distinct(column).values))

    def text(self, name: str, text: str) -> None:
        """Take what stands between blanks and commas in a text that is no table."""
        self._add((name, 0), _CELLS.split(text))

    def columns(self) -> Iterator[tuple[Sequence[str], bool]]:
        """The cells of each column, and whether it is idle."""
        yield from ((sorted(values), where in self._idle) for where, values in self._columns.items() if values)

    def _add(self, where: tuple[str, int], texts: Iterable[str]) -> None:
        held = self._columns.setdefault(where, set())
        for text in texts:
            if len(held) >= _MOST:
                return
            if tells(text):
                held.add(text)


def tells(text: str) -> bool:
    """Whether a cell stands in few tables.

    >>> [tells(cell) for cell in ("KH000123", "ann@example.com", "2024-01-05", "12.56", "138****8000", "北京市海淀区")]
    [True, True, False, False, False, False]
    """
    if not telling(text) or _IDLE.fullmatch(text.strip()):
        return False
    digits = sum(map(str.isdigit, text))
    return digits >= 4 or "@" in text or len(text) >= _LONG_TEXT


def records(where: str | PathLike[str] | Sequence[str | PathLike[str]]) -> list[Path]:
    """Every record of a hand-over in a folder or in one of several: each holds ``delivered.npz`` and ``report.json``.

    Raises:
        SourceError: there is none.
    """
    roots = [where] if isinstance(where, str | PathLike) else list(where)
    found = [one for root in roots for one in _below(Path(root), 0)]
    if not found:
        raise SourceError("there is no record of a hand-over there: a record holds report.json and delivered.npz.")
    return found


def _below(folder: Path, depth: int) -> Iterator[Path]:
    if (folder / FILE).is_file() and not folder.is_symlink():
        yield folder
    elif folder.is_dir() and not folder.is_symlink() and depth < _DEEPEST:
        for below in sorted(folder.iterdir()):
            if below.is_dir():
                yield from _below(below, depth + 1)


def trace(values: Telling, where: Sequence[Path], keys: KeyRing) -> tuple[Trace, ...]:
    """The hand-overs that a file matches, the best first; several only where they cannot be told apart.

    A record of another key ring, or of an epoch that was destroyed, matches nothing.

    Raises:
        SourceError: a record cannot be read.
    """
    columns = list(values.columns())
    found = [one for record in where if (one := _trace(columns, record, keys))]
    found.sort(key=lambda one: (-one.matched, one.record))
    return tuple(one for one in found if one.matched >= _AS_GOOD * found[0].matched)


def _trace(columns: Sequence[tuple[Sequence[str], bool]], record: Path, keys: KeyRing) -> Trace | None:
    opened = read(record, keys)
    if opened is None:
        return None
    prints, about = opened
    every = [(int(prints.has(column).sum()), len(column), idle) for column, idle in columns]
    hits = [(hit, n) for hit, n, idle in every if not idle or hit >= SHARE * n]
    total = sum(n for _, n in hits)
    matched = sum(hit for hit, _ in hits)
    whole = [hit for hit, n in hits if hit >= _CERTAIN * n and hit >= 3]
    share = matched / total if total else 0.0
    # A file that somebody has joined with other columns still holds ours as they were.
    if matched < LEAST_VALUES or (share < SHARE and not (len(whole) > 1 and sum(whole) >= 20)):
        return None
    certain = share >= _CERTAIN and (len(whole) > 1 or matched >= 20)
    return _told(record, about, matched, total, len(whole), "certain" if certain else "likely")


def _told(record: Path, about: Mapping[str, Any], matched: int, values: int, columns: int, confidence: Confidence) -> Trace:
    return Trace(
        record=record.parent.name if record.name == "record" else record.name,
        recipient=str(about.get("recipient", "")),
        purpose=str(about.get("purpose", {}).get("id", "")),
        made=str(about.get("made", "")),
        until=str(about.get("until", "")),
        contact=str(about.get("contact", "")),
        matched=matched,
        values=values,
        columns=columns,
        confidence=confidence,
    )


def read(record: Path, keys: KeyRing) -> tuple[Fingerprints, dict[str, Any]] | None:
    """The fingerprints of a record and what it says of the hand-over; None where the keys are not those it was made with.

    Raises:
        SourceError: it is damaged.
    """
    try:
        about = json.loads((record / "report.json").read_text(encoding="utf-8"))
        with np.load(record / FILE, allow_pickle=False) as held:
            kept = np.asarray(held["prints"], np.uint64)
        key, epoch = str(about["key"]["id"]), int(about["key"]["epoch"])
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise SourceError(f"{record.name}: this record of a hand-over cannot be read ({type(error).__name__}).") from None
    if key != keys.id:
        return None
    try:
        return Fingerprints.of(kept, keys.derive(USE, "prints", epoch=epoch)), about
    except KeysError:
        return None


def recipients_of(values: Iterable[str], where: Sequence[Path], keys: KeyRing) -> tuple[Trace, ...]:
    """The hand-overs in which one of these values was delivered as it is: whom to tell when a person is deleted (PIPL 47).

    Values that were replaced under the recipient's keys are not found by this; look for the tokens of the vault as well.
    """
    wanted = sorted(set(values))
    found = []
    for record in where:
        opened = read(record, keys)
        if opened is None:
            continue
        prints, about = opened
        n = int(prints.has(wanted).sum()) if wanted else 0
        if n:
            found.append(_told(record, about, n, len(wanted), 0, "certain"))
    return tuple(found)
