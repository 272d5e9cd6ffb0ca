"""Where a Chinese name that a tagger marked begins and ends: what stands around it, surnames and titles tell.

A tagger that has seen most of a name now and then leaves out a rare surname or the last character of the given name, or takes
the word before or behind it along. Every step below says what must stand on both sides for it.
"""

from __future__ import annotations

import re
from functools import cache

from piiscrub.parse.names_parts import japanese, tibetan
from piiscrub.parse.names_zh import (
    by_sound,
    frequent_surname,
    grammar,
    han_at,
    ordinary,
    possible,
    split,
    typical,
    written_by_sound,
)
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.names_behind import word_behind
from piiscrub.reference.surnames import common, compound, single
from piiscrub.reference.words import given_characters, is_common, name_words
from piiscrub.text.late import late

_LEADS = frozenset("应随加找叫搵请让给问由是跟和与为对被用把按经凭凡派致祝听替陪")
_PARTICLES = frozenset("和从但于向为与同及对")
_GRAMMAR = frozenset("于在将已被把的与曰")
_ACTS = frozenset("收寄发转查打叫说曾现借欠诉等带做写拿送住家处某籍氏讲摄自代陪唱演画译编著会任称受伙失复曰泣叩")
"""What somebody does, has or is: no end of a given name."""
_SENDS = frozenset("收寄启")  # 王小明收: at the end of an address
_MAY_GO = _ACTS | _GRAMMAR | _SENDS | {"家"}
_BEHIND = frozenset(
    "的了在是把被让给将和与跟及以已也都还要会能不没就才又正为因于对向从到去来说问写做带等住拿送我你您他她这那系诉称驾患骑派吵抱拒遭"
)
_AHEAD = frozenset("的了在是把被让给将和与跟及由请找叫为向对到派问陪送接是")
_PARENTS = frozenset("父母妻夫兄弟姐妹子女")
_NOBLE = ("王子", "公主", "皇后", "伯爵", "公爵")
_CLASS = late("[0-9一二三四五六七八九十][)）]? ?班$|[0-9]{3} ?房$")
_LONGEST = 4
_TWO = 2
_LONGEST_BY_SOUND = 6
_MOSTLY = 0.6  # of the characters


def fitted(text: str, start: int, end: int, *, sure: float = 0.0) -> tuple[int, int]:
    """The name of which a tagger marked ``start`` to ``end`` (Han characters only).

    ``sure`` is how sure the tagger is, 0 to 1: from 0.9 on its ends are believed where nothing but a usual character speaks
    against them.

    >>> text = "拜托王小明"
    >>> fitted(text, 0, 5)
    (2, 5)
    >>> text = "由单于明远接手"
    >>> fitted(text, 2, 4)
    (1, 5)
    """
    if text[start:end] in compound() and (longer := _given_of_compound(text, start, end)):
        return start, longer
    whole = _whole_by_its_parts(text, start, end)
    if whole:
        return whole
    start = _without_word(text, start, end)
    start, end = _without_title(text, *_with_surname(text, start, end))
    start = _without_lead(text, start, end)
    end = _without_grammar(text, start, end)
    start = _with_compound(text, start, end)
    start = _with_first_of_two(text, start, end)
    return start, _with_last(text, start, end, sure)


def _given_of_compound(text: str, start: int, end: int) -> int:
    """Where the given name ends of which a tagger saw the surname alone: 万俟 of 万俟明月自愿; 0 if none does."""
    for size in (2, 1):
        whole = text[start : end + size]
        if len(whole) == end - start + size and possible(whole) and typical(whole) == 1 and ends_here(text, end + size):
            return 0 if word_behind(text, end) > 0 else end + size  # 欧阳主任
    field = not han_at(text, end + 2) and han_at(text, end + 1) and word_behind(text, end) <= 0
    told = begins_here(text, start) or text[start - 1] in "人员者"
    return end + 2 if field and told and not any(map(grammar, text[end : end + 2])) else 0  # 来信人欧阳建设，


