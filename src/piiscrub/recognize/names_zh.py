"""Chinese names by rule: what stands before, what follows, and the name itself each add to the score.

Two searches of one pass say where a name may begin: behind a word that announces one, and at a surname with a telling
word or a long number close behind. All weights stand in named_scores.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from piiscrub.parse.names_zh import (
    HAN,
    by_sound,
    dotted,
    dotted_end,
    dotted_part,
    frequent_surname,
    grammar,
    likeness,
    ordinary,
    possible,
    typical,
    written_by_sound,
)
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.names_behind import (
    DIGITS,
    EDGES,
    SEX,
    WORD_BEGINS,
    acts,
    behind,
    is_edge,
    is_han,
    telling_behind,
    word_behind,
)
from piiscrub.recognize.names_columns import columns
from piiscrub.recognize.names_counties import names_somebody
from piiscrub.recognize.names_data_keys import announced
from piiscrub.reference.places import places
from piiscrub.reference.surnames import compound, single
from piiscrub.reference.words import given_characters, is_common, name_words
from piiscrub.text.late import late

_RUN = late(f"[{HAN}]+")
_COLON_STARTS = frozenset(" \t\n：:=】]|是为\"“'「【(（")
_COLON = late(r"[ \t]?(?:[：:=】\]|]|是|为|\"\s?:\s?\")[ \t\"“'「【]{0,3}|[ \t\n“\"'「【(（]{1,3}")


class Candidate(NamedTuple):
    """A stretch that may be a name, and why. ``cue`` is the word that spoke for it, "" if none did."""

    start: int
    end: int
    score: float
    cue: str
    labelled: bool


@cache
def _before() -> tuple[re.Pattern[str], dict[str, tuple[tuple[str, str], ...]]]:
    """A search for the places where a word that announces a name may begin, and these words by their first two characters."""
    filed: dict[str, list[tuple[str, str]]] = {}
    single_words: list[str] = []
    for role in ("label", "role", "verb"):
        for word in name_words(role):
            if len(word) == 1:
                single_words.append(word)
            filed.setdefault(word[:2], []).append((word, role))
    first = "".join(sorted({re.escape(key[0]) for key in filed if len(key) > 1}))
    second = "".join(sorted({re.escape(key[1]) for key in filed if len(key) > 1}))
    ones = "".join(re.escape(word) for word in single_words)
    names = "".join(sorted(single()))
    pattern = re.compile(f"[{first}{ones}](?:(?=[{second}])|(?<=[{ones}])(?=[{names}]))")
    return pattern, {key: tuple(sorted(words, key=lambda w: -len(w[0]))) for key, words in filed.items()}


@cache
def _telling() -> re.Pattern[str]:
    """A surname and one to three characters with a title, a long number or a word of data behind."""
    words = sorted(name_words("title") | name_words("data"), key=lambda w: (-len(w), w))
    following = "|".join(map(re.escape, words))
    ones = "".join(re.escape(word) for word in words if len(word) == 1)
    firsts, seconds = ("".join(sorted({re.escape(word[at]) for word in words if len(word) > 1})) for at in (0, 1))
    word = f"[{firsts}](?=[{seconds}])(?<=(?=(?:{following}))[{firsts}])" + (f"|[{ones}]" if ones else "")
    return re.compile(f"[{''.join(sorted(_firsts()))}](?=[{HAN}]{{1,3}}?(?:{word}|[\\s:：/（(,，]{{0,2}}(?:\\+?86[- ]?)?[0-9]))")


@cache
def _firsts() -> frozenset[str]:
    """What surnames begin with."""
    return single() | {name[0] for name in compound()}


@cache
def _at_edges() -> re.Pattern[str]:
    """A mark, a space or a line end with a surname behind."""
    firsts = "".join(sorted(_firsts()))
    return re.compile(f"[{re.escape(''.join(sorted(EDGES | {'@', '*', '_', '.'})))}](?=[{firsts}][{HAN}])")


def candidates(text: str) -> Iterator[Candidate]:
    """Every place where a name may stand, with its best length; they may overlap."""
    seen: dict[int, float] = {}
    size, dots, firsts = len(text), dotted(text), _firsts()
    for start, left, cue, labelled in _starts(text):
        if start >= size or seen.get(start, -1.0) >= left:
            continue
        seen[start] = left
        if dots and (end := dotted_end(text, start)):
            best = _dotted(text, start, end, left, cue, labelled)
        else:
            best = (_best if text[start] in firsts else _doubled)(text, start, left, cue, labelled)
            if left >= worth.ROLE and (best is None or best.score < worth.UNSEEN) and written_by_sound(text[start]):
                best = _by_sound(text, start, left, cue, labelled) or best
            if best is None and left >= worth.LABEL_BARE and cue:
                best = _unlisted(text, start, cue, labelled)
        if best is not None:
            yield best


def _starts(text: str) -> Iterator[tuple[int, float, str, bool]]:
    """Where a name may begin: the place, the weight of what stands before it, the word, whether that is a label."""
    search, filed = _before()
    for m in search.finditer(text):
        at = m.start()
        two, one = filed.get(text[at : at + 2], ()), filed.get(text[at], ())
        for word, role in (*two, *one) if two or one else ():
            if not text.startswith(word, at):
                continue
            end = at + len(word)
            joint = _COLON.match(text, end) if text[end : end + 1] in _COLON_STARTS else None
            start = joint.end() if joint else end
            if role == "label":
                yield start, worth.LABEL if joint else worth.LABEL_BARE, word, joint is not None
            elif role == "role":
                yield start, worth.LABEL_BARE if joint and not joint.group().isspace() else worth.ROLE, word, False
            else:
                yield start, worth.VERB, word, False
            if joint and role != "verb":
                yield from _listed(text, start, word)
            break
    if "\n" in text:
        yield from columns(text)
    for m in _at_edges().finditer(text):
        yield m.start() + 1, *announced(text, m.start() + 1)
    if text:
        yield 0, worth.EDGE, "", False
    if "班" in text:
        for m in _OF_CLASS.finditer(text):
            yield m.end(), worth.ROLE, _CLASS, False
    for m in _telling().finditer(text):
        if m.start() and not is_edge(text[m.start() - 1]):
            yield m.start(), worth.NO_LEFT, "", False


_CLASS = "班"
_OF_CLASS = late(f"[)）0-9一二三四五六七八九十](?=[ ]?班[{HAN}])[ ]?班(?!班)")
_SAID = frozenset("那能都应")
"""Surnames that begin what somebody says much more often than a name."""


_LIST = late(rf"(?:[{HAN}·]{{2,8}}(?:\s?[、，,；;/]\s?|[ \t]{{1,3}}|\n)(?:[和与及])?){{1,200}}(?=[{HAN}])")
_ITEM = late(rf"[{HAN}·]{{2,8}}")


def _listed(text: str, start: int, word: str) -> Iterator[tuple[int, float, str, bool]]:
    """参会人员：甲、乙、丙: the rest of a list. It ends at the first item that cannot be a name."""
    m = _LIST.match(text, start, start + 2000)
    if m is None:
        return
    items = list(_ITEM.finditer(text, start, min(len(text), m.end() + 8)))
    first = items[0].group() if items else ""
    sure = possible(first) and (not ordinary(first) or first in places())
    for item in items[1:]:
        if not possible(item.group()) or text[item.end() : item.end() + 1] in ("：", ":"):
            return  # the label of the next field: 籍贯：
        if ordinary(item.group()):
            named = _a_name_too(item.group()) or item.group() in places()
            if not (sure and text[item.start() - 1] == "、" and named):
                return
            yield item.start(), worth.LABEL, word, True
        else:
            yield item.start(), worth.LABEL_BARE + 0.1, word, True


_TWO = 2
_AT_MOST = worth.TYPICAL + worth.COMMON_SURNAME  # what the name itself can add
_UNTOLD = worth.NOTHING_AFTER + WORD_BEGINS  # what follows says this at most if no telling word begins there


def _dotted(text: str, start: int, end: int, left: float, cue: str, labelled: bool) -> Candidate | None:
    """A name whose parts are joined by ·; its last part may go on with what follows the name."""
    end = _trim_dotted(text, start, start + len(dotted_part(text[start:end])))
    sound = by_sound(text[start:end])
    if left < worth.EDGE or sound < (0.4 if labelled else 0.7):
        return None
    return Candidate(start, end, min(left + (0.45 if left >= worth.VERB else 0.3), worth.HIGHEST), cue, labelled)


def _best(text: str, start: int, left: float, cue: str, labelled: bool) -> Candidate | None:
    size = len(text)
    first, known = text[start], single()
    if first == "房" and text[start - 1 : start].isdigit():
        return None  # 916房盛女士
    if first not in known and text[start : start + 2] not in compound() and text[start : start + 4] not in compound():
        return None
    run = _RUN.match(text, start, start + 7).end() - start  # type: ignore[union-attr]  # the first character is Han
    if labelled and left >= worth.LABEL and run > 6 and not _cut(text, start):
        return None
    best: Candidate | None = None
    telling = telling_behind()
    needs_telling = left + _UNTOLD + _AT_MOST < worth.REPORT
    for length in range(2, min(run, 4 if first in known else 6) + 1):
        end = start + length
        if grammar(text[end - 1]):
            continue
        if needs_telling and length < run and (ch := text[end]) not in telling and is_han(ch):
            continue
        right = behind(text, end)
        if left + right + _AT_MOST < worth.REPORT and right != worth.EDGE_AFTER:
            continue
        if left == worth.EDGE and right == worth.EDGE_AFTER and not _among_latin(text, start, end):
            continue  # a surname between punctuation: nothing that would be reported
        name = text[start:end]
        if name[1:] in name_words("title") or (length > _TWO and name[:2] in name_words("role")):
            continue  # 李女士, 楼长耿大爷: somebody, but no name
        if length == _TWO and word_behind(text, start + 1) == worth.TITLE_AFTER:
            continue  # 李女 of 李女士
        if length == _TWO and first in "和与" and right == worth.TITLE_AFTER and name[1] in known:
            continue  # 和石经理沟通
        alike = likeness(name)
        if alike is None:
            continue
        score = left + _itself(name, left, *alike) + right
        if first in _SAID and alike[0] < 1 and right != worth.EDGE_AFTER and right < worth.DATA_AFTER:
            continue  # 访客：那退款呢
        if start and not labelled and cue != _CLASS and is_common(text[start - 1 : start + 1]):
            score += worth.BEGINS_IN_A_WORD
        field = left >= worth.LABEL if labelled else left >= worth.LABEL_BARE and cue in name_words("form")
        field = field or (left >= worth.ROLE and cue in name_words("party"))  # 被告人冉冉，
        field = field or (left >= worth.EDGE and right == worth.DATA_AFTER and SEX.match(text, end) is not None)  # 盛夏（女，
        field = field or (left == worth.LABEL_BARE and cue in name_words("title") and _in_longer_label(text, start, end, cue))
        if field and right >= worth.EDGE_AFTER and length == run and _a_name_too(name):
            score = max(score, worth.WHOLE_FIELD)
        if length == _TWO and name in places() and names_somebody(text, start, end, left, cue, right, whole=length == run):
            score = worth.HIGHEST
        if left == worth.EDGE and right == worth.EDGE_AFTER:
            score = min(score + worth.AMONG_LATIN, 0.75)
        if best is None or score > best.score:
            best = Candidate(start, end, min(score, worth.HIGHEST), cue, labelled)
    if (
        best is not None
        and best.end < size
        and text[best.end].isascii()
        and text[best.end].isalnum()
        and not DIGITS.match(text, best.end)
    ):
        return None if not text[best.end].isalpha() else best
    return best


def _in_longer_label(text: str, start: int, end: int, title: str) -> bool:
    """Whether a title ends a longer label whose field a name fills: 董事会秘书：高洁　电话; 经理：高兴！ speaks."""
    at = text.rfind(title, max(0, start - len(title) - 4), start)
    return at > 0 and is_han(text[at - 1]) and (end >= len(text) or text[end] in " \t\n\u3000；;、")


def _unlisted(text: str, start: int, cue: str, labelled: bool) -> Candidate | None:
    """收货人火雅妮，: a surname that no list holds before two usual characters of given names, in a field of names."""
    if cue in name_words("party") and _fills_short_field(text, start):
        return Candidate(start, start + _TWO, worth.HINTED, cue, labelled)  # counts if the tagger thought of it, too
    name, end = text[start : start + 3], start + 3
    fits = len(name) > _TWO and all(map(is_han, name)) and given_characters().issuperset(name[1:]) and name[0] not in single()
    if not fits or behind(text, end) < worth.EDGE_AFTER or (end < len(text) and is_han(text[end])):
        return None
    if grammar(name[0]) or ordinary(name) or is_common(name[:2]) or is_common(name[1:]) or name[:2] in places():
        return None
    return Candidate(start, end, worth.WHOLE_FIELD, cue, labelled)


def _fills_short_field(text: str, start: int) -> bool:
    """当事人：由佳，: one usual character of given names behind a surname that no list holds, which fills a field of a party."""
    name, end = text[start : start + _TWO], start + _TWO
    if end >= len(text) or not all(map(is_han, name)) or behind(text, end) < worth.EDGE_AFTER or is_han(text[end]):
        return False
    listed = name[0] in single() or ordinary(name) or name in name_words("value")
    return name[1] in given_characters() and not (listed or grammar(name[0]))


def _doubled(text: str, start: int, left: float, cue: str, labelled: bool) -> Candidate | None:
    """收货人静静，: a given name of one character said twice, which fills a field of names."""
    name = text[start : start + 2]
    doubled = name == 2 * name[:1] and is_han(name[0]) and not (ordinary(name) or grammar(name[0]))
    field = doubled and (labelled or cue in name_words("party")) and behind(text, start + 2) >= worth.EDGE_AFTER
    return Candidate(start, start + 2, max(left, worth.WHOLE_FIELD), cue, labelled) if field else None


def _a_name_too(name: str) -> bool:
    """Whether an ordinary word is a name as well where it fills a field of names: 收件人：高兴, but no place."""
    usual = frequent_surname(name) or typical(name) == 1
    return len(name) == 2 and usual and name not in places() and name not in name_words("value")


_LATIN_BEFORE = late(r"[A-Za-z][,:]?\s$")
_LATIN_AFTER = late(r"\s?[A-Za-z]")


def _among_latin(text: str, start: int, end: int) -> bool:
    """Such as help me reach 王小明 at noon."""
    return _LATIN_BEFORE.search(text, max(0, start - 4), start) is not None and _LATIN_AFTER.match(text, end) is not None


def _cut(text: str, start: int) -> bool:
    """Whether a telling word follows within a long run of Han characters."""
    return any(behind(text, start + length) > worth.EDGE_AFTER for length in (2, 3, 4))


_MOST_BY_SOUND = 6


def _by_sound(text: str, start: int, left: float, cue: str, labelled: bool) -> Candidate | None:
    """患者买买提江，: three and more characters that write foreign names by sound, up to a mark or a word that acts."""
    end = start + 1
    while end < len(text) and end - start <= _MOST_BY_SOUND and written_by_sound(text[end]):
        end += 1
    name = text[start:end]
    if not 3 <= len(name) <= _MOST_BY_SOUND or ordinary(name) or any(is_common(name[i : i + 2]) for i in (0, len(name) - 2)):
        return None
    right = worth.DATA_AFTER if text.startswith(("民族", "性别"), end) else behind(text, end)
    return Candidate(start, end, min(left + 0.25, worth.HIGHEST), cue, labelled) if right >= worth.EDGE_AFTER else None


def _trim_dotted(text: str, start: int, end: int) -> int:
    """努尔·吐尔逊确认出席: the last part ends before a word that acts."""
    for at in range(text.rindex("·", start, end) + 2 if "·" in text[start:end] else end, end):
        if behind(text, at) >= worth.SAYS_AFTER and (is_common(text[at : at + 2]) or acts(text, at)):
            return at
    return end


_KINDS = frozenset("国人家军族城州语星洲队党派教度代朝店车机")  # 赵国, 华人: two characters that end so are rarely a name


def _itself(name: str, left: float, usual: float, frequent: bool) -> float:
    score = worth.TYPICAL if usual == 1 else worth.PARTLY if usual > 0 else worth.UNUSUAL
    score += worth.COMMON_SURNAME if frequent else worth.RARE_SURNAME
    if ordinary(name):
        score += worth.ORDINARY_WORD
    elif len(name) > 2 and ordinary(name[:2]):
        score += worth.ORDINARY_START
    elif len(name) == 3 and ordinary(name[1:]):
        score += worth.GIVEN_IS_A_WORD / (1 if usual < 1 else 3) if usual < 1 or left < worth.EDGE else 0.0
    if left <= worth.VERB and len(name) == 2 and name[1] in _KINDS:
        score += worth.GIVEN_IS_A_WORD
    if left <= worth.VERB and usual < 1:
        score += worth.DOUBTFUL_GIVEN
    if len(name) > 3 and name[:2] not in compound() and name[:4] not in compound():
        score -= 0.15
    return score
