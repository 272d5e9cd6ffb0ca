"""One column under its plan: kept, handled whole cell by whole cell, or searched for what stands inside its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from piiscrub.errors import OperatorError
from piiscrub.model.finding import UNEXAMINED, Decision, Finding
from piiscrub.model.policy import NO_OPERATOR, OperatorSpec
from piiscrub.operate.forms import written_like
from piiscrub.operate.protocol import ColumnContext, DocumentState, Many, OnColumn, Operator, start
from piiscrub.operate.values import FAILED
from piiscrub.scrubber.applying import Operators
from piiscrub.scrubber.cells import decide_cells
from piiscrub.scrubber.linking import AMBIGUOUS, LINKABLE, LINKED, Links, names
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.table.distinct import Codes, Distinct, as_cells, as_texts, distinct, examinable, is_text
from piiscrub.table.found import ColumnFindings, Found, WholeCells
from piiscrub.table.frame import Column, Mask, Table
from piiscrub.table.headers import personal
from piiscrub.table.linking import People
from piiscrub.table.rebuild import emptied, from_cells, from_codes, with_redacted
from piiscrub.table.scanning import hidden

_TOGETHER = 500  # cells whose placeholders are written to a vault at once, while other processes wait


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
    found: Found
    operators: Mapping[str, int]
    failures: Mapping[str, int]
    unexamined: int
    linked: int = 0
    ambiguous: int = 0
    emptied: int = 0
    collisions: int = 0
    widened: int = 0


def keep(job: Job, document: Operators, *, redact_blind: bool) -> Outcome:
    """Leave a column as it is, but for what only looks like a placeholder of the vault (``Operators.escape``).

    Cells that could not be shown as text are redacted, for nobody has looked at them. Where the type of the whole column has
    no text, the plan knew it and meant it.
    """
    blind = job.blind
    column = job.column
    hide = blind if redact_blind and blind is not None and examinable(column.type) else None
    changed: Mask | None = None
    if unused(column):
        column, changed = pa.compute.dictionary_encode(column.cast(column.type.value_type)), np.zeros(len(column), np.bool_)
    if document.scope is not None and is_text(column.type):
        held = distinct(column)
        texts = as_texts(held.values)
        with document.batch():
            column, escaped = _back(column, held, texts, [document.escape(text, ())[0] for text in texts])
        changed = escaped if escaped is not None else changed
    cells = len(column) - column.null_count + (int(blind.sum()) if blind is not None and examinable(column.type) else 0)
    looked = ColumnFindings(job.position, job.shown, np.full(len(column), -1, np.int64), {}, blind)
    return _outcome(job, column, changed, looked, None, {}, {}, hide=hide, cells=cells)


def without(done: Outcome, rows: npt.NDArray[np.int64]) -> Outcome:
    """The column with its cells in these rows missing."""
    if not len(rows):
        return done
    gone = np.zeros(len(done.column), np.bool_)
    gone[rows] = True
    changed = gone if done.changed is None else done.changed | gone
    return replace(done, column=emptied(done.column, gone), changed=changed, emptied=done.emptied + len(rows))


def unused(column: Column) -> bool:
    """Whether a categorical column lists personal information that no row holds: it must not leave with the list."""
    if not pa.types.is_dictionary(column.type) or not is_text(column.type):
        return False
    codes, values = distinct(column)
    spare = np.setdiff1d(np.arange(len(values)), codes)
    return any(personal(text) for text in values.take(pa.array(spare)).to_pylist())


def spans(job: Job, scrubber: Scrubber, document: Operators, people: People, *, name: str, redact_blind: bool) -> Outcome:
    """Handle what the policy finds inside each cell: each distinct text once, or once for each row's people it stands beside."""
    found = distinct(job.column)
    texts = as_texts(found.values)
    pairs = people.cells(found.codes, texts, lambda code: _names_nobody(scrubber, texts[code], name))
    codes = pairs.codes
    cells = [texts[code] for code in pairs.values.tolist()]
    times = np.bincount(codes[codes >= 0], minlength=len(cells)).tolist()
    beside = pairs.people.tolist()
    new = cells.copy()
    kept: dict[int, Sequence[Finding]] = {}
    operators: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    notes: Counter[str] = Counter()
    unscoped = document.scope is None
    decided = enumerate(_again(pairs.values, decide_cells(scrubber, texts, label=name)))
    while some := list(islice(decided, _TOGETHER)):
        with document.batch():
            for code, seen in some:
                number = beside[code]
                if unscoped and not seen and not number:
                    continue  # most texts
                links, decisions = None, seen
                if (number and people.may_stand_in(number, cells[code])) or any(names(one.finding.entity) for one in seen):
                    links, decisions = _people(cells[code], seen, scrubber, document, people.of(number))
                if unscoped and not decisions:
                    continue
                new[code], _, done, failed = document.rewrite(cells[code], decisions, links)
                if done:
                    kept[code] = tuple(decision.finding for decision in done)
                    for decision in done:
                        operators[decision.operator] += times[code]
                        notes[decision.reason.rpartition("; ")[2]] += times[code]
                for failure in failed:
                    failures[failure] += times[code]
    column, changed = _back(job.column, found._replace(codes=codes), cells, new)
    looked = ColumnFindings(job.position, job.shown, codes, kept, job.blind)
    hide = job.blind if redact_blind else None
    return _outcome(job, column, changed, looked, found, operators, failures, hide=hide, notes=notes)


