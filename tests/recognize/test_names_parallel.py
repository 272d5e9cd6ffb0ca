"""Items of a list whose other items are names."""

import pytest

from piiscrub.model.finding import Finding
from piiscrub.recognize.names_parallel import parallel

CASES = [
    ('["王小明","时光","李红"]', ("王小明", "李红"), ["时光"]),
    ("到场：王小明、秋月、李红、赵丽。", ("王小明", "李红", "赵丽"), ["秋月"]),
    ("1号王小明3箱，李红2箱，海洋1箱", ("王小明", "李红"), []),
    ("王小明(2)，李红(1)，海洋(3)，赵丽(1)", ("王小明", "李红", "赵丽"), ["海洋"]),
    ("到场：王小明、家属、李红、赵丽", ("王小明", "李红", "赵丽"), []),
    ("到场：王小明、北京、李红、赵丽", ("王小明", "李红", "赵丽"), []),
    ("王小明、李红。苹果、香蕉、橙子", ("王小明", "李红"), []),
    ('{"event":"签到","who":["王小明","李红"]}', ("王小明", "李红"), []),
    ("王小明、苹果、香蕉、李红", ("王小明", "李红"), []),
]


@pytest.mark.parametrize(("text", "names", "more"), CASES, ids=range(len(CASES)))
def test_what_stands_as_the_names_do_is_one(text, names, more):
    known = [Finding("PERSON", text.index(name), text.index(name) + len(name), 0.9, "names", "tagger") for name in names]
    assert [text[f.start : f.end] for f in parallel(text, known)] == more


def test_one_name_makes_no_list():
    text = "王小明、秋月、海洋"
    assert not list(parallel(text, [Finding("PERSON", 0, 3, 0.9, "names", "tagger")]))
