"""Whether somebody is married, among the particulars of a person: 张某，男，45岁，汉族，已婚.

Without its label 婚姻状况 the word is one of any text. It counts where it is a clause of its own behind the sex or the age.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.parse.particulars import rows
from piiscrub.text.late import late

NEEDS = ("男", "女", "岁")

_CLAUSE = late(
    r"(?:[未已离再]婚|离异|丧偶)(?<=[，,、；;| ]..)"
    r"(?=(?:[未已]育)?(?:[，,、；;。|\s)）]|\Z)|育有|[有无](?:[一二三两]?子|[一二三两]?女|孩))"
)


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every such word.

    >>> text = "王某，女，1990年1月2日出生，未婚，住址略。已婚人士优先。"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['未婚']
    """
    if "婚" in text or "离异" in text or "丧偶" in text:
        for start, end in rows(text):
            for m in _CLAUSE.finditer(text, start, end):
                yield m.start(), m.end(), "clause", "none"
