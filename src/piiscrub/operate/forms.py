"""A surrogate in the form of a mention: 张先生 becomes the surrogate's surname and 先生, Zhang Wei its pinyin."""

from __future__ import annotations

from typing import NamedTuple

from piiscrub.operate.people import is_han, reading, sound
from piiscrub.parse import names_en, names_zh, pinyin
from piiscrub.parse.aliases import Strength, letters, surname_keys


class _Parts(NamedTuple):
    surname: str
    given: tuple[str, ...]  # syllables, or words


def written_like(made: str, name: str, mention: str, strength: Strength) -> str:
    """The surrogate ``made`` of ``name`` in the form in which ``mention`` names the same person.

    >>> written_like("李建国", "张伟", "张先生", "title"), written_like("李建国", "张伟", "WEI Zhang", "letters")
    ('李先生', 'JIANGUO Li')
    >>> written_like("Ann Lee", "John Smith", "Mr. J. Smith", "letters"), written_like("Ann Lee", "John Smith", "John", "given")
    ('Mr. A. Lee', 'Ann')
    """
    if strength == "full":
        return made
    if is_han(mention):
        return _in_han(made, name, mention, strength)
    parts, old = _latin(made), _latin(name)
    if not parts.surname or not old.surname:
        return made
    title = names_en.split(mention.strip()).title
    if strength == "title":
        written = parts.surname
    elif strength == "given":
        written = parts.given[0] if parts.given and not is_han(name) else "".join(parts.given).capitalize()
    else:
        written = _ordered(mention.strip().removeprefix(title).strip(), parts, surname_keys(name))
    whole = f"{title} {written}" if title else written
    bare = mention.removeprefix(title)
    return whole.upper() if bare.isupper() and len(letters(bare)) > 1 else whole.lower() if mention.islower() else whole


def _in_han(made: str, name: str, mention: str, strength: Strength) -> str:
    before, after = names_zh.split_known("".join(name.split())), names_zh.split_known(made)
    if before is None or after is None:
        return made
    if strength == "title":
        return mention.replace(before.surname, after.surname, 1)
    return after.given if strength == "given" else made


def _latin(name: str) -> _Parts:
    if is_han(name):
        han = names_zh.split_known("".join(name.split()))
        return _Parts(reading(han.surname), tuple(map(sound, han.given))) if han else _Parts("", ())
    roman = pinyin.split(name)
    if roman is not None:
        return _Parts(roman.surname.capitalize(), tuple(roman.given.split()))
    parts = names_en.split(name)
    return _Parts(parts.surname, tuple(parts.given.split()))


def _ordered(mention: str, parts: _Parts, surnames: frozenset[str]) -> str:
    """Surname and given name in the order, the case and the length of a mention written in letters."""
    words = mention.replace(",", " ").split()
    first = letters(words[0]) in surnames
    last = letters(words[-1]) in surnames
    if first and last:  # two surnames: written in capitals or before a comma it is one, else the order of the language decides
        first = "," in mention or not words[-1].isupper() or words[0].isupper()
    elif len(words) == 1:
        whole = letters(mention)
        first = any(whole.startswith(one) for one in surnames)
    else:
        first = first or "," in mention
    rest = words[1:] if first else words[:-1]
    short = bool(rest) and all(len(letters(word)) == 1 for word in rest)
    if short:
        dot = "." if any(word.endswith(".") for word in rest) else ""
        given = " ".join(f"{part[:1].upper()}{dot}" for part in parts.given[: max(len(rest), 1)])
    elif "-" in mention and len(parts.given) > 1:
        given = "-".join(part.capitalize() for part in parts.given)
    else:
        given = _joined(parts.given)
    surname = parts.surname
    if len(words) > 1:
        own = words[0] if first else words[-1]
        if own.isupper() and len(own) > 1:
            surname = surname.upper()
        if rest and all(word.isupper() and len(letters(word)) > 1 for word in rest):
            given = given.upper()
    between = ", " if "," in mention else " " if len(words) > 1 else ""
    return f"{surname}{between}{given}" if first else f"{given}{between}{surname}"


def _joined(given: tuple[str, ...]) -> str:
    """Syllables of pinyin stand together, words of English apart."""
    return "".join(given).capitalize() if given and given[0].islower() else " ".join(given)
