"""Which files of a folder an earlier run has finished: one line per file in the output folder, names as they may be shown."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from piiscrub.keys.bound import BoundKeys

NAME = ".piiscrub-applied.jsonl"


class Journal:
    """Files that are done with this plan, these options and this key, from inputs of the same size and time of change."""

    def __init__(self, folder: Path, *, plan: Path, options: str, keys: BoundKeys) -> None:
        self._path = folder / NAME
        self._way = hashlib.sha256(plan.read_bytes() + options.encode()).hexdigest()[:32]
        self._key = "" if keys.ephemeral else keys.id
        self._lines: dict[str, dict[str, object]] = {}
        self.random = False  # whether an earlier run made something with a key that is gone
        self._torn = False  # whether the last line lacks its end, so that another one would be lost with it
        if self._path.is_file():
            self._torn = not self._path.read_bytes().endswith(b"\n")
            for line in self._path.read_text(encoding="utf-8", errors="replace").split("\n"):
                try:
                    one = json.loads(line)
                except ValueError:  # the last line of a run that was killed
                    continue
                if isinstance(one, dict):
                    self.random |= bool(one.pop("random", False))
                    self._lines[str(one.get("file"))] = one

    def done(self, label: str, path: Path, target: Path) -> bool:
        """Whether the file is there as this run would make it."""
        return target.is_file() and self._lines.get(label) == self._line(label, path)

    def ours(self, label: str) -> bool:
        """Whether an earlier run of ours has written the file, so that it may be written again."""
        return label in self._lines

    def note(self, label: str, path: Path, *, random: bool) -> None:
        """Remember that a file is done; ``random``: with a key that will be gone."""
        self._lines[label] = self._line(label, path)
        line = self._lines[label] | ({"random": True} if random else {})
        with self._path.open("a", encoding="utf-8") as out:
            out.write(("\n" if self._torn else "") + json.dumps(line, ensure_ascii=False) + "\n")
        self._torn = False

    def _line(self, label: str, path: Path) -> dict[str, object]:
        state = path.stat()
        return {"file": label, "size": state.st_size, "changed": state.st_mtime_ns, "way": self._way, "key": self._key}
