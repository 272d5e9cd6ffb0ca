"""Shares of a group: 本科占45%, 月收入5000—8000元的占38.6% are said of many, and of nobody."""

from __future__ import annotations

from piiscrub.model.finding import Finding
from piiscrub.text.late import late

_WORD = "占"
_SHARE = late(
    "[）)]?(?:学历|文化程度|及?以[上下]|[者的]{1,2}|人[口群数员]|受访者|人士|用户|客户|群体|家庭){0,3}占(?:比|全|总)?[^，。；\n]{0,8}?"
    "(?:[0-9]|[一二三四五六七八九十百]分之|[一二三四五六七八九]成|半数|[多大]半)"
)
_ATTRIBUTES = frozenset(
    "AGE GENDER EDUCATION OCCUPATION INCOME CN_MARITAL_STATUS CN_ETHNICITY CN_POLITICAL_STATUS NATIONALITY RELIGION NRP"
    " MEDICAL_CONDITION CRIMINAL_RECORD CREDIT_RECORD SEXUAL_ORIENTATION".split()
)


def without_shares(text: str, findings: list[Finding]) -> list[Finding]:
    """The findings without attributes whose share of a group is said.

    >>> found = [Finding("EDUCATION", 3, 5, 0.8, "r")]
    >>> without_shares("学历：本科占45%", found), len(without_shares("学历：本科，占地45亩", found))
    ([], 1)
    """
    if _WORD not in text:
        return findings
    return [f for f in findings if not (f.entity in _ATTRIBUTES and _SHARE.match(text, f.end))]