def _again(values: Codes, decided: Iterator[Sequence[Decision]]) -> Iterator[Sequence[Decision]]:
    """The decisions of each pair of a text and people: those of one text stand together, and it is decided once."""
    at, decisions = -1, None
    for code in values.tolist():
        while decisions is None or at < code:
            at, decisions = at + 1, next(decided)
        yield decisions


def _people(
    text: str, decisions: Sequence[Decision], scrubber: Scrubber, document: Operators, links: Links
) -> tuple[Links | None, Sequence[Decision]]:
    """The people of a row and of its text, where the policy tells forms of one name as one, and all mentions of them."""
    if document.links and decisions:
        links = links.with_text(text, decisions)
    return (links, links.more(text, decisions, scrubber.policy)) if links.people else (None, decisions)


def _names_nobody(scrubber: Scrubber, text: str, label: str) -> bool:
    return not any(d.kept and names(d.finding.entity) for one in decide_cells(scrubber, (text,), label=label) for d in one)


def transform(job: Job, operator: Operator, document: Operators, *, by: Sequence[Any] | None, people: People) -> Outcome:
    """The operator on each whole cell: on distinct values once, or on the column if it sees whole columns.

    Cells that could not be shown as text are redacted: the plan says that nothing stays as it is.
    """
    found = distinct(job.column)
    texts = as_texts(found.values)
    lengths = _lengths(found, texts)
    looked = WholeCells(job.position, job.shown, found.codes, job.entity, job.score, lengths, job.blind)
    failures: Counter[str] = Counter()
    state = document.state.within(job.group) if job.group else document.state
    notes: Counter[str] = Counter()
    shared, widened = state.collisions.total(), state.widened.total()
    gone = 0
    if getattr(operator, "shape", "value") == "column":
        column, changed = _on_column(job, operator, state, by, failures)
        gone = _missing(column) - _missing(job.column)
    elif len(people.columns) > 1 and operator.name in LINKABLE and names(job.entity):
        column, changed = _on_names(job, operator, state, found, texts, people, failures, notes)
    else:
        column, changed = _back(job.column, found, texts, _on_values(texts, operator, job, state, found, failures))
    document.state.key_used |= state.key_used
    handled = looked.counts().get(job.entity, 0) - sum(failures.values())
    done = {operator.name: handled} if handled else {}
    return replace(
        _outcome(job, column, changed, looked, found, done, failures, hide=job.blind, notes=notes),
        emptied=gone,
        collisions=state.collisions.total() - shared,
        widened=state.widened.total() - widened,
    )


def _on_names(
    job: Job,
    operator: Operator,
    state: DocumentState,
    found: Distinct,
    texts: list[str],
    people: People,
    failures: Counter[str],
    notes: Counter[str],
) -> tuple[Column, Mask | None]:
    """A column of names beside others: Zhang Wei in the row of 张伟 is he."""
    pairs = people.cells(found.codes, texts, lambda _: False)
    cells = [texts[code] for code in pairs.values.tolist()]
    whose = people.named(pairs, texts)
    full = list(dict.fromkeys(name for name, _ in whose))
    made = dict(zip(full, _on_values(full, operator, job, state, found._replace(codes=pairs.codes), failures), strict=True))
    new = [
        made[name]
        if match.strength is None or match.person is None or operator.name != "pseudonym" or made[name] == FAILED
        else written_like(made[name], name, cell, match.strength)
        for (name, match), cell in zip(whose, cells, strict=True)
    ]
    times = np.bincount(pairs.codes[pairs.codes >= 0], minlength=len(cells)).tolist()
    for (_, match), count in zip(whose, times, strict=True):
        if match.strength not in (None, "full"):
            notes[AMBIGUOUS if match.ambiguous else LINKED] += count
    return _back(job.column, found._replace(codes=pairs.codes), cells, new)


