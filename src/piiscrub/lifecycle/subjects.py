"""Where a person is: her rows, her mentions in free text, her values in a vault (PIPL 44-47, GDPR 15-17).

Rows are hers by an identifier, or by her name with a birthday or an address, and only where nothing in them says somebody else.
Identifiers of her rows are followed to other tables, unless other people have them too. What is in doubt is counted and left
to a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from piiscrub.lifecycle.edits import row_print
from piiscrub.lifecycle.following import linked, named
from piiscrub.lifecycle.found import Doubt, Held, Subject, SubjectMention, SubjectRow
from piiscrub.lifecycle.known import Given, Known, form, role
from piiscrub.lifecycle.linking import Finder, Part, Parts
from piiscrub.lifecycle.mentions import MASK, Mention, Reader
from piiscrub.lifecycle.searched import Searched, searched
from piiscrub.table.distinct import Distinct, as_texts, distinct, examinable

if TYPE_CHECKING:
    import pyarrow as pa

    from piiscrub.keys.scope import Scope


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
    finder.holds = reader.holds_any
    missed = list(missed)
    rows: list[SubjectRow] = []
    mentions: list[SubjectMention] = []
    doubtful: list[Doubt] = []
    values: dict[str, set[str]] = {}
    for entity, text in known.raw:
        values.setdefault(entity, set()).add(text)
    for place in places:
        if any(reader.holds(place.names)) or any(reader.names(place.names)):
            missed.append((place.table, "named"))
        if place.parts is None:
            certain, doubts, causes = _documents(place, reader)
            missed += ((place.table, cause) for cause in causes)
            mentions += certain
            doubtful += doubts
            continue
        for first, batch in place.batches():
            judged = finder.candidates(place.parts, batch)
            taken = {row for row, verdict, _ in judged if verdict in ("hers", "doubtful")}
            told: set[tuple[int, int]] = set()
            for row, verdict, cells in judged:
                if verdict == "mentioned":
                    contacts = list(_contacts(place, first, row, batch, cells, finder))
                    mentions += contacts
                    told |= {(row, one.at) for one in contacts}
                elif verdict == "hers":
                    rows.append(_row(place, first, row, batch, cells, finder, reader))
                    for part in place.parts.parts:
                        if cells[part.position] and _tells(part, cells[part.position], finder):
                            values.setdefault(part.entity, set()).add(cells[part.position])
                elif verdict == "doubtful":
                    own = _row(place, first, row, batch, cells, finder, reader)
                    hers = any(
                        finder.is_hers(one, cells[one.position]) or finder.within(one, cells[one.position])
                        for one in place.parts.of_role("exact", "local")
                    )
                    doubtful.append(Doubt(own, "other" if hers else "namesake"))
            certain, doubts = _cells(place, first, batch, taken, told, reader, finder)
            mentions += certain
            doubtful += doubts
    for plain, entity in finder.exact.items():
        values.setdefault(entity, set()).add(plain)
    every = frozenset[str]().union(*values.values(), finder.forms())
    return Subject(
        rows=tuple(rows),
        mentions=tuple(mentions),
        doubtful=tuple(doubtful),
        vault=tuple(_held(scope, every, finder) for scope in scopes),
        unexamined=tuple(missed),
        known=known,
        values={entity: frozenset(own) for entity, own in values.items()},
    )


def _tells(part: Part, text: str, finder: Finder) -> bool:
    """Whether a cell of a row of hers is hers alone: an identifier, or her name."""
    if part.role == "name":
        return finder.known.called(text) == "full"
    return part.role in ("exact", "local") and finder.is_hers(part, text)


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
    return SubjectRow(place, first + row, parts.names, tuple(shown), _print(place, batch, row))


def _print(place: Searched, batch: pa.RecordBatch, row: int) -> str:
    """By which a row of a database is known again; rows of files are known by their number in a file that must stay the same."""
    return row_print(batch, row) if place.database else ""


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


def _contacts(
    place: Searched, first: int, row: int, batch: pa.RecordBatch, cells: Mapping[int, str], finder: Finder
) -> Iterator[SubjectMention]:
    """Cells of somebody else's row that hold her identifiers, and her name beside them."""
    assert place.parts is not None
    for part in place.parts.parts:
        text = cells[part.position]
        named = part.role == "name" and part.other and finder.known.called(text) == "full"
        if text and part.other and (named or (part.role in ("exact", "local") and finder.is_hers(part, text))):
            mention = Mention(text, ((0, len(text)),), ())
            yield SubjectMention(place, first + row, part.name, mention, at=part.position, print=_print(place, batch, row))


