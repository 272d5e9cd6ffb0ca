"""One column under its plan: kept, handled whole cell by whole cell, or searched for what stands inside its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from piiscrub.errors import OperatorError
from piiscrub.model.finding import Finding
from piiscrub.model.policy import NO_OPERATOR, OperatorSpec
from piiscrub.operate.protocol import ColumnContext, DocumentState, Many, OnColumn, Operator, start
from piiscrub.operate.values import FAILED
from piiscrub.scrubber.applying import Operators
from piiscrub.scrubber.cells import decide_cells, rewrite
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.table.distinct import Codes, Distinct, as_texts, distinct, examinable
from piiscrub.table.found import ColumnFindings
from piiscrub.table.frame import Column, Mask, Table
from piiscrub.table.rebuild import from_cells, from_codes, with_redacted
from piiscrub.table.scanning import hidden


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Job:
    """One column to be handled, and what it needs."""

    table: Table
    position: int
    shown: str
    entity: str = ""
    spec: OperatorSpec = NO_OPERATOR
    group: str = ""
    score: float = 1.0

    @property
    def column(self) -> Column:
        return self.table.columns[self.position]

    @property
    def blind(self) -> Mask | None:
        return hidden(self.column, self.table.blind.get(self.position))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome:
    """A column as it has become. ``changed`` is None if no cell did."""

    column: Column
    changed: Mask | None
    cells: int
    distinct: int
    found: ColumnFindings
    operators: Mapping[str, int]
    failures: Mapping[str, int]
    unexamined: int


def keep(job: Job, *, redact_blind: bool) -> Outcome:
    """Leave a column as it is. Cells that could not be shown as text are redacted, for nobody has looked at them.

    Where the type of the whole column has no text, the plan knew it and meant it.
    """
    blind = job.blind
    column = job.column
    hide = blind if redact_blind and blind is not None and examinable(column.type) else None
    cells = len(column) - column.null_count + (int(blind.sum()) if blind is not None and examinable(column.type) else 0)
    return _outcome(job, column, None, Distinct(np.full(len(column), -1, np.int64), None), cells, {}, hide=hide, blind=blind)


def spans(job: Job, scrubber: Scrubber, document: Operators, *, name: str, redact_blind: bool) -> Outcome:
    """Handle what the policy finds inside each cell; each distinct text once."""
    found = distinct(job.column)
    texts = as_texts(found.values)
    times = found.counts()
    new = texts.copy()
    kept: dict[int, Sequence[Finding]] = {}
    operators: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    for code, decisions in enumerate(decide_cells(scrubber, texts, label=name)):
        if not decisions:
            continue
        new[code], done, failed = rewrite(texts[code], decisions, document)
        if done:
            kept[code] = tuple(decision.finding for decision in done)
            for decision in done:
                operators[decision.operator] += int(times[code])
        for failure in failed:
            failures[failure] += int(times[code])
    column, changed = _back(job.column, found, texts, new)
    return _outcome(
        job, column, changed, found, int(times.sum()), kept, operators, failures, job.blind if redact_blind else None, job.blind
    )


def transform(job: Job, operator: Operator, document: Operators, *, by: Sequence[Any] | None) -> Outcome:
    """The operator on each whole cell: on distinct values once, or on the column if it sees whole columns.

    Cells that could not be shown as text are redacted: the plan says that nothing stays as it is.
    """
    found = distinct(job.column)
    times = found.counts()
    texts = as_texts(found.values)
    whole = {code: (Finding(job.entity, 0, len(text), job.score, "plan"),) for code, text in enumerate(texts) if text}
    failures: Counter[str] = Counter()
    state = document.state.within(job.group) if job.group else document.state
    column: Column
    changed: Mask | None
    if getattr(operator, "shape", "value") == "column":
        column, changed = _on_column(job, operator, state, by, failures)
    else:
        new = _on_values(texts, operator, job, state, times, failures)
        column, changed = _back(job.column, found, texts, new)
    document.state.key_used |= state.key_used
    handled = int(sum(times[code] for code in whole)) - sum(failures.values())
    operators = {operator.name: handled} if handled else {}
    return _outcome(job, column, changed, found, int(times.sum()), whole, operators, failures, job.blind, job.blind)


def _on_values(
    texts: list[str], operator: Operator, job: Job, state: DocumentState, times: npt.NDArray[np.int64], failures: Counter[str]
) -> list[str]:
    """What the operator makes of each text; an empty one stays empty. A failing operator → redact, and say so."""
    filled = [code for code, text in enumerate(texts) if text]
    new = texts.copy()
    made = _many(operator, [texts[code] for code in filled], job.entity, state) if isinstance(operator, Many) else None
    if made is not None:
        failed = f"operator {operator.name!r} failed"
        for code, one in zip(filled, made, strict=True):
            new[code] = one
            if one == FAILED != texts[code] and operator.name != "redact":
                failures[failed] += int(times[code])
        return new
    work = start(operator, state)
    for code in filled:
        try:
            new[code] = work(texts[code], Finding(job.entity, 0, len(texts[code]), job.score, "plan"))
        except Exception as error:  # noqa: BLE001  # it may be a stranger's; its message may hold the value
            new[code] = FAILED
            failures[f"operator {operator.name!r} failed: {type(error).__name__}"] += int(times[code])
    return new


def _many(operator: Many, texts: list[str], entity: str, state: DocumentState) -> list[str] | None:
    """The fast way over all values; None if it failed: then each value has its own chance, and what fails is redacted."""
    try:
        made = operator.many(texts, entity, state)
    except Exception:  # noqa: BLE001  # whatever a stranger's operator raises, the slow way tells
        return None
    return made if len(made) == len(texts) and all(isinstance(one, str) for one in made) else None


def _on_column(
    job: Job, operator: Operator, state: DocumentState, by: Sequence[Any] | None, failures: Counter[str]
) -> tuple[Column, Mask | None]:
    before = job.column.to_pylist()
    if not isinstance(operator, OnColumn) or state.keys is None:
        raise OperatorError(f"{operator.name}: this operator cannot work on a column.")
    context = ColumnContext(name=job.shown, keys=state.keys, entity=job.group or job.entity, by=by)
    try:
        cells = operator.column(before, context)
        if len(cells) != len(before):
            raise ValueError("as many results as cells")
    except Exception as error:  # noqa: BLE001  # it may be a stranger's; its message may hold the value
        cells = [None if cell is None else FAILED for cell in before]
        failures[f"operator {operator.name!r} failed: {type(error).__name__}"] += sum(cell is not None for cell in before)
    changed = np.fromiter((a is not b and a != b for a, b in zip(cells, before, strict=True)), np.bool_, len(before))
    return from_cells(cells, job.column.type), changed if changed.any() else None


def _back(column: Column, found: Distinct, texts: list[str], new: list[str]) -> tuple[Column, Mask | None]:
    """The column of the new texts, and the rows they changed."""
    differs = np.fromiter(map(_differs, texts, new), np.bool_, len(texts))
    if not differs.any():
        return column, None
    changed = np.zeros(len(found.codes), np.bool_)
    held = found.codes >= 0
    changed[held] = differs[found.codes[held]]
    if not changed.any():  # only categories that no row holds; they are left out
        return from_codes(found.codes, texts, column.type), changed
    return from_codes(found.codes, new, column.type), changed


_differs: Callable[[str, str], bool] = str.__ne__


def _outcome(
    job: Job,
    column: Column,
    changed: Mask | None,
    found: Distinct,
    cells: int,
    kept: Mapping[int, Sequence[Finding]],
    operators: Mapping[str, int] | None = None,
    failures: Mapping[str, int] | None = None,
    hide: Mask | None = None,
    blind: Mask | None = None,
) -> Outcome:
    if hide is not None and hide.any():
        column = with_redacted(column, hide)
        changed = hide.copy() if changed is None else changed | hide
    codes: Codes = found.codes
    looked = ColumnFindings(job.position, job.shown, codes, kept, blind)
    return Outcome(
        column=column,
        changed=changed,
        cells=cells,
        distinct=0 if found.values is None else len(found.values),
        found=looked,
        operators=dict(sorted((operators or {}).items())),
        failures=dict(sorted((failures or {}).items())),
        unexamined=looked.unexamined,
    )
