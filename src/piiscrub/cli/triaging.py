"""``piiscrub triage``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from piiscrub.cli.keys import JsonOpt, LangOpt
from piiscrub.cli.language import lang, word
from piiscrub.cli.outcome import NOT_EXAMINED, OK, UsageProblem, one_line
from piiscrub.cli.secrets import FdOpt, KeysOpt, Secrets


def triage(
    path: Annotated[
        Path, typer.Argument(help="The file or folder that leaked or was lost.", show_default=False, metavar="FILE|DIR")
    ],
    record: Annotated[
        list[Path] | None,
        typer.Option(
            "--record", help="Records of hand-overs to compare with, or a folder of them. Repeat for more.", show_default=False
        ),
    ] = None,
    key_file: KeysOpt = None,
    descriptor: FdOpt = None,
    known: Annotated[
        str, typer.Option("--known", help="When it was noticed, such as 2026-11-22T08:00+08:00; now if left out.")
    ] = "",
    operator: Annotated[str, typer.Option("--operator", help="Of the network: critical, state-body or other.")] = "other",
    html: Annotated[Path | None, typer.Option("--html", help="Write a page in both languages.", show_default=False)] = None,
    notice: Annotated[Path | None, typer.Option("--notice", help="Write the draft of the notice.", show_default=False)] = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """A leaked or lost file: what, how many people, from which hand-over, who to tell by when. 泄露文件研判。"""
    from piiscrub.cli.profiling import refuse_page
    from piiscrub.handing_over.notices import Operator
    from piiscrub.handing_over.triage import triage as look
    from piiscrub.sources import refuse, writing

    if operator not in get_args(Operator):
        raise UsageProblem(f"--operator takes {', '.join(get_args(Operator))}.")
    read = _files([path, *(record or ())])
    if notice is not None:
        refuse(notice, inputs=read)
    refuse_page(html, [*read, *([notice] if notice else ())])
    found = look(
        path,
        record=record or None,
        keys=Secrets(key_file, None, descriptor).ring(),
        known=_moment(known) if known else None,
        operator=cast(Operator, operator),
    )
    if html is not None:
        found.to_html(html)
    if notice is not None:
        with writing(notice) as stream:
            stream.write(found.notice(lang()).encode("utf-8"))
    if json:
        typer.echo(found.to_json())
    else:
        level = word(f"triage.level-{found.level}")
        typer.echo(word("triage.persons-line", n=found.persons, least=found.persons_at_least, level=level))
        typer.echo(f"{word('triage.kinds')}: " + (", ".join(f"{e} ×{n}" for e, n in found.categories.items()) or "–"))
        if found.worst:
            typer.echo(f"{word('triage.alone')}: {found.worst.alone} ({one_line(' + '.join(found.worst.combination))})")
        for one in found.traces:
            typer.echo(
                word(
                    "triage.from-line", record=one_line(one.record), recipient=one_line(one.recipient), made=one.made,
                    matched=one.matched, n=one.values, confidence=word(f"triage.confidence-{one.confidence}"),
                )
            )  # fmt: skip  # the facts of a line on two lines
            if one.canaries_of:
                typer.echo(word("triage.canaries-line", n=one.canaries, of=one.canaries_of))
        if not found.traces:
            typer.echo(word("triage.not-compared" if found.traceable < 0 else "triage.no-match", n=found.traceable))
        typer.echo(f"{word('triage.duties')}:" + ("" if found.duties else f" {word('triage.none')}"))
        for duty in found.duties:
            more = f" ({word(f'triage.if-{duty.condition}')})" if duty.condition else ""
            typer.echo(f"  {duty.due or word('triage.at-once')}  {duty.to(lang())}{more}  [{duty.source}]")
        for name, cause in found.unexamined:
            typer.echo(f"! {one_line(name)}: {word(f'cause.{cause}')}")
    raise typer.Exit(NOT_EXAMINED if found.unexamined else OK)


def _files(paths: Sequence[Path]) -> list[Path]:
    """What is looked into, and all that lies in a folder of it: evidence, over which nothing is written."""
    from piiscrub.sources import walk

    below = (path / one for path in paths if path.is_dir() for one in walk(path) if isinstance(one, str))
    return [*paths, *below]


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageProblem("--known takes a moment such as 2026-11-22T08:00+08:00.") from None
    return moment if moment.tzinfo else moment.astimezone()
