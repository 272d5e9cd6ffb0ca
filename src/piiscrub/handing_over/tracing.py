"""Which hand-over a file that turned up comes from, by the fingerprints kept in the records.

Counted are different cells that tell one table from another (``telling``), and canary rows, which stand in one hand-over only.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from piiscrub.errors import KeysError, SourceError
from piiscrub.handing_over.canary_marks import Marks, marks_of
from piiscrub.handing_over.delivered import FILE, USE
from piiscrub.handing_over.fingerprints import Fingerprints
from piiscrub.handing_over.telling import Telling

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing

Confidence = Literal["certain", "likely"]
LEAST_VALUES = 8
"""Values that must be found again before a hand-over is named."""
SHARE = 0.5
"""Share of all telling values of a file that must be found again."""
_CERTAIN = 0.9
_AS_GOOD = 0.98
_DEEPEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A hand-over that a file matches.

    ``record`` is the folder's name, ``matched`` of ``values`` different telling cells were delivered in it, in ``columns``
    columns. ``certain``: nine in ten, and in several columns or twenty cells; or two canaries. ``canaries`` of the
    ``canaries_of`` that it was delivered with stand in the file.
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
    canaries: int = 0
    canaries_of: int = 0

    @property
    def share(self) -> float:
        return self.matched / self.values if self.values else 0.0


_DAMAGED = (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile)


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

    A canary stands in one hand-over only: where some are found, the file is from there, however much of it others share.
    A record of another key ring, or of an epoch that was destroyed, matches nothing.

    Raises:
        SourceError: a record cannot be read.
    """
    columns = list(values.columns())
    found = [one for record in where if (one := _trace(columns, record, keys))]
    found.sort(key=lambda one: (-one.canaries, -one.matched, one.record))
    if found and found[0].canaries:
        return tuple(one for one in found if one.canaries)
    return tuple(one for one in found if one.matched >= _AS_GOOD * found[0].matched)


def _trace(columns: Sequence[tuple[Sequence[str], bool]], record: Path, keys: KeyRing) -> Trace | None:
    opened = read(record, keys)
    if opened is None:
        return None
    prints, about, marks = opened
    canaries = marks.met(value for column, _ in columns for value in column) if marks else 0
    if marks:
        columns = [(marks.own(column), idle) for column, idle in columns]
    every = [(int(prints.has(column).sum()), len(column), idle) for column, idle in columns]
    hits = [(hit, n) for hit, n, idle in every if not idle or hit >= SHARE * n]
    total = sum(n for _, n in hits)
    matched = sum(hit for hit, _ in hits)
    whole = [hit for hit, n in hits if hit >= _CERTAIN * n and hit >= 3]
    share = matched / total if total else 0.0
    # A file that somebody has joined with other columns still holds ours as they were.
    alike = matched >= LEAST_VALUES and (share >= SHARE or (len(whole) > 1 and sum(whole) >= 20))
    if not alike and not canaries:
        return None
    certain = (alike and share >= _CERTAIN and (len(whole) > 1 or matched >= 20)) or canaries > 1
    told = _told(record, about, matched, total, len(whole), "certain" if certain else "likely")
    return replace(told, canaries=canaries, canaries_of=marks.count if marks else 0)


def _told(record: Path, about: Mapping[str, Any], matched: int, values: int, columns: int, confidence: Confidence) -> Trace:
    return Trace(
        **head(record, about),
        matched=matched,
        values=values,
        columns=columns,
        confidence=confidence,
    )


def head(record: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    """Which hand-over a record is of: ``about`` is what ``read`` gave."""
    return {
        "record": record.parent.name if record.name == "record" else record.name,
        "purpose": str(about.get("purpose", {}).get("id", "")),
        **{name: str(about.get(name, "")) for name in ("recipient", "made", "until", "contact")},
    }


def opens(record: Path, keys: KeyRing) -> bool:
    """Whether a record was made with these keys, in an epoch that is still there.

    Raises:
        SourceError: it is damaged.
    """
    key, epoch, _ = _about(record)
    try:
        return key == keys.id and bool(keys.derive(USE, "prints", epoch=epoch))
    except KeysError:
        return False


def read(record: Path, keys: KeyRing) -> tuple[Fingerprints, dict[str, Any], Marks | None] | None:
    """The fingerprints of a record, what it says of the hand-over, the marks of its canaries if it has any.

    None where the keys are not those it was made with.

    Raises:
        SourceError: it is damaged.
    """
    key, epoch, about = _about(record)
    try:
        with np.load(record / FILE, allow_pickle=False) as held:
            kept = np.asarray(held["prints"], np.uint64)
    except _DAMAGED as error:
        raise _damaged(record, error) from None
    if key != keys.id:
        return None
    try:
        return Fingerprints.of(kept, keys.derive(USE, "prints", epoch=epoch)), about, marks_of(record, keys, epoch)
    except KeysError:
        return None


def _about(record: Path) -> tuple[str, int, dict[str, Any]]:
    """Key id and epoch of a record, and all that it says of the hand-over."""
    try:
        about = json.loads((record / "report.json").read_text(encoding="utf-8"))
        return str(about["key"]["id"]), int(about["key"]["epoch"]), about
    except _DAMAGED as error:
        raise _damaged(record, error) from None


def _damaged(record: Path, error: Exception) -> SourceError:
    return SourceError(f"{record.name}: this record of a hand-over cannot be read ({type(error).__name__}).")
