"""The party somebody belongs to, among the particulars of a person: 张某，男，汉族，1975年6月生，中共党员.

Without its label 政治面貌 the word is one of any text. It counts where it is a clause of its own behind the sex or the age.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.parse.particulars import rows
from piiscrub.text.late import late

NEEDS = ("男", "女", "岁")

_CLAUSE = late(
    r"[，,、；;| \t](?P<found>(?:中共)?(?:预备)?党员|中国共产党党员|共产党员|(?:共青)?团员|群众"
    r"|无党派(?:人士)?|民[革盟建进](?:会员|党员|盟员)?"
    r"|农工党党?员?|致公党党?员?|九三学社社?员?|台盟盟?员?)(?=[，,、；;。|\s)）]|\Z)"
)


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every such word.

    >>> text = "王某，女，1990年1月2日出生，中共党员，住址略。党员、群众都来。"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['中共党员']
    """
    if "员" in text or "群众" in text or "无党派" in text:
        for start, end in rows(text):
            for m in _CLAUSE.finditer(text, start, end):
                yield *m.span("found"), "clause", "none"
