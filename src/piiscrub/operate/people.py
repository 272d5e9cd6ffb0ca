"""Invented people: names in Chinese characters, in pinyin and in English, drawn from a value's keyed code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from piiscrub.operate.draws import Draws, words
from piiscrub.parse import names_en, names_zh, pinyin
from piiscrub.reference.surnames import compound as known_compound
from piiscrub.reference.tables import rows
from piiscrub.reference.words import is_common, surname_readings

Sex: TypeAlias = Literal["male", "female", ""]
_DOTS = "·•・‧．"
_ROUNDS = 4  # an invented name that is the original is drawn again; four in a row do not happen


@dataclass(frozen=True, slots=True)
class Wish:
    """What an invented name has in common with the one it stands for. Lengths are in characters, 0 for any."""

    sex: Sex = ""
    surname: int = 0
    given: int = 0


@cache
def _surnames() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Frequent ones, the other single ones, compound ones; simplified."""
    table = rows("surnames")
    return (
        tuple(row[0] for row in table if row[2] == "single" and row[3] == "common"),
        tuple(row[0] for row in table if row[2] == "single" and row[3] != "common"),
        tuple(row[0] for row in table if row[2] == "compound" and len(row[0]) == 2),
    )


@cache
def given_characters(sex: Sex) -> tuple[str, ...]:
    """Characters of given names that fit."""
    kinds = (f"given_{sex}", "given_either") if sex else ("given_male", "given_female", "given_either")
    return tuple(dict.fromkeys(character for kind in kinds for character in words(kind)))


def sex_of(given: str) -> Sex:
    """What a Chinese given name says of the sex, by characters met in names of one more than of the other; "" if nothing.

    >>> sex_of("建国"), sex_of("秀英"), sex_of("晓安")
    ('male', 'female', '')
    """
    male = sum(c in words("given_male") for c in given)
    female = sum(c in words("given_female") for c in given)
    return "male" if male > female else "female" if female > male else ""


def chinese(draws: Draws, wish: Wish) -> tuple[str, str]:
    """Surname and given name, which together are no ordinary word."""
    common, single, compound = _surnames()
    for _ in range(8):
        size = wish.surname if wish.surname in (1, 2) else 1 if draws.below(50) else 2
        surname = draws.one(compound if size == 2 else common if draws.below(10) else single)
        count = wish.given if wish.given in (1, 2, 3) else 2 if draws.below(6) else 1
        letters = given_characters(wish.sex)
        given = "".join(draws.one(letters) for _ in range(count))
        if not names_zh.ordinary(surname + given) and not is_common(given):
            break
    return surname, given


def dotted(draws: Draws) -> str:
    """A name written by sound."""
    return f"{draws.one(words('dotted_first'))}·{draws.one(words('dotted_last'))}"


@cache
def _english() -> dict[Sex, tuple[str, ...]]:
    """Given names of Faker's lists by sex (read as lists: no Faker is made), and surnames under ""."""
    from faker.providers.person.en_US import Provider

    return {
        "male": tuple(Provider.first_names_male),
        "female": tuple(Provider.first_names_female),
        "": tuple(dict.fromkeys(Provider.last_names)),
    }


@cache
def english_given(sex: Sex) -> tuple[str, ...]:
    """English given names; of both sexes for ""."""
    lists = _english()
    return lists[sex] if sex else tuple(dict.fromkeys((*lists["male"], *lists["female"])))


def english_surnames() -> tuple[str, ...]:
    """English surnames."""
    return _english()[""]


@cache
def english_sex(given: str) -> Sex:
    """What an English given name says of the sex.

    >>> english_sex("Mary"), english_sex("Zaphod")
    ('female', '')
    """
    lists = _english()
    male, female = given in lists["male"], given in lists["female"]
    return "" if male == female else "male" if male else "female"


def english(draws: Draws, wish: Wish, *, middle: bool = False) -> tuple[str, str]:
    """Given name, with a middle initial if asked, and surname."""
    given = draws.one(english_given(wish.sex))
    if middle:
        given += f" {chr(65 + draws.below(26))}."
    return given, draws.one(english_surnames())


@cache
def reading(han: str) -> str:
    """A given name or surname in pinyin without tones, as in a passport.

    >>> reading("单"), reading("小红")
    ('Shan', 'Xiaohong')
    """
    readings = _surname_readings()
    if han in readings:
        return readings[han].capitalize()
    return "".join(map(sound, han)).capitalize()


@cache
def _surname_readings() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows("surname_readings"):
        compound = row[1] in known_compound()
        for surname in (row[1],) if compound else row[1]:
            found.setdefault(surname, row[0])
    return found | dict(names_zh.ALSO_SURNAMES)


def is_han(text: str) -> bool:
    """Whether a text holds a Han character."""
    return any("\u3400" <= c <= "\u9fff" or c >= "\U00020000" for c in text)


class Reading(NamedTuple):
    """A name read once: the form in which orders and spellings of it are equal, and its parts if it is written in Latin."""

    form: str
    roman: pinyin.RomanName | None = None
    latin: names_en.LatinName | None = None


