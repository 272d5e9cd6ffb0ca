"""The ethnic group within the particulars of a person: 张某，男，汉族，1980年1月2日出生 (courts, police, contracts).

Without its label 民族 the name of a group is a word of any text. It counts where it is a clause of its own and the clauses
before it name sex, birth or identity number. Names: GB/T 3304-1991.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check

NEEDS = ("族",)
_ROW = 60
"""Characters of particulars looked back over; an identity number and its label fit in."""

_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
).split()
_CLAUSE = re.compile(rf"(?<=[，,、；; ])(?:{'|'.join(_NAMES)})族(?=[，,、；;。\s)）]|\Z)")
_PARTICULARS = re.compile(
    r"[，,、；; ][男女]性?[，,、；; ]|[0-9日月年]出?生[，,、；; ]|(?:身份证|身份号码|证件号码?)[:：号]?[0-9]{6}"
)


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every group named so.

    >>> text = "王某，女，1990年1月2日出生，土家族，住址略。"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['土家族']
    """
    for m in _CLAUSE.finditer(text):
        if _PARTICULARS.search(text, max(0, m.start() - _ROW), m.start()):
            yield m.start(), m.end(), "clause", "none"
