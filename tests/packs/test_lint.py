"""What the lint refuses, and why; and what real patterns need and it must let pass."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from piiscrub.packs.lint import problems
from piiscrub.packs.load import load_folder, packs_folder
from tests.growth import ratio

SHARED = Path(__file__).resolve().parents[3] / "shared" / "rules" / "patterns.json"

# A word of each reason, enough to tell them apart.
EDGE, GROUP, BACK, FLAG, AHEAD, BEHIND = "set boundary", "captures a group", "back reference", "flag", "look-ahead", "look-behind"
NESTED, RUNS, WAYS, LAZY, GREEDY = "inside a repeat", "side by side", "thousands of ways", "lazy run", "greedy run"
SPACE, PIPE, EMPTY, LOW, FAST, BROKEN = (
    "holds a space",
    "not an “or”",
    "nothing at all",
    "Raise max",
    "fast regex",
    "not a regular",
)

REFUSED = [
    # edges
    (r"\b\d{18}\b", EDGE),
    (r"\d{18}\B", EDGE),
    (r"^\d{18}", EDGE),
    (r"\d{18}$", EDGE),
    (r"\A\d{18}", EDGE),
    (r"\d{18}\Z", EDGE),
    (r"true|false\d|null$", EDGE),
    (r"(?<![0-9])\d{18}", BEHIND),
    (r"(?<=号)\d{18}", BEHIND),
    (r"\d{18}(?![0-9])", AHEAD),
    (r"\d{18}(?=号)", AHEAD),
    (r"(?=\d)\d{18}", AHEAD),
    (r"(?!00+)\d{9}", AHEAD),
    (r"\d{3}-(?!00)\d{2}-\d{4}", AHEAD),
    (r"(?:(?!00)\d{2}|9)\d", AHEAD),
    # what reports the wrong span, or reads otherwise than it looks
    (r"(ghp|gho)_\w{36}", GROUP),
    (r"(?P<id>\d{18})", GROUP),
    (r"(\d)\1{5}", BACK),
    (r"(-)?\d(?(1)-|x)", BACK),
    (r"\d{11, 14}", SPACE),
    (r"\d{ 11}", SPACE),
    (r"[Gg|Tt]\d{8}", PIPE),
    (r"[A|b]\d", PIPE),
    (r"[\d|X]\d", PIPE),
    (r"(?i)abc\d", FLAG),
    (r"(?i:abc)\d", FLAG),
    (r"(?-i:abc)\d", FLAG),
    (r"\d*", EMPTY),
    (r"(?:\d{4})?-?", EMPTY),
    (r"\d{40}", LOW),
    (r"(?>\d+)x", FAST),
    (r"\d++x", FAST),
    (r"(\d", BROKEN),
    (r"[z-a]", BROKEN),
    # twenty-odd classics that hostile text makes slow
    (r"(?:a+)+x", NESTED),
    (r"(?:a*)*x", NESTED),
    (r"(?:[a-z]+)*\d", NESTED),
    (r"(?:\w+\s?)*;", NESTED),
    (r"(?:x+x+)+y", NESTED),
    (r"(?:.*a){20}", NESTED),
    (r"(?:[^,]*,?)*;", NESTED),
    (r"[a-z0-9](?:[.-]?[a-z0-9]+)*@", NESTED),
    (r"(?:(?:[a-z])+.)+[A-Z](?:[a-z])+-", NESTED),
    (r"(?:a|aa)+x", RUNS),
    (r"(?:a|a?)+x", RUNS),
    (r"\s*\s*x", RUNS),
    (r"\d+\d+x", RUNS),
    (r"\d+\.?\d+", RUNS),
    (r"\w+\d+\w+", RUNS),
    (r"[A-Z]+[0-9]?[A-Z]+-", RUNS),
    (r"[^@]+@[^@]+\.[^@]+", RUNS),
    (r"\d{0,40}\d{0,40}x", RUNS),
    (r"(?:(?:\d\.?){1,20}){1,20}", RUNS),
    (r"(?:\d{1,5}){1,5}x", WAYS),
    (r"(?:[a-z]{1,10}){1,10}@", WAYS),
    (r"(?:a?){20}a{20}", WAYS),
    (r"(?:(?:25[0-5]|\d{1,3})\.?){4,20}x", WAYS),
    (r".*.*=.*", GREEDY),
    (r"id:.+", GREEDY),
    (r"[\s\S]+END", GREEDY),
    (r"(?:.|\n)*END", GREEDY),
    (r"<.*?>x", LAZY),
    (r"a.+?b", LAZY),
    (r"-BEGIN-[\s\S]{16,}?-END-", LAZY),
]

ALLOWED = [
    r"[1-8]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]",
    r"(?:62|81|9\d)\d{2}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,3})?",
    r"(?!000|666|9\d\d)\d{3}-\d{2}-\d{4}",
    r"(?!00)(?!11)\d{8}",
    r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?",
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}",
    r"(?:https?|ftp)://[^\s<>\"'，。；、）】]+",
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?",
    r"\d+\.\d+",
    r"[一二三四五六七八九〇零]{4}年(?:十[一二]?|[一-九])月",
    r"[A|,;/]\d{3}",
    r"[A\|b]\d",
    r"\{a, b\}",
    r"a{,3}b",
    r"(?:a|b){3}",
    r"[^,]{1,20},[^,]{1,20}",
    r"\d{3}\*{4}\d{4}",
    r"a.{0,3}b",
]


@pytest.mark.parametrize(("regex", "reason"), REFUSED, ids=range(len(REFUSED)))
def test_refused_with_its_reason(regex: str, reason: str) -> None:
    said = problems(regex, limit=32)
    assert any(reason in sentence for sentence in said)
    assert all(sentence.endswith(".") for sentence in said)


@pytest.mark.parametrize("regex", ALLOWED, ids=range(len(ALLOWED)))
def test_what_real_packs_need_passes(regex: str) -> None:
    assert problems(regex, limit=128) == ()


def test_every_reason_comes_at_once() -> None:
    said = problems(r"\b(\d{3})-\1$")
    assert len(said) == 4


def test_refused_slow_patterns_are_slow_and_allowed_ones_are_not() -> None:
    """The lint's arithmetic agrees with what the regex engine does."""

    def matching(regex: str) -> Callable[[], object]:
        match = re.compile(regex, re.ASCII).match
        return lambda: [match("1" * 64) for _ in range(200)]

    assert ratio(matching(r"(?:[ -]?\d{4}){2,3}x"), matching(r"(?:\d{1,5}){1,5}x"), 1 / 5) < 1 / 5


