"""Schools, hospitals and offices under the short names that people use: 六中, 市三院, 苏州师大, 县国税局.

A number with 中 or 院 is such a name where nothing goes on behind it (三中全会, 万一中奖); a kind of university is one behind the
name of a city or province.
"""

from __future__ import annotations

from collections.abc import Iterator

from piiscrub.model.finding import Finding
from piiscrub.parse.names_zh import han_at
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.places import places
from piiscrub.reference.words import is_common
from piiscrub.text.late import late

_ID = "organisations"
_NUMBERED = late(
    "[一二三四五六七八九](?<![一二三四五六七八九十第两几][一二三四五六七八九])(?:[中院小幼]|附[院中小]|医院|中学|小学)"
)
_UNIVERSITY = late("(?:[师农医科财交工林]大|理工|政法|师范|外院|职院|附[中院小]|实验[中小]学|外国语)(?!大学|学院|职业)")
_SQUAD = late(
    "(?:交警|消防|特警|巡警|刑警|治安|缉毒)(?:[一二三四五六七八九十]{1,2}|第[一二三四五六七八九十]{1,2})?(?:支队|大队|中队)"
)
_LEADS = frozenset("市区县省州城")
_SAYS = frozenset("们咱的在是和与跟去到从读上考进转住送教当毕就来于为由对向把被给让回找入属")
_BEHIND = frozenset("的在是和与跟去到从读上考进转住教毕就来于为由对向给让了也都有门里旁对食操宿招通")
_GOES_ON = ("全会", "全盘", "纪", "时", "学", "队", "组", "号", "心", "部", "国")


def short_organisations(text: str) -> Iterator[Finding]:
    """Short names of schools, hospitals and universities.

    >>> text = "她在六中读书，市三院的床位，考上苏州师大了；三中全会，万一中奖，学习理工"
    >>> [text[f.start : f.end] for f in short_organisations(text)]
    ['六中', '市三院', '苏州师大']
    """
    known = places()
    for m in _NUMBERED.finditer(text):
        start, end = m.span()
        if text[start - 1 : start] in _LEADS and start:
            start -= 1
        if text[max(0, start - 2) : start] in known:
            start -= 2
        whole = start < m.start()
        begins = whole or not han_at(text, start - 1) or (text[start - 1] in _SAYS and not is_common(text[start - 1 : start + 1]))
        if begins and (_ends(text, end) or (whole and not is_common(text[end - 1 : end + 1]))):
            yield Finding("ORGANIZATION", start, end, worth.TRADE, _ID, "short")
    if "队" in text:
        for m in _SQUAD.finditer(text):
            yield Finding("ORGANIZATION", m.start(), m.end(), worth.TRADE, _ID, "short")
    for m in _UNIVERSITY.finditer(text):
        start = m.start() - 2
        if start >= 0 and text[start : m.start()] in known and _ends(text, m.end()):
            yield Finding("ORGANIZATION", start, m.end(), worth.TRADE, _ID, "short")


def _ends(text: str, at: int) -> bool:
    """Whether no word goes on there: a mark, a word of grammar, or one of its own."""
    if text.startswith(_GOES_ON, at):
        return False
    return not han_at(text, at) or text[at] in _BEHIND or (is_common(text[at : at + 2]) and not is_common(text[at - 1 : at + 1]))
