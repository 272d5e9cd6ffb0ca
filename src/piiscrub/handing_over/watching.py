"""What a hand-over takes out, seen while it is taken out: kept as fingerprints, to be looked for in what was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from piiscrub.handing_over.fingerprints import LEAST, Fingerprints, plain
from piiscrub.handing_over.leaving_out import LeavingOut
from piiscrub.model import entities
from piiscrub.model.finding import Finding
from piiscrub.model.plan import TablePlan
from piiscrub.scrubber.applying import Operators
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.sources.tabular.form import Ragged, Step
from piiscrub.table.distinct import as_texts, distinct, examinable

if TYPE_CHECKING:
    from piiscrub.keys.bound import Keys
    from piiscrub.operate.protocol import VaultScope
    from piiscrub.sources.tabular.form import Sheet

_TOKEN = re.compile(
    r"[0-9A-Za-z@＠\uff10-\uff19](?:[0-9A-Za-z._%+@\-\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u200b-\u200f\ufeff]| (?=[0-9]))*"
)


class Seen:
    """Fingerprints of one hand-over. ``removed``: numbers, codes, addresses; ``written``: what operators put in their place."""

    __slots__ = ("removed", "written")

    def __init__(self) -> None:
        self.removed = Fingerprints()
        self.written = Fingerprints()


class Watched(Operators):
    """Operators of a document that tell what they took out and what they put there."""

    __slots__ = ("_seen",)

    def __init__(self, seen: Seen, of: Operators) -> None:
        super().__init__(of._policy, of._extra, of.keys, of.scope)
        self._seen = seen

    def apply(self, value: str, finding: Finding) -> tuple[str, str, str]:
        new, operator, failure = super().apply(value, finding)
        if new != value and len(plain(value)) >= LEAST and not names_person(finding.entity):
            self._seen.removed.add([value])
        if new:
            self._seen.written.add([new, *tokens(new)])
        return new, operator, failure


class Watching(Scrubber):
    """A Scrubber whose documents tell what they take out."""

    __slots__ = ("_seen",)

    def __init__(self, seen: Seen, of: Scrubber) -> None:
        for name in Scrubber.__slots__:
            object.__setattr__(self, name, getattr(of, name))
        self._seen = seen

    def document(self, *, keys: Keys | None = None, vault: VaultScope | None = None, scope: str | None = None) -> Operators:
        return Watched(self._seen, super().document(keys=keys, vault=vault, scope=scope))


class Tapped:
    """A sheet without the rows that do not go, whose removed columns are remembered as they pass."""

    def __init__(self, sheet: Sheet, plan: TablePlan, leaving: LeavingOut, seen: Seen) -> None:
        self._sheet, self._leaving, self._seen = sheet, leaving, seen
        self._removed = [c.position for c in plan.columns if c.action in ("drop", "transform") and not names_person(c.entity)]

    @property
    def name(self) -> str:
        return self._sheet.name

    @property
    def ragged(self) -> list[Ragged]:
        return self._sheet.ragged

    @property
    def schema(self) -> pa.Schema:
        return self._sheet.schema

    def batches(self, *, rows: int, step: Step = None) -> Iterator[pa.RecordBatch]:
        for batch in self._leaving.filtered(self._sheet.batches(rows=rows, step=step)):
            for position in self._removed:
                column = batch.column(position)
                if examinable(column.type):
                    self._seen.removed.add(one for one in as_texts(distinct(column).values) if worth(one))
            yield batch


def names_person(entity: str) -> bool:
    """Whether an entity is a person's name, which many people share: it is looked for in the same row only."""
    return entity in entities.tree() and "PERSON" in (entity, *entities.ancestors(entity))


def worth(text: str) -> bool:
    """Whether a removed value is looked for wherever it stands: six significant characters, and no plain word or small number.

    A date, an amount, a category is too common to give anybody away; a number, a code, an e-mail, a full address is not.
    """
    form = plain(text)
    if len(form) < LEAST or len(text) > 200:
        return False
    digits = sum(c.isdigit() for c in form)
    if digits == 0:
        return "@" in text
    return (digits >= LEAST and not _DATE.fullmatch(form)) or (digits < len(form) and len(form) >= LEAST and digits >= 2)


_DATE = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{4,6})?")


def tokens(text: str) -> Iterable[str]:
    """The numbers, codes and addresses in a text that a removed value could be."""
    for m in _TOKEN.finditer(text):
        token = m.group().rstrip(" .-_")
        if len(token) >= LEAST:
            yield token
            if " " in token:
                yield from (part for part in token.split() if len(part) >= LEAST)
