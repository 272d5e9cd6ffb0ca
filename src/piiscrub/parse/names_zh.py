"""Chinese names taken apart, and how much a stretch of Han characters looks like one.

Rule book A6: a surname of one character and one to three more, a compound one and one or two more, or parts joined by ·.
A dictionary of surnames alone proves nothing (高兴, 方便): whoever asks here must have a reason besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from piiscrub.reference.places import places
from piiscrub.reference.surnames import common, compound, single
from piiscrub.reference.words import given_characters, is_common
from piiscrub.text.late import late

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_DOTS = "·•・‧．"
_DOT_SET = frozenset(_DOTS)
_DOTTED = late(rf"[{HAN}]{{1,10}}(?:\s?[{_DOTS}]\s?[{HAN}]{{1,10}}){{1,5}}")
_PLAIN = late(f"[{HAN}〇]{{2,6}}")
ALSO_SURNAMES: Mapping[str, str] = MappingProxyType({"区": "ou"})
"""Surnames that begin too many other words to look for them in a text, with their pinyin."""
# Characters of grammar that no given name holds.
_NEVER = frozenset(
    "的了吗呢吧么嘛啊呀哦您我你他她它们們这這那哪谁誰什怎很太都就还還也又再把被给給让讓跟与與或及且但而因所以若从從往于"
    "於至没沒不无無非未已曾将將来來去到在是有说說要会會能应應号號第个個次件元块年日时時分秒点點上下左右前后後里外内"
    "內旁边邊吃喝买買卖賣打写寫看听聽问問找某讯訊姓籍两兩只更最并並却卻此其"
)
# Characters that write foreign and minority names by sound.
_SOUNDS = frozenset(
    "阿艾买麦古吐努尔热提力木江汗依布拉克孜娜曼苏来赛亚尼亚玛斯特德罗里维卡夫基巴马莎丽伊奇诺莱雷多吉扎西次仁卓央桑"
    "旦增格旺堆顿珠罗布"
    "伦佩皮约翰迈彼得保查理乔治戴威廉露琳萨姆大卫凯瑟安娜汉森登米沙哈达乌兰图其其格高娃塔那呼和恩赫勒曲洛桑丹加措帕"
    "拜科肯叶山再迪丁帝蒂"
    "吾甫帕孜比姆古丽阿迪瓦沃邓肯杰克弗朗西恩史蒂芬菲利普亨路易丝爱蒙贝奥欧鲁波布莱希施瓦茨霍华雅宾可柯库穆纳内涅普"
    "切琴让若什泰托万温乌辛休谢娅泽芝朱佐"
)


class ChineseName(NamedTuple):
    """Parts of a name.

    ``kind``: plain, compound (surname of two and more characters), double (of both parents), dotted (joined by ·).
    """

    surname: str
    given: str
    kind: Literal["plain", "compound", "double", "dotted"]


def split_known(name: str) -> ChineseName | None:
    """As ``split``, for what is known to be somebody's name: surnames that are words of addresses count as well.

    >>> split_known("区建国"), split("区建国")
    (ChineseName(surname='区', given='建国', kind='plain'), None)
    """
    if name[:1] in ALSO_SURNAMES and _PLAIN.fullmatch(name) and len(name) <= 3:
        return ChineseName(name[0], name[1:], "plain")
    return split(name)


def split(name: str) -> ChineseName | None:
    """Surname and given name; None for what cannot be a name.

    >>> split("欧阳小红")
    ChineseName(surname='欧阳', given='小红', kind='compound')
    >>> split("王李小明").kind, split("买买提·艾力").given
    ('double', '买买提')
    >>> split("北京") is None, split("张三李四王五") is None
    (True, True)
    """
    if not _DOT_SET.isdisjoint(name):
        if not _DOTTED.fullmatch(name):
            return None
        first, _, rest = (part.strip() for part in _partition(name))
        return ChineseName(rest, first, "dotted")
    length = len(name)
    if not (1 < length < 7 and _PLAIN.fullmatch(name)):
        return None
    several = compound()
    for size in (4, 2) if length > 4 else (2,):
        if size < length <= size + 2 and name[:size] in several:
            return ChineseName(name[:size], name[size:], "compound")
    known = single()
    if length > 4 or name[0] not in known:
        return None
    if length < 4:
        return ChineseName(name[0], name[1:], "plain")
    if name[1] in known:
        return ChineseName(name[:2], name[2:], "double")
    return None


def _partition(name: str) -> tuple[str, str, str]:
    for i, ch in enumerate(name):
        if ch in _DOTS:
            return name[:i], ch, name[i + 1 :]
    return name, "", ""


def dotted(text: str) -> bool:
    """Whether a mark that joins the parts of a name is anywhere in a text.

    >>> dotted("努尔·测试"), dotted("王小明")
    (True, False)
    """
    return not _DOT_SET.isdisjoint(text)


def dotted_end(text: str, start: int) -> int:
    """The end of a name whose parts are joined by ·, 0 if none begins there.

    >>> dotted_end("努尔·测试，", 0)
    5
    """
    m = _DOTTED.match(text, start, start + 60)
    return m.end() if m else 0


def dotted_part(name: str) -> str:
    """The front of a stretch joined by · that is the name: it ends at the first character of grammar behind the last ·.

    >>> dotted_part("努尔·吐尔逊的电话")
    '努尔·吐尔逊'
    """
    last = max(name.rfind(dot) for dot in _DOTS)
    for i in range(last + 2, len(name)):
        if name[i] in _NEVER:
            return name[:i]
    return name


def han_at(text: str, at: int) -> bool:
    """Whether a Han character that names are written with stands at a place; False beyond both ends.

    >>> han_at("小W", 0), han_at("小W", 1), han_at("小W", 2)
    (True, False, False)
    """
    if not 0 <= at < len(text):
        return False
    ch = text[at]
    return "\u4e00" <= ch <= "\u9fff" or "\u3400" <= ch <= "\u4dbf" or "\U00020000" <= ch <= "\U0003ffff"


def grammar(character: str) -> bool:
    """Whether it is a character of grammar that no given name holds.

    >>> grammar("的"), grammar("明")
    (True, False)
    """
    return character in _NEVER


def by_sound(name: str) -> float:
    """The part of a name's characters that are used to write foreign names by sound: 0 to 1.

    >>> by_sound("买买提·艾力")
    1.0
    """
    letters = [c for c in name if c not in _DOTS and not c.isspace()]
    return sum(c in _SOUNDS for c in letters) / max(len(letters), 1)


def written_by_sound(character: str) -> bool:
    """Whether it is a character that writes foreign names by sound.

    >>> written_by_sound("娜"), written_by_sound("的")
    (True, False)
    """
    return character in _SOUNDS


def possible(name: str) -> bool:
    """Whether it can be a name at all: a surname, and no grammar in the given name."""
    parts = split(name)
    return parts is not None and _possible(parts)


def _possible(parts: ChineseName) -> bool:
    return parts.kind == "dotted" or _NEVER.isdisjoint(parts.given)


def ordinary(name: str) -> bool:
    """Whether the whole is an ordinary word or the name of a division.

    >>> ordinary("高兴"), ordinary("王建国")
    (True, False)
    """
    return is_common(name) or name in places()


def typical(name: str) -> float:
    """How many of the given name's characters are usual ones: 0 to 1.

    >>> typical("王建国"), typical("北京")
    (1.0, 0.0)
    """
    parts = split(name)
    return 0.0 if parts is None else _typical(parts)


def _typical(parts: ChineseName) -> float:
    if parts.kind == "dotted":
        return 1.0
    known = given_characters()
    return sum(map(known.__contains__, parts.given)) / len(parts.given)


def frequent_surname(name: str) -> bool:
    """Whether the surname is one of the frequent or compound ones."""
    parts = split(name)
    return parts is not None and _frequent(parts)


def _frequent(parts: ChineseName) -> bool:
    return parts.kind in ("compound", "dotted") or parts.surname[0] in common()


def likeness(name: str) -> tuple[float, bool] | None:
    """``typical`` and ``frequent_surname`` of what is ``possible``, None for anything else: all three at the price of one.

    >>> likeness("王建国"), likeness("北京")
    ((1.0, True), None)
    """
    parts = split(name)
    return (_typical(parts), _frequent(parts)) if parts is not None and _possible(parts) else None