def begins_here(text: str, at: int) -> bool:
    """Whether a word begins at a place: a mark or a word that announces names before it, or a word of grammar.

    >>> begins_here("联系王小明", 2), begins_here("联系王小明", 3)
    (True, False)
    """
    if at <= 0 or not han_at(text, at - 1):
        return True
    return text[at - 1] in _AHEAD or announced(text, at)


def ends_here(text: str, at: int) -> bool:
    """Whether a word ends at a place: a mark, a word of grammar, a title or an ordinary word behind it.

    >>> ends_here("王小明表示同意", 3), ends_here("王小明表示同意", 2)
    (True, False)
    """
    if not han_at(text, at) or text[at] in _BEHIND or word_behind(text, at) > 0:
        return True
    return is_common(text[at : at + 2]) and not is_common(text[at - 1 : at + 1])


def announced(text: str, at: int) -> bool:
    """Whether a word of two characters and more that announces names ends at a place.

    >>> announced("主诊单医生", 2), announced("就诊单上", 2)
    (True, False)
    """
    return any(text[max(0, at - size) : at] in _announcing() for size in (2, 3, 4, 5))


@cache
def _announcing() -> frozenset[str]:
    return frozenset(word for role in ("label", "role", "verb") for word in name_words(role) if len(word) > 1)


def _whole_by_its_parts(text: str, start: int, end: int) -> tuple[int, int] | None:
    """扎西次仁 where 次仁 was marked; 佐藤健一 where 佐藤健 was. None if it is no such name."""
    low = max(0, start - 2)
    for first, last in tibetan(text[low : end + 2]):
        if first + low <= start and last + low >= end:
            return first + low, last + low
    given, dot, _ = text[start:end].partition("·")
    if by_sound(given) == 1 and (dot or not possible(given)) and (low := _first_by_sound(text, start, end)) < start:
        return low, (_work_behind(text, start, end) if dot else 0) or end
    cut = japanese(text[start:end]) and 3 <= end - start <= 4 and not japanese(text[start : end - 1])
    if cut and han_at(text, end) and text[end] not in _ACTS and not ends_here(text, end):
        return (start, end + 1) if not is_common(text[end : end + 2]) and ends_here(text, end + 1) else None
    return None


def _first_by_sound(text: str, start: int, end: int) -> int:
    """买买提江 where 提江 was marked: a run of characters that write foreign names by sound, from a mark to a mark."""
    low = start
    while low and end - low < _LONGEST_BY_SOUND and written_by_sound(text[low - 1]):
        low -= 1
    dotted = "·" in text[start:end] and start - low == 1
    alone = not han_at(text, low - 1) or (dotted and text[low - 1] in _PARENTS)
    whole = dotted or (end - low > _TWO and not han_at(text, end))
    return low if alone and whole and not ordinary(text[low:end]) and not is_common(text[low : low + 2]) else start


def _without_word(text: str, start: int, end: int) -> int:
    """爱人王小明 becomes 王小明."""
    for size in (4, 3, 2):
        if text[start : start + size] in _announcing():
            rest = text[start + size : end]
            named = possible(rest) or "·" in rest or (len(rest) > _TWO and by_sound(rest) > _MOSTLY)
            if len(rest) > 1 and named and not ordinary(rest):
                return start + size
    return start


@cache
def _title_end() -> tuple[frozenset[str], re.Pattern[str]]:
    """What titles end with, and a search for one at the end."""
    words = sorted(name_words("title"), key=lambda w: -len(w))
    return frozenset(word[-1] for word in words), re.compile(f"(?:{'|'.join(map(re.escape, words))})$")


def _without_title(text: str, start: int, end: int) -> tuple[int, int]:
    if end - start > _LONGEST - 1 and text[end - 2 : end] in _NOBLE:
        end -= 2  # 保罗王子
    ends, title = _title_end()
    m = title.search(text, start, end) if text[end - 1] in ends else None
    if m and m.start() > start and not (len(m.group()) == 1 and m.start() - start > 1):
        return start, m.start()  # 工 behind a surname alone: 王工, but 王小工
    return start, end


