"""Does a table still look like the one its plan was made for? What does not is a problem, never silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pyarrow as pa

from piiscrub.model import entities
from piiscrub.model.finding import UNEXAMINED, Finding
from piiscrub.model.plan import EMPTY, ColumnPlan, TablePlan
from piiscrub.scrubber.cells import decide_cells
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.table.distinct import as_texts, distinct, examinable
from piiscrub.table.frame import Column, Table
from piiscrub.table.headers import headers
from piiscrub.table.profile.checks import scan
from piiscrub.table.profile.fits import fit
from piiscrub.table.profile.profile import telling
from piiscrub.table.profile.shapes import Shapes
from piiscrub.table.profile.values import candidates
from piiscrub.text.folding import fold

SAMPLE = 200  # distinct values that are looked at, spread over the column
FEW = 10  # fewer prove nothing by what they are not
FEWEST = 3  # fewer prove nothing by what they are
SURE = 0.8  # score from which a finding of another kind counts
SHARE = 0.5  # of the sample that is another kind than the plan says, or a direct identifier in a column the plan keeps
TRUSTED = 0.9  # confidence of a plan that knew by the values what a column is
_WHOSE = ("date_shift",)  # operators that treat all rows of a person alike


def mismatches(table: Table, plan: TablePlan, *, values: bool = True) -> tuple[str, ...]:
    """Every reason why a plan does not fit a table, in words without values; empty if it fits.

    Columns go by position. Row labels that the plan does not know are no mismatch: they are treated as free text.
    ``values`` also looks at a sample of the cells: a column to be transformed must not have become something else, one
    that is kept must not hold direct identifiers, nor, where nothing personal was found in it, text with some inside. One that
    was empty when the plan was made, and is kept for that, must be empty still.

    >>> plan = TablePlan(columns=(ColumnPlan(position=0, name="phone", action="keep"),))
    >>> mismatches(Table.of({"phone": ["a"], "note": ["b"]}), plan)
    ("column 1 'note' is not in the plan.",)
    """
    problems: list[str] = []
    planned: dict[int, ColumnPlan] = {}
    for one in plan.columns:
        if one.position in planned:
            problems.append(f"column {one.position} stands twice in the plan.")
        planned[one.position] = one
    shown = headers(table.names)
    for position, header in enumerate(shown):
        column = planned.get(position)
        if column is None:
            if position in table.data:
                problems.append(f"column {position} {header.shown!r} is not in the plan.")
        elif column.name not in (header.shown, table.names[position]):
            problems.append(f"column {position} is {header.shown!r} now, {column.name!r} in the plan.")
        else:
            problems += _column(table, column, header.shown, values=values)
    missing = [one for one in plan.columns if one.position >= len(shown) or one.position < 0]
    problems += [f"column {one.position} {one.name!r} of the plan is missing." for one in missing]
    return tuple(problems)


def _column(table: Table, plan: ColumnPlan, shown: str, *, values: bool) -> Iterator[str]:
    where = f"column {plan.position} {shown!r}"
    if plan.action == "decide":
        yield f"{where} still has to be decided: write keep, transform, spans or drop into the plan."
    if plan.action == "transform" and plan.operator.name in _WHOSE and not plan.by:
        yield f'{where}: {plan.operator.name} needs by = "COLUMN" in the plan, the column that says whose each row is.'
    kind = table.types[plan.position]
    if plan.dtype and family(plan.dtype) != family(kind) and not _all_missing(table.columns[plan.position]):
        yield f"{where} holds {kind} now, {plan.dtype} in the plan."
    elif values and plan.action in ("keep", "transform"):
        yield from _values(table.columns[plan.position], table.names[plan.position], plan, where)


def family(dtype: str) -> str:
    """What kind of cells an Arrow type holds: text, number, flag, time or other. A whole number with gaps becomes a float."""
    name = dtype.partition("<values=")[2].partition(",")[0] or dtype
    if name in ("mixed", "null") or "string" in name:
        return "text"
    if name.startswith(("int", "uint", "float", "double", "halffloat", "decimal")):
        return "number"
    if name == "bool":
        return "flag"
    return "time" if name.startswith(("date", "time", "duration")) else "other"


def _all_missing(column: Column) -> bool:
    return bool(column.null_count == len(column))


def _values(column: Column, name: str, plan: ColumnPlan, where: str) -> Iterator[str]:
    texts = sample(column)
    if not texts:
        return
    if plan.action == "keep" and plan.rule == EMPTY:
        yield f"{where} held no value when the plan was made, and holds some now: write what happens to it, or make it again."
        return
    problem = _problem(texts, plan, "")
    if problem and name:  # the header is context too; most columns need none to look like what they are
        problem = _problem(texts, plan, name)
    if problem:
        yield f"{where} {problem}"


def _problem(texts: list[str], plan: ColumnPlan, label: str) -> str:
    """What speaks against the plan in a sample of the cells; "" if nothing does."""
    found = [tuple(d.finding for d in one if d.kept) for one in decide_cells(_looker(), texts, label=label)]
    if plan.action == "keep":
        # A column that the plan knows to hold identifiers and keeps is kept knowingly.
        if not plan.entity or entities.get(plan.entity).identifier != "direct":
            direct = sum(any(_fills(f, t) and _direct(f) for f in one) for t, one in zip(texts, found, strict=True))
            if len(texts) >= FEWEST and direct > SHARE * len(texts):
                return "is kept by the plan, but holds direct identifiers now."
        if plan.role == "none" and any(_inside(one, text) for text, one in zip(texts, found, strict=True)):
            return "is kept by the plan as nothing personal, but holds text with direct identifiers now."
        return ""
    if not plan.entity:
        return ""
    sure = Counter(kind for text, one in zip(texts, found, strict=True) for kind in {_kind(f) for f in one if _fills(f, text)})
    like = sum(any(_akin(_kind(f), plan.entity) for f in one) for one in found)
    strange = ((kind, n) for kind, n in sure.items() if kind and not _akin(kind, plan.entity))
    other, most = max(strange, key=lambda pair: pair[1], default=("", 0))
    if len(texts) >= FEWEST and most >= SHARE * len(texts) and like < most / 2:
        return f"is {plan.entity} in the plan; its values look like {other} now."
    if like == 0 and plan.confidence >= TRUSTED and len(texts) >= FEW and _evident(plan.entity) and not _read(texts, plan.entity):
        return f"is {plan.entity} in the plan; none of its values looks like one now."
    return ""


def _read(texts: list[str], entity: str) -> bool:
    """Whether a profile would still read this entity, or one above or below it, in the cells: days without a label, damaged
    numbers and account names are known to the profile only."""
    shapes = Shapes.of(texts, rows=len(texts), distinct=len(texts))
    found = [one.entity for one in candidates(shapes, scan(shapes.values))]
    return any(entities.is_a(one, entity) or entities.is_a(entity, one) for one in found) or fit(entity, shapes)[1] > 0


def sample(column: Column, size: int = SAMPLE) -> list[str]:
    """Texts of distinct values spread evenly over a column, empty ones left out."""
    if not examinable(column.type):
        return []
    if len(column) > 50 * size:  # rows spread over the column, for its distinct values would take a pass over all
        column = column.take(pa.array(np.linspace(0, len(column) - 1, 10 * size).astype(np.int64)))
    codes, values = distinct(column)
    if pa.types.is_dictionary(column.type):  # it may list more than its rows hold
        values = values.take(pa.array(np.unique(codes[codes >= 0])))
    if len(values) > size:
        values = values.take(pa.array(np.linspace(0, len(values) - 1, size).astype(np.int64)))
    return [text for text in as_texts(values) if fold(text).folded.strip()]  # what a profile calls empty


def _fills(finding: Finding, text: str) -> bool:
    return finding.score >= SURE and finding.check != "failed" and finding.end - finding.start >= 0.8 * len(text.strip())


def _inside(found: tuple[Finding, ...], text: str) -> bool:
    """Whether a cell is text with a direct identifier somewhere in it: what makes a profile call a column free text."""
    return any(
        _direct(f) and telling(f.entity) and f.score >= SURE and f.check != "failed" and not _fills(f, text) for f in found
    )


def _direct(finding: Finding) -> bool:
    return finding.entity != UNEXAMINED and entities.get(finding.entity).identifier == "direct"


def _kind(finding: Finding) -> str:
    return "" if finding.entity == UNEXAMINED else _family(finding.entity)


def _family(entity: str) -> str:
    """What an entity is a kind of, one below the top of the tree: phones and e-mail addresses are two, though both are contacts.

    >>> _family("CN_MOBILE"), _family("EMAIL_ADDRESS")
    ('PHONE_NUMBER', 'EMAIL_ADDRESS')
    """
    if entity not in entities.tree():
        return entity
    line = (entity, *entities.ancestors(entity))
    return line[-2] if len(line) > 1 else line[0]


def _akin(kind: str, entity: str) -> bool:
    """Whether they are of one family, or one is wider than the other: a day is no contradiction of a day of birth."""
    return kind == _family(entity) or entities.is_a(kind, entity) or entities.is_a(entity, kind)


def _evident(entity: str) -> bool:
    """Whether some pattern finds this entity, or one above or below it, by its form alone."""
    engine = _looker()._engine
    return any(
        (e.entity == entity or entities.is_a(e.entity, entity) or entities.is_a(entity, e.entity))
        and (e.pack.id, e.pattern.name) not in engine.weak
        for e in engine.entries
    )


@lru_cache(maxsize=1)
def _looker() -> Scrubber:
    return Scrubber(policy="review", ner=None)
