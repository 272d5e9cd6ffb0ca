"""Profile a table: every column by header, values and neighbours, then what stands inside free text, then combinations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from piiscrub.errors import InputError
from piiscrub.model import entities
from piiscrub.table.distinct import Distinct, as_texts, distinct, examinable, is_text
from piiscrub.table.frame import Table
from piiscrub.table.headers import Header, headers, personal
from piiscrub.table.profile import checks as look
from piiscrub.table.profile.checks import Checks
from piiscrub.table.profile.combinations import dangerous, quasi
from piiscrub.table.profile.headers import read
from piiscrub.table.profile.judge import Verdict, judge
from piiscrub.table.profile.model import Clue, ColumnProfile, TableProfile
from piiscrub.table.profile.neighbours import settle
from piiscrub.table.profile.shapes import Shapes, date
from piiscrub.table.profile.values import candidates

SAMPLE = 1000
"""Different values of a column read unless the caller says otherwise."""

_CHECKED = 250  # of these shown to all recognizers one by one; the rest is judged by form and dictionary
_READ = 200  # texts read closely
_FURTHER = 500  # texts beyond the sample that are read because a candidate stands in them
_FEW = 0.1
_ODD = 20
_MOST = 0.5
_ID_LENGTH = 18  # of a Chinese identity number; its characters 7 to 10 are the year of birth
_PAIRED = 400  # rows in which two columns are compared
_WORDED = r"\p{Han}|[A-Za-z].*[A-Za-z]"
CANDIDATE = "[0-9]{7}|@|[0-9]{3,4}[ -][0-9]{3,4}[ -]?[0-9]{4}"
_CANDIDATE = re.compile(CANDIDATE)
# What stands in many texts and says little of a person by itself.
_SLIGHT = ("DATE_TIME", "URL", "ORGANIZATION", "CN_SERVICE_PHONE", "LOCATION", "AGE")
_TELLING = ("EMAIL_ADDRESS", "PHONE_NUMBER", "NATIONAL_ID", "CREDIT_CARD", "SECRET", "IP_ADDRESS")


class _Column(NamedTuple):
    cells: Distinct
    used: int  # distinct values that a row holds
    missing: int
    sample: tuple[int, ...]  # positions among the distinct values
    shapes: Shapes
    checks: Checks


def profile(table: Table, *, sample: int | None = None, lang: str | None = None, seed: int = 0) -> TableProfile:
    """What each column holds, how sure that is and why; which columns together single people out.

    Args:
        table: columns of any Arrow type.
        sample: how many different values of a column are read at most, 1000 unless given; a column with no more is read whole.
        lang: language of the evidence, "en" (default) or "zh". The columns may be in any language.
        seed: of the draw; the same seed reads the same values.

    Returns:
        One profile per column, in order; columns of row labels come last.

    Raises:
        InputError: for a sample below 1.

    >>> found = profile(Table.of({"sjh": ["13800138000", "13912345678"], "id": [1, 2]}))
    >>> [(c.entity, c.role) for c in found.columns]
    [('CN_MOBILE', 'direct'), ('', 'none')]
    """
    most = SAMPLE if sample is None else sample
    if most < 1:
        raise InputError(f"sample must be at least 1, not {most}.")
    shown = headers(table.names)
    columns = [_read(column, most, seed + i) for i, column in enumerate(table.columns)]
    verdicts = [_judge(name, column, cells) for name, column, cells in zip(table.names, columns, table.columns, strict=True)]
    verdicts = settle(verdicts, table.names, _pairs(verdicts, columns))
    done = tuple(_column(i, shown[i], table, columns[i], verdict, lang or "en") for i, verdict in enumerate(verdicts))
    codes = {c.position: columns[c.position].cells.codes for c in done if quasi(c)}
    return TableProfile(
        columns=done,
        rows=table.rows,
        name="" if personal(table.name) else table.name,
        combinations=dangerous(done, codes, table.rows),
        sample=most,
        seed=seed,
        lang=lang or "en",
    )


def _read(column: pa.Array | pa.ChunkedArray, most: int, seed: int) -> _Column:
    cells = distinct(column)
    counts = cells.counts()
    held = np.flatnonzero(counts)
    picked = held if len(held) <= most else np.sort(np.random.default_rng(seed).choice(held, most, replace=False))
    texts = as_texts(cells.values.take(pa.array(picked))) if len(picked) else []
    rows = int(counts.sum())
    shapes = Shapes.of(texts, rows=rows, distinct=len(held))
    checks = look.scan(_checked(shapes))
    return _Column(cells, len(held), len(column) - rows, tuple(picked.tolist()), shapes, checks)


def _checked(shapes: Shapes) -> tuple[str, ...]:
    return shapes.values[:: max(1, len(shapes.values) // _CHECKED)][:_CHECKED]


def _judge(name: str, column: _Column, cells: pa.Array | pa.ChunkedArray) -> Verdict:
    hits = read(name)
    if not examinable(cells.type):
        return Verdict.unsure(("profile.blind", {"type": str(cells.type)}))
    if pa.types.is_boolean(cells.type):
        return Verdict.of("", 0.9, ("profile.flags", {}))
    return judge(hits, column.shapes, candidates(column.shapes, column.checks))


def _pairs(verdicts: Sequence[Verdict], columns: Sequence[_Column]) -> Mapping[int, Sequence[int | None]]:
    """Years of dates and small whole numbers, of the same rows of all such columns."""
    found: dict[int, list[int | None]] = {}
    for i, (verdict, column) in enumerate(zip(verdicts, columns, strict=True)):
        dated = verdict.entity in ("DATE_OF_BIRTH", "DATE_TIME", "CN_ID_CARD")
        if not dated and (verdict.firm or verdict.entity or column.shapes.share("whole") < 0.9):
            continue
        codes = column.cells.codes[:_PAIRED]
        texts = as_texts(column.cells.values.take(pa.array(np.maximum(codes, 0)))) if column.used else [""] * len(codes)
        found[i] = [None if code < 0 else _number(text, dated) for code, text in zip(codes.tolist(), texts, strict=True)]
    return found


def _number(text: str, dated: bool) -> int | None:
    if dated:
        text = text.strip()
        if len(text) == _ID_LENGTH and text[:-1].isascii() and text[:-1].isdigit():
            return int(text[6:10])
        known = date(text)
        return known[0] if known else None
    return int(text) if text.isascii() and text.strip().isdigit() and len(text) < 4 else None


def _column(i: int, header: Header, table: Table, column: _Column, verdict: Verdict, lang: str) -> ColumnProfile:
    role, clues = verdict.role, list(verdict.clues)
    inner: Counter[str] = Counter()
    if role == "text" or (not verdict.entity and is_text(table.columns[i].type)):
        if role == "text" or verdict.shapes.share("number") < 0.5:
            inner, more = _inside(column, text=role == "text", doubtful=verdict.abstained)
        else:
            inner, more = _among_numbers(column)
        clues += more
        if any(key == "profile.agents" for key, _ in verdict.clues):
            del inner["IP_ADDRESS"]  # Chrome/89.0.0.0
        if inner and not verdict.entity:
            role = "text"
    found = tuple(sorted(inner.items(), key=lambda pair: (-pair[1], pair[0])))
    if i in table.blind and table.blind[i].any():
        clues.append(("profile.blind-cells", {"n": int(table.blind[i].sum())}))
    if len(column.sample) < column.used:
        clues.append(("profile.sampled", {"n": len(column.sample), "m": column.used}))
    if verdict.entity and header.renamed:
        clues.append(("profile.renamed", {}))
    return ColumnProfile(
        position=i,
        name=header.shown,
        dtype=table.types[i],
        entity=verdict.entity,
        role=role,
        confidence=verdict.confidence,
        clues=tuple(clues),
        alternatives=verdict.alternatives,
        rows=table.rows,
        distinct=column.used,
        missing=column.missing,
        sampled=len(column.sample),
        found=found,
        abstained=verdict.abstained and not (role == "text" and inner),
        renamed=header.renamed,
        lang=lang,
    )


def _inside(column: _Column, *, text: bool, doubtful: bool) -> tuple[Counter[str], list[Clue]]:
    """What stands inside the cells: of the sample all that is found, beyond it what a quick pass for candidates points at."""
    values = column.shapes.values
    step = max(1, len(values) // _READ)
    if text:
        read = look.scan(values[::step][:_READ], look.reading())
        inner = Counter({e: n for e, n in (read.inside + read.whole).items() if e not in _SLIGHT})
    else:
        read = column.checks
        # Where many cells are identifiers as a whole it is no text with a few of them inside.
        few = {} if doubtful else {e: n for e, n in read.passed.items() if n < _FEW * read.examined}
        most = _MOST * read.examined  # 京A12345/朗逸: a few plates may be chance, in most cells they are not
        inner = Counter({e: n for e, n in (read.inside + Counter(few)).items() if n and (telling(e) or (n > most and direct(e)))})
    clues: list[Clue] = []
    if inner:
        clues.append(("profile.inside", {"n": max(inner.values()), "m": read.examined, "kinds": len(inner)}))
    rest = _beyond(column) + ([] if text else _unchecked(column.shapes))
    if rest:
        further = look.scan(rest)
        seen = further.inside if doubtful else further.inside + further.passed
        rare = {e: n for e, n in seen.items() if n and telling(e) and e not in inner}
        inner.update(rare)
        clues.append(("profile.rare" if rare else "profile.beyond", {"n": len(rest), "kinds": len(rare)}))
    return inner, clues


def _unchecked(shapes: Shapes) -> list[str]:
    """Values of the sample that no recognizer has seen yet and that look like a candidate."""
    if len(shapes.values) <= _CHECKED:
        return []
    seen = frozenset(_checked(shapes))
    return [value for value in shapes.values if value not in seen and _CANDIDATE.search(value)][:_FURTHER]


def _among_numbers(column: _Column) -> tuple[Counter[str], list[Clue]]:
    """What stands in the few cells of words in a column of numbers: below a table, who made it and whom to call."""
    values = column.cells.values
    worded = np.asarray(pc.match_substring_regex(values, _WORDED)).astype(bool)
    if not worded.any():
        return Counter(), []
    if worded.sum() > max(_ODD, _FEW * column.used):  # 12 kg, 8 pcs
        worded &= np.asarray(pc.match_substring_regex(values, CANDIDATE)).astype(bool)
    odd = _texts_at(values, worded)
    read = look.scan(odd, look.reading())
    inner = Counter({e: n for e, n in read.inside.items() if n and (telling(e) or entities.is_a(e, "PERSON"))})
    return inner, [("profile.among", {"n": len(odd), "kinds": len(inner)})] if inner else []


def _beyond(column: _Column) -> list[str]:
    values = column.cells.values
    if not len(values) or not is_text(values.type) or len(values) <= len(column.sample):
        return []
    mask = np.asarray(pc.match_substring_regex(values, CANDIDATE)).astype(bool)
    mask[list(column.sample)] = False
    return _texts_at(values, mask)


def _texts_at(values: pa.Array, mask: np.ndarray) -> list[str]:
    at = np.flatnonzero(mask)
    if len(at) > _FURTHER:
        at = at[np.linspace(0, len(at) - 1, _FURTHER).astype(int)]
    return as_texts(values.take(pa.array(at))) if len(at) else []


def direct(entity: str) -> bool:
    """Whether an entity identifies a person by itself."""
    return entity in entities.tree() and entities.get(entity).identifier == "direct"


def telling(entity: str) -> bool:
    """Whether an entity says much of a person by itself, so that one find in text beyond the sample counts."""
    return any(entities.is_a(entity, root) for root in _TELLING)
