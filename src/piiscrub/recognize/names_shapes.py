"""Chinese names that their shape or their neighbours tell: spaced characters, Tibetan words, items beside names in a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.parse.names_parts import spaced, tibetan
from piiscrub.parse.names_zh import (
    HAN,
    frequent_surname,
    grammar,
    han_at,
    ordinary,
    possible,
    split_known,
    typical,
    written_by_sound,
)
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.names_behind import word_behind
from piiscrub.recognize.names_edges import begins_here
from piiscrub.recognize.near import Near
from piiscrub.recognize.ner.tagger import LOCATION, Span
from piiscrub.reference.places import places
from piiscrub.reference.surnames import single
from piiscrub.reference.tables import rows
from piiscrub.reference.words import is_common, is_listed, name_words
from piiscrub.text.late import late

_ID = "names"
_ITEM = rf"[{HAN}]{{2,4}}"
_STRONG = r"\s?[、；;/|]\s?|以及|和|与|及|还有|跟"
_WEAK = r"\s?[，,]\s?|[ \t]{1,3}"
_NEXT = late(rf"(?P<sep>{_STRONG}|{_WEAK})(?:以及|和|与|及)?(?P<item>{_ITEM}?)(?={_STRONG}|{_WEAK}|[。！？!?\n)）等]|$)")
_LAST = late(rf"(?:^|[：:、，,；;\n（(有由为请让\s])(?P<item>{_ITEM})(?P<sep>{_STRONG}|{_WEAK})$")
_LEAD = r"[\[（(【>-]?\s?(?:[0-9]{1,3}[.、)）:]\s?|(?:[0-9]{1,2}:[0-9]{2}[\])）]?\s?))?"
_LINE = late(rf"^(?P<lead>{_LEAD})(?P<item>{_ITEM})(?P<tail>\s?[：:]|[ \t]{{1,3}}(?=[0-9+])|\s?$)", re.MULTILINE)
_NAME = late(r"姓\s{0,4}名[\s:：]{0,8}\Z")
_MOST = 300  # steps through one list


def shaped(text: str, seen: Sequence[Span] | None) -> Iterator[Finding]:
    """Spaced names and names of two Tibetan words; ``seen`` are the persons of a tagger, None if none ran."""
    covered = {at for s in seen or () for at in range(s.start, s.end)}
    apart = {s.start for s in seen or () if s.end - s.start == 1}  # taggers see each character of a spaced name apart
    for start, end in spaced(text):
        letters = "".join(text[start:end].split())
        labelled = _NAME.search(text, max(0, start - 16), start) is not None
        if ordinary(letters) or not (possible(letters) or (labelled and split_known(letters))):
            continue
        if labelled and is_common(letters[1:]):
            continue  # 姓 名 和 地 址
        edges = not han_at(text, start - 1) and not han_at(text, end)
        tagged = not apart.isdisjoint(range(start, end))
        if tagged or labelled or (edges and (len(letters) > 2 or (frequent_surname(letters) and typical(letters) == 1))):
            yield Finding("PERSON", start, end, worth.SPACED if tagged else worth.SPACED_ALONE, _ID, "spaced")
    for start, end in tibetan(text):
        tagged = not covered.isdisjoint(range(start, end))
        if tagged or not (_word_at(text, start - 1) and _word_at(text, end)):
            yield Finding("PERSON", start, end, worth.SPACED if tagged else worth.SPACED_ALONE, _ID, "tibetan")


_TITLED = late(
    "(?:先生|女士|小姐|太太|博士|教授|(?P<land>王子|公主|国王|女王|伯爵|公爵|将军|元帅|总统|首相|总理))(?!号|岛|湾|裙|病|抱)"
)
_LEADS = frozenset("致约见问找请陪给让")
_REIGN = late("(?P<reign>[一二三四五六七八九十]{1,2}世)(?![纪界代人家])")
_MOST_BY_SOUND, _TWO = 6, 2


def by_sound_names(text: str, spans: Sequence[Span]) -> Iterator[Finding]:
    """乔治王子, 玛丽亚女士, 约翰十二世: characters that write foreign names by sound, from a word's beginning to a title.

    ``spans`` come from a tagger: a king may be one of a land (西西里国王).

    >>> text = "致玛丽亚女士，约翰十二世，乔治王子，二十世纪"
    >>> [text[f.start : f.end] for f in by_sound_names(text, [])]
    ['玛丽亚', '乔治', '约翰十二世']
    """
    lands: Near[Span] | None = None
    titled = _TITLED.finditer(text) if any(sign in text for sign in _TITLE_SIGNS) else ()
    for m in (*titled, *(_REIGN.finditer(text) if "世" in text else ())):
        start = _by_sound_from(text, m.start(), noble=m.lastgroup is not None)
        if start == m.start() or ordinary(text[start : m.start()]):
            continue
        if m.lastgroup == "land":
            lands = lands or Near(s for s in spans if s.label == LOCATION)
            if text[start : m.start()] in _lands() or lands(start, m.start()):
                continue
        end = m.end() if m.lastgroup == "reign" else m.start()
        yield Finding("PERSON", start, end, worth.GREETING, _ID, "by sound", context=("title",))


_TITLE_SIGNS = ("生", "士", "小", "太", "授", "王", "公", "爵", "军", "总", "相")


@cache
def _lands() -> frozenset[str]:
    """The Chinese names of countries."""
    return frozenset(row[1] for row in rows("countries"))


def _by_sound_from(text: str, end: int, *, noble: bool) -> int:
    """Where the run of such characters begins that ends here, long as a name and behind another word; else ``end``."""
    start = end
    while start and end - start <= _MOST_BY_SOUND and written_by_sound(text[start - 1]):
        start -= 1
    if end - start > _TWO and text[start] == "比" and text[start + 1] != "尔":
        start += 1  # 比乔治王子年幼
    name = text[start:end]
    if text[start - 1 : start] == "·":
        return end  # the last part of a longer name
    plain = not noble and possible(name) and len(name) < 4 and not han_at(text, start - 1)  # 马莎女士: a name like others
    if plain or not _TWO <= len(name) <= _MOST_BY_SOUND:
        return end
    begins = begins_here(text, start) or text[start - 1] in _LEADS or (start > 1 and is_common(text[start - 2 : start]))
    return start if begins and not is_common(text[start - 1 : start + 1]) and not is_common(name[:2]) else end


@cache
def _latin_before() -> tuple[re.Pattern[str], frozenset[str]]:
    """A word in Latin letters before a surname, and the surnames that may stand right behind it."""
    return re.compile(
        f"[A-Z](?<![A-Za-z0-9@_.-][A-Z])[a-z]{{2,11}}(?= ?[{''.join(sorted(single() - name_words('word_too')))}])"
    ), name_words("behind_latin") | name_words("clearly")


def before_surname(text: str) -> Iterator[Finding]:
    """A given name in Latin letters before a Chinese surname: right before one and what somebody does, or both alone.

    >>> text = "Cindy谭说，Amy方便，Leo张总，Peter 陈、Tom 和 Amy"
    >>> [text[f.start : f.end] for f in before_surname(text)]
    ['Cindy谭', 'Peter 陈']
    """
    pattern, usual = _latin_before()
    for m in pattern.finditer(text):
        at = m.end() + (text[m.end()] == " ")
        end = at + 1
        if not is_listed(m.group(), "given"):
            continue
        if not han_at(text, end):
            yield Finding("PERSON", m.start(), end, worth.NAMES_KNOWN + 0.05, _ID, "surname behind")
            continue
        if at > m.end() or text[at] not in usual or is_common(text[at : end + 1]) or text[end : end + 1] in name_words("short"):
            continue
        behind = word_behind(text, end)
        if 0 < behind < worth.TITLE_AFTER or is_common(text[end : end + 2]):
            yield Finding("PERSON", m.start(), end, worth.GREETING, _ID, "surname behind")


_SPEAKER = late(
    rf"^(?P<who>[{HAN}]{{2,4}})(?:[(（][^()（）\n]{{1,10}}[)）])?[ \t]{{1,3}}"
    r"(?:20[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?[ T]?)?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?[ \t]*\n(?=[^\n])",
    re.MULTILINE,
)
_BY_NAME = frozenset("老小阿")


def speakers(text: str) -> Iterator[Finding]:
    r"""Who speaks in an exported chat: a name, the time of day and the end of the line, what was said below.

    A line of a programme looks the same (早餐 08:00); a word is somebody's name there if it speaks twice.

    >>> text = "米粒 10:02\n在吗\n老晋 10:03\n在\n米粒 10:05\n好\n早餐 11:00\n一楼"
    >>> [text[f.start : f.end] for f in speakers(text)]
    ['米粒', '老晋', '米粒']
    """
    if "\n" not in text or ":" not in text:
        return
    found = list(_SPEAKER.finditer(text))
    who = [m["who"] for m in found]
    often = {name for name, times in Counter(who).items() if times > 1}
    nobody = name_words("no_speaker") | name_words("role") | name_words("title")
    for m, name in zip(found, who, strict=True):
        called = name[0] in _BY_NAME and len(name) == 2
        known = called or (possible(name) and not ordinary(name)) or name in often
        if len(found) > 1 and known and name not in nobody:
            yield Finding("PERSON", *m.span("who"), worth.GREETING, _ID, "speaker", context=("speaker",))


def _word_at(text: str, at: int) -> bool:
    """Whether a character is part of a word that a name could be a piece of."""
    return han_at(text, at) and not grammar(text[at]) and text[at] not in "和"


def beside(text: str, persons: Sequence[Finding]) -> Iterator[Finding]:
    """Items of a list or of lines of one form that stand beside names and can be names themselves."""
    sure = [f for f in persons if f.score >= worth.LIST_FROM and han_at(text, f.start)]
    known = {f.start for f in persons}
    many = len(sure) > 1
    for f in sure:
        yield from _rightwards(text, f, known, many=many)
        yield from _leftwards(text, f, known, many=many)
    yield from _between(text, sure, known, {f.start for f in persons if f.score >= worth.LIST_FROM})
    if sure and "\n" in text:
        yield from _lines(text, sure, known)


_MIDDLE = late(rf"(?P<sep>、|[，,] ?)(?P<item>{_ITEM})(?P=sep)")
_COUNTED = late(rf"(?:[、和与及])(?P<item>{_ITEM}?)(?=(?:等)?[两二三四五六七八九十][位人名]|两个人)")


def _between(text: str, sure: Sequence[Finding], known: set[int], starts: set[int]) -> Iterator[Finding]:
    """王小明、高兴、李小红: an ordinary word between two names is one."""
    for f in sure:
        m = _MIDDLE.match(text, f.end)
        if m and m.end() in starts and m.start("item") not in known and _between_two(m):
            known.add(m.start("item"))
            yield Finding("PERSON", m.start("item"), m.end("item"), worth.LISTED, _ID, "list")
        m = _COUNTED.match(text, f.end)  # 王小明、时光两位
        post = m is not None and m["item"] in name_words("title") | name_words("role")
        if m and not post and m.start("item") not in known and possible(m["item"]) and m["item"] not in places():
            known.add(m.start("item"))
            yield Finding("PERSON", m.start("item"), m.end("item"), worth.LISTED, _ID, "list")


def _between_two(m: re.Match[str]) -> bool:
    """Whether an item between two names can be one: an ordinary word only where 、 divides them."""
    item = m["item"]
    return possible(item) and item not in places() and (m["sep"] == "、" or not ordinary(item))


def _rightwards(text: str, f: Finding, known: set[int], *, many: bool) -> Iterator[Finding]:
    at = f.end
    for _ in range(_MOST):
        m = _NEXT.match(text, at)
        if m is None or m.start("item") in known or not _fits(m["item"], m["sep"], many=many):
            return
        known.add(m.start("item"))
        yield Finding("PERSON", m.start("item"), m.end("item"), worth.LISTED, _ID, "list")
        at = m.end("item")


def _leftwards(text: str, f: Finding, known: set[int], *, many: bool) -> Iterator[Finding]:
    at = f.start
    for _ in range(_MOST):
        m = _LAST.search(text, max(0, at - 9), at)
        if m is None or m.start("item") in known or not _fits(m["item"], m["sep"], many=many):
            return
        known.add(m.start("item"))
        yield Finding("PERSON", m.start("item"), m.end("item"), worth.LISTED, _ID, "list")
        at = m.start("item")


_CLEAR = late(_STRONG)


def _fits(item: str, separator: str, *, many: bool) -> bool:
    if not possible(item) or ordinary(item):
        return False
    if _CLEAR.fullmatch(separator):
        return typical(item) > 0 or many
    return typical(item) == 1 and (many or frequent_surname(item))


def _lines(text: str, sure: Sequence[Finding], known: set[int]) -> Iterator[Finding]:
    """王小明： … in one line, and a name in the same place of another."""
    lines = list(_LINE.finditer(text))
    names = {(f.start, f.end) for f in sure}
    shapes = {_shape(m) for m in lines if m.span("item") in names}
    for m in lines:
        item = m["item"]
        if m.start("item") not in known and _shape(m) in shapes and possible(item) and not ordinary(item):
            known.add(m.start("item"))
            yield Finding("PERSON", m.start("item"), m.end("item"), worth.LISTED, _ID, "line")


def _shape(m: re.Match[str]) -> tuple[str, str]:
    return re.sub("[0-9]+", "0", m["lead"]), m["tail"].strip() or ("end" if not m["tail"] else "gap")