def test_every_pack_of_the_library_passes_the_lint_that_loading_it_leaves_out() -> None:
    found = {
        f"{pack.id}: {pattern.name}": problems(pattern.regex, limit=pattern.max, ignore_case=pattern.ignore_case)
        for pack in load_folder(packs_folder())
        for pattern in pack.patterns
    }
    assert {name: said for name, said in found.items() if said} == {}


def without_edges(regex: str) -> str:
    """The rule book writes its edges as look-arounds; packs name them."""
    regex = re.sub(r"^\(\?<!\[[^\]]*\]\)", "", regex)
    return re.sub(r"\(\?!\[[^\]]*\](?:\|\\\.\\d)?\)$", "", regex)


@pytest.mark.skipif(not SHARED.exists(), reason="the rule book's patterns lie beside the checkout, not in it")
def test_patterns_of_the_rule_book() -> None:
    """All can be packs as they stand, apart from those that the rule book itself calls slow or that need a parser."""
    rules = json.loads(SHARED.read_text(encoding="utf-8"))
    refused: dict[str, list[str]] = {}
    for label, rule in rules.items():
        for sentence in problems(without_edges(rule["regex"])) if rule.get("regex") else ():
            reason = next(r for r in (GROUP, BACK, AHEAD, BEHIND, NESTED, RUNS, WAYS, LAZY, GREEDY, EDGE) if r in sentence)
            refused.setdefault(label, []).append(reason)
    assert refused == {
        "MAC_ADDRESS": [GROUP, BACK],
        "SECRET_PRIVATE_KEY": [LAZY],
        "US_ITIN": [GROUP, BACK],
        "US_SSN": [GROUP, AHEAD, BACK],
    }
