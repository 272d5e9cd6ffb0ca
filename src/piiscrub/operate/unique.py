"""Invented names that no two people of a vault's scope share: the vault numbers the people, the number becomes a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from piiscrub.errors import OperatorError
from piiscrub.operate import people
from piiscrub.operate.ff1 import Permutation
from piiscrub.operate.people import Sex
from piiscrub.operate.protocol import DocumentState
from piiscrub.reference.tables import rows

_NUMBER = re.compile(r"_(\d+)>\Z")


@cache
def _parts(script: str, sex: Sex, *, sexed: bool) -> tuple[tuple[str, ...], ...]:
    """Parts of a name in the order they are written, one list for each; their product is the space.

    Where the sex is kept, the spaces of the sexes share no name: the first character of a Chinese given name tells them
    apart, in English the middle initial.
    """
    if script == "han":
        frequent = tuple(row[0] for row in rows("surnames") if row[2] == "single" and row[3] == "common")
        letters = people.given_characters("")
        first = tuple(c for c in letters if people.sex_of(c) == sex) if sexed else letters
        return frequent, first, letters
    codes = {"male": range(65, 74), "female": range(74, 83), "": range(83, 91)}[sex] if sexed else range(65, 91)
    return people.english_given(sex), tuple(f" {chr(code)}. " for code in codes), people.english_surnames()


def names(document: DocumentState, entity: str, key: bytes, *, keep_sex: bool) -> Callable[[Sequence[str]], list[str]]:
    """The work on names of one entity. Every name of one script gets a name of its own.

    Raises:
        OperatorError: there is no vault, or it numbers by chance.
    """
    scope = document.vault
    if scope is None:
        raise OperatorError("pseudonym: unique names are numbered by a vault. Hand over vault=Vault(path, keys).")
    mixed: dict[tuple[str, Sex], Permutation] = {}

    def work(values: Sequence[str]) -> list[str]:
        read = [people.read(value.strip()) for value in values]
        tokens = scope.put_many(entity, [f"pseudonym {known.form}" for known in read])
        sets: dict[tuple[str, Sex], list[int]] = {}
        for at, (known, value) in enumerate(zip(read, values, strict=True)):
            script = "han" if known.roman is None and known.latin is None else "latin"
            sets.setdefault((script, _sex(known, value.strip()) if keep_sex else ""), []).append(at)
        done = [""] * len(values)
        for (script, sex), members in sets.items():
            parts = _parts(script, sex, sexed=keep_sex)
            permutation = mixed.get((script, sex))
            if permutation is None:
                permutation = mixed[script, sex] = Permutation(key, _size(parts), f"{script} {sex}".encode())
            numbers = [_numbered(tokens[at]) % permutation.size for at in members]
            for at, number in zip(members, permutation.encrypt(numbers), strict=True):
                done[at] = _name(parts, number)
        return done

    return work


def _numbered(token: str) -> int:
    number = _NUMBER.search(token)
    if number is None:
        raise OperatorError("pseudonym: unique names need a scope of the vault that numbers in order.")
    return int(number[1])


def _sex(known: people.Reading, value: str) -> Sex:
    if known.latin is not None:
        return people.english_sex(known.latin.given.split(" ")[0].capitalize())
    return people.sex_of(value[1:]) if known.roman is None else ""


def _size(parts: Sequence[Sequence[str]]) -> int:
    size = 1
    for words in parts:
        size *= len(words)
    return size


def _name(parts: Sequence[Sequence[str]], number: int) -> str:
    made: list[str] = []
    for words in reversed(parts):
        number, at = divmod(number, len(words))
        made.append(words[at])
    return "".join(reversed(made))
