"""Where a person is: her rows, her mentions in free text, her values in a vault (PIPL 44-47, GDPR 15-17).

Rows are hers by an identifier, or by her name with a birthday or an address, and only where nothing in them says somebody else.
Identifiers of her rows are followed to other tables, unless other people have them too. What is in doubt is counted and left
to a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from piiscrub.lifecycle.following import linked, named
from piiscrub.lifecycle.known import Given, Known, form, role
from piiscrub.lifecycle.linking import Finder, Parts
from piiscrub.lifecycle.mentions import MASK, Mention, Reader
from piiscrub.lifecycle.searched import Searched, searched
from piiscrub.table.distinct import Distinct, as_texts, distinct, examinable

if TYPE_CHECKING:
    import pyarrow as pa

    from piiscrub.keys.scope import Scope
    from piiscrub.lifecycle.targets import Target


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A row that is hers: where, its columns, and its cells with what is other people's masked."""

    place: Searched = field(repr=False)
    row: int
    columns: tuple[str, ...] = field(repr=False)
    cells: tuple[str | None, ...] = field(repr=False)
    raw: tuple[str | None, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class SubjectMention:
    """A mention in a text: of a document (``column`` ""), or of a cell in a row that is not hers."""

    place: Searched = field(repr=False)
    row: int
    column: str = field(repr=False)
    mention: Mention = field(repr=False)


@dataclass(frozen=True, slots=True)
class Held:
    """Values of hers in a scope of a vault: data keys of her own, and tokens under the key of the whole scope."""

    scope: Scope = field(repr=False)
    subjects: tuple[str, ...] = field(repr=False)
    tokens: int


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything that was found of one person. Its repr and ``counts`` show no value; ``export`` writes them for her."""

    rows: tuple[SubjectRow, ...] = field(repr=False)
    mentions: tuple[SubjectMention, ...] = field(repr=False)
    doubtful: tuple[tuple[str, int], ...]
    vault: tuple[Held, ...] = field(repr=False)
    unexamined: tuple[tuple[str, str], ...]
    known: Known = field(repr=False)
    values: frozenset[str] = field(repr=False)
    recipients: tuple[Mapping[str, Any], ...] = ()

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Table or text → rows, mentions, rows in doubt."""
        found: dict[str, dict[str, int]] = {}
        for what, names in (
            ("rows", [one.place.table for one in self.rows]),
            ("mentions", [one.place.table for one in self.mentions]),
            ("doubtful", [name for name, _ in self.doubtful]),
        ):
            for name in names:
                own = found.setdefault(name, {"rows": 0, "mentions": 0, "doubtful": 0})
                own[what] += 1
        return dict(sorted(found.items()))

    def to_dict(self) -> dict[str, Any]:
        """Counts as plain data."""
        vault = {"data_keys": sum(len(one.subjects) for one in self.vault), "tokens": sum(one.tokens for one in self.vault)}
        told = {"tables": self.counts, "vault": vault, "unexamined": [list(one) for one in self.unexamined]}
        return told | {"recipients": [dict(one) for one in self.recipients]}

    def export(self, folder: str | PathLike[str], *, now: datetime | None = None) -> None:
        """Write ``subject.json`` and ``subject.html`` for her into a new folder: her cells alone, others' are masked.

        Raises:
            SourceError: the folder is there already, or cannot be made.
        """
        from piiscrub.lifecycle.exporting import export

        export(self, Path(folder), datetime.now(UTC) if now is None else now)

    def handed_to(self, traces: Iterable[Any]) -> Subject:
        """The same with the hand-overs that hold an identifier of hers, as ``handing_over.tracing`` found them."""
        names = ("record", "recipient", "purpose", "made", "until", "contact")
        return replace(self, recipients=tuple({name: getattr(one, name) for name in names} for one in traces))

    def targets(self) -> tuple[Target, ...]:
        """Her rows and keys for ``piiscrub.destroy``, which erases them in two steps; rows that rules keep stay.

        Mentions in texts and rows in doubt are not among them: they are for a person to look at.

        Raises:
            InputError: there is nothing, or only rows of tables in memory.
        """
        from piiscrub.lifecycle.erasing import targets

        return targets(self)

    def __repr__(self) -> str:
        return f"<Subject: {len(self.rows)} rows, {len(self.mentions)} mentions, {len(self.doubtful)} in doubt>"


def find(sources: Any, given: Given | Known, *, scopes: Sequence[Scope] = ()) -> Subject:
    """Find a person.

    Args:
        sources: one or several of: path of a file or folder, URL of a database, pyarrow table; or pyarrow tables by name.
        given: what is known: ``{"name": "…", "phone": "…"}``; see ``Known.of``.
        scopes: of vaults to look into.

    Raises:
        InputError: nothing by which she is told from others; what is no source.
        SourceError: something named is not there or cannot be read.

    >>> import pyarrow as pa
    >>> customers = {"姓名": ["张伟", "李娜"], "手机号": ["13800138000", "14200000001"], "客户编号": ["KH000001", "KH000002"]}
    >>> orders = pa.table({"客户编号": ["KH000001", "KH000002", "KH000001"], "备注": ["无", "张先生来电", "请联系张先生"]})
    >>> find({"customers": pa.table(customers), "orders": orders}, {"phone": "138-0013-8000", "name": "张伟"})
    <Subject: 3 rows, 0 mentions, 0 in doubt>
    """
    known = Known.of(given)
    places, missed = searched(sources)
    return search(places, missed, known, scopes)


def search(places: Sequence[Searched], missed: Sequence[tuple[str, str]], known: Known, scopes: Sequence[Scope] = ()) -> Subject:
    """:func:`find` in what is open already, as for the requests of several people."""
    tables = [one for one in places if one.parts is not None]
    if not known.names:
        known = named(known, tables)
    finder = linked(known, tables)
    reader = Reader(known, finder.forms(), finder.banned | finder.shared)
    rows: list[SubjectRow] = []
    mentions: list[SubjectMention] = []
    doubtful: list[tuple[str, int]] = []
    values: set[str] = {text for _, text in known.raw}
    for place in places:
        if place.parts is None:
            mentions += _documents(place, reader)
            continue
        for first, batch in place.batches():
            judged = finder.candidates(place.parts, batch)
            hers = {row for row, verdict, _ in judged if verdict == "hers"}
            doubtful += ((place.table, first + row) for row, verdict, _ in judged if verdict == "doubtful")
            for row, verdict, cells in judged:
                if verdict == "mentioned":
                    mentions += _contacts(place, first + row, cells, finder)
                if verdict == "hers":
                    rows.append(_row(place, first, row, batch, cells, finder, reader))
                    values |= _identifiers(place.parts, cells, finder)
            mentions += _cells(place, first, batch, hers, reader)
    return Subject(
        rows=tuple(rows),
        mentions=tuple(mentions),
        doubtful=tuple(doubtful),
        vault=tuple(_held(scope, values, finder) for scope in scopes),
        unexamined=tuple(missed),
        known=known,
        values=frozenset(values | finder.forms()),
    )


def _row(
    place: Searched, first: int, row: int, batch: pa.RecordBatch, cells: Mapping[int, str], finder: Finder, reader: Reader
) -> SubjectRow:
    parts = place.parts
    assert parts is not None
    raw = _texts_of(batch, row)
    others = [cells[one.position] for one in parts.of_role("name") if finder.known.called(cells[one.position]) == "other"]
    elsewhere = bool(others) and not any(not one.other for one in parts.of_role("name"))  # sent to somebody else
    shown: list[str | None] = list(raw)
    for part in parts.parts:
        text = cells[part.position]
        if not text:
            continue
        if part.role == "name":
            mine = finder.known.called(text) in ("full", "weak") or (not finder.known.names and not part.other)
        elif part.role in ("exact", "local"):
            mine = finder.is_hers(part, text) or not (part.other or (elsewhere and part.role == "exact"))
        else:
            mine = not (part.other or elsewhere)
        if not mine:
            shown[part.position] = MASK
    for position in parts.texts:
        held = raw[position]
        if held:
            found = reader.read(held, linked=True, people=others)
            shown[position] = found.masked(whole=True) if found else reader.mask(held)
    return SubjectRow(place, first + row, parts.names, tuple(shown), tuple(raw))


def _texts_of(batch: pa.RecordBatch, row: int) -> list[str | None]:
    found: list[str | None] = []
    for column in batch.columns:
        cell = column.slice(row, 1)
        if not examinable(column.type):
            found.append(None if not cell.is_valid()[0].as_py() else MASK)
            continue
        texts = as_texts(distinct(cell).values) if cell.null_count == 0 else []
        found.append(texts[0] if texts else None)
    return found


def _identifiers(parts: Parts, cells: Mapping[int, str], finder: Finder) -> set[str]:
    return {
        cells[one.position]
        for one in parts.of_role("exact", "local")
        if cells[one.position] and finder.is_hers(one, cells[one.position])
    }


def _contacts(place: Searched, row: int, cells: Mapping[int, str], finder: Finder) -> Iterator[SubjectMention]:
    """Cells of somebody else's row that hold her identifiers, and her name beside them."""
    assert place.parts is not None
    for part in place.parts.parts:
        text = cells[part.position]
        named = part.role == "name" and part.other and finder.known.called(text) == "full"
        if text and part.other and (named or (part.role in ("exact", "local") and finder.is_hers(part, text))):
            yield SubjectMention(place, row, part.name, Mention(text, ((0, len(text)),), ()))


def _cells(place: Searched, first: int, batch: pa.RecordBatch, hers: set[int], reader: Reader) -> Iterator[SubjectMention]:
    """Mentions in texts of rows that are not hers."""
    parts = place.parts
    assert parts is not None
    whole = not any(not one.other for one in parts.of_role("name", "exact", "local"))  # nested JSON: a row is a document
    linked: set[int] = set()
    cells: list[tuple[int, Distinct, list[str]]] = []
    for position in parts.texts:
        found = distinct(batch.column(position))
        texts = as_texts(found.values)
        held = np.array([*reader.holds(texts), False], np.bool_)
        linked |= set(np.flatnonzero(held[found.codes]).tolist())
        cells.append((position, found, texts))
    for row in sorted(linked - hers):
        for position, found, texts in cells:
            text = texts[found.codes[row]] if found.codes[row] >= 0 else ""
            mention = reader.read(text, linked=whole) if text else None
            if mention:
                yield SubjectMention(place, first + row, parts.names[position], mention)


def _documents(place: Searched, reader: Reader) -> Iterator[SubjectMention]:
    for line, text in place.texts():
        if reader.holds([text])[0]:
            mention = reader.read(text, linked=True)
            if mention:
                yield SubjectMention(place, line, "", mention)


def _held(scope: Scope, values: Iterable[str], finder: Finder) -> Held:
    """What a scope holds of her: data keys under one of her identifiers, and tokens whose value is one."""
    vault = scope.vault
    every = sorted({*values, *finder.forms(), *finder.known.names})
    codes = {vault.handle("subject", scope.id, value): value for value in every}
    with vault.reading() as connection:
        sql = "SELECT subject FROM data_keys WHERE scope = ? AND wrapped IS NOT NULL"
        keyed = {str(code) for (code,) in connection.execute(sql, (scope.id,))}
        sql = "SELECT token, entity FROM tokens WHERE scope = ? AND subject = ''"
        tokens = [(str(token), str(entity)) for token, entity in connection.execute(sql, (scope.id,))]
    found = 0
    for (_, entity), value in zip(tokens, scope.get_many([token for token, _ in tokens]) if tokens else [], strict=True):
        if value is not None and role(entity) == "exact":
            found += form(entity, value) in finder.exact
    return Held(scope, tuple(codes[code] for code in sorted(keyed & codes.keys())), found)
