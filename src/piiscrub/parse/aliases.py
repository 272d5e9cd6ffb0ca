"""Who is meant: the forms one person's name takes, and which of the people at hand a mention names.

张伟, Zhang Wei, WEI ZHANG, ``zhang.wei@…``, 张先生 and 老张 may all be one person. A mention is resolved among the people of
one row or one document, and only if it fits exactly one of them at its strength; two of one surname leave 张先生 to nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, product
from typing import Literal, NamedTuple, TypeAlias

from piiscrub.parse import names_en, names_zh, pinyin
from piiscrub.parse.pinyin import plain
from piiscrub.reference.words import is_common, name_words, readings_of_surname
from piiscrub.text.late import late

Strength: TypeAlias = Literal["full", "letters", "title", "given"]
"""From what is written out to what says least."""

_HAN_NAME = late(rf"[{names_zh.HAN}·•・‧]+")
_HAN = late(f"[{names_zh.HAN}]")
_FAMILIAR = ("老", "小", "大", "阿")
_LETTERS = late(r"[^a-z]+")
_MOST_READINGS = 16
_LEAST_LETTERS = 4  # shorter keys (liu, anw) are words and other people's


class Match(NamedTuple):
    """Who a mention names. ``person`` is the index among the people, None if it fits several (``ambiguous``) or nobody."""

    person: int | None
    strength: Strength | None
    ambiguous: bool


NOBODY = Match(None, None, False)


class Roster:
    """The people of one row or document, and every form their names take.

    >>> people = Roster(["张伟", "王建国", "John Smith"])
    >>> [people.find(mention).person for mention in ("Zhang Wei", "WEI ZHANG", "王先生", "建国", "j.smith@example.com", "Ms Lee")]
    [0, 0, 1, 1, 2, None]
    >>> Roster(["张伟", "张敏"]).find("张先生").ambiguous
    True
    """

    __slots__ = ("_forms", "people")

    def __init__(self, people: Sequence[str]) -> None:
        self.people = tuple(people)
        forms: dict[tuple[Strength, str], set[int]] = defaultdict(set)
        for i, name in enumerate(self.people):
            for form in forms_of(name):
                forms[form].add(i)
        self._forms: Mapping[tuple[Strength, str], set[int]] = forms

    def find(self, mention: str) -> Match:
        """The person whom a mention names: the strongest form that fits anybody decides, and decides only if it fits one.

        People of one and the same name are one person here: whoever calls has only names.
        """
        for strength, key in _keys(mention):
            found = self._forms.get((strength, key))
            if found:
                names = {self.people[i] for i in found}
                return Match(min(found), strength, False) if len(names) == 1 else Match(None, strength, True)
        return NOBODY


@lru_cache(maxsize=65_536)
def forms_of(name: str) -> tuple[tuple[Strength, str], ...]:
    """Every form a person's name may take, with its strength."""
    tidy = _tidy(name)
    found: list[tuple[Strength, str]] = [("full", tidy)]
    if _HAN_NAME.fullmatch(tidy):
        parts = names_zh.split_known(tidy)
        if parts is not None and parts.kind != "dotted":
            found += (("title", parts.surname),)
            if len(parts.given) >= 2 and not is_common(parts.given):
                found.append(("given", parts.given))
            found += (("letters", key) for key in _pinyin_keys(parts.surname, parts.given))
            found += (("title", key) for key in sorted(surname_keys(tidy)))
        elif parts is not None:
            found.append(("given", parts.given))
    else:
        family, rest = _latin_parts(name)
        surname = letters(family)
        given = [letters(word) for word in re.split(r"[\s.-]+", rest) if letters(word)]
        if surname and given:
            found += (("letters", key) for key in _letter_keys(surname, given))
            found += (("title", surname), ("given", given[0]))
        elif surname:
            found.append(("title", surname))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=65_536)