def _without_lead(text: str, start: int, end: int) -> int:
    """云生 of 拜托云生, 王静 of 加王静: where the name begins."""
    name = text[start:end]
    if _of_a_class(text, start) and (possible(name[1:]) or (len(name) == 2 and word_behind(text, end) == worth.TITLE_AFTER)):
        return start + 1
    if "·" in name and is_common(name[:2]) and by_sound(name[:2]) < 1:
        return start + 2
    four = len(name) == _LONGEST and typical(name[1:]) > 0 and possible(name[1:]) and not written_by_sound(name[0])
    four = four and name[:2] not in compound() and not japanese(name)
    if four and (announced(text, start + 1) or (start and is_common(text[start - 1 : start + 1]))):
        return start + 1  # 方 of 买方, 成 of 换成
    if four and name[0] in "长员师手者" and han_at(text, start - 1) and not possible(name):
        return start + 1  # 指挥长王小明
    if name[0] in _acting() and by_sound(name[0]) == 0:
        rest = name[1:]
        plain = len(rest) == 3 and possible(rest) and frequent_surname(rest) and not japanese(name)
        foreign = len(rest) > _TWO and by_sound(rest) == 1 and not possible(name)
        if plain or foreign or ("·" in rest and by_sound(rest) > 0.6):
            return start + 1  # 致努尔·测试, 祝王小明: rather than a child with the surnames of both parents
    if len(name) > 2 and name[0] in _PARENTS and (not start or not han_at(text, start - 1)) and possible(name[1:]):
        return start + 1  # 父王小明，母
    if len(name) == _LONGEST - 1 and name[0] == "但" and name[1] in "小老阿":
        return start + 1  # 但小明
    if len(name) == _LONGEST - 1 and name[0] == "约" and possible(name[1:]) and typical(name[1:]) == 1:
        return start + 1  # 约王小明, but 约翰逊
    if possible(name) or japanese(name) or "·" in name or by_sound(name) > 0.6:
        return start
    if len(name) == _LONGEST - 1 and name[0] in _LEADS and name[1] == "阿":
        return start + 1  # 找阿强
    for size in (1, 2):
        rest = name[size:]
        word = name[:size]
        if len(rest) > 1 and possible(rest) and not ordinary(rest) and (word in _LEADS or (size > 1 and is_common(word))):
            return start + size
    return start


def _of_a_class(text: str, at: int) -> bool:
    """Whether 班 is the school class there, or 房 the room, and no surname: 2班周小明, 916房周女士."""
    return text[at] in ("班", "房") and _CLASS.search(text, max(0, at - 4), at + 1) is not None


def _without_grammar(text: str, start: int, end: int) -> int:
    """王芳 of 王芳于, of 王芳收 at the end of a line, of 王芳伙 before 同."""
    if end - start > _LONGEST - 1 and not possible(text[start:end]) and text[start : start + 2] not in compound():
        first = text[start : start + 3]
        if possible(first) and by_sound(text[start:end]) < _MOSTLY:
            word = text[start + 3 : start + 5]
            if end - start == _LONGEST and (word in _following() or is_common(word)):
                return end - 1  # 符气壮明早
            if text[start + 3] in "乃系" and typical(first) == 1:
                return start + 3  # 本人简兆麟乃
    if "·" in text[start:end] and (cut := _work_behind(text, start, end)):
        return cut
    rest, last = text[start : end - 1], text[end - 1]
    if (last in _MAY_GO or len(rest) > 3) and len(rest) > 1 and (possible(rest) or ("·" in rest and rest[-2] != "·")):
        cut = last in _ACTS or len(rest) > 3
        if cut and not ends_here(text, end) and (text[end - 1 : end + 1] in _following() or is_common(text[end - 1 : end + 1])):
            return end - 1
        if last == "家" and text[end : end + 1] in ("在", "住", "里", "的"):
            return end - 1
        if last in _GRAMMAR or last in "泣叩诉" or (last in _SENDS and not han_at(text, end)):
            return end - 1
    return end


