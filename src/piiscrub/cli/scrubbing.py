"""``piiscrub scrub``."""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from rich.console import Console

from piiscrub.cli import jsonout, show
from piiscrub.cli.booking import Book
from piiscrub.cli.examine import Examiner
from piiscrub.cli.language import word
from piiscrub.cli.outcome import NOT_EXAMINED, OK, UsageProblem
from piiscrub.cli.progress import progress
from piiscrub.cli.secrets import Secrets
from piiscrub.cli.tally import Tally
from piiscrub.evidence.acts import scrubbed
from piiscrub.render.catalogue import say
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.sources import NotExamined, Undecodable, opened, problem, refuse, writing

_SPOOL = 8 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of one run."""

    policy: str = "balanced"
    as_json: bool = False
    codec: str | None = None
    format: str | None = None
    entities: Sequence[str] | None = None
    names: bool = True
    overwrite: bool = False
    secrets: Secrets | None = None
    scope: str | None = None
    ledger: Path | None = None


def scrub(path: Path, out: Path, asked: Asked) -> int:
    """Scrub one file; returns the exit code. Nothing is written unless the whole file could be."""
    to_stdout = str(out) == "-"
    from_stdin = str(path) == "-"
    if not from_stdin and path.is_dir():
        raise problem("is-folder", str(path))
    inputs: list[Path | int] = [_descriptor()] if from_stdin else [path]
    if not to_stdout:
        refuse(out, inputs=inputs, overwrite=asked.overwrite)
    ring = asked.secrets.ring() if asked.secrets else None
    book = Book(asked.ledger, ring)
    scrubber = Scrubber(policy=asked.policy, ner="default" if asked.names else None)
    if ring is not None and asked.secrets is not None:
        scrubber = scrubber.with_keys(ring, asked.secrets.vault)
    if scrubber.policy.scan_only:
        raise UsageProblem(f"Policy {scrubber.policy.id!r} only looks and changes nothing. See: piiscrub policies.")
    examiner = Examiner(scrubber, entities=asked.entities, scope=asked.scope)
    tally = Tally(examiner.shown(str(path)))
    with opened(sys.stdin.buffer if from_stdin else path, codec=asked.codec, format=asked.format) as source:
        if isinstance(source, NotExamined):
            raise problem("not-examined", tally.name, say(f"cause.{source.cause}"))
        target = _stdout() if to_stdout else writing(out, inputs=inputs, overwrite=asked.overwrite)
        try:
            with target as stream, progress(tally.name, source.size) as step:
                examiner.scrub(source, stream, tally, progress=step)
        except Undecodable:
            raise problem("not-examined", tally.name, say("cause.changed")) from None
    if book:
        output = "" if to_stdout else book.prints([out])[0]
        book.append("scrub", scrubbed(tally.evidence(), book.prints([] if from_stdin else [path]), output))
    _report(tally, out, scrubber.policy.id, asked, to_stdout=to_stdout)
    return NOT_EXAMINED if tally.not_examined else OK


def _descriptor() -> int:
    try:
        return sys.stdin.fileno()
    except OSError:  # standard input is no file of the system
        return -1


@contextlib.contextmanager
def _stdout() -> Iterator[BinaryIO]:
    """Held back until all is done: half an output would look like a whole one."""
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL) as spool:
        yield cast("BinaryIO", spool)
        spool.seek(0)
        shutil.copyfileobj(spool, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _report(tally: Tally, out: Path, policy: str, asked: Asked, *, to_stdout: bool) -> None:
    """To standard output, or to standard error where that carries the text."""
    if asked.as_json:
        with contextlib.redirect_stdout(sys.stderr if to_stdout else sys.stdout):
            jsonout.not_examined(tally.not_examined)
            jsonout.file(tally)
            jsonout.summary(
                [tally],
                policy,
                evidence=tally.evidence(),
                retyped=tally.retyped,
                renamed=tally.renamed,
                defused=tally.defused,
            )
        return
    console: Console = show.to_stderr() if to_stdout else show.console()
    show.heading(console, tally, word("cli.scrubbed", n=tally.findings) if tally.findings else show.nothing(tally))
    if tally.operators:
        done = " · ".join(f"{name} {n}" for name, n in sorted(tally.operators.items()))
        console.print(f"  {word('finding.operator')}: {done}", soft_wrap=True)
    if tally.retyped:
        console.print("  " + word("cli.retyped", n=tally.retyped))
    if tally.renamed:
        console.print("  " + word("cli.renamed", n=tally.renamed))
    if tally.defused:
        console.print("  " + word("table.defused", n=tally.defused))
    if tally.not_examined:
        console.print(
            "  " + word("cli.not-examined-kept" if tally.unexamined_kept else "cli.not-examined-redacted"), style="yellow"
        )
    if tally.last is not None and tally.last.scope:
        console.print("  " + word("keys.scope", scope=tally.last.scope), soft_wrap=True)
    if not to_stdout:
        console.print(word("cli.written", name=str(out)), soft_wrap=True)
