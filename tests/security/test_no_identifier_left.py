"""What is promised of a hand-over: a table with a column for each identifier goes in, and none of it is in what comes out.

The values are the examples of the recognizers, published or invented. The output is searched for every input value, and looked
through by every recognizer of the installed Presidio, those of all countries included.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
import tldextract

import piiscrub as ps
from piiscrub.model import entities
from piiscrub.packs.examples import load_examples
from piiscrub.registry.recognizers import builtin_packs
from tests.presidio.engines import OFFLINE
from tests.presidio.specimens import recognizers

ROWS = 12
PACKS = Path(__file__).parents[2] / "recognizers"
NAMES = ["张三丰", "欧阳小红", "王建国", "李秀英"]
KEYS = ps.KeyRing.ephemeral()
SHORT = 7  # characters below which a value is in other text by chance
SURE = 0.3  # what Presidio gives a shape without any check is less


@cache
def identifiers() -> pd.DataFrame:
    """A column for each entity that identifies directly: header of the recognizer, cells its examples; and their sentences."""
    columns: dict[str, list[str]] = {"姓名": NAMES * 3, "English name": ["John Smith", "Mary Brown", "Zhang San", "Li Si"] * 3}
    sentences: list[str] = []
    for pack in builtin_packs():
        if entities.get(pack.entity).identifier != "direct":
            continue
        matches = [one for one in load_examples(PACKS / pack.path) if one.kind == "match" and one.spans]
        values = [one.text[start:end] for one in matches for start, end in one.spans if "\n" not in one.text[start:end]]
        header = next(iter(pack.context.columns), pack.title_en)
        if values and header not in columns:
            columns[header] = [values[row % len(values)] for row in range(ROWS)]
            sentences += [one.text for one in matches if "\n" not in one.text]
    frame = pd.DataFrame(columns)
    for part in range(0, len(sentences), ROWS):
        frame[f"备注{part // ROWS + 1}"] = (sentences[part : part + ROWS] + [""] * ROWS)[:ROWS]
    return frame


@cache
def handed(policy: str, recipient: str = "one") -> tuple[ps.SharePlan, pd.DataFrame]:
    """The plan, where a person left out what could not be told, and what comes out."""
    plan = ps.plan(identifiers(), policy=policy, recipient=recipient, purpose="p")
    columns = tuple(replace(c, action="drop") if c.action == "decide" else c for c in plan.columns)
    plan = plan.replace(tables=(replace(plan.tables[0], columns=columns),))
    return plan, ps.apply(identifiers(), plan, keys=KEYS).frame


@cache
def values() -> frozenset[str]:
    """What stands in the columns of identifiers, but for values so short that other text holds them by chance."""
    cells = (str(cell) for name in identifiers() for cell in identifiers()[name] if not str(name).startswith("备注"))
    return frozenset(bare(cell) for cell in cells if len(bare(cell)) >= SHORT)


def bare(text: str) -> str:
    return re.sub(r"[\s-]", "", text)


def words(text: str) -> set[str]:
    """Runs of letters, digits and Han characters, with and without the blanks and hyphens between them."""
    return {part for form in (text, bare(text)) for part in re.findall(r"\w+", form)} | {text, bare(text)}


@pytest.mark.parametrize("policy", ["hipaa-safe-harbor", "pipl-share"])
def test_there_are_enough_identifiers_and_each_column_is_told(policy: str) -> None:
    plan, _ = handed(policy)
    identifying = [c for c in plan.columns if not c.name.startswith("备注")]
    assert len(identifying) >= 100
    assert not [c.position for c in identifying if c.action == "keep"]


@pytest.mark.parametrize("policy", ["hipaa-safe-harbor", "pipl-share"])
def test_no_input_value_is_in_the_output(policy: str) -> None:
    _, after = handed(policy)
    left = [
        (name, row)
        for name in after
        for row, cell in enumerate(after[name])
        if not words(str(cell)).isdisjoint(values()) or (not str(cell).isascii() and any(one in str(cell) for one in NAMES))
    ]
    assert left == []


@pytest.mark.parametrize("policy", ["hipaa-safe-harbor", "pipl-share"])
def test_presidio_with_all_countries_finds_no_identifier(policy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tldextract, "extract", OFFLINE)
    _, after = handed(policy)
    cells = sorted({str(cell) for name in after for cell in after[name]})
    left: list[tuple[str, float]] = []
    for recognizer in recognizers():
        for cell in cells:
            for found in recognizer.analyze(cell, recognizer.supported_entities, None) or ():
                # A pseudonym looks like what it stands for; what may not be is one of the values. Safe harbor leaves neither.
                own = bare(cell[found.start : found.end]) in values()
                if own or (policy == "hipaa-safe-harbor" and found.score >= SURE):
                    left.append((recognizer.name, found.score))
    assert left == []


def test_two_recipients_cannot_join_a_keyed_column() -> None:
    plan, one = handed("pipl-share")
    _, other = handed("pipl-share", "another")
    keyed = [c for c in plan.columns if c.action == "transform" and c.operator.name in ("hash", "pseudonym")]
    assert len(keyed) >= 80
    assert not [c.name for c in keyed if c.entity != "PERSON" and not set(one[c.name]).isdisjoint(other[c.name])]
    assert [c.entity for c in keyed].count("PERSON") == 2
    for c in keyed:  # names may meet as those of real people do
        assert c.entity != "PERSON" or len(set(one[c.name]) & set(other[c.name])) <= 1
