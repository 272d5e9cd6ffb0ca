"""Files, links and folders as things to be destroyed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from piiscrub.errors import PiiscrubError, PlanError, SourceError
from piiscrub.lifecycle.items import Intend, Method, Outcome
from piiscrub.lifecycle.judging import Keeper
from piiscrub.lifecycle.places import Place, Root, sha256, walk
from piiscrub.lifecycle.rules import RetentionRules
from piiscrub.lifecycle.tablefiles import names, numbered, tables
from piiscrub.sources.tabular import is_table
from piiscrub.table.files import shown_path


@dataclass(frozen=True, slots=True, kw_only=True)
class FileItem:
    """A regular file: overwritten, then removed."""

    place: Place
    shown: str
    size: int
    sha256: str
    device: int
    inode: int
    counts: Mapping[str, int] = field(default_factory=dict)
    obstacle: str = ""
    checked: tuple[str, ...] = ()
    modified: int = 0  # when, in nanoseconds; 0 after a crash, which may have come while it was overwritten
    kind: str = "file"
    method: Method = "clear"

    def seal(self) -> dict[str, Any]:
        own = {"sha256": self.sha256, "size": self.size, "device": self.device, "inode": self.inode}
        return {**_seal(self.place, self.kind), **own, "shown": self.shown, "counts": dict(self.counts)}

    def destroy(self, intend: Intend, intended: str) -> Outcome:
        if self.place.look() is None:
            return Outcome(done=True, how="gone-before")
        alone = self.place.wipe(expected=(self.device, self.inode, self.size), modified=self.modified)
        return Outcome(done=True, how="overwritten" if alone else "other-names")

    def gone(self, intended: str = "") -> bool:
        return self.place.look() is None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameItem:
    """A link, a socket, a pipe: the name goes, and nothing it leads to is touched."""

    place: Place
    shown: str
    inode: int
    counts: Mapping[str, int] = field(default_factory=dict)
    obstacle: str = ""
    kind: str = "link"
    method: Method = "unlink"

    def seal(self) -> dict[str, Any]:
        return {**_seal(self.place, self.kind), "inode": self.inode, "shown": self.shown}

    def destroy(self, intend: Intend, intended: str) -> Outcome:
        found = self.place.look()
        if found is None:
            return Outcome(done=True, how="gone-before")
        if found.st_ino != self.inode or stat.S_ISDIR(found.st_mode) or stat.S_ISREG(found.st_mode):
            raise SourceError(f"{self.shown}: has changed since it was looked at; it was left.")
        with self.place.folder() as folder:
            os.unlink(self.place.name, dir_fd=folder)
        return Outcome(done=True, how="unlinked")

    def gone(self, intended: str = "") -> bool:
        return self.place.look() is None


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderItem:
    """A folder, once nothing is left in it."""

    place: Place
    shown: str
    inode: int
    counts: Mapping[str, int] = field(default_factory=dict)
    obstacle: str = ""
    kind: str = "folder"
    method: Method = "unlink"

    def seal(self) -> dict[str, Any]:
        return {**_seal(self.place, self.kind), "inode": self.inode, "shown": self.shown}

    def destroy(self, intend: Intend, intended: str) -> Outcome:
        found = self.place.look()
        if found is None:
            return Outcome(done=True, how="gone-before")
        if found.st_ino != self.inode:
            raise SourceError(f"{self.shown}: is another folder than the one that was looked at; it was left.")
        with self.place.folder() as folder:
            try:
                os.rmdir(self.place.name, dir_fd=folder)
            except OSError as error:
                raise SourceError(f"{self.shown}: is not empty or cannot be removed ({error.strerror}).") from None
        return Outcome(done=True, how="removed")

    def gone(self, intended: str = "") -> bool:
        return self.place.look() is None


FileLike = FileItem | NameItem | FolderItem


def files_of(path: Path, rules: RetentionRules | None, today: date) -> Iterator[FileLike]:
    """What a named file or folder consists of, folders after what is in them.

    Raises:
        SourceError: it is not there or cannot be read; a named link.
    """
    place = Place.of(path)
    found = place.look()
    if found is None:
        raise SourceError(f"{place.name_shown}: no such file or folder.")
    if stat.S_ISLNK(found.st_mode):
        raise SourceError(f"{place.name_shown}: is a link. Name what it leads to.")
    if not stat.S_ISDIR(found.st_mode):
        yield _one(place, found, place.name_shown, rules, today)
        return
    root = Root.of(path)
    top = place.name_shown
    for number, (below, about) in enumerate(walk(root), 1):
        yield _one(Place(root, below), about, f"{top}/{shown_path(_text(below), number)}", rules, today)
    yield FolderItem(place=place, shown=top, inode=found.st_ino)


def _one(place: Place, found: os.stat_result, shown: str, rules: RetentionRules | None, today: date) -> FileLike:
    if stat.S_ISDIR(found.st_mode):
        return FolderItem(place=place, shown=shown, inode=found.st_ino)
    if not stat.S_ISREG(found.st_mode):
        return NameItem(place=place, shown=shown, inode=found.st_ino)
    with place.open() as stream:
        about = os.fstat(stream.fileno())
        made = sha256(stream)
    counts: dict[str, int] = {"bytes": about.st_size}
    obstacle, checked = _held(place, rules, today)
    if is_table(place.name):
        rows, obstacle, checked = _rows(place, rules, today)
        counts |= {"rows": rows} if rows is not None else {}
    return FileItem(
        place=place,
        shown=shown,
        size=about.st_size,
        sha256=made,
        device=about.st_dev,
        inode=about.st_ino,
        counts=counts,
        obstacle=obstacle,
        checked=checked,
        modified=about.st_mtime_ns,
    )


def _rows(place: Place, rules: RetentionRules | None, today: date) -> tuple[int | None, str, tuple[str, ...]]:
    """How many rows its tables have, why they may not go, and which rules and holds were asked."""
    rows = kept = 0
    asked: set[str] = set()
    try:
        with tables(place) as file:
            for name, sheet in zip(names(file, place), file.sheets, strict=True):
                keeper = Keeper.of(rules, name, sheet.schema.names, today=today) if len(sheet.schema) else None
                asked |= set(keeper.ids) if keeper else set()
                for _, batch in numbered(sheet):
                    rows += batch.num_rows
                    kept += int(keeper(batch).sum()) if keeper else 0
    except PlanError as error:
        return None, f"the rules cannot be asked: {error}", ()
    except PiiscrubError as error:
        return None, f"{error} So nobody can say whether a hold covers it." if rules else "", ()
    return rows, f"{kept} rows must stay (hold, or legal minimum)." if kept else "", tuple(sorted(asked))


def _held(place: Place, rules: RetentionRules | None, today: date) -> tuple[str, tuple[str, ...]]:
    """Whether a hold that asks for no column covers a file that is no table, and which such holds were asked."""
    holds = [one for one in rules.holds if not one.column] if rules else []
    covering = [one.id for one in holds if one.covers(place.name_shown, today) or one.covers(place.name, today)]
    return f"must stay (hold {covering[0]!r})." if covering else "", tuple(one.id for one in holds)


def _text(name: str) -> str:
    """A name that is no UTF-8, as text that can be written."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _seal(place: Place, kind: str) -> dict[str, Any]:
    at = [place.root.device, place.root.inode]
    return {"kind": kind, "root": os.fsencode(place.root.path).hex(), "at": at, "below": os.fsencode(place.below).hex()}


def from_seal(seal: Mapping[str, Any]) -> FileLike:
    """The same item, after a crash: the folder is looked at anew, the file must still be the one that was sealed.

    Raises:
        SourceError: the folder is gone.
    """
    path = Path(os.fsdecode(bytes.fromhex(seal["root"])))
    below = os.fsdecode(bytes.fromhex(seal["below"]))
    place = Place(Root(path, *seal["at"]), below)
    if seal["kind"] == "file":
        own = {key: seal[key] for key in ("sha256", "size", "device", "inode", "counts")}
        return FileItem(place=place, shown=seal["shown"], **own)
    kind = NameItem if seal["kind"] == "link" else FolderItem
    return kind(place=place, shown=seal["shown"], inode=seal["inode"])
