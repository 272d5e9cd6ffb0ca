"""Erase a person: her rows and her keys in vaults go by the two steps of a destruction, what law keeps stays."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyarrow as pa

from piiscrub.errors import InputError
from piiscrub.lifecycle.targets import Rows, Target, VaultKeys

if TYPE_CHECKING:
    from piiscrub.lifecycle.subjects import Subject


def targets(subject: Subject) -> tuple[Target, ...]:
    """What ``destroy`` is asked for: rows by number in files, by all their cells in databases, data keys in vaults.

    Raises:
        InputError: nothing of hers can be erased here: nothing was found, or only in tables in memory.
    """
    numbers: dict[object, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    found: list[Target] = []
    for row in subject.rows:
        source = row.place.source
        if isinstance(source, pa.Table):
            raise InputError("rows of a table in memory are the caller's: erase takes files and databases.")
        if isinstance(source, str):
            where = {name: [text] for name, text in zip(row.columns, row.raw, strict=True) if text and text == text.strip()}
            found.append(Rows(source=source, table=row.place.table, where=where))
        else:
            numbers[source][row.place.table].add(row.row)
    found += (Rows(source=source, at=at) for source, at in numbers.items())  # type: ignore[arg-type]  # a path, as tables in memory are refused above
    found += (
        VaultKeys(vault=held.scope.vault, scope=held.scope.id, subject=one) for held in subject.vault for one in held.subjects
    )
    if not found:
        raise InputError("nothing of this person was found that could be erased.")
    return tuple(found)
