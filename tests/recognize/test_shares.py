"""What is said of a share of a group is said of nobody; the same words behind a label stay. All values are invented."""

from __future__ import annotations

import pytest

from piiscrub import scan

GROUPS = (
    "学历：本科占45%，硕士占13%",
    "婚姻状况：已婚占62%",
    "民族：汉族占91.5%",
    "政治面貌：党员占38%",
    "月收入5000-8000元的占38.6%",
    "判处有期徒刑三年以下的占六成",
)
SOMEBODY = ("学历：本科，占编在岗", "婚姻状况：已婚，占地3亩", "月收入8000元，房贷占3000", "民族：汉族 占比未填")


@pytest.mark.parametrize("case", range(len(GROUPS)))
def test_a_share(case: int) -> None:
    assert not scan(GROUPS[case]).findings


@pytest.mark.parametrize("case", range(len(SOMEBODY)))
def test_no_share(case: int) -> None:
    assert scan(SOMEBODY[case]).findings
