"""``piiscrub profile``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from piiscrub.cli import jsonout, show
from piiscrub.cli.language import lang, word
from piiscrub.cli.outcome import NOT_EXAMINED, OK
from piiscrub.cli.progress import table_progress
from piiscrub.cli.tables import Reading, all_tables, files_of
from piiscrub.errors import SourceError
from piiscrub.render.catalogue import listed
from piiscrub.sources import NotExamined, problem, refuse
from piiscrub.sources.piece import NotExamined as Record
from piiscrub.table.files import profile_file
from piiscrub.table.profile.model import ColumnProfile, TableProfile

COLUMNS = ("position", "column", "entity", "role", "confidence", "distinct", "missing", "found", "evidence")


def profile(source: Path | str, reading: Reading, *, sample: int | None, seed: int, page: Path | None, as_json: bool) -> int:
    """Profile every table of a file, a folder or a database; returns the exit code."""
    refuse_page(page, files_of(source))
    profiles, missed = profiles_of(source, reading, sample=sample, seed=seed)
    for one in profiles:
        if as_json:
            columns = [column.row(lang()) for column in one.columns]
            together = [{"columns": list(c.names), "groups": c.groups, "alone": c.alone} for c in one.combinations]
            told_of = {
                "table": one.name,
                "rows": one.rows,
                "beyond": one.beyond,
                "hidden": one.hidden,
                "unremembered": one.unremembered,
            }
            jsonout.line({"type": "profile", **told_of, "columns": columns, "combinations": together})
        else:
            _show(one)
    if page is not None:
        write_page(page, [one._repr_html_() for one in profiles], word("table.profile"))
    return told(missed, as_json=as_json, beyond=any(one.beyond or one.unremembered for one in profiles))


def profiles_of(
    source: Path | str, reading: Reading, *, sample: int | None = None, seed: int = 0
) -> tuple[list[TableProfile], list[Record]]:
    """The profiles of all tables, and what could not be read."""
    profiles: list[TableProfile] = []
    missed: list[Record] = []
    folder = isinstance(source, Path) and source.is_dir()
    for found in all_tables(source, reading):
        if isinstance(found.opened, NotExamined):
            missed.append(found.opened)
            continue
        try:
            with found.opened as file:
                if isinstance(file, NotExamined):
                    missed.append(file._replace(name=found.label))
                    continue
                # What a database holds cannot be told beforehand.
                with table_progress(found.label, file.size if isinstance(source, Path) else 0) as step:
                    profiles += profile_file(file, name=found.label, sample=sample, seed=seed, lang=lang(), progress=step)
        except SourceError:
            if not folder:
                raise
            missed.append(NotExamined(found.label, "unreadable"))  # one damaged file does not hide all others of a folder
    if not profiles and not folder:
        if missed:
            raise problem("not-examined", missed[0].name, word(f"cause.{missed[0].cause}"))
        name = source.name if isinstance(source, Path) else word("cli.database")  # a URL may hold a password
        raise problem("no-table", name, word("cli.empty"))
    return profiles, missed


def told(missed: list[Record], *, as_json: bool, beyond: bool = False) -> int:
    """Say what could not be read; returns the exit code. ``beyond``: whether cells of no column or no value were told before."""
    if as_json:
        jsonout.not_examined(missed)
    else:
        for one in missed:
            show.console().print(f"{one.name}: {word('cli.not-examined', cause=word(f'cause.{one.cause}'))}", style="yellow")
    return NOT_EXAMINED if missed or beyond else OK


def refuse_page(page: Path | None, others: Sequence[Path]) -> None:
    """A page takes the place of an older one, never of what is read or written besides."""
    if page is not None:
        refuse(page, inputs=others, overwrite=True)


def write_page(target: Path, bodies: list[str], title: str) -> None:
    """One page with all parts, in place of what was there."""
    from piiscrub.render.html import document
    from piiscrub.sources import writing

    with writing(target, overwrite=True) as stream:
        stream.write(document("\n".join(bodies), title, lang=lang()).encode("utf-8"))


def _show(one: TableProfile) -> None:
    rows = [_row(column) for column in one.columns]
    caption = f"{one.name or word('table.profile')} · {word('table.size', rows=one.rows, columns=len(one.columns))}"
    show.rows(show.console(), caption, [{word(f"table.{key}"): row[key] for key in COLUMNS} for row in rows], headings())
    remarks(one)
    for combination in one.combinations:
        show.console().print(f"  {word('table.combinations')}: {' + '.join(combination.names)}", soft_wrap=True)


def remarks(one: TableProfile) -> None:
    """What is to be said of the table as a whole."""
    for line in one.remarks(lang()):
        show.console().print(f"  {line}", style="yellow", soft_wrap=True)


def headings() -> list[str]:
    """The titles of the columns in the language of this run."""
    return [word(f"table.{key}") for key in COLUMNS]


def _row(column: ColumnProfile) -> dict[str, object]:
    why = column.why(lang())
    return {
        "position": column.position,
        "column": column.name,
        "entity": word("table.abstained") if column.abstained else column.entity or "–",
        "role": word(f"table.role.{column.role}"),
        "confidence": f"{column.confidence:.2f}",
        "distinct": column.distinct,
        "missing": column.missing,
        "found": ", ".join(f"{entity} ×{n}" for entity, n in column.found),
        "evidence": listed(why[:2], lang(), sentences=True),
    }
