"""Carry out a plan on a table that comes in batches: the same output as on the whole table, in memory that does not grow.

What has to see the whole table (a shuffle, k-anonymity) is refused before anything is read, with the ways out. The numbers of
``<PERSON_1>`` go on from batch to batch, in the order in which batches show the values, for up to NUMBERED different values:
with more, the run ends. A batch that no longer fits its plan ends the run like a table that does not fit.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

import pyarrow as pa

from piiscrub.errors import InputError
from piiscrub.keys.bound import BoundKeys, Keys, bound
from piiscrub.keys.ring import KeyRing
from piiscrub.model import entities
from piiscrub.model.plan import TablePlan
from piiscrub.model.policy import OperatorSpec, Policy
from piiscrub.operate.protocol import TAKEN, VaultScope
from piiscrub.registry.operators import build
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.sources.problems import problem
from piiscrub.table.applying import apply
from piiscrub.table.distinct import as_texts, distinct, is_text
from piiscrub.table.frame import Column, Mask, Table
from piiscrub.table.joining import Joins
from piiscrub.table.rebuild import from_codes
from piiscrub.table.result import ColumnEvidence, TableEvidence, TableScrub

NUMBERED = 1_000_000
"""How many different values get numbers in one table that is read in batches: each takes about 150 bytes of memory."""

Batches = Callable[[], Iterable[pa.RecordBatch]]
"""Gives the batches of the table from its start; may be called again."""


def waiting(plan: TablePlan, policy: Policy) -> tuple[str, ...]:
    """What of a plan has to see the whole table, in words; empty if it can be carried out batch by batch.

    >>> from piiscrub.model.plan import ColumnPlan
    >>> from piiscrub.registry.policies import load_policy
    >>> plan = TablePlan(columns=(ColumnPlan(position=0, name="tel", action="transform", operator=OperatorSpec.of("shuffle")),))
    >>> waiting(plan, load_policy("balanced"))
    ("column 0 'tel': shuffle",)
    """
    held = [
        f"column {one.position} {one.name!r}: {spec.name}"
        for one in plan.columns
        if one.action == "transform"
        for spec in (one.operator if one.operator.name else policy.rule_for(one.entity),)
        if not _streams(spec)
    ]
    if any(one.action == "spans" for one in plan.columns):
        specs = {policy.rule_for(name) for name in entities.tree()}
        held += [f"policy {policy.id!r}: {name}" for name in sorted({spec.name for spec in specs if not _streams(spec)})]
    return (*held, *(f"rows: {spec.name}" for spec in plan.rows if not _streams(spec)))


def without_numbers(policy: Policy) -> Policy:
    """The policy with ``<PERSON>`` in place of ``<PERSON_1>``: what needs no memory of all values seen before."""
    return dataclasses.replace(
        policy, default=plain(policy.default), rules=tuple((name, plain(spec)) for name, spec in policy.rules)
    )


def plain(spec: OperatorSpec) -> OperatorSpec:
    """The operator without numbers that go on; any but ``replace`` stays as it is."""
    if spec.name != "replace":
        return spec
    return OperatorSpec.of("replace", permissive=spec.permissive, **(spec.arguments() | {"numbered": False}))


def _streams(spec: OperatorSpec) -> bool:
    return spec.name in ("", "replace") or bool(build(spec).streams)


class Stream:
    """One table under its plan, batch by batch.

    Args:
        batches: gives the table from its start.
        looking: the same without telling anybody of progress. It is called before, where columns that are no text may become
            text: their type has to be known before the first row is written.
        schema: names and types of what comes in.
        plan, policy, keys, vault, purpose, recipient: as for ``apply``.
        name: of the source, for messages.

    Raises:
        SourceError: the plan or the policy has an operator that must see the whole table; while batches are taken, there are
            too many different values for numbers.
    """

    def __init__(
        self,
        batches: Batches,
        schema: pa.Schema,
        plan: TablePlan,
        policy: str | Policy | Scrubber = "balanced",
        *,
        keys: Keys | None = None,
        vault: VaultScope | None = None,
        purpose: str = "",
        recipient: str = "",
        name: str = "",
        looking: Batches | None = None,
    ) -> None:
        self._looking = looking or batches
        self._batches, self._in, self._plan, self._name = batches, schema, plan, name
        self._scrubber = policy if isinstance(policy, Scrubber) else Scrubber(policy=policy)
        self._keys = BoundKeys(keys, recipient=recipient, purpose=purpose) if isinstance(keys, KeyRing) else bound(keys)
        self._vault, self._purpose, self._recipient = vault, purpose, recipient
        held = waiting(plan, self._scrubber.policy)
        if held:
            raise problem("cannot-stream", name or "table", "; ".join(held))
        self._evidence: TableEvidence | None = None
        self._joins = Joins((), self._scrubber.policy)

    @property
    def evidence(self) -> TableEvidence:
        """What was done, when all batches have been taken. Distinct values are counted in each batch and added up."""
        if self._evidence is None:
            raise InputError("Stream.evidence is there when the first batch has been taken.")
        return dataclasses.replace(self._evidence, joining=self._joins.result())

    def __iter__(self) -> Iterator[tuple[pa.RecordBatch, tuple[Mask | None, ...]]]:
        """Each batch as it goes out, with the cells that changed in each of its columns (None: none)."""
        types = self._types()
        self._evidence = None
        self._joins = joins = Joins(self._plan.columns, self._scrubber.policy)
        for done in self._run(self._plan, self._batches):
            joins.add({one.position: one.column for one in done.columns})
            self._evidence = done.evidence if self._evidence is None else added(self._evidence, done.evidence)
            columns = [as_type(one.column, types.get(one.position, self._in.field(one.position).type)) for one in done.columns]
            fields = [
                self._in.field(one.position).with_name(one.name).with_type(column.type)
                for one, column in zip(done.columns, columns, strict=True)
            ]
            schema = pa.schema(fields)
            yield pa.RecordBatch.from_arrays(columns, schema=schema), tuple(one.changed for one in done.columns)

    def _run(self, plan: TablePlan, batches: Batches) -> Iterator[TableScrub]:
        numbers: dict[str, dict[str, int]] = {}
        empty = True
        for batch in batches():
            empty = False
            yield self._apply(batch, plan, numbers)
            if sum(len(given) for entity, given in numbers.items() if not entity.startswith(TAKEN)) > NUMBERED:
                raise problem("many-numbers", self._name or "table", f"{NUMBERED:,}")
        if empty:  # the output has the columns all the same
            yield self._apply(self._in.empty_table(), plan, numbers)

    def _apply(self, batch: pa.RecordBatch | pa.Table, plan: TablePlan, numbers: dict[str, dict[str, int]]) -> TableScrub:
        return apply(
            Table.from_arrow(batch, name=self._name),
            plan,
            self._scrubber,
            keys=self._keys,
            vault=self._vault,
            purpose=self._purpose,
            recipient=self._recipient,
            numbers=numbers,
        )

    def _types(self) -> dict[int, pa.DataType]:
        """The types of columns that may change theirs, over all batches: text if it is text in one of them."""
        planned = {one.position: one for one in self._plan.columns}
        types: dict[int, pa.DataType] = {}
        may: set[int] = set()
        for position, field in enumerate(self._in):
            if position in planned and planned[position].action in ("transform", "spans"):
                if pa.types.is_dictionary(field.type):
                    types[position] = pa.dictionary(pa.int32(), field.type.value_type)
                elif not is_text(field.type):
                    may.add(position)
        if not may:
            return types
        others = tuple(one if one.position in may else dataclasses.replace(one, action="drop") for one in self._plan.columns)
        seen: dict[int, set[pa.DataType]] = {position: set() for position in may}
        for done in self._run(dataclasses.replace(self._plan, columns=others, rows=()), self._looking):
            for one in done.columns:
                seen[one.position].add(one.column.type)
        return types | {position: _common(kinds) for position, kinds in seen.items() if kinds}


def _common(kinds: set[pa.DataType]) -> pa.DataType:
    if len(kinds) == 1:
        return next(iter(kinds))
    if all(pa.types.is_integer(kind) or pa.types.is_floating(kind) for kind in kinds):
        return pa.float64()
    return pa.string()


def as_type(column: Column, kind: pa.DataType) -> pa.Array:
    """A column as one array of a type; what is no text becomes the text it reads like.

    >>> as_type(pa.array([13800138000, None]), pa.string()).to_pylist()
    ['13800138000', None]
    """
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
        if isinstance(column, pa.ChunkedArray):
            column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], kind)
    if column.type.equals(kind):
        return column
    if is_text(kind) and not is_text(column.type):
        found = distinct(column)
        column = from_codes(found.codes, as_texts(found.values), pa.string())
    return column.cast(kind)


def added(one: TableEvidence, more: TableEvidence) -> TableEvidence:
    """The evidence of two batches of a table as that of both."""
    return dataclasses.replace(
        one,
        rows=one.rows + more.rows,
        rows_out=one.rows_out + more.rows_out,
        columns=tuple(_added(a, b) for a, b in zip(one.columns, more.columns, strict=True)),
        unexamined_kept=one.unexamined_kept or more.unexamined_kept,
        key=one.key or more.key,
    )


def _added(one: ColumnEvidence, more: ColumnEvidence) -> ColumnEvidence:
    def both(a: Mapping[str, int], b: Mapping[str, int]) -> dict[str, int]:
        return dict(sorted((Counter(a) + Counter(b)).items()))

    return dataclasses.replace(
        one,
        cells=one.cells + more.cells,
        distinct=one.distinct + more.distinct,
        changed=one.changed + more.changed,
        found=both(one.found, more.found),
        operators=both(one.operators, more.operators),
        unexamined=one.unexamined + more.unexamined,
        failures=both(one.failures, more.failures),
        linked=one.linked + more.linked,
        ambiguous=one.ambiguous + more.ambiguous,
        emptied=one.emptied + more.emptied,
        collisions=one.collisions + more.collisions,
        widened=one.widened + more.widened,
        dtype_after=one.dtype_after if one.dtype_after == more.dtype_after else "string",
    )
