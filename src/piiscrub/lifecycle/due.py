"""Rows that somebody asked to have erased and that had to stay: remembered by keyed codes, so that they fall due in time.

``kept.json`` in the folder of a certificate holds them. It says nothing without the key ring, and fits a row only while nothing
in the row changes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from piiscrub.errors import KeysError, SourceError
from piiscrub.lifecycle.edits import row_prints
from piiscrub.lifecycle.judging import Kept

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing

FILE = "kept.json"
FORMAT = 1
_USE = "kept rows"


def content(kept: Iterable[Kept], keys: KeyRing) -> dict[str, Any]:
    """What ``kept.json`` says of rows that stayed."""
    key = keys.derive(_USE, "")
    rows = {_code(key, one.print): one.position.rpartition("#")[0] for one in kept if one.print}
    return {"format": FORMAT, "key": keys.id, "epoch": keys.epoch, "rows": dict(sorted(rows.items()))}


@dataclass(frozen=True, slots=True)
class Due:
    """The rows of several such files: a code each under the key of its epoch, with the table it was in."""

    codes: tuple[tuple[bytes, frozenset[tuple[str, str]]], ...] = field(default=(), repr=False)

    @classmethod
    def load(cls, paths: Sequence[str | PathLike[str]], keys: KeyRing) -> Due:
        """Of files, or of the folders they lie in.

        Raises:
            SourceError: one cannot be read. KeysError: it is of another key ring.
        """
        found = []
        for one in map(Path, paths):
            path = one / FILE if one.is_dir() else one
            try:
                told = json.loads(path.read_bytes())
                mine, epoch, rows = told["key"] == keys.id, int(told["epoch"]), told["rows"].items()
            except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
                raise SourceError(f"{path.name}: cannot be read ({type(error).__name__}).") from None
            if not mine:
                raise KeysError(f"{path.name}: was made with another key ring.")
            found.append((keys.derive(_USE, "", epoch=epoch), frozenset((str(table), str(code)) for code, table in rows)))
        return cls(tuple(found))

    def covers(self, table: str) -> bool:
        """Whether rows of a table are among them."""
        return any(name == table for _, codes in self.codes for name, _ in codes)

    def rows(self, table: str, batch: pa.RecordBatch) -> npt.NDArray[np.bool_]:
        """Which rows of a batch are among them."""
        made = row_prints(batch)
        found = np.zeros(batch.num_rows, np.bool_)
        for key, codes in self.codes:
            found |= np.array([(table, _code(key, one)) in codes for one in made], np.bool_)
        return found


def _code(key: bytes, made: str) -> str:
    return hmac.digest(key, made.encode(), hashlib.sha256).hex()
