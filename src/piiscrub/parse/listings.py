"""Names in lists of things: what stands on a menu, a playlist or among varieties of rice is nobody's name."""

from __future__ import annotations

import re
from functools import cache

from piiscrub.reference.tables import alternatives
from piiscrub.reference.words import is_listed
from piiscrub.text.late import late

_BACK = 400  # characters before a name in which the word for its list may stand
_FEW = 3  # titles, quotations or separators that make a list
_TITLE = 24  # characters of the title of a work
_LINKED = late("(?:by|for|from|to|of|with) $")  # songs: … by Jane Doe
_JOINTS = frozenset("、，, ")
_BETWEEN = (re.compile("[、；;]|》《|》、"), re.compile("[,;]"))  # commas part the fields of a Chinese line, too
_REACHED = late(
    r"[\s(（，,：:<]{0,3}(?:(?:\+?86[- ]?)?1[3-9][0-9]{2}|\+?[(]?[0-9]{3}[)]?[- ][0-9]{3}|[\w.+-]{1,40}@)"
    "|先生|女士|老师|经理|师傅"
)
_SINGLES = late(r"(?:[\u4e00-\u9fff]、){2,}$")
_COUNTS = frozenset("一二两三四五六七八九十数几诸各等")
_TEST = 60  # characters to both sides in which another word is given its sound
_CODES = late(r"(?:[A-Z]{2,6}, ){3,}[A-Z]{2,6}(?:,? (?:and|&) [A-Z]{2,6})?(?![A-Za-z])")
_NUMBERED = late("[A-Za-z0-9]$")
_PRONOUNCED = late("[(（][a-zü]{0,5}[āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ][a-zü]{0,4}(?:[ ·][a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,6}){0,3}[)）]")


@cache
def _heads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The word for a list of things and the list up to a name: in Chinese, in English."""
    zh, en = alternatives("things_zh", "list"), alternatives("name_cues_en", "list_of_things")
    return (
        re.compile(f"(?:{zh})[^，。；、：:\n]{{0,6}}[：:][^。：:\n]*$"),
        re.compile(rf"(?:^|[.!?\n]\s?)(?:[A-Z][a-z]+ )?(?i:{en})(?: [A-Za-z0-9]+){{0,3}}:(?:(?![.!?]\s)[^:\n])*$"),
    )


def in_listing(text: str, start: int, end: int) -> bool:
    """Whether a name stands in a list of things.

    >>> menu = "Menu: Garden salad 9, Peach Jane 8, Apple pie 7, Tea 3"
    >>> in_listing(menu, 22, 32), in_listing("Team: Jane Roe, Ali Doe, Kim Poe", 6, 14)
    (True, False)
    >>> in_listing("秦、楚、韩七国", 4, 7), in_listing("黄晕(yùn) 粗犷(guǎng)", 0, 2)
    (True, True)
    """
    if text[start] < "\u0250":
        return _announced(text, start, end, 1) or _among_codes(text, start, end)
    if _SINGLES.search(text[max(0, start - 8) : start]) and text[start + 1] in _COUNTS:
        return True
    if _PRONOUNCED.match(text, end) and len(_PRONOUNCED.findall(text, max(0, start - _TEST), end + _TEST)) > 1:
        return True
    return _announced(text, start, end, 0) or _among_titles(text, start, end) or _among_varieties(text, start, end)


def _announced(text: str, start: int, end: int, language: int) -> bool:
    low = max(0, start - _BACK)
    if ":" not in text[low:start] and "：" not in text[low:start]:
        return False
    if _REACHED.match(text, end) or (language and _LINKED.search(text, max(0, start - 5), start)):
        return False
    m = _heads()[language].search(text, low, start)
    if m is None:
        return False
    line = text.find("\n", start, start + _BACK)
    return len(_BETWEEN[language].findall(text, m.start(), line if line >= 0 else start + _BACK)) >= _FEW


def _among_codes(text: str, start: int, end: int) -> bool:
    """Whether a word in capitals stands among several such words that are no names: ABCD, ROSE, XYZ and MARK."""
    if not text[start:end].isupper() or " " in text[start:end]:
        return False
    for m in _CODES.finditer(text, max(0, start - 60), end + 60):
        if m.start() <= start and end <= m.end():
            words = re.findall("[A-Z]{2,}", m.group())
            return 2 * sum(not (is_listed(word, "given") or is_listed(word, "surname")) for word in words) >= len(words)
    return False


def _enclosed(text: str, start: int, end: int, left: str, right: str) -> tuple[int, int] | None:
    """The marks around a name, which is all or part of what stands between."""
    a = text.rfind(left, max(0, start - _TITLE), start)
    b = text.find(right, end, end + _TITLE)
    if a < 0 or b < 0 or text.find(right, a, start) >= 0 or text.find(left, end, b) >= 0:
        return None
    return a, b + 1


def _neighbours(text: str, a: int, b: int, left: str, right: str) -> list[str]:
    """What stands between such marks right before and right behind."""
    out = []
    before, behind = text[max(0, a - 2) : a], text[b : b + 2]
    close = a - 1 if before[-1:] == right else a - 2 if before[:1] == right and before[-1:] in _JOINTS else -1
    if close > 0 and (opened := text.rfind(left, max(0, close - _TITLE), close)) >= 0:
        out.append(text[opened + 1 : close])
    opened = b if behind[:1] == left else b + 1 if behind[1:] == left and behind[:1] in _JOINTS else -1
    if opened > 0 and (close := text.find(right, opened, opened + _TITLE)) >= 0:
        out.append(text[opened + 1 : close])
    return out


def _among_titles(text: str, start: int, end: int) -> bool:
    """Whether it stands in the title of a work among others: 《某某的歌》《…》; what an office or a firm wrote is no work."""
    if (marks := _enclosed(text, start, end, "《", "》")) is None:
        return False
    a, b = marks
    papers = re.compile(alternatives("things_zh", "paper"))
    titles = [text[a + 1 : b - 1], *_neighbours(text, a, b, "《", "》")]
    return len(titles) > 1 and not any(papers.search(title) for title in titles)


def _among_varieties(text: str, start: int, end: int) -> bool:
    """Whether it is quoted among quotations some of which end with a number: “黄某占”“龙粳31”."""
    marks = _enclosed(text, start, end, "“", "”")
    if marks is None or marks != (start - 1, end + 1):
        return False
    return any(_NUMBERED.search(other) for other in _neighbours(text, *marks, "“", "”"))
