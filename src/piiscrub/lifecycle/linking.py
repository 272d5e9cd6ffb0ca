"""Whether a row of a table is a person's: her identifiers, or her name with something else, and nobody else's beside them.

Identifiers of rows that are hers are followed to other tables, but not those of other people in the row: a contact in an
emergency, a referrer, whoever worked on the case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
import pyarrow as pa

from piiscrub.lifecycle.known import SINGLE, Known, form, role, telling
from piiscrub.model import entities
from piiscrub.table.distinct import as_texts, distinct, examinable, is_number, is_text
from piiscrub.table.profile.model import TableProfile

Verdict: TypeAlias = Literal["hers", "mentioned", "doubtful", ""]
"""``mentioned``: somebody else's row that names her as a contact; ``doubtful``: a person has to look."""
# Headers of columns about somebody else than the one the row is about.
_OTHERS = re.compile(
    r"联系人|紧急|推荐|介绍人|担保|配偶|父|母|家属|监护|收货|收件|寄件|对方|对手|受益|坐席|客服|经办|销售|经理|顾问|操作|审批|创建人|医生|医师|老师"
    r"|contact_?(?:name|person)|emergency|referr|guarantor|spouse|parent|next.?of.?kin|guardian|recipient|receiver|ship|consignee"
    r"|payee|sender|counter.?part|benefic|(?<![a-z])opp(?:osite|onent)?(?![a-z])|agent|operator|staff|employee|manager|advisor|assigned|owner|creator|created.?by|doctor|physician",
    re.IGNORECASE,
)
_SMALL = re.compile(r"[\s_\-]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One column: what it is good for, and whether it is about somebody else than the row."""

    position: int
    name: str = field(repr=False)
    entity: str
    role: str
    other: bool

    @property
    def key(self) -> str:
        return _SMALL.sub("", self.name).casefold()


@dataclass(frozen=True, slots=True)
class Parts:
    """The columns of a table that a search looks at."""

    table: str
    names: tuple[str, ...] = field(repr=False)
    parts: tuple[Part, ...]
    texts: tuple[int, ...]
    numbers: tuple[int, ...] = ()
    """Columns of numbers that are nobody's by their kind: one among them may be hers all the same."""

    @classmethod
    def of(cls, profile: TableProfile, schema: pa.Schema, table: str) -> Parts:
        found: list[Part] = []
        texts: list[int] = []
        numbers: list[int] = []
        for column in profile.columns:
            kind = schema.field(column.position).type
            if not examinable(kind):
                continue
            what = role(column.entity)
            if what:
                name = schema.names[column.position]
                found.append(Part(column.position, name, column.entity, what, bool(_OTHERS.search(name))))
            elif is_text(kind):
                texts.append(column.position)
            elif is_number(kind):
                numbers.append(column.position)
        own = [one for one in found if one.role == "name" and not one.other]
        if not own:  # a table of deliveries: its recipient is the only one there is
            found = [one if one.role != "name" else Part(one.position, one.name, one.entity, "name", True) for one in found]
        return cls(table, tuple(schema.names), tuple(found), tuple(texts), tuple(numbers))

    def of_role(self, *roles: str) -> tuple[Part, ...]:
        return tuple(one for one in self.parts if one.role in roles)


class Finder:
    """What is known so far, ready to be asked row by row; ``learned`` grows while tables are read."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.exact: dict[str, str] = {plain: entity for entity, plain in known.exact}
        self.local: set[tuple[str, str]] = {(_scope(entity, plain, ""), plain) for entity, plain in known.local}
        self.given_local = {plain for _, plain in known.local}
        self._given_bare = {bare for plain in self.given_local if telling(bare := plain.lstrip("0"))}
        self.banned: set[str] = set()
        self.shared: set[str] = set()
        self.holds: Callable[[str], bool] | None = None
        """Whether a text holds an identifier of hers among other things; set once all of them are known."""

    def forms(self) -> frozenset[str]:
        """Every identifier that may be looked for in a text."""
        long = {plain for _, plain in self.local if len(plain) >= 6 and any(map(str.isdigit, plain))}
        return frozenset(self.exact) | long

    def size(self) -> int:
        return len(self.exact) + len(self.local)

    def candidates(
        self, parts: Parts, batch: pa.RecordBatch, more: Collection[tuple[int, str]] = ()
    ) -> list[tuple[int, Verdict, dict[int, str]]]:
        """The rows of a batch that an identifier or the name points at: number, verdict, what each looked-at cell reads.

        ``more`` are identifiers that are not followed yet, by column.
        """
        hit = np.zeros(batch.num_rows, np.bool_)
        cells: dict[int, tuple[np.ndarray[tuple[int], np.dtype[np.int64]], list[str]]] = {}
        for part in parts.parts:
            found = distinct(batch.column(part.position))
            texts = as_texts(found.values)
            cells[part.position] = (found.codes, texts)
            if part.role == "attribute":
                continue
            mask = np.array([self._points(part, text, more) for text in texts] + [False], np.bool_)
            if mask.any():
                hit |= mask[found.codes]
        rows = []
        for row in np.flatnonzero(hit).tolist():
            held = {at: texts[codes[row]] if codes[row] >= 0 else "" for at, (codes, texts) in cells.items()}
            rows.append((row, self.judge(parts, held), held))
        return rows

    def judge(self, parts: Parts, cells: dict[int, str]) -> Verdict:
        """Whether a row is hers."""
        hits = [one for one in parts.of_role("exact", "local") if self.is_hers(one, cells[one.position])]
        own_hits = [one for one in hits if not one.other]
        inside = not own_hits and any(self.within(one, cells[one.position]) for one in parts.parts)
        called = [self.known.called(cells[one.position]) for one in parts.of_role("name") if not one.other]
        named = [one for one in called if one]
        others_named = [self.known.called(cells[one.position]) for one in parts.of_role("name") if one.other]
        for one in parts.of_role("exact"):
            if one.other or not any(entities.is_a(one.entity, single) for single in SINGLE):
                continue
            plain = form(one.entity, cells[one.position])
            mine = {p for p, entity in self.exact.items() if entity == one.entity}
            if plain and mine and plain not in mine:
                return "doubtful" if hits or inside else ""
        if own_hits:
            if any(one == "other" for one in named) and not any(one in ("full", "weak") for one in named):
                return "doubtful"
            strong = any(one.role == "local" or any(entities.is_a(one.entity, s) for s in SINGLE) for one in own_hits)
            if not named and not strong and any(one == "other" for one in others_named) and "full" not in others_named:
                return "doubtful"
            return "hers"
        if "full" in named and self._attributes(parts, cells):
            return "hers"
        if "full" in named and not any(cells[one.position] for one in parts.of_role("exact", "local") if not one.other):
            return "doubtful"  # her name, and nothing that says whose
        if inside:  # two phones in one cell, one of them hers
            return "hers" if "full" in named else "doubtful"
        return "mentioned" if hits else ""

    def within(self, part: Part, text: str) -> bool:
        """Whether a cell of identifiers holds one of hers among other things: two phones, a mailbox behind a name."""
        return self.holds is not None and part.role in ("exact", "local") and not part.other and bool(text) and self.holds(text)

    def is_hers(self, part: Part, text: str) -> bool:
        """Whether a cell holds an identifier of hers."""
        if not text:
            return False
        plain = form(part.entity, text)
        if part.role == "exact":
            return plain in self.exact
        if (_scope(part.entity, plain, part.key), plain) in self.local:
            return True
        return part.role == "local" and ((plain in self.given_local and telling(plain)) or plain.lstrip("0") in self._given_bare)

    def proposals(self, parts: Parts, cells: dict[int, str]) -> set[tuple[int, str]]:
        """Identifiers of a row that is hers which may be followed: position of the column, form."""
        found = set()
        for part in parts.of_role("exact", "local"):
            alike = [one for one in parts.of_role(part.role) if one.entity == part.entity and not one.other]
            if part.other or len(alike) > 1 or not cells[part.position] or self.is_hers(part, cells[part.position]):
                continue
            plain = form(part.entity, cells[part.position])
            if plain and plain not in self.banned and (part.role == "local" or telling(plain)):
                found.add((part.position, plain))
        return found

    def foreign(self, parts: Parts, cells: dict[int, str]) -> tuple[bool, str]:
        """Whether a row names somebody else, and an identifier of somebody else in it."""
        called = [self.known.called(cells[one.position]) for one in parts.of_role("name") if not one.other]
        named = "other" in called and not {"full", "weak"} & set(called)
        exact = [one for one in parts.of_role("exact") if not one.other and cells[one.position]]
        if any(self.is_hers(one, cells[one.position]) for one in exact):
            return named, ""
        return named, form(exact[0].entity, cells[exact[0].position]) if exact else ""

    def learn(self, parts: Parts, proposals: Iterable[tuple[int, str]]) -> None:
        """Follow these from now on."""
        by_position = {one.position: one for one in parts.parts}
        for position, plain in proposals:
            part = by_position[position]
            if part.role == "exact":
                self.exact.setdefault(plain, part.entity)
            else:
                self.local.add((_scope(part.entity, plain, part.key), plain))

    def forget(self, plain: str) -> None:
        """An identifier turned out to be several people's."""
        self.banned.add(plain)
        if plain not in {p for _, p in self.known.exact}:
            self.exact.pop(plain, None)
        self.local = {one for one in self.local if one[1] != plain or plain in self.given_local}

    def _points(self, part: Part, text: str, more: Collection[tuple[int, str]]) -> bool:
        if part.role == "name":
            return self.known.called(text) == "full"
        if self.is_hers(part, text) or self.within(part, text):
            return True
        return bool(more) and (part.position, form(part.entity, text)) in more

    def _attributes(self, parts: Parts, cells: dict[int, str]) -> bool:
        """Something beside the name that fits: a birthday, an address, a phone that others of the family use too."""
        pairs = (("attribute", self.known.attributes), ("exact", self.banned | self.shared))
        return any(
            cells[one.position] and form(one.entity, cells[one.position]) in wanted
            for what, wanted in pairs
            for one in parts.of_role(what)
            if wanted and not one.other
        )


def _scope(entity: str, plain: str, header: str) -> str:
    """Where a local number means something: anywhere of its kind if it is long, else under the same header."""
    return entity if len(plain) >= 6 and sum(map(str.isdigit, plain)) >= 4 else f"{entity}/{header}"


def shared(verdict: Verdict, cells: dict[int, str], parts: Parts, finder: Finder) -> set[str]:
    """Identifiers that were only learned and stand in a row that is not hers."""
    if verdict != "doubtful":
        return set()
    given = {plain for _, plain in finder.known.exact} | finder.given_local
    hits = (one for one in parts.of_role("exact", "local") if not one.other and finder.is_hers(one, cells[one.position]))
    return {form(one.entity, cells[one.position]) for one in hits} - given
