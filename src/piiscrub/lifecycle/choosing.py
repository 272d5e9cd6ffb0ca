"""What of the places a search found goes, changes, or has to stay: the same for files and for databases."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from piiscrub.errors import SourceError
from piiscrub.evidence.canonical import canonical
from piiscrub.lifecycle.edits import Edits, Spans, redacted, redacted_json, row_print
from piiscrub.lifecycle.items import Method
from piiscrub.lifecycle.judging import Keeper, Kept
from piiscrub.sources.tabular.json_lines import MIXED
from piiscrub.table.distinct import is_text
from piiscrub.table.streaming import as_type

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class EditsLooked:
    """What would be done in one place: rows that go, texts that change, what stays and why, and a digest of which."""

    rows: int
    mentions: int
    kept: tuple[Kept, ...]
    digest: str
    checked: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        stay = len({one.position for one in self.kept})
        told = {"rows": self.rows, "mentions": self.mentions, "rows that stay": stay}
        return {what: n for what, n in told.items() if n}

    @property
    def method(self) -> Method:
        return "row-deletion" if self.rows else "redaction"

    def to_dict(self) -> dict[str, Any]:
        own = {"go": self.rows, "mentions": self.mentions, "digest": self.digest, "checked": list(self.checked)}
        return own | {"kept": [[one.position, one.rule, one.source, one.until] for one in self.kept]}

    @classmethod
    def from_dict(cls, seal: Mapping[str, Any]) -> EditsLooked:
        kept = tuple(Kept(position=a, rule=b, source=c, until=d) for a, b, c, d in seal["kept"])
        return cls(seal["go"], seal["mentions"], kept, seal["digest"], tuple(seal["checked"]))


class Choosing:
    """Goes through the tables of one place and notes what goes, changes and stays."""

    def __init__(self) -> None:
        self.chosen: list[Any] = []
        self.kept: list[Kept] = []
        self.rows = self.mentions = 0
        self.checked: set[str] = set()

    def looked(self) -> EditsLooked:
        made = hashlib.sha256(canonical(self.chosen)).hexdigest()
        return EditsLooked(self.rows, self.mentions, tuple(self.kept), made, tuple(sorted(self.checked)))

    def batch(
        self, batch: pa.RecordBatch, table: str, first: int, keeper: Keeper, goes: Mapping[int, Any],
        passages: Mapping[int, Mapping[int, Spans]],
    ) -> tuple[Mask, Mask, pa.RecordBatch]:  # fmt: skip  # as it is called
        """Which rows of a batch go and which change, and the batch as it is afterwards; rows by number in the batch."""
        self.checked |= set(keeper.ids)
        go, change = np.zeros(batch.num_rows, np.bool_), np.zeros(batch.num_rows, np.bool_)
        cells: dict[int, dict[int, Spans]] = {}
        for row in sorted(goes.keys() | passages.keys()):
            why = keeper.why(batch, row, f"{table}#{first + row + 1}")
            if why:
                self.kept += (replace(one, print=row_print(batch, row)) for one in why) if row in goes else why
            elif row in goes:
                go[row] = True
                self.rows += 1
                self.chosen.append([table, goes[row], "goes"])
            else:
                change[row] = True
                for column, spans in sorted(passages[row].items()):
                    cells.setdefault(column, {})[row] = spans
                    self.mentions += 1
                    self.chosen.append([table, first + row, column, [list(one) for one in spans]])
        return go, change, edited(batch, cells) if cells else batch


def edited(batch: pa.RecordBatch, cells: Mapping[int, Mapping[int, Spans]]) -> pa.RecordBatch:
    """The batch with passages redacted: column → row → passages. A cell of another type than text is emptied.

    Raises:
        SourceError: a text is shorter than when it was looked at.
    """
    arrays = list(batch.columns)
    for position, rows in cells.items():
        column = arrays[position]
        mask = np.zeros(batch.num_rows, np.bool_)
        mask[sorted(rows)] = True
        if is_text(column.type):
            plain = as_type(column, pa.string())
            json = MIXED in (batch.schema.field(position).metadata or {})
            new = [_new(plain[row].as_py(), rows[row], redacted_json if json else redacted) for row in sorted(rows)]
            arrays[position] = as_type(pc.replace_with_mask(plain, pa.array(mask), pa.array(new, pa.string())), column.type)
        else:
            arrays[position] = pc.if_else(pa.array(~mask), column, pa.scalar(None, column.type))
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)


def _new(text: str | None, spans: Spans, take_out: Callable[[str, Spans], str]) -> str:
    if text is None or not spans or spans[-1][1] > len(text):
        raise SourceError("a text has changed since it was looked at; nothing was changed. Search again.")
    return take_out(text, spans)


def all_there(target: Edits, looked: EditsLooked) -> None:
    """Raises SourceError where something that was found is not there any more."""
    asked = sum(map(len, target.rows.values())) + target.mentions + sum(not own for own in target.prints.values())
    kept = len({one.position for one in looked.kept})
    if looked.rows + looked.mentions + kept < asked and not kept:
        raise SourceError("a place has changed since it was searched: rows or texts are not there any more. Search again.")
