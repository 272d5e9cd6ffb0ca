"""What nobody could look at is reported and redacted, whatever others found in it; keeping it must be written and is said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import piiscrub as ps
from piiscrub.model.finding import UNEXAMINED, Decision, Finding
from piiscrub.model.policy import KEEP, REDACT, Policy
from piiscrub.scrubber.blind import with_unexamined

MOBILE = "13800138000"


class Broken:
    id = "broken"
    entities = ("PERSON",)

    def find(self, text: str) -> Iterator[Finding]:
        raise RuntimeError("the value in a message")


def scrubber(policy: str | Policy = "balanced") -> ps.Scrubber:
    return ps.Scrubber(policy=policy, recognizers=[Broken()])


def test_what_others_found_does_not_make_the_rest_clean() -> None:
    result = scrubber().scrub(f"联系人甲，手机{MOBILE}，勿忘")
    assert result.text == "[REDACTED]<CN_MOBILE_1>[REDACTED]"
    assert [f.entity for f in result.findings] == [UNEXAMINED, "CN_MOBILE", UNEXAMINED]
    assert (result.evidence.unexamined, result.evidence.unexamined_kept) == (2, False)
    found = scrubber("review").scan(f"手机{MOBILE}")
    assert [(f.entity, f.start, f.end) for f in found.findings] == [(UNEXAMINED, 0, 2), ("CN_MOBILE", 2, 13)]
    assert len(found.unexamined) == 1


def test_what_would_be_kept_is_redacted_with_the_rest() -> None:
    result = scrubber().scrub("客户35岁，手机" + MOBILE)
    assert "35" not in result.text
    assert result.evidence.dropped["unexamined"] == 1
    assert ps.scrub("客户35岁").text == "客户35岁"


def test_keeping_it_must_be_written_and_is_said() -> None:
    policy = ps.load_policy("balanced").replace(unexamined="keep")
    result = scrubber(policy).scrub(f"客户35岁，手机{MOBILE}，勿忘")
    assert result.text == "客户35岁，手机<CN_MOBILE_1>，勿忘"
    assert result.evidence.unexamined_kept
    assert result.evidence.unexamined == len([f for f in result.findings if f.entity == UNEXAMINED]) > 0
    assert '"unexamined_kept": true' in result.evidence.to_json()
    clean = ps.Scrubber(policy=policy).scrub("客户35岁")
    assert (clean.evidence.unexamined, clean.evidence.unexamined_kept) == (0, False)


@pytest.mark.parametrize("entities", [None, ["EMAIL_ADDRESS"]])
def test_it_is_reported_whatever_was_asked_for(entities: list[str] | None) -> None:
    assert scrubber("review").scan("你好", entities=entities).unexamined


def test_two_that_failed_do_not_count_twice() -> None:
    one = ps.Scrubber(recognizers=[Broken(), Broken()]).scrub("你好，世界")
    assert (one.text, one.evidence.unexamined) == ("[REDACTED]", 1)


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda s: (s[0], s[0] + s[1])), max_size=8)


@given(found=spans, blind=spans, keep=st.booleans())
def test_every_character_is_found_or_reported_once(
    found: list[tuple[int, int]], blind: list[tuple[int, int]], keep: bool
) -> None:
    policy = Policy(id="own", default=KEEP if keep else REDACT)
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    decisions = [Decision(Finding("CN_MOBILE", *span, 0.9, "r"), True, "x", "pattern") for span in apart]
    out = with_unexamined(decisions, [Finding(UNEXAMINED, *span, 1.0, "b") for span in blind], policy)
    kept = [d.finding for d in out if d.kept]
    assert kept == sorted(kept, key=lambda f: f.start)
    assert all(one.end <= other.start for one, other in pairwise(kept))
    covered = {at for f in kept for at in range(f.start, f.end)}
    assert covered >= {at for start, end in blind for at in range(start, end)}
    if not keep:
        assert covered == {at for start, end in (*blind, *apart) for at in range(start, end)}
        assert {(f.start, f.end) for f in kept if f.entity != UNEXAMINED} == set(apart)
