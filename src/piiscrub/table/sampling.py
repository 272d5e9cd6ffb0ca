"""Profile a table that comes in batches: rows drawn by chance, and counts over all of them.

Rows are drawn with a seed, so the same file gives the same sample. Beyond it, text with digits or @ in it is drawn on its own, so
that what is rare in free text is still seen. Counts of rows and of missing cells are exact; counts of distinct values are exact
up to 2,048 and estimates above, mostly within three in a hundred.
"""

from __future__ import annotations

import dataclasses
import zlib
from collections import Counter
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from piiscrub.table.arrow_text import readable
from piiscrub.table.distinct import as_texts, distinct, examinable, is_text
from piiscrub.table.frame import Table
from piiscrub.table.profile.checks import scan
from piiscrub.table.profile.model import ColumnProfile, TableProfile
from piiscrub.table.profile.profile import CANDIDATE, profile, telling

ROWS = 20_000
"""Rows of the sample. A table with no more is profiled whole."""

_FURTHER = 500  # texts of a column beyond the sample
_SMALLEST = 2048


class Gathered:
    """What is kept of the batches of a table: the sample, the counts. Feed it with ``add``, then ask for ``profile``."""

    def __init__(self, schema: pa.Schema, *, seed: int = 0, rows: int = ROWS) -> None:
        self._schema, self._seed, self._most = schema, seed, rows
        self._chance = np.random.default_rng(seed)
        self._sample = _Drawn(rows)
        self._texts = {i: _Drawn(_FURTHER) for i, field in enumerate(schema) if is_text(field.type)}
        self._distinct = {i: _Distinct() for i, field in enumerate(schema) if examinable(field.type)}
        self._missing = [0] * len(schema)
        self._blind = [0] * len(schema)
        self.rows = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Take the next rows."""
        keys = self._chance.random(batch.num_rows)
        read = [readable(column) for column in batch.columns]
        columns = [blank_is_missing(column) for column, _ in read]
        batch = pa.RecordBatch.from_arrays(columns, schema=self._schema)
        self._sample.add(batch, keys)
        for i, column in enumerate(columns):
            hidden = read[i][1]
            self._blind[i] += 0 if hidden is None else int(hidden.sum())
            self._missing[i] += column.null_count
            if i in self._distinct:
                self._distinct[i].add(column)
            if i in self._texts:
                texts = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
                suspects = pc.fill_null(pc.match_substring_regex(texts, CANDIDATE), False)
                if suspects.true_count:
                    at = np.flatnonzero(np.asarray(suspects))
                    self._texts[i].add(pa.record_batch([texts.take(pa.array(at))], names=["text"]), keys[at])
        self.rows += batch.num_rows

    def profile(self, *, sample: int | None = None, lang: str | None = None) -> TableProfile:
        """The profile of all rows taken so far."""
        table = Table.from_arrow(self._sample.table(self._schema))
        found = profile(table, sample=sample, lang=lang, seed=self._seed)
        if any(self._blind):
            found = dataclasses.replace(found, columns=tuple(map(self._told_blind, found.columns)))
        if self.rows <= self._most:
            return found
        return dataclasses.replace(found, rows=self.rows, columns=tuple(map(self._whole, found.columns)))

    def _told_blind(self, column: ColumnProfile) -> ColumnProfile:
        n = self._blind[column.position]
        return dataclasses.replace(column, clues=(*column.clues, ("profile.blind-cells", {"n": n}))) if n else column

    def _whole(self, column: ColumnProfile) -> ColumnProfile:
        i = column.position
        clues = [*column.clues, ("table.sampled-rows", {"n": self._most, "m": self.rows})]
        inner = Counter(dict(column.found))
        drawn = self._texts[i].table(pa.schema([("text", pa.string())])) if i in self._texts else None
        role, abstained = column.role, column.abstained
        if drawn is not None and drawn.num_rows and not column.entity:
            seen = scan(list(dict.fromkeys(drawn.column(0).to_pylist())))
            more = {entity: n for entity, n in (seen.inside + seen.passed).items() if n and telling(entity)}
            new = {entity: n for entity, n in more.items() if entity not in inner}
            inner.update(new)
            clues.append(("profile.beyond", {"n": drawn.num_rows}))
            if new:
                role, abstained = "text", False
        return dataclasses.replace(
            column,
            rows=self.rows,
            missing=self._missing[i],
            distinct=min(self._distinct[i].count(), self.rows - self._missing[i]) if i in self._distinct else column.distinct,
            clues=tuple(clues),
            found=tuple(sorted(inner.items(), key=lambda pair: (-pair[1], pair[0]))),
            role=role,
            abstained=abstained,
        )


def gathered(batches: Iterable[pa.RecordBatch], schema: pa.Schema, *, seed: int = 0) -> Gathered:
    """Everything of the batches that a profile needs."""
    kept = Gathered(schema, seed=seed)
    for batch in batches:
        kept.add(batch)
    return kept


def blank_is_missing(column: pa.Array) -> pa.Array:
    """A column of text with empty cells as missing ones: CSV knows no other."""
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return column
    return pc.if_else(pc.equal(pc.binary_length(column), 0), pa.scalar(None, column.type), column)


class _Drawn:
    """The rows with the smallest keys: a fair draw from all that were offered, whatever their number."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: list[pa.RecordBatch] = []
        self._keys: list[npt.NDArray[np.float64]] = []
        self._below = np.inf

    def add(self, batch: pa.RecordBatch, keys: npt.NDArray[np.float64]) -> None:
        near = np.flatnonzero(keys < self._below)
        if not len(near):
            return
        self._kept.append(batch.take(pa.array(near)) if len(near) < len(keys) else batch)
        self._keys.append(keys[near])
        if sum(map(len, self._keys)) > 2 * self._most:
            self._shrink()

    def _shrink(self) -> None:
        keys = np.concatenate(self._keys)
        table = pa.Table.from_batches(self._kept)
        if len(keys) > self._most:
            self._below = np.partition(keys, self._most - 1)[self._most - 1]
            near = np.flatnonzero(keys <= self._below)[: self._most]
            keys, table = keys[near], table.take(pa.array(near))
        self._kept = table.combine_chunks().to_batches()
        self._keys = [keys]

    def table(self, schema: pa.Schema) -> pa.Table:
        """The rows drawn, in the order they came in."""
        if not self._kept:
            return schema.empty_table()
        self._shrink()
        return pa.Table.from_batches(self._kept)


class _Distinct:
    """How many different values there are, by the smallest of their hashes (k minimum values)."""

    def __init__(self) -> None:
        self._smallest: npt.NDArray[np.uint32] = np.zeros(0, np.uint32)

    def add(self, column: pa.Array) -> None:
        texts = as_texts(distinct(column).values)
        hashes = np.fromiter((zlib.crc32(text.encode("utf-8", "surrogatepass")) for text in texts), np.uint32, len(texts))
        if len(self._smallest) == _SMALLEST:
            hashes = hashes[hashes < self._smallest[-1]]
        self._smallest = np.unique(np.concatenate([self._smallest, hashes]))[:_SMALLEST]

    def count(self) -> int:
        if len(self._smallest) < _SMALLEST:
            return len(self._smallest)
        return round((_SMALLEST - 1) * 2**32 / (int(self._smallest[-1]) + 1))
