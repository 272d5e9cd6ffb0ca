"""What stands near: the same as looking through all there is, and names in a long text cost their share and no more."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.recognize.named import named_from
from piiscrub.recognize.near import Near
from piiscrub.recognize.ner.tagger import ADDRESS, LOCATION, ORGANIZATION, PERSON, Span
from tests.growth import LINEAR, growth

SPANS = st.builds(
    lambda start, size, score: Span(start, start + size, PERSON, score), st.integers(0, 60), st.integers(1, 9), st.floats(0, 1)
)


@given(st.lists(SPANS), SPANS)
def test_it_sees_what_looking_through_all_sees(spans: list[Span], place: Span) -> None:
    wanted = [s for s in spans if s.start < place.end and place.start < s.end]
    assert sorted(Near(spans)(place.start, place.end)) == sorted(wanted)


@given(st.lists(SPANS), st.lists(SPANS))
def test_what_is_put_in_takes_the_place_of_what_it_touches(spans: list[Span], others: list[Span]) -> None:
    near, left = Near(spans), list(spans)
    for other in others:
        left = [s for s in left if not (s.start < other.end and other.start < s.end)] + [other]
        near.put(other, near(other.start, other.end))
    assert sorted(near) == sorted(left)
    assert [s.start for s in near] == sorted(s.start for s in left)


PIECES = {
    "names": "张小测、李测试、Jane Testy、John Roe、",
    "rows": '张小测,男,北京市海淀区测试路27号,jane@example.com,"Roe, Jane"\n',
    "records": "联系人：张小测，住北京市海淀区测试路27号3单元。经办李测试与王测同去。\n",
    "rooms": "3号楼2单元1501室 业主 1-2-301 5栋502 ",
    "letters": "Dear Jane Testy, meet John Roe at 12 Test Street, London NW1 6XE. Meir 41, 2000 Antwerpen. Regards, Ann Roe\n",
    "firms": "测试科技有限公司位于深圳市南山区测试路1号，Testco Ltd is at 12 Test Street, Leeds LS1 4AP. ",
    "log": "2024-03-05 12:00:01 INFO user=jroe called Mr. Roe from 张小测 reading x.txt\n",
}
_SEEN = {
    PERSON: re.compile("张小测|李测试|王测|Jane Testy|John Roe|Ann Roe"),
    LOCATION: re.compile("北京市|深圳市|London|Leeds"),
    ORGANIZATION: re.compile("测试科技有限公司|Testco Ltd"),
    ADDRESS: re.compile("海淀区测试路27号|12 Test Street"),
}


@pytest.mark.parametrize("tagged", [False, True])
@pytest.mark.parametrize("kind", list(PIECES))
def test_names_in_a_long_text_take_time_in_proportion(kind: str, tagged: bool) -> None:
    part = PIECES[kind]

    def find(size: int) -> None:
        text = part * (size // len(part))
        spans = [Span(*m.span(), label, 0.9) for label, seen in _SEEN.items() for m in seen.finditer(text)]
        found = named_from(text, sorted(spans) if tagged else None)
        assert found or not tagged

    assert growth(find, 120_000) < LINEAR
