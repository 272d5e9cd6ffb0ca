"""Values of one row: none is lost because another one stands beside it, whatever parts them."""

from __future__ import annotations

from itertools import permutations

import pytest

import piiscrub as ps

VALUES = {
    "mobile": "13800138000",
    "mobile in groups": "138 0013 8000",
    "mobile with hyphens": "138-0013-8000",
    "identity number": "11010519491231002X",
    "bank card": "6222020200000000006",
    "bank card in groups": "6222 0202 0000 0000 006",
    "card in groups": "4111 1111 1111 1111",
    "landline": "010-62345678",
    "date": "2024-03-05",
    "American phone": "(202) 555-0143",
    "American phone with hyphens": "202-555-0143",
    "address": "192.0.2.1",
    "e-mail": "zhang.san@example.com",
}
IN_GROUPS = {name for name, value in VALUES.items() if " " in value and "(" not in value}
SCRUBBER = ps.Scrubber(policy="review", ner=None)


def lost(separator: str, first: str, second: str) -> list[str]:
    text = VALUES[first] + separator + VALUES[second]
    at = len(VALUES[first] + separator)
    findings = SCRUBBER.scan(text).findings
    spans = {first: (0, len(VALUES[first])), second: (at, len(text))}
    return [name for name, (start, end) in spans.items() if not any(f.start <= start and end <= f.end for f in findings)]


@pytest.mark.parametrize("separator", [",", "，", "、", "\t", "|", ";"], ids=range(6))
def test_no_value_of_a_row_is_lost(separator: str) -> None:
    assert [(first, second) for first, second in permutations(VALUES, 2) if lost(separator, first, second)] == []


def test_behind_a_space_only_what_goes_on_from_groups_is_lost() -> None:
    missed = {(first, second) for first, second in permutations(VALUES, 2) if lost(" ", first, second)}
    assert {first for first, _ in missed} <= IN_GROUPS  # 138 0013 8000 4111 1111 1111 1111: who can tell where one ends