def surname_keys(name: str) -> frozenset[str]:
    """How the surname of a name may be written in letters.

    >>> sorted(surname_keys("单雄")), sorted(surname_keys("ZHANG Wei")), sorted(surname_keys("Maria de la Cruz"))
    (['shan'], ['zhang'], ['delacruz'])
    """
    tidy = _tidy(name)
    if not _HAN_NAME.fullmatch("".join(tidy.split())):
        return frozenset({letters(_latin_parts(name)[0])} - {""})
    parts = names_zh.split_known("".join(tidy.split()))
    if parts is None or parts.kind == "dotted":
        return frozenset()
    if parts.surname in names_zh.ALSO_SURNAMES:
        return frozenset({names_zh.ALSO_SURNAMES[parts.surname]})
    return frozenset(readings_of_surname(parts.surname) or ("".join(one) for one in _readings(parts.surname)))


def _latin_parts(name: str) -> tuple[str, str]:
    """Surname and given name; the surname of a name in pinyin stands first unless it is told otherwise."""
    roman = pinyin.split(name)
    if roman is not None and not roman.doubt:
        return roman.surname, roman.given
    latin = names_en.split(name)
    return latin.surname, latin.given


def _keys(mention: str) -> Iterator[tuple[Strength, str]]:
    """What a mention could be, strongest first."""
    tidy = _tidy(mention)
    yield "full", tidy
    local, at, _ = tidy.partition("@")
    if at:
        key = letters(local)
        if len(key) >= _LEAST_LETTERS:
            yield "letters", key
        return
    if _HAN_NAME.fullmatch(tidy):
        yield from (("title", surname) for surname in _titled(tidy))
        if len(tidy) >= 2:
            yield "given", tidy
        return
    latin = names_en.split(mention.strip())
    if latin.title:
        yield "title", letters(f"{latin.given} {latin.surname}")  # Ms de la Cruz: all behind the title may be the surname
    key = letters(mention if not latin.title else f"{latin.given} {latin.surname}")
    if len(key) >= _LEAST_LETTERS:
        yield "letters", key
    if latin.given and not latin.surname and not latin.title:
        yield "given", letters(latin.given)


def _titled(mention: str) -> Iterator[str]:
    """The surname in 张先生, 欧阳老师, 老张, 小李."""
    if len(mention) == 2 and mention[0] in _FAMILIAR:
        yield mention[1]
    for size in (2, 1):
        title = mention[size:]
        if title and (title in name_words("title") or title in name_words("short")):
            yield mention[:size]


def _pinyin_keys(surname: str, given: str) -> Iterator[str]:
    givens = _readings(given)
    for family in sorted(surname_keys(surname + given)):
        for one in givens:
            yield from _letter_keys(family, list(one))


def _letter_keys(surname: str, given: Sequence[str]) -> Iterator[str]:
    """zhangsanfeng, sanfengzhang, zhangsf, sfzhang."""
    joined, initials = "".join(given), "".join(part[0] for part in given)
    forms = [surname + joined, joined + surname, surname + initials, initials + surname]
    if len(given) > 1:
        forms += [surname + given[0], given[0] + surname, given[0][0] + surname]
    return (form for form in forms if len(form) >= _LEAST_LETTERS)


@lru_cache(maxsize=65_536)
def _readings(han: str) -> tuple[tuple[str, ...], ...]:
    """Every reading of a given name, syllable by syllable, without tones; the common ones first."""
    from pypinyin import Style, pinyin

    each = [dict.fromkeys(plain(one) for one in character) for character in pinyin(han, style=Style.NORMAL, heteronym=True)]
    if not all(_LETTERS.sub("", syllable) for character in each for syllable in character):
        return ()
    return tuple(islice(product(*each), _MOST_READINGS))


def letters(text: str) -> str:
    """The letters a to z of a text, small and without tone marks."""
    return _LETTERS.sub("", plain(text))


def _tidy(name: str) -> str:
    return ("" if _HAN.search(name) else " ").join(name.split()).casefold()
