"""The steps by which a column can be made coarser: each an operator of a plan, from fine to coarse.

A ladder from here is carried out by the operator itself, so what the search counts is what applying the plan gives.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from piiscrub.errors import InputError
from piiscrub.model import entities
from piiscrub.model.policy import OperatorSpec, Param
from piiscrub.operate import hierarchy
from piiscrub.operate.protocol import DocumentState, Many
from piiscrub.reference import divisions
from piiscrub.registry.operators import build, spec
from piiscrub.risk.coding import Coded, Ints
from piiscrub.risk.lattice import Ladder
from piiscrub.risk.utility import widths
from piiscrub.table.distinct import as_texts
from piiscrub.validators import calendar_date

Steps: TypeAlias = Sequence[Mapping[str, Param]]
KINDS = ("age", "date", "number", "division", "postcode", "address", "none")
SAMPLE = 200
SURE = 0.95
_AGE = re.compile(r"(?i)(?:^|_|\b)age(?:$|_|\b)|年龄|年齡")
_POSTCODE = re.compile(r"(?i)zip|post_?code|postal|邮编|邮政编码|郵編")
_STEPS: Mapping[str, Steps] = {
    "age": [{"kind": "age", "width": width} for width in (5, 10, 20, 40)],
    "date": [{"kind": "date", "level": level} for level in ("month", "quarter", "year", "decade")],
    "division": [{"kind": "prefix", "keep": 4}, {"kind": "prefix", "keep": 2}],
    "postcode": [{"kind": "postcode", "keep": keep} for keep in (4, 3, 2)],
    "address": [{"kind": "address", "level": level} for level in ("district", "city", "province")],
    "none": [],
}
_CODES = ("prefix", "postcode", "hierarchy")  # kinds that look at signs: the number that these make has no width
_OF_ENTITY = {"AGE": "age", "DATE_TIME": "date", "POSTAL_CODE": "postcode", "LOCATION": "address"}


def steps_for(column: Coded, wanted: object = None, entity: str = "") -> tuple[OperatorSpec, ...]:
    """The operators from fine to coarse for a column; none if it can only be kept or left out.

    ``wanted``: a kind of :data:`KINDS`, a path of a hierarchy file, or the operator's parameters per step; None finds out.

    Raises:
        InputError: not one of these. OperatorError: parameters or a file that are wrong.
    """
    if wanted is None:
        wanted = kind_of(column, entity)
    if isinstance(wanted, str) and wanted in KINDS:
        steps = _numbers(column) if wanted == "number" else _STEPS[wanted]
    elif isinstance(wanted, str | PathLike):
        path = fspath(wanted)
        if not Path(path).is_file():
            raise InputError(
                f"hierarchies: column {column.name!r}: one of {', '.join(KINDS)}, or the path of a file that is there."
            )
        deepest = max(len(above) for above in hierarchy.read(path).values())
        steps = [{"kind": "hierarchy", "file": path, "level": str(level)} for level in range(1, deepest + 1)]
    elif isinstance(wanted, Sequence) and all(isinstance(step, Mapping) for step in wanted):
        steps = wanted
    else:
        raise InputError(f"hierarchies: column {column.name!r}: a kind, a path, or a list of parameters for generalise.")
    return tuple(spec("generalise", step) for step in steps)


def kind_of(column: Coded, entity: str = "") -> str:
    """What a column can be coarsened as: by its entity, its type, its header and a sample of its values."""
    found = next((kind for parent, kind in _OF_ENTITY.items() if entity and entities.is_a(entity, parent)), "")
    if found and found != "address":
        return found
    if pa.types.is_date(column.values.type) or pa.types.is_timestamp(column.values.type):
        return "date"
    texts = [text for text in as_texts(column.values.drop_null().slice(0, SAMPLE)) if text]
    if not texts:
        return "none"
    codes = divisions.codes()
    if _share(texts, [len(text) == 6 and text in codes for text in texts]):
        return "division"
    if found and not column.numeric:  # coordinates are numbers
        return found
    if _POSTCODE.search(column.name):
        return "postcode"
    if column.numeric:
        return "age" if _AGE.search(column.name) else "number"
    return "date" if _share(texts, [calendar_date.read(text) is not None for text in texts]) else "none"


def _share(texts: Sequence[str], fits: Sequence[bool]) -> bool:
    return sum(fits) >= SURE * len(texts)


def _numbers(column: Coded) -> Steps:
    """Buckets of a width that doubles: the first makes about 32 of the range, the last two."""
    numbers = column.numbers[np.isfinite(column.numbers)] if column.ordered else np.zeros(0)
    spread = float(numbers.max() - numbers.min()) if len(numbers) else 0.0
    if not spread:
        return []
    base = 10.0 ** math.floor(math.log10(spread / 16))
    first = next(base * times for times in (1, 2, 5, 10, 20, 50) if base * times >= spread / 32)
    if column.numeric and pa.types.is_integer(column.values.type):
        first = max(first, 2.0)
    steps: list[dict[str, Param]] = []
    while first <= spread and len(steps) < 5:
        steps.append({"kind": "number", "width": int(first) if first == int(first) else first})
        first *= 2
    return steps


def ladder(column: Coded, steps: Sequence[OperatorSpec]) -> tuple[Ladder, tuple[OperatorSpec | None, ...]]:
    """The levels at which the search for k may use a column, from the column as it is to the column left out.

    Returns the codes and penalties of every level, and the operator that makes each one. The first and the last level have
    no operator: at the first the column is unchanged, at the last it is left out. A step that does not make the column
    coarser than the step before it is skipped. A missing cell stays missing at every level but the last.
    """
    missing = np.asarray(column.values.is_null())
    texts = as_texts(column.values.filter(pa.array(~missing)))
    identity = np.arange(column.size, dtype=np.int64)
    maps: list[Ints] = [identity]
    operators: list[OperatorSpec | None] = [None]
    for step in steps:
        made = _carried_out(step, texts)
        number = {label: code for code, label in enumerate(dict.fromkeys(made))}
        codes = np.full(column.size, len(number), dtype=np.int64)
        codes[~missing] = [number[label] for label in made]
        if _merges(maps[-1], codes):
            maps.append(codes)
            operators.append(step)
    maps.append(np.zeros(column.size, dtype=np.int64))
    operators.append(None)
    ordered = column.ordered and not any(step.arguments().get("kind") in _CODES for step in steps)
    penalties = [np.zeros(column.size), *(_penalty(column, one, ordered=ordered) for one in maps[1:])]
    penalties[-1] = np.ones(column.size)
    return Ladder.of(column, maps, penalties), tuple(operators)


def _carried_out(step: OperatorSpec, texts: list[str]) -> list[str]:
    operator = build(step)
    assert isinstance(operator, Many)
    made = iter(operator.many([text for text in texts if text], "", DocumentState()))
    return [next(made) if text else text for text in texts]


def _merges(before: Ints, after: Ints) -> bool:
    """Whether ``after`` only joins what ``before`` tells apart, and joins something."""
    pairs = np.unique(np.stack([before, after]), axis=1)
    return bool(len(np.unique(pairs[0])) == pairs.shape[1] and len(np.unique(pairs[1])) < pairs.shape[1])


def _penalty(column: Coded, codes: Ints, *, ordered: bool) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    occurs = column.counts > 0
    source = np.flatnonzero(occurs)
    target = codes[source]
    groups = int(codes.max()) + 1 if len(codes) else 1
    members = np.bincount(target, minlength=groups)
    if not ordered:
        return np.asarray((np.maximum(members - 1, 0) / max(1, len(source) - 1))[codes])
    return np.asarray(widths(column, source, target, groups, members, len(source))[codes])