def _work_behind(text: str, start: int, end: int) -> int:
    """Where a name written by sound ends before a word that is none: 麦麦提·托合提 of 麦麦提·托合提务农; 0 if none follows."""
    at = text.rindex("·", start, end) + 1
    low = at
    while at < end and written_by_sound(text[at]):
        at += 1
    return at if at - low > 1 and end - at == _TWO and (is_common(text[at:end]) or text[at:end] in _following()) else 0


def _with_surname(text: str, start: int, end: int) -> tuple[int, int]:
    """梦瑶 becomes 程梦瑶 if the surname stands right before it."""
    if start and end - start <= 2 and not possible(text[start:end]):
        whole = text[start - 1 : end]
        at_edge = start == 1 or not (text[start - 2].isalnum() or text[start - 2] == "·")
        if at_edge and possible(whole) and typical(whole) > 0:
            return start - 1, end
        before = text[start - 1]
        listed = start > 1 and text[start - 2] in "有由请让叫是找"
        usual = before in common() - _PARTICLES and possible(whole) and typical(whole) == 1
        if usual and (listed or not (start > 1 and is_common(text[start - 2 : start]))):
            return start - 1, end
    return start, end


def _with_compound(text: str, start: int, end: int) -> int:
    """单于明 where 于明 was marked, 范姜小明 where 小明 was."""
    for before in (2, 1):
        at = start - before
        if at < 0 or end - at > _LONGEST + 1 or text[at : at + 2] not in compound():
            continue
        given = text[at + 2 : end]
        if not given or not possible(text[at : at + 2] + given[-2:]):
            continue
        of_a_parent = at and text[at - 1] in _PARENTS and not han_at(text, at - 2)  # 父端木明
        if begins_here(text, at) or of_a_parent or is_common(text[at - 2 : at]):
            return at
    return start


def _with_first_of_two(text: str, start: int, end: int) -> int:
    """欧 of 欧王小明, a child with the surnames of both parents, or a rare surname before two characters that hold another."""
    at = start - 1
    if at < 0 or end - at > _LONGEST or text[at] not in single() or text[at] in _acting() or grammar(text[at]):
        return start
    if _of_a_class(text, at):
        return start
    whole = text[at:end]
    alone = at == 0 or not han_at(text, at - 1) or (begins_here(text, at) and not is_common(text[at - 1 : start]))
    if alone and possible(whole) and not ordinary(whole) and not is_common(text[at : at + 2]) and typical(whole) > 0:
        return at
    return start


_SURE = 0.9


def _with_last(text: str, start: int, end: int, sure: float) -> int:
    """王小 before 明 and a word of its own becomes 王小明."""
    name = text[start:end]
    if not han_at(text, end):
        return end
    if "·" in name:
        return end + 1 if name[-2] == "·" and ends_here(text, end + 1) else end
    last = text[end]
    if last in _ACTS or (len(name) == 3 and name[1] not in single() and name[:2] not in compound()):
        return end
    parts = split(name)
    if parts is None or parts.kind not in ("plain", "compound", "double"):
        return end
    rare = parts.kind == "plain" and len(parts.given) == 2 and name[1] in single()  # 欧王明: the last of two surnames
    if len(parts.given) != 1 and not rare:
        return end
    whole = text[start : end + 1]
    dated = text[end + 1 : end + 2] == "于" and text[end + 2 : end + 3].isdigit()  # 古小基于2006年
    if not possible(whole) or (is_common(text[end : end + 2]) and not dated) or _word_of_two(text, end):
        return end
    usual = last in given_characters()
    if not ends_here(text, end + 1) or not (usual or not han_at(text, end + 1)):
        return end
    if rare and (sure >= _SURE or not usual):
        return end
    return end + 1


def _word_of_two(text: str, at: int) -> bool:
    """Whether a title or another word that follows names begins at a place."""
    return any(text[at : at + size] in _following() for size in (2, 3, 4))


@cache
def _acting() -> frozenset[str]:
    """Characters that do something with a person when they stand before a name."""
    return _LEADS | _PARTICLES | _AHEAD | {word for word in name_words("verb") if len(word) == 1}


@cache
def _following() -> frozenset[str]:
    return frozenset(word for role in ("title", "data", "says", "verb") for word in name_words(role) if len(word) > 1)
