"""Whose address it is: one that stands under the words for an organisation's, or right behind an organisation's name.

Such a finding carries the word that says so in ``against``; whether it counts is a switch of the policy
(``organisation_addresses``). What leaves a doubt is taken for a person's: a person named shortly before, or words of living.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from piiscrub.model.finding import Finding
from piiscrub.text.late import late

ADDRESSES = ("CN_ADDRESS", "ADDRESS")
_REACH = 60  # characters before an address in which its label stands
_CONTEXT = 120  # and in which a person would make it doubtful

# The words of labels and phrases, up to the address itself.
_LABEL_ZH = late(
    r"(?P<word>(?:公司|单位|單位|企业|企業|机构|機構|集团|工厂|厂房|门店|門店|店铺|总部|總部|分公司|办事处|办公室?|辦公室?|经营|經營|营业|營業|注册|註冊"
    r"|医院|醫院|诊所|学校|學校|校区|银行|网点|仓库|倉庫)(?:的)?(?:所在)?(?:地址|地点|地點|住所|场所|場所|所在地|地(?=[：:]))"
    r"|总部(?:设在|位于|在)|办公地[址点]?(?:设在|位于|在))[\s：:是为為在於于]{0,4}$"
)
_LABEL_EN = late(
    r"(?<![A-Za-z])(?P<word>registered office|head ?office|headquarter(?:s|ed)|principal (?:place of business|office)|offices?"
    r"|(?:company|corporate|business|office|hospital|clinic|school|store|shop|branch|warehouse|factory|registered) address)"
    r"(?: of [^\n]{1,40})?(?: (?:is|are|was|were))?(?: (?:located|situated))?(?: (?:at|in|on))?[:,]?[\s]{1,4}(?:the )?$",
    re.IGNORECASE,
)
_BEHIND_NAME = late(
    r"[\s（(，,：:]{0,3}(?:(?:的)?(?:注册|办公|经营)?(?:地址|所在地|总部)?(?:设在|设于|位于|坐落于|座落于|地处|在|迁至|搬至|为|是|[：:])?"
    r"|(?:is |are |was )?(?:located |situated |based |headquartered |with offices )?(?:at|in|of)?)[\s：:]{0,3}",
    re.IGNORECASE,
)
_LIVING = late(
    r"[家居]住|住[址在]|现住|家庭|户籍|收[货件]|寄|快递|(?<![A-Za-z])(?:home|liv(?:e|es|ing)|resid|deliver|ship)", re.IGNORECASE
)
_END = late(r"[。！？!?；;]|\n\s*\n")
_by_end = attrgetter("end")
BY_NAME = "ORGANIZATION"
"""What ``against`` holds where the name of an organisation says whose address it is."""


def marked(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, ordered as they were, with ``against`` on addresses of organisations.

    >>> text = "公司地址：深圳市南山区测试路1号；家庭住址：海淀区测试路12号3栋502室"
    >>> found = [Finding("CN_ADDRESS", 5, 16, 0.9, "r"), Finding("CN_ADDRESS", 22, 37, 0.9, "r")]
    >>> [f.against for f in marked(text, found)]
    ['公司地址', '']
    """
    people = sorted(f.start for f in findings if f.entity in ("PERSON", "PERSON_REFERENCE"))
    firms = sorted((f for f in findings if f.entity == BY_NAME), key=_by_end)
    return [
        f._replace(against=_whose(text, f, people, firms)) if f.entity in ADDRESSES and not f.against else f for f in findings
    ]


def _whose(text: str, f: Finding, people: Sequence[int], firms: Sequence[Finding]) -> str:
    """The word that says that it is an organisation's, "" if none does.

    ``people`` are the places where names begin, ``firms`` the organisations by where they end.
    """
    before = text[max(0, f.start - _REACH) : f.start]
    for label in (_LABEL_ZH, _LABEL_EN):
        if m := label.search(before):
            return m["word"]
    low = max(0, f.start - _CONTEXT)
    for m in _END.finditer(text, low, f.start):
        low = m.end()
    if _LIVING.search(text, low, f.start):
        return ""
    if bisect_left(people, low) < bisect_left(people, f.start):
        return ""
    near = firms[bisect_left(firms, low, key=_by_end) : bisect_right(firms, f.start, key=_by_end)]
    return BY_NAME if any(_named_by(text, firm, f.start) for firm in near) else ""


def _named_by(text: str, organisation: Finding, start: int) -> bool:
    """Whether only words of place stand between name and address. One with a comma may hold a person's: Jane Doe, Acme."""
    alone = "," not in text[organisation.start : organisation.end]
    return alone and _BEHIND_NAME.fullmatch(text, organisation.end, start) is not None
