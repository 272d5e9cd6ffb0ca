"""``piiscrub retention check`` and ``piiscrub retention apply``."""

from __future__ import annotations

import json as jsonlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from piiscrub.cli.keys import JsonOpt, LangOpt
from piiscrub.cli.language import lang, word
from piiscrub.cli.outcome import NOT_EXAMINED, UsageProblem, one_line
from piiscrub.cli.secrets import FdOpt, KeysOpt, Secrets

if TYPE_CHECKING:
    from piiscrub.lifecycle.retention import RetentionReport

SourcesArg = Annotated[
    list[str], typer.Argument(help="Files and folders of tables, or database URLs.", show_default=False, metavar="SOURCE...")
]
RulesOpt = Annotated[Path, typer.Option("--rules", help="The rules (TOML).", show_default=False)]
DueOpt = Annotated[
    list[Path] | None,
    typer.Option(
        "--due",
        help="Certificates of erasures: rows that had to stay then go as soon as no law keeps them. Takes --keys.",
        show_default=False,
    ),
]
DayOpt = Annotated[str, typer.Option("--day", help="Judge by this day (YYYY-MM-DD); today if left out.")]
HtmlOpt = Annotated[Path | None, typer.Option("--html", help="Write a page to read in a browser.", show_default=False)]


def commands() -> typer.Typer:
    """The group of commands."""
    app = typer.Typer(
        name="retention",
        help="Say what is overdue and what must stay; delete or anonymise it. 核查保存期限，删除或匿名化到期记录。",
        no_args_is_help=True,
        add_completion=False,
    )
    app.command()(check)
    app.command()(apply)
    return app


def check(
    sources: SourcesArg,
    rules: RulesOpt,
    day: DayOpt = "",
    due: DueOpt = None,
    key_file: KeysOpt = None,
    descriptor: FdOpt = None,
    json: JsonOpt = False,
    html: HtmlOpt = None,
    language: LangOpt = None,
) -> None:
    """Change nothing. 只核查，不改动。"""
    from piiscrub.lifecycle.retention import retention

    _refuse(html)
    ring = Secrets(key_file, None, descriptor).ring()
    _say(retention(sources, rules, now=_day(day), keys=ring, due=due or ()), json, html)


def apply(
    sources: SourcesArg,
    rules: RulesOpt,
    day: DayOpt = "",
    due: DueOpt = None,
    ledger: Annotated[Path | None, typer.Option("--ledger", help="The ledger to add to.", show_default=False)] = None,
    key_file: KeysOpt = None,
    descriptor: FdOpt = None,
    json: JsonOpt = False,
    html: HtmlOpt = None,
    language: LangOpt = None,
) -> None:
    """Delete or anonymise overdue rows where they lie. 就地删除或匿名化到期记录。"""
    from piiscrub.lifecycle.retention import retention

    if ledger is not None and key_file is None:
        raise UsageProblem("--ledger takes --keys as well: the key file that signs its entries.")
    _refuse(html)  # before anything is deleted
    ring = Secrets(key_file, None, descriptor).ring()
    _say(retention(sources, rules, apply=True, now=_day(day), ledger=ledger, keys=ring, due=due or ()), json, html)


def _refuse(page: Path | None) -> None:
    """Raises SourceError for a page that could not be written."""
    if page is not None:
        from piiscrub.sources import refuse

        refuse(page)


def _say(report: RetentionReport, as_json: bool, page: Path | None) -> None:
    if page is not None:
        from piiscrub.sources import writing

        with writing(page) as stream:
            stream.write(report.to_html(lang()).encode())
    if as_json:
        typer.echo(jsonlib.dumps(report.to_dict(), ensure_ascii=False, sort_keys=True))
    else:
        for one in report.tables:
            counts = ", ".join(f"{word(f'lifecycle.{status}')} {n}" for status, n in sorted(one.counts.items()))
            done = f" → {word(f'lifecycle.action-{one.action}')} {one.treated}" if report.applied else ""
            typer.echo(f"{one_line(one.table)}: {counts or '0'}{done}")
            for by in one.referred:
                key = "lifecycle.referred-kept" if by.kept else "lifecycle.referred-ignored"
                typer.echo(f"  {word(key, of=by.of, rows=by.rows, table=one_line(by.table))}")
            if one.error:
                typer.echo(f"  {one_line(one.error)}")
        for name in report.uncovered:
            typer.echo(f"{one_line(name)}: {word('lifecycle.no-rule')}")
        for name, cause in report.left:
            typer.echo(f"{one_line(name)}: {word(f'cause.{cause}')}")
        for hold in report.idle:
            typer.echo(f"! {word('lifecycle.idle', hold=one_line(hold))}")
        for month, n in report.next_due.items():
            typer.echo(f"  {word('lifecycle.next-due')} {month}: {n}")
        told = {"rows": report.treated if report.applied else report.overdue, "tables": len(report.tables)}
        typer.echo(word("lifecycle.applied" if report.applied else "lifecycle.checked-only", **told))
        undated = sum(one.counts.get("undated", 0) for one in report.tables)
        if undated:
            typer.echo(word("lifecycle.look", rows=undated))
    if not report.ok or report.left:
        raise typer.Exit(NOT_EXAMINED)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageProblem("--day takes a date such as 2026-11-22.") from None
