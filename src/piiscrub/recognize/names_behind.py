"""What stands behind a Chinese name: a title, a number, a mark, what somebody does; each says more or less for the name."""

from __future__ import annotations

from functools import cache

from piiscrub.recognize import named_scores as worth
from piiscrub.reference.words import is_common, name_words
from piiscrub.text.late import late

DIGITS = late(
    r"[\s,，:：/（(、|\-<]{0,3}(?:📱|☎|Tel|tel|手机|电话|身份证|TEL)?[:：]?\s?(?:\+?86[- ]?)?(?:1[3-9][0-9][- *]?[0-9*]|"
    r"[0-9*]{7}|0[0-9]{2,3}[- ]?[0-9]{7})|[ ]?[<（(]?[A-Za-z0-9._\-]{1,40}@[A-Za-z0-9]"
)
_PLACE = late(
    "[路街巷弄村镇鄉乡区區县縣市省州桥山河湖江店厂寺庙园院站]|大[道街桥学厦]|公司|集团|有限|银行(?![卡账帐预])|医院|酒"
    "店|商[店场城]|超市|饭店|国际|科技"
)
_PLACE_STARTS = frozenset("路街巷弄村镇鄉乡区區县縣市省州桥山河湖江店厂寺庙园院站大公集有银医酒商超饭国科")
SEX = late("[，,、\\s（(/|]{1,2}(?:性别[：:]?)?[男女](?![\u4e00-\u9fff])")
EDGES = frozenset("，。、；：,;:!！?？\n\r\t )）(（】]」』\"”'’<>《》|/~～…—-+=*#")

WORD_BEGINS = 0.10  # what it adds that an ordinary word begins behind a name


@cache
def telling_behind() -> dict[str, tuple[tuple[str, str], ...]]:
    """Words that follow names, with what they are, by their first character; the longest first."""
    filed: dict[str, list[tuple[str, str]]] = {}
    for role in ("title", "data", "says"):
        for word in name_words(role):
            filed.setdefault(word[0], []).append((word, role))
    return {key: tuple(sorted(words, key=lambda w: -len(w[0]))) for key, words in filed.items()}


def is_han(ch: str) -> bool:
    """Whether it is a Chinese character of names."""
    return "\u4e00" <= ch <= "\u9fff"


def is_edge(ch: str) -> bool:
    """Whether no name goes on there."""
    return ch in EDGES or not (ch.isalnum() or ch == "·")


def acts(text: str, at: int) -> bool:
    """Whether a telling word of two and more characters stands there."""
    return any(len(word) > 1 and text.startswith(word, at) for word, _ in telling_behind().get(text[at], ()))


def behind(text: str, end: int) -> float:
    """The weight of what follows a name."""
    if end >= len(text):
        return worth.EDGE_AFTER
    ch = text[end]
    han = is_han(ch)
    if (not han or ch in "手电身") and DIGITS.match(text, end):
        return worth.DIGITS_AFTER
    if ch in _PLACE_STARTS and _PLACE.match(text, end):
        return worth.PLACE_AFTER
    score = worth.NOTHING_AFTER
    if not han and is_edge(ch):
        score = worth.DATA_AFTER if SEX.match(text, end) else worth.EDGE_AFTER
        rest = end + 1 if ch in " （(，,：:" else len(text)
        if rest < len(text):
            score = max(score, word_behind(text, rest, data_only=True))
        return score
    if ch.isascii():
        return worth.EDGE_AFTER if ch.isalpha() else worth.NOTHING_AFTER
    score = max(score, word_behind(text, end))
    if score <= worth.SAYS_AFTER and is_common(text[end - 1 : end + 1]):
        score += worth.CUTS_A_WORD
    elif score < 0 and is_common(text[end : end + 2]):
        score += WORD_BEGINS
    return score


def word_behind(text: str, at: int, *, data_only: bool = False) -> float:
    """What a word that follows names, such as a title, says for a name before it; below 0 if there is none."""
    if at >= len(text):
        return worth.NOTHING_AFTER
    for word, role in telling_behind().get(text[at], ()):
        if text.startswith(word, at):
            if role == "title":
                return worth.TITLE_AFTER if not data_only else 0.0
            if role == "data":
                return worth.DATA_AFTER
            return worth.SAYS_AFTER if not data_only else 0.0
    return worth.NOTHING_AFTER