def _cells(
    place: Searched,
    first: int,
    batch: pa.RecordBatch,
    taken: set[int],
    told: set[tuple[int, int]],
    reader: Reader,
    finder: Finder,
) -> tuple[list[SubjectMention], list[Doubt]]:
    """Mentions in texts of rows that are neither hers nor in doubt, and those by name alone, which are. ``told``: cells, by row
    and column, that were told of as contacts."""
    parts = place.parts
    assert parts is not None
    whole = not any(not one.other for one in parts.of_role("name", "exact", "local"))  # nested JSON: a row is a document
    linked: set[int] = set()
    maybe: set[int] = set()
    cells: list[tuple[int, Distinct, list[str]]] = []
    # In a column of names, addresses or numbers an identifier of hers is one all the same; a name there was judged with the row.
    for position in (*parts.texts, *parts.numbers, *(one.position for one in parts.parts)):
        found = distinct(batch.column(position))
        texts = as_texts(found.values)
        held = np.array([*reader.holds(texts), False], np.bool_)
        own = {row for row in np.flatnonzero(held[found.codes]).tolist() if (row, position) not in told}
        linked |= own
        if position in parts.texts:
            called = np.array([*reader.names(texts), False], np.bool_)
            maybe |= set(np.flatnonzero(called[found.codes]).tolist())
        elif not own:
            continue
        cells.append((position, found, texts))
    certain: list[SubjectMention] = []
    doubts: list[Doubt] = []
    for row in sorted((linked | maybe) - taken):
        people = _people(parts, batch, row)
        if row not in linked and any(finder.known.called(name) == "full" for name in people):
            continue  # somebody of her name, who is spoken of in his own row
        others = [name for name in people if finder.known.called(name) == "other"]
        for position, found, texts in cells:
            text = texts[found.codes[row]] if found.codes[row] >= 0 else ""
            if position not in parts.texts and ((row, position) in told or not reader.holds_any(text)):
                continue
            mention = reader.read(text, linked=whole or row not in linked, people=others) if text else None
            if mention:
                made = SubjectMention(
                    place, first + row, parts.names[position], mention, at=position, print=_print(place, batch, row)
                )
                if row in linked:
                    certain.append(made)
                elif reader.names([text])[0]:
                    doubts.append(Doubt(made, "namesake"))
    return certain, doubts


def _people(parts: Parts, batch: pa.RecordBatch, row: int) -> list[str]:
    """Who a row is about."""
    own = [one.position for one in parts.of_role("name") if not one.other]
    named = [as_texts(distinct(batch.column(position).slice(row, 1)).values) for position in own]
    return [texts[0] for texts in named if texts]


def _documents(place: Searched, reader: Reader) -> tuple[list[SubjectMention], list[Doubt], list[str]]:
    """Mentions in a text; where it holds her name and nothing else of hers, every line with it is in doubt. The third are the
    causes why parts of it could not be read."""
    certain: list[SubjectMention] = []
    doubts: list[Doubt] = []
    causes: list[str] = []
    for one in place.texts(causes):
        held, called = reader.holds([one.text])[0], reader.names([one.text])[0]
        mention = reader.read(one.text, linked=True) if held or called else None
        if mention is None:
            continue
        for part in (mention,) if held else mention.by_line():
            line = one.line(one.offset + part.hers[0][0]) - 1
            made = SubjectMention(place, line, "", part, offset=one.offset)
            if held:
                certain.append(made)
            else:
                doubts.append(Doubt(made, "namesake"))
    return certain, doubts, causes


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
    found = []
    for (token, entity), value in zip(tokens, scope.get_many([token for token, _ in tokens]) if tokens else [], strict=True):
        if value is not None and role(entity) == "exact" and form(entity, value) in finder.exact:
            found.append(token)
    return Held(scope, tuple(codes[code] for code in sorted(keyed & codes.keys())), tuple(sorted(found)))
