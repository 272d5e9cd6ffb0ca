"""``piiscrub scan``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from piiscrub.cli import jsonout, show
from piiscrub.cli.booking import Book
from piiscrub.cli.examine import Examiner
from piiscrub.cli.language import word
from piiscrub.cli.outcome import FOUND, NOT_EXAMINED, OK
from piiscrub.cli.progress import progress
from piiscrub.cli.secrets import Secrets
from piiscrub.cli.tally import Seen, Tally
from piiscrub.evidence.acts import scanned
from piiscrub.model.finding import UNEXAMINED
from piiscrub.model.policy import Policy
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.sources import NotExamined, Place, Source, Unit, not_found, opened, walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of one run."""

    policy: str = "review"
    as_json: bool = False
    values: bool = False
    codec: str | None = None
    format: str | None = None
    entities: Sequence[str] | None = None
    names: bool = True
    limit: int = 10
    ledger: Path | None = None
    secrets: Secrets | None = None


def scan(paths: Sequence[Path], asked: Asked, *, fail_on_findings: bool = False) -> int:
    """Scan everything named; returns the exit code."""
    for path in paths:  # a slip in the last name is said before the first file is read
        if str(path) != "-" and not path.exists():
            raise not_found(path)
    book = Book(asked.ledger, asked.secrets.ring() if asked.secrets else None)
    examiner = Examiner(Scrubber(policy=asked.policy, ner="default" if asked.names else None), entities=asked.entities)
    out = show.console()
    tallies: list[Tally] = []
    for path in paths:
        for found, name in _files(path, asked):
            tallies.append(_one(found, name, examiner, asked, out))
    book.append("scan", _told(tallies, examiner.scrubber.policy, book.prints(_named(paths))))
    if asked.as_json:
        jsonout.summary(tallies, examiner.scrubber.policy.id)
    elif len(tallies) != 1:
        show.totals(out, tallies)
    if any(tally.not_examined for tally in tallies):
        return NOT_EXAMINED
    return FOUND if fail_on_findings and any(tally.findings for tally in tallies) else OK


def _named(paths: Sequence[Path]) -> Iterator[Path]:
    """Every file that was looked at; what cannot be read has no print."""
    for path in paths:
        if path.is_dir():
            yield from (path / entry for entry in walk(path) if not isinstance(entry, NotExamined))
        elif str(path) != "-":
            yield path


def _told(tallies: Sequence[Tally], policy: Policy, inputs: Sequence[str]) -> dict[str, Any]:
    entities: Counter[str] = Counter()
    for tally in tallies:
        entities.update(tally.entities)
    named = {"id": policy.id, "version": policy.version, "hash": policy.hash}
    missed = sum(len(tally.not_examined) for tally in tallies)
    return scanned(entities, files=len(tallies), unexamined=missed, policy=named, inputs=inputs)


Opened = AbstractContextManager[Source | NotExamined] | NotExamined


def _files(path: Path, asked: Asked) -> Iterator[tuple[Opened, str]]:
    if str(path) == "-":
        yield opened(sys.stdin.buffer, codec=asked.codec, format=asked.format), "-"
    elif path.is_dir():
        for entry in walk(path):
            if isinstance(entry, NotExamined):
                yield entry, entry.name
            else:
                yield opened(path, below=entry, codec=asked.codec, format=asked.format), entry
    else:
        yield opened(path, codec=asked.codec, format=asked.format), str(path)


def _one(found: Opened, name: str, examiner: Examiner, asked: Asked, out: Console) -> Tally:
    tally = Tally(examiner.shown(name))
    shown = show.Findings(asked.limit)

    def take(seen: Seen) -> None:
        if asked.as_json:
            jsonout.finding(seen, tally.name, values=asked.values)
        else:
            shown.add(seen)

    for seen in _in_name(name, examiner, tally, asked):
        take(seen)
    if isinstance(found, NotExamined):
        tally.not_examined.append(found._replace(name=tally.name))
    else:
        with found as source:
            if isinstance(source, NotExamined):
                tally.not_examined.append(source._replace(name=tally.name))
            else:
                with progress(tally.name, source.size) as step:
                    for seen in examiner.scan(source, tally, values=asked.values, progress=step):
                        take(seen)
    if asked.as_json:
        jsonout.not_examined(tally.not_examined)
        jsonout.file(tally)
    else:
        shown.show(out, tally, values=asked.values)
    return tally


def _in_name(name: str, examiner: Examiner, tally: Tally, asked: Asked) -> Iterator[Seen]:
    """A file name is data too: ``13800138000.txt`` says whose file it is."""
    result = examiner.name_findings(Path(name).name if Path(name).is_absolute() else name)
    for finding in result.findings:
        if finding.entity != UNEXAMINED:
            tally.entities[finding.entity] += 1
            value = result.value(finding) if asked.values else ""
            yield Seen(Unit("", Place()), finding, word("place.name"), {"file_name": True}, value)