def read(name: str) -> Reading:
    """A name taken apart; the form is surname, a bar, given name, in small letters.

    >>> read("Smith, John").form == read("John SMITH").form, read("ZHANG Xiaoming").form == read("Xiao-ming Zhang").form
    (True, True)
    >>> read("Lǚ Fāng").form == read("Lv Fang").form, read("张 伟").form
    (True, '张伟')
    """
    if is_han(name):
        return Reading("".join(name.split()))
    roman = pinyin.split(name) if _may_be_pinyin(name) else None
    if roman is not None:
        given = "".join(c for c in pinyin.plain(roman.given) if c.isalpha())
        return Reading(f"{pinyin.plain(roman.surname)}|{given}", roman)
    parts = names_en.split(" ".join(name.split()))
    return Reading(f"{parts.surname}|{parts.given}".casefold(), None, parts)


def _may_be_pinyin(name: str) -> bool:
    """Whether a word of the name is the reading of a surname: a look-up before the slow look at syllables."""
    known = surname_readings()
    return not name.isascii() or any(word.strip(",'").replace("'", "") in known for word in name.lower().replace("-", "").split())


def surrogate(key: bytes, name: str, *, keep_sex: bool = False, keep_length: bool = False) -> str:
    """An invented name in the script and the order of the original, and never the original.

    >>> made = surrogate(bytes(32), "欧阳小红", keep_length=True)
    >>> len(made), made == surrogate(bytes(32), "欧阳 小红", keep_length=True)
    (4, True)
    """
    name = name.strip()
    known = read(name)
    bare = _bare(name)
    made = ""
    for again in range(_ROUNDS):
        if known.roman is not None:
            made = _romanised(_chance(key, _said(known.roman.surname, known.roman.given), again), name, known.roman)
        elif known.latin is not None:
            made = _latin(
                _chance(key, _said(known.latin.surname, known.latin.given), again), name, known.latin, keep_sex=keep_sex
            )
        else:
            made = _han(key, known.form, again, keep_sex=keep_sex, keep_length=keep_length)
        if _bare(made) != bare:
            break
    return made


def _chance(key: bytes, form: str, again: int) -> Draws:
    return Draws(key, form + "#" * again)


def _said(surname: str, given: str) -> str:
    """How a name is said, whichever part stands first: Wei Zhang may be a Mr Wei as well."""
    return " ".join(sorted("".join(c for c in pinyin.plain(part) if c.isalpha()) for part in (surname, given)))


def _bare(name: str) -> str:
    return "".join(name.split()).casefold()


def _han(key: bytes, name: str, again: int, *, keep_sex: bool, keep_length: bool) -> str:
    if any(dot in name for dot in _DOTS):
        return dotted(_chance(key, name, again))
    parts = names_zh.split_known(name)
    if not (keep_sex or keep_length):
        return _heard(key, name, parts, again) if parts else "".join(chinese(_chance(key, name, again), Wish()))
    surname, given = (parts.surname, parts.given) if parts else (name[:1], name[1:])
    wish = Wish(sex_of(given) if keep_sex else "", len(surname) if keep_length else 0, max(len(given), 1) if keep_length else 0)
    return "".join(chinese(_chance(key, name, again), wish))


def _heard(key: bytes, name: str, parts: names_zh.ChineseName, again: int) -> str:
    """A name that is said like the one that stands for the pinyin of the original: 张伟 and Zhang Wei stay one person.

    What is drawn from the sound is the sound; which characters write the given name is drawn from the name itself.
    """
    surname, given = chinese(_chance(key, _said(reading(parts.surname), reading(parts.given)), again), Wish())
    draws = Draws(key, f"{name} {again}")
    written = "".join(draws.one(_alike().get(sound(c), (c,))) for c in given)
    return surname + (written if reading(written) == reading(given) and not is_common(written) else given)


@cache
def sound(character: str) -> str:
    """One character in pinyin, without a tone."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(character, v_to_u=False))


@cache
def _alike() -> dict[str, tuple[str, ...]]:
    """Sound → characters of given names that are read so."""
    found: dict[str, list[str]] = {}
    for character in given_characters(""):
        found.setdefault(sound(character), []).append(character)
    return {one: tuple(characters) for one, characters in found.items()}


def _romanised(draws: Draws, name: str, roman: pinyin.RomanName) -> str:
    surname, given = (reading(part) for part in chinese(draws, Wish()))
    if roman.surname.isupper() and len(roman.surname) > 1:
        surname = surname.upper()
    made = f"{given} {surname}"
    if roman.order == "surname first":
        made = f"{surname}, {given}" if "," in name else f"{surname} {given}"
    return made.lower() if name.islower() else made


def _latin(draws: Draws, name: str, parts: names_en.LatinName, *, keep_sex: bool) -> str:
    first, _, middle = parts.given.partition(" ")
    given, surname = english(draws, Wish(english_sex(first.capitalize()) if keep_sex else ""), middle=bool(middle))
    if not parts.surname or not parts.given:
        made = given if parts.given else surname
    else:
        made = f"{surname}, {given}" if "," in name else f"{given} {surname}"
    if parts.title:
        made = f"{parts.title} {made}"
    return made.upper() if name.isupper() and len(name) > 1 else made.lower() if name.islower() else made
