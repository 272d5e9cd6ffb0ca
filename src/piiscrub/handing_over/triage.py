"""A file that leaked or was lost: what is in it, of how many people, from which hand-over, who has to be told by when."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from piiscrub.errors import InputError, KeysError, SourceError
from piiscrub.handing_over.fingerprints import Fingerprints
from piiscrub.handing_over.notices import Duty, Operator, duties, level
from piiscrub.handing_over.telling import Telling
from piiscrub.handing_over.tracing import Trace, opens, records, trace
from piiscrub.model import entities
from piiscrub.model.finding import UNEXAMINED
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.sources.folder import walk
from piiscrub.sources.piece import NotExamined
from piiscrub.sources.source import opened
from piiscrub.sources.tabular import ROWS, Sheet, TableFile, is_table, open_tables
from piiscrub.table.distinct import as_texts, distinct
from piiscrub.table.files import profile_file, shown_path
from piiscrub.table.profile.model import TableProfile

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing

# What says best who a row is about; of the first kind that a table has, different values are counted.
_SUBJECTS = (
    "NATIONAL_ID",
    "PASSPORT",
    "PHONE_NUMBER",
    "EMAIL_ADDRESS",
    "MEMBER_NUMBER",
    "FINANCIAL_ACCOUNT",
    "ACCOUNT",
    "PERSON",
)
_GRADES = ("", "C1", "C2", "C3")


@dataclass(frozen=True, slots=True, kw_only=True)
class TriagedTable:
    """One table, or one text: rows, what its columns hold, persons. ``subject`` is the entity they were counted by, "" for rows.

    ``categories`` counts columns by entity, and for text findings. ``alone`` are the rows that the columns ``combination``
    single out (of the rows profiled).
    """

    name: str
    rows: int
    categories: Mapping[str, int]
    subject: str
    persons: int
    combination: tuple[str, ...]
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """What is known of a leaked or lost file, for whoever has to decide in the next hours. It holds no value.

    ``persons`` is the highest number of people it can be about, ``persons_at_least`` the lowest: two tables that name people
    in different ways may be about the same ones. ``traces`` are the hand-overs that the file may come from: one if it is
    clear, several if they cannot be told apart, none if no record matches.
    ``traceable`` counts the cells that were compared: 0 means that nothing could be, -1 that no record was given.
    """

    tables: tuple[TriagedTable, ...]
    unexamined: tuple[tuple[str, str], ...]
    persons_at_least: int
    persons: int
    sensitive: bool
    special: bool
    grade: str
    level: str
    known: str
    duties: tuple[Duty, ...]
    traces: tuple[Trace, ...]
    traceable: int

    @property
    def categories(self) -> dict[str, int]:
        """Entity → in how many columns and texts it stands."""
        total: Counter[str] = Counter()
        for one in self.tables:
            total.update(one.categories)
        return dict(sorted(total.items()))

    @property
    def worst(self) -> TriagedTable | None:
        """The table whose columns together single out most rows."""
        return max((one for one in self.tables if one.alone), key=lambda one: one.alone, default=None)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        told = {
            key: getattr(self, key) for key in ("persons_at_least", "persons", "sensitive", "special", "grade", "level", "known")
        }
        told |= {"categories": self.categories, "unexamined": [list(one) for one in self.unexamined], "traceable": self.traceable}
        told |= {name: [asdict(one) for one in getattr(self, name)] for name in ("tables", "duties", "traces")}
        return told

    def to_json(self) -> str:
        """The same as one JSON text with sorted keys."""
        return json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True)

    def notice(self, lang: str = "en") -> str:
        """A draft of the notice, with blanks in brackets for what only people know. Markdown."""
        from piiscrub.render.triage import notice

        return notice(self.to_dict(), lang)

    def _repr_html_(self) -> str:
        from piiscrub.render.triage import triage_html

        return triage_html(self.to_dict())

    def to_html(self, path: str | PathLike[str]) -> None:
        """Write a page in both languages, with the draft of the notice."""
        from piiscrub.render.triage import triage_page

        Path(path).write_text(triage_page(self.to_dict()), encoding="utf-8")

    def __repr__(self) -> str:
        n = len(self.traces)
        from_whom = "one hand-over matches" if n == 1 else f"{n} hand-overs match" if n else "no hand-over matches"
        if self.traceable < 0:
            from_whom = "not compared with hand-overs"
        return f"<Triage: {len(self.tables)} tables and texts, {self.persons} persons at most; {from_whom}>"


def triage(
    path: str | PathLike[str],
    *,
    record: str | PathLike[str] | Sequence[str | PathLike[str]] | None = None,
    keys: KeyRing | None = None,
    known: datetime | None = None,
    operator: Operator = "other",
) -> Triage:
    r"""What a leaked or lost file holds, from which hand-over it comes, and who has to be told by when.

    Args:
        path: a file or folder. Tables are profiled, texts scanned; what cannot be read is listed.
        record: the ``record`` folder of a hand-over, a folder of many, or several: a copy, a part of it or one in another
            encoding or order is traced to the right one.
        keys: the ring those hand-overs were made with; needed to compare.
        known: the aware moment the leak was noticed: deadlines count from it. Now if left out.
        operator: of the network it leaked from: ``critical``, ``state-body`` or ``other``.

    Raises:
        InputError: records without keys; a moment without a zone; what is no path.
        KeysError: none of the records was made with these keys.
        SourceError: nothing there; no record there.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.csv").write_text("手机号,金额\n13800138000,7\n14200000001,9\n", encoding="utf-8")
    ...     triage(Path(folder, "a.csv"))
    <Triage: 1 tables and texts, 2 persons at most; not compared with hand-overs>
    """
    if not isinstance(path, str | PathLike):
        raise InputError(f"triage takes the path of a file or folder, not {type(path).__name__}.")
    if not isinstance(known, datetime | None):
        raise InputError(f"triage: known takes a datetime with its time zone, not {type(known).__name__}.")
    moment = datetime.now(UTC) if known is None else known
    look = _Look()
    where = None if record is None else records(record)
    if where is not None:
        if keys is None:
            raise InputError("triage: comparing with hand-overs takes the keys they were made with.")
        where = look.comparable(where, keys)
    look.all(Path(path))
    persons, least = look.persons()
    held = {entity for one in look.tables for entity in one.categories if entity in entities.tree()}
    sensitive = any(entities.get(one).sensitive for one in held)
    return Triage(
        tables=tuple(look.tables),
        unexamined=tuple(look.unexamined),
        persons_at_least=least,
        persons=persons,
        sensitive=sensitive,
        special=any(entities.get(one).special for one in held),
        grade=max((entities.get(one).jrt0171 for one in held), key=_GRADES.index, default=""),
        level=level(persons),
        known=moment.isoformat(timespec="seconds"),
        duties=duties(persons if held else 0, sensitive=sensitive, known=moment, operator=operator),
        traces=trace(look.telling, where, keys) if where is not None and keys is not None else (),
        traceable=len(look.telling) if where is not None else -1,
    )


class _Look:
    """Reads every file once and counts."""

    def __init__(self) -> None:
        self.tables: list[TriagedTable] = []
        self.unexamined: list[tuple[str, str]] = []
        self.telling = Telling()
        self._people: dict[str, Fingerprints] = {}
        self._rows = 0
        self._scrubber = Scrubber(policy="review", ner="default")

    def all(self, path: Path) -> None:
        if not path.is_dir():
            self._file(path, "", path.name)
            return
        for number, below in enumerate(walk(path), 1):
            if isinstance(below, NotExamined):
                self.unexamined.append((shown_path(below.name, number), below.cause))
            else:
                self._file(path, below, shown_path(below, number))

    def comparable(self, where: Sequence[Path], keys: KeyRing) -> list[Path]:
        """The records that these keys open; the others count as not examined, and all of them are an error: nobody
        should read "no hand-over matches" where none was compared."""
        fit = [one for one in where if opens(one, keys)]
        if not fit:
            raise KeysError(f"triage: no record there was made with key ring {keys.id}, in an epoch that it still has.")
        names = (one.parent.name if one.name == "record" else one.name for one in where if one not in fit)
        self.unexamined += [(shown_path(name, number), "other-key") for number, name in enumerate(names, 1)]
        return fit

    def persons(self) -> tuple[int, int]:
        """The most and the least."""
        counts = [len(one) for one in self._people.values()]
        return sum(counts) + self._rows, max(counts, default=min(self._rows, 1))

    def _file(self, path: Path, below: str, shown: str) -> None:
        try:
            if is_table(below or path.name):
                with open_tables(path, below=below, shown=shown) as file:
                    self._table_file(file, shown) if isinstance(file, TableFile) else self.unexamined.append((shown, file.cause))
            else:
                self._text(path, below, shown)
        except SourceError:
            if not below:
                raise
            self.unexamined.append((shown, "unreadable"))

    def _table_file(self, file: TableFile, shown: str) -> None:
        profiles = iter(profile_file(file, name=shown))
        for sheet in file.sheets:
            if len(sheet.schema):
                profile = next(profiles)
                self._table(sheet, profile)
                if any(column.blind for column in profile.columns):
                    self.unexamined.append((profile.name, "no-text"))
                if profile.beyond:
                    self.unexamined.append((profile.name, "beyond"))
                if profile.unremembered:
                    self.unexamined.append((profile.name, "unremembered"))

    def _table(self, sheet: Sheet, profile: TableProfile) -> None:
        categories = Counter(column.entity for column in profile.columns if column.entity)
        for column in profile.columns:
            categories.update(entity for entity, _ in column.found)
        at, subject = _subject(profile)
        people = Fingerprints()
        together = self._people.setdefault(subject, Fingerprints()) if subject else people
        idle = [one.position for one in profile.columns if not one.entity and not one.found and not one.abstained]
        for batch in sheet.batches(rows=ROWS):
            self.telling.batch(profile.name, batch, idle)
            if at is not None:
                values = as_texts(distinct(batch.column(at)).values)
                people.add(values)
                together.add(values)
        rows = profile.rows
        if at is None and categories:
            self._rows += rows  # nothing says who is who
        worst = max(profile.combinations, key=lambda one: one.alone, default=None)
        self.tables.append(
            TriagedTable(
                name=profile.name,
                rows=rows,
                categories=dict(sorted(categories.items())),
                subject=subject,
                persons=len(people) if at is not None else rows if categories else 0,
                combination=worst.names if worst else (),
                alone=worst.alone if worst else 0,
            )
        )

    def _text(self, path: Path, below: str, shown: str) -> None:
        with opened(path, below=below) as source:
            if isinstance(source, NotExamined):
                self.unexamined.append((shown, source.cause))
                return
            counts: Counter[str] = Counter()
            seen: dict[str, set[str]] = {}
            causes: dict[str, None] = {}  # in the order they came
            for text, label in _texts(source.pieces(), causes):
                self.telling.text(shown, text)
                result = self._scrubber.scan(text, label=label)
                for finding in result.findings:
                    counts[finding.entity] += 1
                    kind = _kind(finding.entity)
                    if kind:
                        seen.setdefault(kind, set()).add(result.value(finding))
        kind = next((one for one in _SUBJECTS if one in seen), "")
        people = Fingerprints()
        people.add(seen.get(kind, ()))
        if kind:
            self._people.setdefault(kind, Fingerprints()).add(seen[kind])
        if counts.pop(UNEXAMINED, None):
            causes["engine"] = None
        self.unexamined += ((shown, cause) for cause in causes)
        self.tables.append(
            TriagedTable(
                name=shown,
                rows=0,
                categories=dict(sorted(counts.items())),
                subject=kind,
                persons=len(people),
                combination=(),
                alone=0,
            )
        )


def _texts(pieces: Iterable[Any], causes: dict[str, None]) -> Iterator[tuple[str, str]]:
    """Each text with what names it; ``causes`` gets why parts could not be read."""
    for piece in pieces:
        if piece.unit is not None and piece.unit.cause:
            causes[piece.unit.cause] = None
        elif piece.unit is not None and piece.unit.text:
            yield piece.unit.text, piece.unit.label


def _kind(entity: str) -> str:
    return next((kind for kind in _SUBJECTS if entities.is_a(entity, kind)), "")


def _subject(profile: TableProfile) -> tuple[int | None, str]:
    """The column that says best who a row is about, and the kind its values are counted under."""
    found = [(_SUBJECTS.index(kind), -one.distinct, one.position, kind) for one in profile.columns if (kind := _kind(one.entity))]
    if not found:
        return None, ""
    best = min(found)
    return best[2], best[3]
