"""Who received a person's data in earlier hand-overs, and in which form: whom to tell when she is erased (PIPL 47).

A value that was delivered as it is has its fingerprint in the record. One that was replaced is made once more, by the plan in
the record and the keys of its recipient, purpose and epoch, and looked for: a pseudonym stands for one value, so it proves that
she was among it. Masked and coarser values fit many people: only two columns of one table together make it likely.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from piiscrub.errors import PiiscrubError
from piiscrub.handing_over.delivered import telling
from piiscrub.handing_over.fingerprints import Fingerprints
from piiscrub.handing_over.tracing import head, read
from piiscrub.keys.bound import BoundKeys
from piiscrub.model import entities
from piiscrub.model.plan import ColumnPlan, SharePlan, TablePlan
from piiscrub.planner.reading import load
from piiscrub.registry.operators import build
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.table.applying import apply
from piiscrub.table.frame import Table

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing

Values = Mapping[str, Collection[str]]
"""Entity → values of the person, in every spelling that was found."""
AS_IS, PSEUDONYM, MASKED, COARSER, CHANGED = "as-is", "pseudonym", "masked", "coarser", "changed"
_FAMILIES = (("pseudonymisation", PSEUDONYM), ("cryptographic", PSEUDONYM), ("suppression", MASKED), ("generalisation", COARSER))
_LIKELY = 2
"""Columns of one table in which masked or coarser values are found again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A hand-over that holds something of a person.

    ``record`` is the folder's name. ``forms``: entity → ``as-is``, ``pseudonym``, ``masked``, ``coarser``, ``changed``;
    ``likely`` where only values that others may share were found.
    """

    record: str
    recipient: str
    purpose: str
    made: str
    until: str
    contact: str
    forms: Mapping[str, str]
    confidence: Literal["certain", "likely"]


def recipients_of(values: Values, where: Sequence[Path], keys: KeyRing, *, tokens: Collection[str] = ()) -> tuple[Receiver, ...]:
    """The hand-overs that hold something of a person, with the form of each kind of value.

    Args:
        values: of the person, by entity.
        where: records, see ``tracing.records``.
        keys: the ring they were made with; a record of another ring, or of an epoch that was destroyed, tells nothing.
        tokens: of a vault that stand for a value of hers.

    Raises:
        SourceError: a record cannot be read.
    """
    found = []
    for record in where:
        opened = read(record, keys)
        if opened is None:
            continue
        prints, about = opened[:2]
        forms, sure = _forms(values, tokens, prints, about, record, keys)
        if forms:
            found.append(_receiver(record, about, forms, sure=sure))
    return tuple(found)


def _receiver(record: Path, about: Mapping[str, Any], forms: Mapping[str, str], *, sure: bool) -> Receiver:
    return Receiver(
        **head(record, about),
        forms=dict(sorted(forms.items())),
        confidence="certain" if sure else "likely",
    )


def _forms(
    values: Values, tokens: Collection[str], prints: Fingerprints, about: Mapping[str, Any], record: Path, keys: KeyRing
) -> tuple[dict[str, str], bool]:
    """Entity → in which form she is in it, and whether that is certain; nothing where she is not."""
    plain = {entity: sorted(filter(telling, own)) for entity, own in values.items()}
    proofs = {entity: AS_IS for entity, own in plain.items() if own and bool(prints.has(own).any()) and not _person(entity)}
    if tokens and bool(prints.has(sorted(tokens)).any()):
        proofs["TOKEN"] = PSEUDONYM
    likely: dict[str, str] = {}
    plan = _plan(record)
    for table in plan.tables if plan else ():
        again = list(_again(plan, table, values, prints, about, keys)) if plan else []
        certain = [one for one in again if one[1] == PSEUDONYM]
        if certain or any(entity in proofs for entity, _ in _held(table, values)):
            for entity, form in (*_held(table, values), *((entity, form) for entity, form, _ in again)):
                proofs.setdefault(entity, form)
        elif len({position for _, _, position in again}) >= _LIKELY:
            likely |= {entity: form for entity, form, _ in again}
    return (proofs, True) if proofs else (likely, False)


def _again(
    plan: SharePlan, table: TablePlan, values: Values, prints: Fingerprints, about: Mapping[str, Any], keys: KeyRing
) -> Iterator[tuple[str, str, int]]:
    """Entity, form and column wherever a value of hers, made once more, was delivered."""
    bound = BoundKeys(keys, recipient=plan.recipient, purpose=plan.purpose, at=int(about["key"]["epoch"]))
    for column in table.columns:
        form = _form(column)
        if column.action != "transform" or form == CHANGED:
            continue
        for entity in values:
            if _same(entity, column.entity):
                made = [one for one in _made(column, sorted(values[entity]), plan, bound) if telling(one)]
                if made and bool(prints.has(made).any()):
                    yield entity, form, column.position


def _made(column: ColumnPlan, values: Sequence[str], plan: SharePlan, keys: BoundKeys) -> list[str]:
    """What the plan makes of these values of a column, those that stay as they are left out."""
    alone = TablePlan(columns=(replace(column, position=0, by="", dtype=""),))
    try:
        done = apply(
            Table((column.name,), (_array(values),)), alone, Scrubber(policy=plan.policy or "balanced"), keys=keys, drift=False
        )
    except PiiscrubError:  # it needs a vault, or a policy that is not here any more
        return []
    made = [one for result in done.columns for one in result.column.to_pylist()]
    return [str(new) for new, old in zip(made, values, strict=False) if new is not None and str(new) != old]


def _array(values: Sequence[str]) -> Any:
    import pyarrow as pa

    return pa.array(list(values), pa.string())


def _held(table: TablePlan, values: Values) -> list[tuple[str, str]]:
    """Her kinds of values among the columns that went, with what the plan does to them."""
    return [
        (entity, AS_IS if column.action == "keep" else _form(column))
        for column in table.columns
        if column.action in ("keep", "transform") and column.entity
        for entity in values
        if _same(entity, column.entity)
    ]


def _form(column: ColumnPlan) -> str:
    try:
        family = str(getattr(build(column.operator), "family", ""))
    except PiiscrubError:
        return CHANGED
    if "running number" in family and column.operator.name == "replace":
        return CHANGED  # a number in a document: it is everybody's
    return next((form for start, form in _FAMILIES if family.startswith(start)), CHANGED)


def _plan(record: Path) -> SharePlan | None:
    try:
        return load(record / "plan.toml")
    except PiiscrubError:  # made by another version: what was delivered as it is can be told all the same
        return None


def _same(one: str, other: str) -> bool:
    tree = entities.tree()
    return bool(one in tree and other in tree and (entities.is_a(one, other) or entities.is_a(other, one)))


def _person(entity: str) -> bool:
    return entity in entities.tree() and entities.is_a(entity, "PERSON")
