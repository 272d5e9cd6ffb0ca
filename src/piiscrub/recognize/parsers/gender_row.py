"""The sex among the particulars of a person: 张某，男，汉族，1980年1月2日出生 (courts, police, curricula vitae, lists).

男 and 女 are words of any text. One counts where it is a clause of its own and the clause right behind it, or the next one,
names age, birth, ethnic group, marriage, schooling or identity number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.text.late import late

NEEDS = ("男", "女")

_CLAUSE = late(r"(?<=[，,、；;|\t 　(（])[男女]性?(?=[，,、；;|\t 　])")
_JOINT = r"[，,、；;|\t 　]{1,3}"
_OTHER = r"[^，,、；;|\t\n。 　]{1,14}"
_PARTICULAR = (
    r"(?:(?:[1-9][0-9]?|[一二三四五六七八九十]{1,3})(?:周?岁|岁半|个月)(?![以之及至])"
    r"|(?:19|20)[0-9]{2} ?[-年./]|[0-9]{8}(?![0-9])|出生|生于|[\u4e00-\u9fff]{1,4}族(?![\u4e00-\u9fff])"
    r"|[未已离丧]婚|身份证|公民身份|户籍|籍贯"
    r"|(?:文盲|小学|初中|高中|中专|大专|本科|硕士|博士|大学)(?:文化|学历|毕业|肄业)?(?![\u4e00-\u9fff]))"
)
_BEHIND = late(rf"{_JOINT}(?:{_OTHER}{_JOINT})?{_PARTICULAR}")


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every sex told so.

    >>> text = "王某，女，1990年1月2日出生，汉族。男，女，老人，孩子。"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['女']
    """
    for m in _CLAUSE.finditer(text):
        if _BEHIND.match(text, m.end()):
            yield m.start(), m.end(), "clause", "none"
