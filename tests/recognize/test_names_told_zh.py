"""Words of which both sides say that they are somebody."""

import pytest

from piiscrub.recognize.names_told_zh import told_on_both_sides

CASES = [
    ("化名小尤，于昨日", "小尤", True),
    ("（朵朵，6岁）", "朵朵", True),
    ("收银员仝梅态度恶劣", "仝梅", True),
    ("收货人：时光，电话", "时光", True),
    ("换成浅灰或者米白，尺码", "米白", False),
    ("走失老人公孙大娘，", "公孙", False),
    ("民警赶到后", "赶到", False),
    ("联系人：前台，电话", "前台", False),
    ("今天朵朵开放", "朵朵", False),
    ('{"xm":"年丰"}', "年丰", True),
]


@pytest.mark.parametrize(("text", "word", "told"), CASES, ids=range(len(CASES)))
def test_both_sides_tell(text, word, told):
    start = text.index(word)
    assert told_on_both_sides(text, start, start + len(word)) is told
