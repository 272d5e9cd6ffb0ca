"""``piiscrub ledger``: show it, verify it, export it, say who has what."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from piiscrub.cli.keys import JsonOpt, LangOpt
from piiscrub.cli.language import lang, word
from piiscrub.cli.outcome import CANNOT, one_line
from piiscrub.render.catalogue import has

if TYPE_CHECKING:
    from piiscrub.evidence.entry import Entry

_LISTED = 10
FileArg = Annotated[Path, typer.Argument(help="The ledger.", show_default=False, metavar="LEDGER")]


def commands() -> typer.Typer:
    """The group of commands."""
    app = typer.Typer(
        name="ledger",
        help="Show, verify and export the evidence ledger. 查看、核验、导出证据台账。",
        no_args_is_help=True,
        add_completion=False,
    )
    app.command()(show)
    app.command()(verify)
    app.command()(export)
    app.command()(sharing)
    return app


def show(path: FileArg, json: JsonOpt = False, language: LangOpt = None) -> None:
    """One line per entry. 逐条列出。"""
    from piiscrub.evidence.ledger import Ledger

    for entry in Ledger(path).entries():
        if json:
            typer.echo(entry.line().decode("utf-8").rstrip("\n"))
        else:
            what = one_line(", ".join(_summary(entry)))
            typer.echo(f"{entry.number:>6}  {entry.time}  {_title(entry.action):<16}  {what}  {entry.hash[:16]}")


def _title(action: str) -> str:
    key = f"ledger.action-{action}"
    return word(key) if has(key) else one_line(action)


def _summary(entry: Entry) -> Iterator[str]:
    """Whom and what an entry concerns, in a few words; all of it is in --json."""
    told = entry.fields
    yield from (str(told[name]) for name in ("recipient", "purpose", "policy") if told.get(name))
    rows = told.get("rows_out", told.get("rows"))
    for name, n in (("rows", rows), *((name, told.get(name)) for name in ("files", "epoch", "restored", "unexamined"))):
        if isinstance(n, int) and n:
            yield word(f"ledger.{name}", n=n)
    found = told.get("entities")
    if isinstance(found, dict) and found:
        most = sorted(found.items(), key=lambda one: (-int(one[1]), one[0]))
        yield " ".join(f"{entity} ×{n}" for entity, n in most[:4]) + (" …" if len(most) > 4 else "")
    if isinstance(told.get("key"), str) and told["key"]:
        yield str(told["key"])


def verify(
    path: FileArg,
    anchor: Annotated[
        str | None, typer.Option("--anchor", help="A file that holds a head, or the hash of an entry.", show_default=False)
    ] = None,
    signer: Annotated[
        str | None, typer.Option("--signer", help="Public key that must have signed (base64).", show_default=False)
    ] = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Whether nothing was edited, removed or added; a cut end shows only against an anchor. 核验台账。"""
    from piiscrub.evidence.ledger import Ledger

    report = Ledger(path).verify(anchor=anchor, signer=signer)
    if json:
        told = {"ok": report.ok, "entries": report.entries, "tail": report.tail, "origin": report.origin}
        told |= {"recovered": report.recovered, "problems": [list(one) for one in report.problems]}
        told["head"] = report.head.to_dict() if report.head else None
        typer.echo(jsonlib.dumps(told, ensure_ascii=False, sort_keys=True))
    else:
        verdict, tail, *head = report.lines(lang())
        typer.echo(verdict)
        for line, what in report.problems[:_LISTED]:
            typer.echo(f"  {line}: {what}")
        if len(report.problems) > _LISTED:
            typer.echo(f"  {word('subject.more', n=len(report.problems) - _LISTED)}")
        typer.echo("\n  ".join((tail, *head)))
    if not report.ok:
        raise typer.Exit(CANNOT)


def export(
    path: FileArg,
    output: Annotated[Path, typer.Option("--output", "-o", help="CSV to write, one row per entry.", show_default=False)],
    language: LangOpt = None,
) -> None:
    """The entries as a table, for auditors. 导出为表格。"""
    import csv
    import io

    from piiscrub.evidence.ledger import Ledger
    from piiscrub.sources import writing

    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("number", "time", "action", "fields", "hash", "previous", "signer"))
    for e in Ledger(path).entries():
        fields = jsonlib.dumps(dict(e.fields), ensure_ascii=False, sort_keys=True)
        rows.writerow((e.number, e.time, e.action, fields, e.hash, e.previous, e.signer))
    with writing(output, inputs=(path,)) as stream:
        stream.write(text.getvalue().encode("utf-8-sig"))


def sharing(path: FileArg, json: JsonOpt = False, language: LangOpt = None) -> None:
    """Who has which kinds of personal information, protected how, until when. 各接收方的提供记录。"""
    from piiscrub.evidence.ledger import Ledger
    from piiscrub.evidence.sharing import sharing as records
    from piiscrub.render.handover import protection_words

    for one in records(Ledger(path).entries()):
        if json:
            typer.echo(jsonlib.dumps(one.to_dict(), ensure_ascii=False, sort_keys=True))
            continue
        typer.echo(f"{one_line(one.recipient) or '–'} ({one_line(', '.join((*one.kinds, *one.countries)))})")
        typer.echo("  " + word("ledger.shared", n=one.hand_overs, rows=one.rows, first=one.first[:10], last=one.last[:10]))
        purposes, bases = one_line(", ".join(one.purposes)), one_line(", ".join(one.bases))
        typer.echo(f"  {word('handover.purpose')}: {purposes}; {word('handover.basis')}: {bases}")
        typer.echo(f"  {word('handover.until')}: {one_line(one.until) or '–'}")
        for entity, how in one.categories.items():
            typer.echo(f"    {entity}: {', '.join(protection_words(family, lang()) for family in how)}")
