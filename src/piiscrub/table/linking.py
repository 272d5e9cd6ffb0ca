"""The people of each row, known by its columns of names, and the linkage groups that text and columns share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from piiscrub.model import entities
from piiscrub.model.plan import ColumnPlan
from piiscrub.model.policy import OperatorSpec
from piiscrub.parse.aliases import NOBODY, Match, forms_of, letters, surname_keys
from piiscrub.scrubber.linking import LINKABLE, Links, Person, is_full, names
from piiscrub.scrubber.mentions import LETTER, WORD
from piiscrub.table.distinct import Codes, as_texts, distinct, is_text
from piiscrub.table.frame import Table

_ROWS, _OFTEN = 1000, 50  # a text that stands in so many rows of a long table is about none of them


def group_of(entity: str) -> str:
    """The linkage group of an entity unless a plan says otherwise: the root of its line, for what identifies directly.

    >>> group_of("CN_MOBILE"), group_of("PERSON_REFERENCE"), group_of("AGE")
    ('CONTACT', 'PERSON', '')
    """
    if entity not in entities.tree():
        return ""
    line = (entity, *entities.ancestors(entity))
    return line[-1] if entities.get(entity).identifier == "direct" or names(entity) else ""


def groups(plan: Sequence[ColumnPlan]) -> Callable[[str], str]:
    """The group of an entity found in a text: that of the columns of its line where they agree, else its own.

    A plan made by hand, whose columns name no group, has none.
    """
    told: dict[str, set[str]] = {}
    for one in plan:
        if one.action == "transform" and one.operator.name in LINKABLE and one.entity:
            told.setdefault(group_of(one.entity), set()).add(one.group)

    def group(entity: str) -> str:
        own = group_of(entity)
        said = told.get(own, set())
        return next(iter(said)) if len(said) == 1 else own

    return group


def _keys(name: str) -> Iterator[str]:
    """What stands of a name in any of its forms in letters: the surname, or the given name."""
    yield from surname_keys(name)
    yield from (key for strength, key in forms_of(name) if strength == "given" and key.isascii())


@dataclass(frozen=True, eq=False)
class Cells:
    """The distinct pairs of a value and the people of its row. ``codes`` gives the pair of a row, -1 for a missing cell."""

    codes: Codes
    values: Codes
    people: Codes


class People:
    """Who stands in each row of a table: looked up when first asked, for many plans never ask.

    ``operators`` are those of the columns whose cells are handled as a whole.
    """

    def __init__(self, table: Table, plan: Mapping[int, ColumnPlan], operators: Mapping[int, OperatorSpec] | None = None) -> None:
        self._links: dict[int, Links] = {}
        self._table, self._plan, self._operators = table, plan, operators or {}
        self.columns = tuple(
            i for i, one in plan.items() if names(one.entity) and i in table.data and is_text(table.columns[i].type)
        )

    @cached_property
    def _people(self) -> tuple[Codes, list[tuple[Person, ...]]]:
        """For each row the number of its set of people, 0 for nobody; and the sets."""
        sets: list[tuple[Person, ...]] = [()]
        if not self.columns:
            return np.zeros(self._table.rows, np.int64), sets
        found = [distinct(self._table.columns[i]) for i in self.columns]
        texts = [as_texts(one.values) for one in found]
        together, rows = np.unique(np.stack([one.codes for one in found]), axis=1, return_inverse=True)
        how = [(self._operators[i], self._plan[i].group) if i in self._operators else None for i in self.columns]
        for codes in together.T.tolist():
            sets.append(
                tuple(
                    Person(texts[n][code], *(how[n] or ()))
                    for n, code in enumerate(codes)
                    if code >= 0 and is_full(texts[n][code])
                )
            )
        return rows.reshape(-1).astype(np.int64) + 1, sets

    def may_stand_in(self, number: int, text: str) -> bool:
        """Whether a text may name somebody of a set: it has a character of a name, or letters at all. Most texts have neither.

        >>> import pyarrow as pa
        >>> table = Table.from_arrow(pa.table({"name": ["张伟"]}))
        >>> people = People(table, {0: ColumnPlan(position=0, name="name", entity="PERSON", action="transform")})
        >>> [people.may_stand_in(1, text) for text in ("老张来电", "Zhang", "已回访13800138000")]
        [True, True, False]
        """
        people = self._people[1][number]
        return bool(people) and (
            any(character in text for one in people for character in one.name if not character.isspace())
            or LETTER.search(text) is not None
        )

    def _about(self, number: int, text: str) -> bool:
        """Whether a text that stands in many rows may name somebody of this set: by a character, or by a word in letters."""
        people = self._people[1][number]
        if any(not c.isascii() and c in text for one in people for c in one.name):
            return True
        if not people or LETTER.search(text) is None:
            return False
        keys = {key for one in people for key in _keys(one.name)}
        words = {letters(found.group()) for found in WORD.finditer(text)}
        return any(any(key in word for key in keys) if len(word) > 5 else word in keys for word in words)  # as mentions asks

    def of(self, number: int) -> Links:
        """The people of a set, ready to be asked."""
        found = self._links.get(number)
        if found is None:
            if len(self._links) > 10_000:  # rows come in order: what was asked long ago is not asked again
                self._links.clear()
            found = self._links[number] = Links(self._people[1][number])
        return found

    def cells(self, codes: Codes, texts: Sequence[str], alone: Callable[[int], bool]) -> Cells:
        """The pairs of a column. ``alone`` says of a code whether its value names nobody by itself."""
        size = len(texts)
        every = np.arange(size, dtype=np.int64)
        if not self.columns or not size:
            return Cells(codes, every, np.zeros(size, np.int64))
        people, sets = self._people
        many = len(sets)
        if len(codes) >= _ROWS:
            often = np.bincount(codes[codes >= 0], minlength=size) > _OFTEN
            passed = np.fromiter((bool(often[code]) and alone(code) for code in range(size)), np.bool_, size)
            rows = np.flatnonzero((codes >= 0) & passed[codes])
            kinds, back = np.unique(codes[rows] * many + people[rows], return_inverse=True)
            about = np.fromiter((self._about(kind % many, texts[kind // many]) for kind in kinds.tolist()), np.bool_, len(kinds))
            people = people.copy()
            people[rows[~about[back]]] = 0
        pairs, back = np.unique(np.concatenate((codes * many + people, every * many)), return_inverse=True)
        # Each value once without people: a category that no row holds is looked at too.
        missing = int((pairs < 0).sum())
        pairs = pairs[missing:]
        found = np.maximum(back.reshape(-1)[: len(codes)] - missing, -1)
        return Cells(np.where(codes < 0, -1, found), pairs // many, pairs % many)

    def named(self, cells: Cells, texts: Sequence[str]) -> list[tuple[str, Match]]:
        """For each pair of a column of names: whose name it is, as written in full, and how that was told."""
        done: list[tuple[str, Match]] = []
        for code, number in zip(cells.values.tolist(), cells.people.tolist(), strict=True):
            person, match = self.of(number).find(texts[code]) if number else (None, NOBODY)
            done.append((texts[code] if person is None else person.name, match))
        return done
