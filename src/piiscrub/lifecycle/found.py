"""What a search found of one person: rows, mentions, values in vaults, what is in doubt, who else has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from piiscrub.errors import InputError
from piiscrub.lifecycle.known import Known
from piiscrub.lifecycle.mentions import Mention
from piiscrub.lifecycle.searched import Searched

if TYPE_CHECKING:
    from piiscrub.evidence.ledger import Ledger
    from piiscrub.keys.ring import KeyRing
    from piiscrub.keys.scope import Scope
    from piiscrub.lifecycle.destroying import Destroyed, OrderLike, RulesLike
    from piiscrub.lifecycle.planning import DestructionPlan
    from piiscrub.lifecycle.targets import Target


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A row that is hers: where, its columns, and its cells with what is other people's masked."""

    place: Searched = field(repr=False)
    row: int
    columns: tuple[str, ...] = field(repr=False)
    cells: tuple[str | None, ...] = field(repr=False)
    print: str = field(default="", repr=False)

    @property
    def position(self) -> str:
        """``table#row``, counted from 1 without the header; of a database in the order of the primary key."""
        return f"{self.place.table}#{self.row + 1}"


@dataclass(frozen=True, slots=True)
class SubjectMention:
    """A mention in a text: of a document (``column`` ""), or of a cell in a row that is not hers.

    ``row`` is the line of a document, from 0; ``offset`` is where the text of the mention begins in it.
    """

    place: Searched = field(repr=False)
    row: int
    column: str = field(repr=False)
    mention: Mention = field(repr=False)
    at: int = field(default=-1, repr=False)
    offset: int = field(default=0, repr=False)
    print: str = field(default="", repr=False)

    @property
    def position(self) -> str:
        """``table#row.column`` of a cell, ``file#line`` of a document, all from 1."""
        return f"{self.place.table}#{self.row + 1}{f'.{self.at + 1}' if self.column else ''}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that may be hers, or somebody's who is called the same: a person has to look.

    ``why``: ``other`` (her identifier beside another person's data), ``namesake`` (her name, and nothing that says whose).
    """

    found: SubjectRow | SubjectMention = field(repr=False)
    why: str

    @property
    def position(self) -> str:
        return self.found.position

    @property
    def is_row(self) -> bool:
        return isinstance(self.found, SubjectRow)


@dataclass(frozen=True, slots=True)
class Held:
    """Values of hers in a scope of a vault: data keys of her own, and tokens under the key of the whole scope."""

    scope: Scope = field(repr=False)
    subjects: tuple[str, ...] = field(repr=False)
    names: tuple[str, ...] = field(default=(), repr=False)

    @property
    def tokens(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything that was found of one person. Its repr and ``counts`` show no value; ``export`` writes them for her."""

    rows: tuple[SubjectRow, ...] = field(repr=False)
    mentions: tuple[SubjectMention, ...] = field(repr=False)
    doubtful: tuple[Doubt, ...] = field(repr=False)
    vault: tuple[Held, ...] = field(repr=False)
    unexamined: tuple[tuple[str, str], ...]
    known: Known = field(repr=False)
    values: Mapping[str, frozenset[str]] = field(repr=False)
    recipients: tuple[Mapping[str, Any], ...] = ()

    @property
    def tokens(self) -> tuple[str, ...]:
        """Tokens of vaults that stand for a value of hers."""
        return tuple(f"<{name}>" for one in self.vault for name in one.names)

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Table or text → rows, mentions, rows and mentions in doubt."""
        found: dict[str, dict[str, int]] = {}
        for what, names in (
            ("rows", [one.place.table for one in self.rows]),
            ("mentions", [one.place.table for one in self.mentions]),
            ("doubtful", [one.found.place.table for one in self.doubtful]),
        ):
            for name in names:
                own = found.setdefault(name, {"rows": 0, "mentions": 0, "doubtful": 0})
                own[what] += 1
        return dict(sorted(found.items()))

    def to_dict(self) -> dict[str, Any]:
        """Counts and positions as plain data."""
        vault = {"data_keys": sum(len(one.subjects) for one in self.vault), "tokens": sum(one.tokens for one in self.vault)}
        doubtful = [
            {"position": one.position, "what": "row" if one.is_row else "mention", "why": one.why} for one in self.doubtful
        ]
        told = {"tables": self.counts, "vault": vault, "unexamined": [list(one) for one in self.unexamined]}
        return told | {"doubtful": doubtful, "recipients": [dict(one) for one in self.recipients]}

    def to_html(self, lang: str = "en") -> str:
        """Where she is, in counts and positions: a part of a page."""
        from piiscrub.render.subject import found_html

        return found_html(self.to_dict(), lang)

    def _repr_html_(self) -> str:
        return self.to_html()

    def export(self, folder: str | PathLike[str], *, now: datetime | None = None) -> None:
        """Write ``subject.json`` and ``subject.html`` for her into a new folder: her cells alone, others' are masked.

        Raises:
            SourceError: the folder is there already, or cannot be made.
        """
        from piiscrub.lifecycle.exporting import export

        export(self, Path(folder), datetime.now(UTC) if now is None else now)

    def handed_to(self, traces: Iterable[Any]) -> Subject:
        """The same with the hand-overs that hold something of hers, as ``handing_over.tracing`` found them."""
        names = ("record", "recipient", "purpose", "made", "until", "contact", "forms", "confidence")
        return replace(self, recipients=tuple({name: getattr(one, name) for name in names} for one in traces))

    def notices(self, lang: str = "en", *, now: datetime | None = None) -> tuple[str, ...]:
        """For each recipient the draft of a notice that she asked for erasure, with the form in which each kind of value went.

        Markdown, with blanks in brackets for what only people know. No value of hers is in it: which one she is goes by a way
        that nobody else reads.
        """
        from piiscrub.render.subject import recipient_notice

        moment = datetime.now(UTC) if now is None else now
        return tuple(recipient_notice(one, moment.date().isoformat(), lang) for one in self.recipients)

    def including(self, positions: Iterable[str]) -> Subject:
        """The same with what was in doubt at these positions counted as hers: somebody has looked and decided.

        Raises:
            InputError: nothing in doubt is there, or several sources of one name have it.
        """
        wanted = set(positions)
        for position in sorted(wanted):
            n = sum(one.position == position for one in self.doubtful)
            if n != 1:
                why = "nothing in doubt is there" if not n else "several sources have it; name them apart"
                raise InputError(f"position {position!r}: {why}.")
        chosen = [one.found for one in self.doubtful if one.position in wanted]
        return replace(
            self,
            rows=(*self.rows, *(one for one in chosen if isinstance(one, SubjectRow))),
            mentions=(*self.mentions, *(one for one in chosen if isinstance(one, SubjectMention))),
            doubtful=tuple(one for one in self.doubtful if one.position not in wanted),
        )

    def targets(self) -> tuple[Target, ...]:
        """Her rows, the passages that speak of her and her keys, for ``piiscrub.destroy``.

        What is in doubt is not among them, unless :meth:`including` says so. ``erase`` does both in one.

        Raises:
            InputError: there is nothing, or only rows of tables in memory.
        """
        from piiscrub.lifecycle.erasing import targets

        return targets(self)

    def erase(
        self,
        *,
        confirm: str | None = None,
        out: str | PathLike[str] | None = None,
        keys: KeyRing | None = None,
        order: OrderLike | None = None,
        rules: RulesLike | None = None,
        ledger: Ledger | str | PathLike[str] | None = None,
        now: datetime | None = None,
    ) -> DestructionPlan | Destroyed:
        """Erase her in the two steps of ``piiscrub.destroy``: rows go, passages in what stays are redacted, keys are shredded.

        Rows that a hold or a legal minimum of ``rules`` keeps stay as they are; ``plan.kept`` lists them with the reason and
        until when. A run that was cut off is taken up by the same call, even though she is found no more.

        Args:
            confirm, out, keys, order, rules, ledger, now: as ``piiscrub.destroy`` takes them.

        Raises:
            InputError: there is nothing, or only rows of tables in memory.
            DestructionError: not confirmed, changed since, a person or a reason is missing. Nothing was done.
        """
        from piiscrub.lifecycle.erasing import erase

        return erase(self, confirm=confirm, out=out, keys=keys, order=order, rules=rules, ledger=ledger, now=now)

    def __repr__(self) -> str:
        return f"<Subject: {len(self.rows)} rows, {len(self.mentions)} mentions, {len(self.doubtful)} in doubt>"


def merged(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order, those that touch or overlap as one.

    >>> merged([(5, 9), (0, 2), (8, 11)])
    ((0, 2), (5, 11))
    """
    done: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if done and start <= done[-1][1]:
            done[-1] = (done[-1][0], max(done[-1][1], end))
        else:
            done.append((start, end))
    return tuple(done)
