"""Short names of schools, hospitals and universities."""

import pytest

from piiscrub.recognize.organisations_short import short_organisations

CASES = [
    ("她在六中读书", ["六中"]),
    ("住市三院骨科", ["市三院"]),
    ("考上苏州师大了", ["苏州师大"]),
    ("三中全会之后", []),
    ("万一中奖了", []),
    ("五小时以后", []),
    ("学习理工知识", []),
    ("第一中心的人", []),
]


@pytest.mark.parametrize(("text", "names"), CASES, ids=range(len(CASES)))
def test_short_names(text, names):
    assert [text[f.start : f.end] for f in short_organisations(text)] == names
