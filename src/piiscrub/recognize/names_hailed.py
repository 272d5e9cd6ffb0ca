"""Who is addressed by a surname that no list holds, or half in Latin letters: 好的拜女士, 阿Ken, 钟sir.

A list of surnames leaves out those that begin ordinary words much more often (火, 由, 过). Before 先生 and alike, where a clause
begins or somebody is greeted, such a character is one all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from piiscrub.model.finding import Finding
from piiscrub.parse.names_zh import HAN, grammar, han_at
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.surnames import single
from piiscrub.reference.words import is_common
from piiscrub.text.late import late

_ID = "names"
_CIVIL = late("先生|女士|小姐|太太")
_GREETED = late("(?:好的|您好|你好|抱歉|谢谢|麻烦|感谢|通知|联系|请问|致电|回复|客户|业主)$")
_NOBODY = frozenset("老小各诸某该这那此位名男女新本贵令尊两大二三几和与或空美香首原最率事预优另每多那哪前现准未已请叫为是有")
"""What stands before 先生 without being a surname, 老先生, or makes another word with it, 首先生成."""
_GOES_ON = frozenset("效产成活气存病孩娃育动长态兵官卒妹")
"""预先生效, 女士兵, 小姐妹: the word is another one."""
_SAYS = frozenset("您你说在的来要请已打是不有没把给和跟也都反到去问想这那今明昨刚")
_LATIN = late(f"阿(?!Sir)(?=[A-Z][a-z])[A-Z][a-z]{{1,9}}(?![A-Za-z0-9])|[{HAN}] ?[sS]ir(?![A-Za-z])")


def hailed_names(text: str) -> Iterator[Finding]:
    """Forms of address that the lists of surnames do not tell.

    >>> text = "好的拜女士，首先生成报表；火先生、老先生，找阿Ken 和钟sir，别找阿Sir"
    >>> [text[f.start : f.end] for f in hailed_names(text)]
    ['拜女士', '火先生', '阿Ken', '钟sir']
    """
    for m in _CIVIL.finditer(text):
        start, end = m.start() - 1, m.end()
        if start < 0 or not han_at(text, start) or not (_begins(text, start) and _ends(text, end)):
            continue
        first = text[start]
        if first in single() or first in _NOBODY or grammar(first) or is_common(text[start : start + 2]):
            continue
        yield Finding("PERSON_REFERENCE", start, end, worth.REFERENCE, _ID, "unlisted", context=("title",))
    if "阿" in text or "ir" in text:
        for m in _LATIN.finditer(text):
            if m.group()[0] in single() - {"阿"} or (m.group()[0] == "阿" and m.group()[-2:] != "ir"):
                yield Finding("PERSON_REFERENCE", m.start(), m.end(), worth.REFERENCE, _ID, "half Latin", context=("title",))


def _begins(text: str, at: int) -> bool:
    return not han_at(text, at - 1) or _GREETED.search(text, max(0, at - 2), at) is not None


def _ends(text: str, at: int) -> bool:
    return text[at : at + 1] not in _GOES_ON and (not han_at(text, at) or text[at] in _SAYS)
