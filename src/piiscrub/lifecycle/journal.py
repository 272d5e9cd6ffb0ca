"""What a destruction in progress has to remember, so that after a crash the same one is taken up again.

The first line says what is to be destroyed; each further one what became of one thing. It holds real file names, so it can be
read by its owner only, and it is overwritten and removed when the certificate is complete.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from piiscrub.errors import SourceError
from piiscrub.evidence.canonical import canonical
from piiscrub.lifecycle.places import Place

NAME = "journal.jsonl"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Journal:
    """``head`` is the first line; ``done`` and ``intended`` say of a thing by number its outcome, and the SHA-256 of what a file
    is to become."""

    place: Place
    head: Mapping[str, Any] = field(repr=False)
    done: dict[int, dict[str, Any]]
    intended: dict[int, str] = field(default_factory=dict)

    @classmethod
    def begin(cls, place: Place, head: Mapping[str, Any]) -> Journal:
        """Make the file, 0600. Raises SourceError if it is there."""
        full = {"format": FORMAT, **head}
        try:
            with place.folder() as folder:
                made = os.open(place.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=folder)
                with os.fdopen(made, "wb") as stream:
                    stream.write(canonical(full) + b"\n")
                    stream.flush()
                    os.fsync(stream.fileno())
                os.fsync(folder)
        except FileExistsError:
            raise SourceError("a destruction is under way in this folder.") from None
        return cls(place, full, {})

    @classmethod
    def read(cls, place: Place) -> Journal | None:
        """None where there is none, or only the torn beginning of one, before which nothing was done. Raises SourceError."""
        if place.look() is None:
            return None
        with place.open() as stream:
            head, *rest = stream.read().split(b"\n")
        try:
            table = json.loads(head)
        except ValueError:
            table = None
        if not rest or head.startswith(b"\0"):  # torn before anything was begun, or overwritten after everything was done
            place.wipe()
            return None
        if not isinstance(table, dict) or table.get("format") != FORMAT:
            raise SourceError("the journal in this folder is of another version, or damaged.")
        done: dict[int, dict[str, Any]] = {}
        intended: dict[int, str] = {}
        for line in rest:
            try:
                one = json.loads(line)
                if "intended" in one:
                    intended[one["n"]] = str(one["intended"])
                else:
                    done[one["n"]] = one["outcome"]
            except (ValueError, KeyError, TypeError):
                continue  # half a line: the thing is looked at again
        return cls(place, table, done, intended)

    def note(self, number: int, outcome: Mapping[str, Any]) -> None:
        """Write down what became of a thing; on the disk when this returns."""
        self._add({"n": number, "outcome": dict(outcome)})
        self.done[number] = dict(outcome)

    def intend(self, number: int, sha256: str) -> None:
        """Write down what a file is about to become, by its SHA-256; on the disk when this returns."""
        self._add({"n": number, "intended": sha256})
        self.intended[number] = sha256

    def _add(self, line: Mapping[str, Any]) -> None:
        with self.place.open(write=True) as stream:
            end = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, end - 1))
            torn = end > 0 and stream.read(1) != b"\n"
            stream.seek(0, os.SEEK_END)
            stream.write((b"\n" if torn else b"") + canonical(line) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
