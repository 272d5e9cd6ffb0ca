"""Whether both sides of a Chinese word say that it is somebody: 化名小尤，, （朵朵，6岁）, 收银员仝梅态度.

A word for what somebody is need not be listed: most end in one of a few characters (员, 人, 师). That says too little
alone, and is asked only where a tagger thought of a person, too.
"""

from __future__ import annotations

from piiscrub.parse.names_zh import grammar, han_at
from piiscrub.recognize.names_behind import is_edge, word_behind
from piiscrub.recognize.names_data_keys import key_before
from piiscrub.recognize.names_edges import announced, ends_here
from piiscrub.reference.surnames import compound, single
from piiscrub.reference.words import is_common, name_words
from piiscrub.text.late import late

_WHO = frozenset("人员者师警嫂徒")
"""What words for somebody end with."""
_NOBODY = frozenset("或者 再者 前者 后者 令人 让人 使人 惊人 动人 感人 迷人 有人 无人 没人 别人 人人 报警 出师".split())
_CALLED = late('(?:叫|名|化名|绰号|外号|人称|署名|落款)(?:是|为|叫|做)?[：:“"「 ]{0,2}$')
_AGED = late("[，,、 （(]{1,2}(?:男|女|今年)?[，, ]?[0-9]{1,3}(?:周?岁|个月)|[，,（( ]{1,2}[男女](?:$|[，,）)、 ])")
_MARKS = frozenset('：:；; "“「『（(【[，,、@#>\n　')
_GRAMMAR = frozenset("的了吗呢吧么嘛啊呀哦您我你他她它们这那哪谁什很太都还又再被让跟与或且但而所若把给没不无是")
_ALSO_GIVEN = frozenset("来有元年时前里")
"""Characters of grammar that end given names, too: 福来, 有年."""
_PARENTS = ("妈妈", "爸爸", "奶奶", "爷爷", "外婆", "外公", "家长")
_SHORTEST, _LONGEST = 2, 4


def told_on_both_sides(text: str, start: int, end: int) -> bool:
    """Whether a role, a label or 叫 stands right before a word, and a mark or what somebody does behind it.

    >>> text = "收银员仝梅态度恶劣，民警赶到现场"
    >>> told_on_both_sides(text, 3, 5), told_on_both_sides(text, 12, 14)
    (True, False)
    """
    name = text[start:end]
    han = all(han_at(text, at) for at in range(start, end))
    if not (han and _SHORTEST <= len(name) <= _LONGEST and _GRAMMAR.isdisjoint(name)):
        return False
    if (grammar(name[-1]) and name[-1] not in _ALSO_GIVEN) or (name in compound() and word_behind(text, end) > 0):
        return False  # 民警赶到, 老人公孙大娘
    if text.startswith(_PARENTS, end) or any(name[at:] in name_words("title") for at in (1, 2)):
        return False  # 糖糖妈妈, 邢先生: forms of address
    if len(name) == _SHORTEST and name[0] in "小老" and name[1] in single():
        return _CALLED.search(text, max(0, start - 8), start) is not None  # 徒弟小翁
    if any(name in name_words(role) for role in ("value", "role", "title", "label", "says", "data", "verb")):
        return False
    if _AGED.match(text, end):
        return not han_at(text, start - 1) or _somebody_before(text, start)
    return _somebody_before(text, start) and (not han_at(text, end) or ends_here(text, end))


def _somebody_before(text: str, at: int) -> bool:
    """Whether what stands before a place says that somebody is named there."""
    if _CALLED.search(text, max(0, at - 8), at) or key_before(text, at):
        return True
    low = at
    while low and text[low - 1] in _MARKS and at - low < _SHORTEST:
        low -= 1
    if not low or (low < at and not is_edge(text[low])):
        return False
    if announced(text, low):
        return low == at or text[low] in '：: 　"“（('
    who = low == at and text[at - 1] in _WHO and han_at(text, at - 2)
    return who and text[at - 2 : at] not in _NOBODY and not is_common(text[at - 1 : at + 1])
