"""Put values back into a table: placeholders of a vault in every cell, encrypted columns by the plan that made them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from piiscrub.errors import InputError, KeysError, OperatorError
from piiscrub.keys.bound import BoundKeys, Keys
from piiscrub.keys.ring import KeyRing
from piiscrub.model.plan import ColumnPlan, SharePlan
from piiscrub.operate.protocol import DocumentState
from piiscrub.operate.values import FAILED
from piiscrub.registry.operators import build
from piiscrub.scrubber.restoring import Restorer
from piiscrub.sources.tabular.defusing import restored
from piiscrub.table.columns import _back
from piiscrub.table.distinct import as_texts, distinct
from piiscrub.table.frame import Table
from piiscrub.table.result import ColumnEvidence, Done, TableEvidence, TableScrub

_TELLS = ("encrypt",)  # operators whose results are authenticated, so that a wrong key is told
_NOTHING = ("", FAILED)  # cells that no operator encrypted
Back = Callable[[list[str]], list[str]]


@runtime_checkable
class Undoes(Protocol):
    """A reversible operator that needs its keys and no vault."""

    def undo(self, values: list[str], entity: str, document: DocumentState, /) -> list[str]: ...


def restore(table: Table, ways: Mapping[int, Back], every: Back | None) -> TableScrub:
    """The table with its values: each distinct text once.

    Args:
        table: not changed.
        ways: how the whole cells of a column are brought back, by position.
        every: what is done to the cells of all other columns; None leaves them.
    """
    done: list[Done] = []
    evidence: list[ColumnEvidence] = []
    for position, name in enumerate(table.names):
        column = table.columns[position]
        found = distinct(column)
        texts = as_texts(found.values)
        way = ways.get(position, every)
        new, changed = (column, None) if way is None else _back(column, found, texts, way(texts))
        done.append(Done(position=position, name=name, column=new, changed=changed))
        cells = int((found.codes >= 0).sum())
        nothing: Counter[str] = Counter()
        evidence.append(
            ColumnEvidence(
                position=position, name=name, renamed=False, action="restore", operator="", entity="", cells=cells,
                distinct=len(texts), changed=0 if changed is None else int(changed.sum()), found=nothing, operators=nothing,
                unexamined=0, failures=nothing, label=position not in table.data,
                dtype=str(column.type), dtype_after=str(new.type),
            )
        )  # fmt: skip
    columns = tuple(one.column for one in done)
    after = Table(table.names, columns, table.name, labels=len(table.names) - len(table.data))
    said = TableEvidence(
        table=table.name, rows=table.rows, rows_out=table.rows, columns=tuple(evidence),
        policy="", policy_version="", policy_hash="", packs_hash="",
    )  # fmt: skip
    return TableScrub(after, said, tuple(done), None)


def by_vault(restorer: Restorer, *, defused: bool = False) -> Back:
    """Every text with the placeholders of a scope, and what was encrypted in it, restored.

    ``defused``: it is a cell of CSV, where a ' before a formula is ours if a placeholder stands in it.
    """

    def back(text: str) -> str:
        plain = restored(text) if defused else text
        new = restorer.text(plain)
        return text if new == plain else new

    return lambda texts: [back(text) for text in texts]


def by_plan(table: Table, plan: SharePlan, keys: Keys) -> dict[int, Back]:
    """How the encrypted columns of a table are brought back.

    Raises:
        InputError: the plan is of several tables, or its columns cannot be told apart in this one.
        KeysError: an epoch must be named, as the operator cannot tell a wrong one.
    """
    if len(plan.tables) != 1:
        raise InputError(
            f"restore takes a plan of one table; this one has {len(plan.tables)}. Say which: plan.replace(tables=(…,))."
        )
    ready = for_plan(plan, keys)
    epochs = tuple(reversed(keys.epochs)) if isinstance(keys, KeyRing) else (keys.at,)
    left = [one for one in sorted(plan.tables[0].columns, key=lambda one: one.position) if one.action != "drop"]
    ways: dict[int, Back] = {}
    for at, one in enumerate(left):
        operator: object = build(one.operator) if one.action == "transform" and one.operator.name else None
        if not isinstance(operator, Undoes):
            continue
        position = at if len(left) == len(table.data) else _named(table, one)
        if len(epochs) > 1 and one.operator.name not in _TELLS:
            raise KeysError(
                f"column {one.position}: {one.operator.name} cannot tell a wrong epoch; pass BoundKeys(ring, …, at=1)."
            )
        ways[position] = _undoing(operator, one, [ready.in_epoch(epoch) for epoch in epochs])
    return ways


def for_plan(plan: SharePlan, keys: Keys) -> BoundKeys:
    """The keys a plan was carried out with."""
    return BoundKeys(keys, recipient=plan.recipient, purpose=plan.purpose) if isinstance(keys, KeyRing) else keys


def _named(table: Table, planned: ColumnPlan) -> int:
    there = [position for position in table.data if table.names[position] == planned.name]
    if len(there) != 1:
        raise InputError(f"restore: the table has {len(there)} columns {planned.name!r} of the plan, not one.")
    return there[0]


def _undoing(operator: Undoes, planned: ColumnPlan, keys: Sequence[BoundKeys]) -> Back:
    """With the keys of the first epoch that fits."""

    def back(texts: list[str]) -> list[str]:
        # All of these cells were written by us, so a ' before what a spreadsheet would run is ours too.
        given = [restored(text) for text in texts if text not in _NOTHING]
        for one in keys:
            document = DocumentState(keys=one, group=planned.group)
            try:
                new = iter(operator.undo(given, planned.entity, document))
            except OperatorError:
                continue
            return [text if text in _NOTHING else next(new) for text in texts]
        raise KeysError(
            f"column {planned.position} {planned.name!r}: its values do not decrypt with key ring {keys[0].id} for the recipient "
            "and purpose of this plan, or were changed. Is it the plan and the ring they were handed over with?"
        )

    return back
