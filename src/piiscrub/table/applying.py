"""Carry out the plan of one table: every column by its action, then whole rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from os import PathLike
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

from piiscrub.errors import InputError, OperatorError, PlanError
from piiscrub.keys.bound import BoundKeys, Keys, bound
from piiscrub.keys.ring import KeyRing
from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.model.policy import REDACT, OperatorSpec, Policy
from piiscrub.operate.protocol import OnCells, OnTable, Operator, VaultScope
from piiscrub.registry.operators import build
from piiscrub.registry.recognizers import hash_for
from piiscrub.scrubber.applying import Operators
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.table.columns import Job, Outcome, keep, spans, transform, without
from piiscrub.table.distinct import as_cells
from piiscrub.table.frame import Mask, Table
from piiscrub.table.headers import Header, headers, stand_in
from piiscrub.table.joining import Joins
from piiscrub.table.linking import People, groups
from piiscrub.table.matching import mismatches
from piiscrub.table.result import ColumnEvidence, Done, TableEvidence, TableScrub

PolicyLike: TypeAlias = str | PathLike[str] | Policy


def apply(
    table: Table,
    plan: TablePlan,
    policy: PolicyLike | Scrubber = "balanced",
    *,
    keys: Keys | None = None,
    vault: VaultScope | None = None,
    purpose: str = "",
    recipient: str = "",
    drift: bool = True,
    numbers: dict[str, dict[str, int]] | None = None,
) -> TableScrub:
    """Carry out a plan.

    ``keep`` leaves a column as it is; ``transform`` hands each distinct value to the operator of the plan (without one, to
    that of the policy for the entity); ``spans`` handles what the policy finds inside the text; ``drop`` leaves the column
    out. Row labels that the plan does not name are handled as ``spans``. A header that is personal information is renamed.

    Args:
        table: not changed.
        plan: columns by position. Its row operators come last and see the columns as they go out.
        policy: what happens to findings inside free text; or a Scrubber, with the recognizers and operators of the caller.
        keys: without any, keyed operators share random keys for this call; the evidence says so.
        vault: a scope of a vault, for operators that need one.
        purpose, recipient: what the keys are bound to; they go into the evidence.
        drift: whether to look at a sample of the cells first: has a column become something else since the plan was made?

        numbers: given so far, where the table is a part of a larger one; they go on.

    Raises:
        PlanError: the plan has undecided columns, or the table is not the one it was made for. Nothing was done then.
        UnknownNameError, OperatorError: an operator that does not exist or cannot be built.
        InputError: a policy that only looks, where something has to be changed inside text.
    """
    problems = mismatches(table, plan, values=drift)
    if problems:
        raise PlanError(problems, table=plan.name)
    ready = BoundKeys(keys, recipient=recipient, purpose=purpose) if isinstance(keys, KeyRing) else bound(keys)
    work = _Work(table, plan, policy, ready, vault, purpose, recipient)
    if numbers is not None:
        work.document.state.go_on(numbers)
    outcomes = {position: work.column(position) for position in range(len(table.columns)) if work.action(position) != "drop"}
    done = work.result(outcomes)
    if numbers is not None:
        return done  # whoever has all parts measures them together
    joins = Joins(plan.columns, work.policy)
    joins.add({one.position: one.column for one in done.columns})
    return replace(done, evidence=replace(done.evidence, joining=joins.result()))


class _Work:
    """What one call needs, built and checked before the first cell is touched."""

    def __init__(
        self,
        table: Table,
        plan: TablePlan,
        policy: PolicyLike | Scrubber,
        keys: BoundKeys,
        vault: VaultScope | None,
        purpose: str,
        recipient: str,
    ) -> None:
        self.table, self.plan, self.purpose, self.recipient = table, plan, purpose, recipient
        self.scrubber = policy if isinstance(policy, Scrubber) else Scrubber(policy=policy)
        self.policy = self.scrubber.policy
        self.planned = {one.position: one for one in plan.columns}
        self.headers: Sequence[Header] = [self._header(i, header) for i, header in enumerate(headers(table.names))]
        self.operators: Mapping[int, Operator] = {
            i: build(self._spec(one), extra=self.scrubber._operators)
            for i, one in self.planned.items()
            if one.action == "transform"
        }
        self.rows: list[tuple[OperatorSpec, Operator]] = [(spec, build(spec)) for spec in plan.rows]
        if self.policy.scan_only and any(self.action(i) == "spans" for i in range(len(table.columns))):
            raise InputError(f"apply takes a policy that changes text; {self.policy.id!r} only looks. Use 'balanced'.")
        self.keys = keys
        # A plan that names no group is one made by hand; its text is handled like any text.
        grouped = groups(plan.columns) if any(one.group for one in plan.columns) else None
        self.document: Operators = self.scrubber.document(keys=keys, vault=vault, groups=grouped)
        self.people = People(table, self.planned, {i: self._spec(self.planned[i]) for i in self.operators})

    def action(self, position: int) -> str:
        one = self.planned.get(position)
        return "spans" if one is None else one.action

    def column(self, position: int) -> Outcome:
        one = self.planned.get(position) or ColumnPlan(position=position, name=self.headers[position].shown, action="spans")
        job = Job(
            table=self.table,
            position=position,
            shown=self.headers[position].shown,
            entity=one.entity,
            group=one.group,
            score=one.confidence or 1.0,
        )
        if one.action == "transform":
            return transform(job, self.operators[position], self.document, by=self._by(one), people=self.people)
        redacts = self.policy.unexamined != "keep"
        if one.action == "keep":
            return keep(job, self.document, redact_blind=redacts)
        name = self.table.names[position]
        return spans(job, self.scrubber, self.document, self.people, name=name, redact_blind=redacts)

    def result(self, columns: Mapping[int, Outcome]) -> TableScrub:
        outcomes, kept = self._rows(columns)
        done = tuple(
            Done(
                position=position,
                name=self.headers[position].shown,
                column=one.column if kept is None else one.column.filter(pa.array(kept)),
                changed=one.changed if kept is None or one.changed is None else one.changed[kept],
            )
            for position, one in outcomes.items()
        )
        table = Table(
            tuple(one.name for one in done),
            tuple(one.column for one in done),
            self.table.name,
            labels=sum(position not in self.table.data for position in outcomes),
        )
        rows = self.table.rows if kept is None else int(kept.sum())
        return TableScrub(table, self._evidence(outcomes, rows), done, kept, tuple(one.found for one in outcomes.values()))

    def _header(self, position: int, header: Header) -> Header:
        one = self.planned.get(position)
        if one is not None and one.renamed and not header.renamed:
            return Header(stand_in(position, self.table.names), True)
        return header

    def _spec(self, one: ColumnPlan) -> OperatorSpec:
        if one.operator.name:
            return one.operator
        rule = self.policy.rule_for(one.entity)
        return rule if rule.name else REDACT

    def _by(self, one: ColumnPlan) -> Sequence[Any] | None:
        if not one.by:
            return None
        whole = self._cells(one.by)
        if whole is not None:
            return whole
        several = [self._cells(name) for name in one.by.split("|")]  # an operator may look at several columns at once
        if None in several:
            raise OperatorError(f"column {one.position}: the plan looks at a column {one.by!r}, which the table does not have.")
        return list(zip(*(cells for cells in several if cells is not None), strict=True))

    def _cells(self, name: str) -> list[Any] | None:
        for position, own in enumerate(self.table.names):
            if name in (own, self.headers[position].shown):
                return as_cells(self.table.columns[position])
        return None

    def _rows(self, outcomes: Mapping[int, Outcome]) -> tuple[Mapping[int, Outcome], Mask | None]:
        """The columns once the row operators have emptied cells, and the rows that stay (None: all)."""
        if not self.rows:
            return outcomes, None
        keys = self.document.state.keys
        kept = np.ones(self.table.rows, np.bool_)
        at = {self.headers[position].shown: position for position in outcomes}
        done = dict(outcomes)
        for spec, operator in self.rows:
            if not isinstance(operator, OnTable | OnCells) or keys is None:
                raise OperatorError(f"{spec.name}: this operator does not work on rows.")
            places = np.flatnonzero(kept)
            left = {name: as_cells(done[position].column.filter(pa.array(kept))) for name, position in at.items()}
            if isinstance(operator, OnCells):
                gone, stays = operator.empty_cells(left, len(places), keys)
                for name, emptied in gone.items():
                    done[at[name]] = without(done[at[name]], places[emptied])
            else:
                stays = operator.keep_rows(left, len(places), keys)
            kept[places] = stays
        return done, kept

    def _evidence(self, outcomes: Mapping[int, Outcome], rows: int) -> TableEvidence:
        unexamined = any(one.unexamined for i, one in outcomes.items() if self.action(i) != "transform")
        return TableEvidence(
            table=self.table.name,
            rows=self.table.rows,
            rows_out=rows,
            columns=tuple(self._column(i, outcomes.get(i)) for i in range(len(self.table.columns))),
            policy=self.policy.id,
            policy_version=self.policy.version,
            policy_hash=self.policy.hash,
            packs_hash=hash_for(self.scrubber._engine),
            purpose=self.purpose,
            recipient=self.recipient,
            unexamined_kept=unexamined and self.policy.unexamined == "keep",
            key=self._key() if self.document.key_used or self.document.scope is not None else "",
            scope="" if self.document.scope is None else self.document.scope.id,
            row_operators=tuple(spec.name for spec, _ in self.rows),
        )

    def _key(self) -> str:
        return self.keys.named

    def _column(self, position: int, one: Outcome | None) -> ColumnEvidence:
        plan = self.planned.get(position)
        column = self.table.columns[position]
        operator = self.operators.get(position)
        return ColumnEvidence(
            position=position,
            name=self.headers[position].shown,
            renamed=self.headers[position].renamed,
            action=self.action(position),
            operator=operator.name if operator else "",
            entity=plan.entity if plan else "",
            cells=one.cells if one else len(column) - column.null_count,
            distinct=one.distinct if one else 0,
            changed=0 if one is None or one.changed is None else int(one.changed.sum()),
            found={} if one is None else {k: n for k, n in one.found.counts().items() if k != "UNEXAMINED"},
            operators=one.operators if one else {},
            unexamined=one.unexamined if one else 0,
            failures=one.failures if one else {},
            dtype=self.table.types[position],
            dtype_after=("mixed" if position in self.table.loose else str(one.column.type)) if one else "",
            emptied=one.emptied if one else 0,
            label=position not in self.table.data,
            linked=one.linked if one else 0,
            ambiguous=one.ambiguous if one else 0,
            collisions=one.collisions if one else 0,
            widened=one.widened if one else 0,
        )
