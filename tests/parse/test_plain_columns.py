"""Cells of a table that was pasted as plain text."""

from __future__ import annotations

import pytest

from piiscrub.parse.plain_columns import below

TABLES = (
    ("姓名 性别 年龄\n测试甲 男 35\n测试乙 女 40\n共两人", ["35", "40"]),
    ("姓名\t年龄\t电话\n测试甲\t35\t无", ["35"]),
    ("| 姓名 | 年龄 | 电话 |\n| 测试甲 | 35 | 无 |", ["35"]),
    ("姓名,性别,年龄\n测试甲,男,35\n", ["35"]),
    ("姓名 年龄\n测试甲 35", []),  # two cells are a sentence as often
    ("姓名 性别 年龄 2024\n测试甲 男 35 8", []),  # no header holds a number
    ("姓名 性别 年龄\n测试甲 男", []),
    ("姓名 性别 年龄\n姓名 性别 年龄\n测试甲 男 35", ["35"]),  # the header again, as where pages were joined
    ("姓名 性别 平均年龄\n测试甲 男 35", []),
    ("年龄", []),
)


@pytest.mark.parametrize("case", range(len(TABLES)))
def test_cells_below_a_name(case: int) -> None:
    text, cells = TABLES[case]
    assert [text[start:end] for start, end in below(text, "年龄")] == cells


def test_a_header_in_every_line_costs_no_more_than_its_lines() -> None:
    text = "姓名 性别 年龄\n" * 20_000
    assert list(below(text, "年龄")) == []
