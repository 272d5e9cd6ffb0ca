"""What people see: one block per file, a line of totals. Values never, unless asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from piiscrub.cli.language import lang, word
from piiscrub.cli.outcome import one_line
from piiscrub.cli.tally import Seen, Tally
from piiscrub.model.plan import Joining
from piiscrub.render.joining import sentences
from piiscrub.render.preview import preview
from piiscrub.sources import NotExamined

WIDE = 1000  # a file or a pipe has no edge: nothing is broken or cut


class _Plain(Console):
    """Prints text as it stands, in which nothing steers the terminal: headers and names of files come from strangers.

    A pipe whose reader has gone is for ``outcome``, which knows the exit codes.
    """

    def print(self, *objects: Any, **how: Any) -> None:  # as the one of rich
        super().print(*(one_line(one) if isinstance(one, str) else one for one in objects), **how)

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console() -> Console:
    """Standard output; wide open when it is no terminal."""
    plain = _Plain(highlight=False, markup=False, emoji=False)
    return plain if plain.is_terminal else _Plain(highlight=False, markup=False, emoji=False, width=WIDE)


class Findings:
    """Collects what is shown of one file: the first ``limit`` findings (0: all) and the totals."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.kept: list[Seen] = []
        self.count = 0

    def add(self, seen: Seen) -> None:
        self.count += 1
        if not self.limit or len(self.kept) < self.limit:
            self.kept.append(seen)

    def show(self, out: Console, tally: Tally, *, values: bool) -> None:
        """The block of one file."""
        heading(out, tally, word("cli.found", n=tally.findings) if tally.findings else nothing(tally))
        if self.kept:
            grid = _grid()
            for seen in self.kept:
                grid.add_row(*(Text(cell) for cell in _row(seen, values)))
            out.print(grid)
        if self.count > len(self.kept):
            out.print("  " + word("cli.more", n=self.count - len(self.kept)), style="dim")
        out.print()


def heading(out: Console, tally: Tally, summary: str) -> None:
    """File, format and encoding, counts by entity, and what was not examined."""
    about = ", ".join(part for part in (tally.format, tally.encoding) if part)
    line = Text(tally.name, style="bold")
    line.append(f"  {about}" if about else "", style="dim")
    if not _whole(tally):
        line.append(f" · {summary}", style="not bold")
    out.print(line, soft_wrap=True)
    if tally.entities:
        out.print("  " + " · ".join(f"{entity} {n}" for entity, n in sorted(tally.entities.items())), soft_wrap=True)
    for text in not_examined_lines(tally.not_examined):
        out.print(f"  {text}", style="yellow", soft_wrap=True)


def not_examined_lines(records: Sequence[NotExamined], *, most: int = 5) -> list[str]:
    """One line per record, the first few of each cause."""
    lines: list[str] = []
    for cause in dict.fromkeys(record.cause for record in records):
        same = [record for record in records if record.cause == cause]
        at = list(dict.fromkeys(record.place.line for record in same if record.place is not None))
        more = f" … {word('cli.not-examined-count', n=len(same))}" if len(at) > most else ""
        where = f" ({word('place.lines', lines=', '.join(map(str, at[:most])))}{more})" if at else ""
        lines.append(word("cli.not-examined", cause=word(f"cause.{cause}")) + where)
    return lines


def totals(out: Console, tallies: Iterable[Tally]) -> None:
    """The last line."""
    done = list(tallies)
    findings, missing = sum(t.findings for t in done), sum(len(t.not_examined) for t in done)
    out.print(word("cli.total", files=len(done), findings=findings, unexamined=missing), style="bold", soft_wrap=True)


def rows(out: Console, caption: str, table: Sequence[Mapping[str, object]], columns: Sequence[str]) -> None:
    """A table of plain data: recognizers, entities, policies."""
    grid = Table(title=f"{one_line(caption)} ({len(table)})", title_justify="left", box=None, padding=(0, 2, 0, 0))
    for column in columns:
        grid.add_column(column, overflow="fold")
    for row in table:
        grid.add_row(*(Text(one_line(_plain(row.get(column, "")))) for column in columns))
    out.print(grid)


def joining(measured: Joining | None) -> None:
    """What can still be joined to a table, and a warning where the policy promises less."""
    if measured is None:
        return
    for line in sentences(measured, lang()):
        console().print(Text("  " + one_line(line)), soft_wrap=True)


def to_stderr() -> Console:
    """For progress: standard error."""
    return _Plain(file=sys.stderr, highlight=False, markup=False)


def _whole(tally: Tally) -> bool:
    """Whether the file as a whole was not examined."""
    return any(record.place is None for record in tally.not_examined)


def nothing(tally: Tally) -> str:
    """What is said where nothing was found: never more than what was looked at."""
    if tally.not_examined:
        return word("cli.rest-clean")
    return word("cli.clean") if tally.size else word("cli.empty")


def _grid() -> Table:
    grid = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for _ in range(6):
        grid.add_column(overflow="fold")
    return grid


def _row(seen: Seen, values: bool) -> tuple[str, ...]:
    finding = seen.finding
    shown = one_line(seen.value) if values else preview(finding.entity, finding.end - finding.start)
    entity = (finding.entity, shown) if values else (shown,)
    check = "" if finding.check == "none" else f"{word('finding.check')} {word('check.' + finding.check)}"
    return (f"  {seen.where}", *entity, f"{finding.score:.2f}", check, finding.recognizer, " ".join(finding.context))


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return {True: "✓", False: ""}.get(value, str(value)) if isinstance(value, bool) else str(value)
