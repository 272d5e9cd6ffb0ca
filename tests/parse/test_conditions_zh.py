"""Conditions that a sentence tells of somebody, and the same words where they are a subject."""

from __future__ import annotations

import pytest

from piiscrub.parse.conditions_zh import told

TOLD = [
    ("我妈脑梗住院了", "脑梗"),
    ("他妻子有精神分裂症", "精神分裂症"),
    ("我爸六十七，前年查出来帕金森", "帕金森"),
    ("3月2日因急性阑尾炎在县医院住院", "急性阑尾炎"),
    ("其父因肺癌去世", "肺癌"),
    ("母亲（晚期胃癌）在家", "晚期胃癌"),
    ("医生说是手足口病", "手足口病"),
    ("他岳母也来，糖尿病，注意安排", "糖尿病"),
    ("来访者有轻生念头，在校医院诊断中度抑郁", "中度抑郁"),
    ("听力残疾一级，持证", "听力残疾一级"),
    ("孩子烧到39.5度", "烧到39.5度"),
]
SUBJECTS = [
    "脑梗的预防",
    "高血压患者慎用",
    "她是白血病专家",
    "我有高血压的风险吗",
    "他有疾病险",
    "对肢体残疾二级以上的人员发放补贴",
    "高烧39度以上请就医",
    "因肺炎疫苗短缺住院部停诊",
    "我们做过癌症筛查",
    "我们关注高血压，糖尿病，冠心病的预防",
]


@pytest.mark.parametrize(("text", "condition"), TOLD, ids=range(len(TOLD)))
def test_a_sentence_says_whose_it_is(text: str, condition: str) -> None:
    assert condition in [text[start:end] for start, end in told(text)]


@pytest.mark.parametrize("text", SUBJECTS, ids=range(len(SUBJECTS)))
def test_a_subject_is_nobodys(text: str) -> None:
    assert not list(told(text))
