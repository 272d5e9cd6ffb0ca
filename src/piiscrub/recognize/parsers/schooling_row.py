"""Somebody's schooling among the particulars of a person: 张某，男，45岁，汉族，初中文化，无业.

Without its label 文化程度 the name of a school is a word of any text. It counts where it is a clause of its own behind the sex
or the age.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.parse.particulars import rows
from piiscrub.text.late import late

NEEDS = ("男", "女", "岁")

_CLAUSE = late(
    r"(?P<level>(?:[文半小初高中大专本硕博研](?<=[，,、；;| ].))(?:盲|文盲|学|中|专|科|士|学本科|学专科|究生|士研究生))"
    r"(?=(?:文化(?:程度|水平)?|学历|毕业|肄业|在读)?(?:[，,、；;。|\s)）]|\Z))"
)
_LEVELS = frozenset(
    "文盲 半文盲 小学 初中 高中 中专 大专 专科 本科 大学 大学本科 大学专科 研究生 硕士研究生 博士研究生 硕士 博士".split()
)


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every such word.

    >>> text = "王某，女，1990年1月2日出生，汉族，大专文化程度，无业。小学，中学都放假。"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['大专']
    """
    for start, end in rows(text):
        for m in _CLAUSE.finditer(text, start, end):
            if m["level"] in _LEVELS:
                yield *m.span("level"), "clause", "none"
