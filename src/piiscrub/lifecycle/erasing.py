"""Erase a person: rows, passages and keys in vaults go by the two steps of a destruction, what law keeps stays."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from piiscrub.errors import InputError
from piiscrub.lifecycle.edits import Edits
from piiscrub.lifecycle.found import SubjectMention, merged
from piiscrub.lifecycle.journal import NAME
from piiscrub.lifecycle.rules import load as load_rules
from piiscrub.lifecycle.targets import Target, VaultKeys, VaultTokens

if TYPE_CHECKING:
    from piiscrub.evidence.ledger import Ledger
    from piiscrub.keys.ring import KeyRing
    from piiscrub.lifecycle.destroying import Destroyed, OrderLike, RulesLike
    from piiscrub.lifecycle.found import Subject
    from piiscrub.lifecycle.planning import DestructionPlan


def targets(subject: Subject) -> tuple[Target, ...]:
    """What ``destroy`` is asked for: one target for each file, table of a database, and scope or data key of a vault.

    Raises:
        InputError: nothing of hers can be erased here: nothing was found, or only in tables in memory.
    """
    places = [*(one.place for one in subject.rows), *(one.place for one in subject.mentions)]
    if any(isinstance(place.source, pa.Table) for place in places):
        raise InputError("rows of a table in memory are the caller's: erase takes files and databases.")
    found: list[Target] = [*_files(subject), *_databases(subject)]
    for held in subject.vault:
        vault, scope = held.scope.vault, held.scope.id
        found += (VaultKeys(vault=vault, scope=scope, subject=one) for one in held.subjects)
        if held.names:
            found.append(VaultTokens(vault=vault, scope=scope, tokens=held.names))
    if not found:
        raise InputError("nothing of this person was found that could be erased.")
    return tuple(found)


def _files(subject: Subject) -> list[Edits]:
    rows: dict[Any, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    spans: dict[Any, dict[str, dict[tuple[int, int], list[tuple[int, int]]]]] = defaultdict(lambda: defaultdict(dict))
    for row in subject.rows:
        if not row.place.database:
            rows[row.place.source][row.place.table].add(row.row)
    for one in subject.mentions:
        if not one.place.database:
            table, at = ("", (0, 0)) if one.place.is_text else (one.place.table, (one.row, one.at))
            if one.row not in rows[one.place.source].get(one.place.table, ()) or one.place.is_text:
                spans[one.place.source][table].setdefault(at, []).extend(_spans(one))
    return [
        Edits(
            source=source,
            rows={table: frozenset(numbers) for table, numbers in rows[source].items()},
            passages={table: {at: merged(own) for at, own in cells.items()} for table, cells in spans[source].items()},
        )
        for source in dict.fromkeys([*rows, *spans])
        if rows[source] or spans[source]
    ]


def _databases(subject: Subject) -> list[Edits]:
    prints: dict[tuple[str, str], dict[str, dict[int, list[tuple[int, int]]]]] = defaultdict(dict)
    gone = {row.print for row in subject.rows if row.place.database}
    for row in subject.rows:
        if row.place.database:
            prints[row.place.source, row.place.table][row.print] = {}
    for one in subject.mentions:
        if one.place.database and one.print not in gone:
            cells = prints[one.place.source, one.place.table].setdefault(one.print, {})
            cells.setdefault(one.at, []).extend(_spans(one))
    return [
        Edits(
            source=source,
            table=table,
            prints={made: {at: merged(spans) for at, spans in cells.items()} for made, cells in own.items()},
        )
        for (source, table), own in prints.items()
    ]


def _spans(one: SubjectMention) -> list[tuple[int, int]]:
    return [(start + one.offset, end + one.offset) for start, end in one.mention.hers]


def begun(out: str | PathLike[str]) -> bool:
    """Whether an erasure under way lies in this folder: it is taken up as it was planned, whatever is found now."""
    return (Path(out) / NAME).is_file()


def erase(
    subject: Subject,
    *,
    confirm: str | None,
    out: str | PathLike[str] | None,
    keys: KeyRing | None,
    order: OrderLike | None,
    rules: RulesLike | None,
    ledger: Ledger | str | PathLike[str] | None,
    now: datetime | None,
) -> DestructionPlan | Destroyed:
    """See ``Subject.erase``."""
    from piiscrub.lifecycle.destroying import at, confirmed
    from piiscrub.lifecycle.planning import make

    day = at(now).date()
    held = None if rules is None else load_rules(rules)
    if confirm is None:
        return make(targets(subject), held, day)
    run = confirmed(out, keys, order, ledger, now)
    run.unsearched = subject.unexamined
    vaults = [one.scope.vault for one in subject.vault]
    return run.resumed(None, confirm, held, vaults) or run.fresh(targets(subject), confirm, held, day)