def _lengths(found: Distinct, texts: list[str]) -> npt.NDArray[np.int64]:
    """How many code points each text has."""
    if is_text(found.values.type):
        return np.asarray(pa.compute.utf8_length(found.values)).astype(np.int64, copy=False)
    return np.fromiter(map(len, texts), np.int64, len(texts))


def _on_values(
    texts: list[str], operator: Operator, job: Job, state: DocumentState, found: Distinct, failures: Counter[str]
) -> list[str]:
    """What the operator makes of each text; an empty one stays empty. A failing operator → redact, and say so."""
    filled = texts if all(texts) else [text for text in texts if text]
    made = _many(operator, filled, job.entity, state) if isinstance(operator, Many) else None
    failed = f"operator {operator.name!r} failed"
    if made is None:
        work = start(operator, state)
        made = []
        for text in filled:
            try:
                made.append(work(text, Finding(job.entity, 0, len(text), job.score, "plan")))
            except Exception as error:  # noqa: BLE001  # it may be a stranger's; its message may hold the value
                made.append(FAILED)
                failed = f"operator {operator.name!r} failed: {type(error).__name__}"
    if filled is not texts:
        rest = iter(made)
        made = [next(rest) if text else text for text in texts]
    if FAILED in made and operator.name != "redact":
        times = found.counts()
        failures[failed] += int(sum(times[code] for code, one in enumerate(made) if one == FAILED != texts[code]))
    return made


def _many(operator: Many, texts: list[str], entity: str, state: DocumentState) -> list[str] | None:
    """The fast way over all values; None if it failed: then each value has its own chance, and what fails is redacted."""
    try:
        made = operator.many(texts, entity, state)
    except Exception:  # noqa: BLE001  # whatever a stranger's operator raises, the slow way tells
        return None
    return made if len(made) == len(texts) and set(map(type, made)) <= {str} else None


def _on_column(
    job: Job, operator: Operator, state: DocumentState, by: Sequence[Any] | None, failures: Counter[str]
) -> tuple[Column, Mask | None]:
    before = as_cells(job.column)
    if not isinstance(operator, OnColumn) or state.keys is None:
        raise OperatorError(f"{operator.name}: this operator cannot work on a column.")
    context = ColumnContext(name=job.shown, keys=state.keys, entity=job.group or job.entity, by=by)
    try:
        after = operator.column(before, context)
        if len(after) != len(before):
            raise ValueError("as many results as cells")
    except Exception as error:  # noqa: BLE001  # it may be a stranger's; its message may hold the value
        after = [None if cell is None else FAILED for cell in before]
        failures[f"operator {operator.name!r} failed: {type(error).__name__}"] += sum(cell is not None for cell in before)
    changed = np.fromiter((a is not b and a != b for a, b in zip(after, before, strict=True)), np.bool_, len(before))
    return from_cells(after, job.column.type), changed if changed.any() else None


def _missing(column: Column) -> int:
    return int(pa.compute.sum(pa.compute.is_null(column, nan_is_null=True)).as_py() or 0)


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
    looked: Found,
    found: Distinct | None,
    operators: Mapping[str, int],
    failures: Mapping[str, int],
    *,
    hide: Mask | None,
    cells: int = 0,
    notes: Mapping[str, int] | None = None,
) -> Outcome:
    if hide is not None and hide.any():
        column = with_redacted(column, hide)
        changed = hide.copy() if changed is None else changed | hide
    return Outcome(
        column=column,
        changed=changed,
        cells=cells if found is None else int((found.codes >= 0).sum()) + (0 if job.blind is None else int(job.blind.sum())),
        distinct=0 if found is None else len(found.values),
        found=looked,
        operators=dict(sorted(operators.items())),
        failures=dict(sorted(failures.items())),
        unexamined=looked.counts().get(UNEXAMINED, 0),
        linked=(notes or {}).get(LINKED, 0),
        ambiguous=(notes or {}).get(AMBIGUOUS, 0),
    )
