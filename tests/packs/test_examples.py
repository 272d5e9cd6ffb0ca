"""Each pack's examples hold, and each valid value is found in every surrounding it may stand in.

No value is in a test id or a message: an example is named by its pack and its number.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

import pytest

import piiscrub as ps
from piiscrub.packs.load import load_examples, load_folder, load_skips, packs_folder
from piiscrub.packs.schema import Example, Pack
from piiscrub.text.boundary import BOUNDARIES
from tests.packs.surroundings import NEUTRAL, SURROUNDINGS, place
from tests.sweep import sweep

PATTERNS = ps.Scrubber(policy="review", ner=None)


Span = tuple[int, int]


@cache
def packs() -> dict[str, Pack]:
    return {pack.id: pack for pack in load_folder(packs_folder())}


@cache
def examples(pack: str) -> tuple[Example, ...]:
    return load_examples(packs()[pack].path)


every_pack = pytest.mark.parametrize("pack", packs())


@cache
def found(text: str) -> tuple[tuple[Span, str, str, str], ...]:
    """Span, recognizer, entity and check of all findings and their other readings."""
    return tuple(
        ((f.start, f.end), reading.recognizer, reading.entity, reading.check)
        for f in PATTERNS.scan(text).findings
        for reading in (f, *f.alternatives)
    )


def spans_of(pack: Pack, text: str) -> dict[Span, set[str]]:
    """Spans that the pack found, or that carry its entity, with the checks they got."""
    spans: dict[Span, set[str]] = {}
    for span, recognizer, entity, check in found(text):
        if recognizer == pack.id or entity == pack.entity:
            spans.setdefault(span, set()).add(check)
    return spans


@every_pack
def test_examples(pack: str) -> None:
    """What is marked is found and nothing else is; what is known to be missed, or found wrongly, still is."""
    with sweep() as case:
        for number, example in enumerate(examples(pack)):
            own = {span for span, recognizer, _, _ in found(example.text) if recognizer == pack}
            with case(f"{example.kind}-{number}", known=example.why if example.kind.startswith("known") else ""):
                if example.kind in ("match", "known_miss"):
                    spans = spans_of(packs()[pack], example.text)
                    assert set(example.spans) <= spans.keys(), f"not found: {example.why}"
                    assert own <= set(example.spans), f"found elsewhere too: {example.why}"
                    if example.check:
                        assert all(example.check in spans[span] for span in example.spans), f"check: {example.why}"
                else:
                    assert own == set(), example.why


def words_beside(pack: Pack, pattern: str, value: str) -> dict[str, str] | None:
    """Neutral words where the pattern is sure of itself, else the pack's own first ones; None if it has none."""
    used = next((p for p in pack.patterns if p.name == pattern), None)
    mode = used.mode if used else pack.mode
    whole = used is not None and used.boundary == "whole"  # among other words, it is for another pattern to find
    alone = not pack.parser or spans_of(pack, f"登记：{value}。")  # a parser may need words around it: 33 years old
    if mode == "auto" and alone and not whole:
        return NEUTRAL
    own = pack.context
    if not own.zh and not own.en:
        return None  # only the words of its own examples make it one
    zh, en = next(iter(own.zh), ""), next(iter(own.en), "")
    label = zh or f" {en} "
    return {"l": label, "s": label, "e": en or zh, "c": next(iter(own.columns), en or zh)}


class Value(NamedTuple):
    """A value that its pack takes for valid, the pattern that found it, the words to put beside it."""

    text: str
    pattern: str
    words: dict[str, str]


@cache
def valid_values(pack: Pack) -> tuple[Value, ...]:
    """Values of the match examples whose check did not fail."""
    values: dict[str, Value] = {}
    for example in examples(pack.id):
        if example.kind == "match" and example.check != "failed":
            for f in PATTERNS.scan(example.text).findings:
                if (f.start, f.end) in example.spans and f.recognizer == pack.id and f.check != "failed":
                    value = example.text[f.start : f.end]
                    words = words_beside(pack, f.pattern, value)
                    if words:
                        values[value] = Value(value, f.pattern, words)
    return tuple(values.values())


def takes_underscore(pack: Pack, value: Value) -> bool:
    """Whether _ belongs to the value itself, as in an account name, so that it is no edge before one."""
    longer = "_" + unicodedata.normalize("NFKC", value.text)
    return any(
        "_" in BOUNDARIES[p.boundary].left or re.fullmatch(p.regex, longer) for p in pack.patterns if p.name == value.pattern
    )


def missed(pack: Pack, surrounding: str) -> list[int]:
    """The valid values of a pack that are not found in a surrounding, by their numbers."""
    numbers = []
    for i, value in enumerate(valid_values(pack)):
        if surrounding == "after underscore" and takes_underscore(pack, value):
            continue
        placed = place(surrounding, value.text, value.words)
        if placed and (placed.start, placed.end) not in spans_of(pack, placed.text):
            numbers.append(i)
    return numbers


@every_pack
def test_surroundings(pack: str) -> None:
    cannot = {e.text: e.why for e in load_skips(packs()[pack].path)}
    unknown = cannot.keys() - SURROUNDINGS
    assert not unknown, f"no surrounding is called {unknown}"
    with sweep() as case:
        for name in SURROUNDINGS:
            with case(name, known=cannot.get(name, "")):
                assert missed(packs()[pack], name) == [], "values missed in this surrounding, by number"


def test_every_pack_has_examples_of_both_kinds() -> None:
    bare = [pack for pack in packs() if not {"match", "no_match"} <= {e.kind for e in examples(pack)}]
    assert bare == []
