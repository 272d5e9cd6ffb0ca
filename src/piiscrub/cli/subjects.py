"""``piiscrub subject``: find a person, write her a copy, erase her. What is known of her is never an argument."""

from __future__ import annotations

import json as jsonlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from piiscrub.cli.confirming import CodeOpt, all_given, counted, next_step, say_done
from piiscrub.cli.keys import JsonOpt, LangOpt
from piiscrub.cli.known import known_from
from piiscrub.cli.language import word
from piiscrub.cli.outcome import CANNOT, NOT_EXAMINED, UsageProblem, one_line
from piiscrub.cli.secrets import FdOpt, KeysOpt, LookVaultOpt, Secrets

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing
    from piiscrub.lifecycle.destroying import Destroyed
    from piiscrub.lifecycle.found import Subject
    from piiscrub.lifecycle.planning import DestructionPlan

SourcesArg = Annotated[
    list[str],
    typer.Argument(help="Files, folders and database URLs to look into.", show_default=False, metavar="SOURCE..."),
]
KnownOpt = Annotated[
    int | None,
    typer.Option(
        "--known-fd",
        min=0,
        help="Read what is known from this descriptor: JSON, or lines of kind: value. Asked for if left out.",
        show_default=False,
    ),
]
RecordOpt = Annotated[
    list[Path] | None,
    typer.Option("--record", help="Records of hand-overs: who else has it. Repeat for more.", show_default=False),
]
NoticesOpt = Annotated[
    Path | None,
    typer.Option(
        "--notices", help="A folder to make: for each recipient the draft of a notice. Takes --record.", show_default=False
    ),
]
IncludeOpt = Annotated[
    list[str] | None,
    typer.Option("--include", help="A position in doubt that is hers after all; repeat for more.", show_default=False),
]
ScopesOpt = Annotated[list[str] | None, typer.Option("--scope", help="Scope of the vault; repeat for more.", show_default=False)]
_LISTED = 50


def commands() -> typer.Typer:
    """The group of commands."""
    app = typer.Typer(
        name="subject",
        help="Find a person's data, write a copy, erase it. 查找、导出、删除某人的个人信息。",
        no_args_is_help=True,
        add_completion=False,
    )
    app.command()(find)
    app.command()(export)
    app.command()(erase)
    return app


def find(
    sources: SourcesArg,
    known: KnownOpt = None,
    record: RecordOpt = None,
    notices: NoticesOpt = None,
    vault: LookVaultOpt = None,
    scope: ScopesOpt = None,
    key_file: KeysOpt = None,
    descriptor: FdOpt = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Where a person's data is, in counts. 查找某人的信息（仅显示数量）。"""
    found = _found(sources, known, record, vault, scope, Secrets(key_file, vault, descriptor))
    _notices(found, notices)
    _told(found, as_json=json)
    if found.unexamined:
        raise typer.Exit(NOT_EXAMINED)


def export(
    sources: SourcesArg,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to make.", show_default=False)],
    known: KnownOpt = None,
    include: IncludeOpt = None,
    record: RecordOpt = None,
    vault: LookVaultOpt = None,
    scope: ScopesOpt = None,
    key_file: KeysOpt = None,
    descriptor: FdOpt = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """A copy for the person: her data alone, others' masked. 为本人导出副本（他人信息已屏蔽）。"""
    found = _found(sources, known, record, vault, scope, Secrets(key_file, vault, descriptor), include)
    found.export(out)
    _told(found, as_json=json)
    if not json:
        typer.echo(word("subject.exported", out=one_line(str(out))))
    if found.unexamined:
        raise typer.Exit(NOT_EXAMINED)


def erase(
    sources: SourcesArg,
    known: KnownOpt = None,
    include: IncludeOpt = None,
    code: CodeOpt = "",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The folder to make for the certificate.", show_default=False)
    ] = None,
    order: Annotated[
        Path | None, typer.Option("--order", help="A TOML file: who ordered it, why, who does it.", show_default=False)
    ] = None,
    rules: Annotated[
        Path | None, typer.Option("--rules", help="Rules of retention: what law keeps stays.", show_default=False)
    ] = None,
    ledger: Annotated[Path | None, typer.Option("--ledger", help="The ledger to add to.", show_default=False)] = None,
    record: RecordOpt = None,
    notices: NoticesOpt = None,
    vault: LookVaultOpt = None,
    scope: ScopesOpt = None,
    key_file: KeysOpt = None,
    descriptor: FdOpt = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Erase a person in two steps: what would go, then --code. 分两步删除某人的信息。"""
    from piiscrub.lifecycle.erasing import begun

    secrets = Secrets(key_file, vault, descriptor)
    ring = secrets.ring()
    if notices is not None and not record:
        raise UsageProblem("--notices takes --record as well: the hand-overs whose recipients are to be told.")
    again = bool(code) and out is not None and begun(out)  # a run that was cut off: what was decided then stands
    found = _found(sources, known, record, vault, scope, secrets, None if again else include)
    if not again:  # of a run that was cut off, what is left may name nobody any more
        _refuse_notices(found, notices)
    if not code:
        plan = cast("DestructionPlan", found.erase(rules=rules))
        code = _planned(found, plan, out, order, ring, as_json=json)
        if not code:
            raise typer.Exit(CANNOT if plan.obstacles else NOT_EXAMINED if found.unexamined else 0)
    all_given(out, order, ring)
    done = cast("Destroyed", found.erase(confirm=code, out=out, keys=ring, order=order, rules=rules, ledger=ledger))
    _notices(found, notices)
    if not json:
        _recipients(found)
        if found.doubtful:
            typer.echo(word("subject.by-hand", n=len(found.doubtful)))
        _unexamined(found)
    say_done(done, cast("Path", out), as_json=json, recipients=[dict(one) for one in found.recipients])
    if found.unexamined:  # something of hers may stand there
        raise typer.Exit(NOT_EXAMINED)


def _planned(
    found: Subject, plan: DestructionPlan, out: Path | None, order: Path | None, ring: KeyRing | None, *, as_json: bool
) -> str:
    """What would go, what stays and why; the code, where it was typed in."""
    if as_json:
        told = {"hash": plan.hash, "counts": plan.counts, "obstacles": list(plan.obstacles), "found": found.to_dict()}
        kept = [one.to_dict() for one in plan.kept]
        typer.echo(jsonlib.dumps(told | {"kept": kept}, ensure_ascii=False, sort_keys=True))
        return ""
    _told(found, as_json=False)
    typer.echo(word("lifecycle.would", counts=counted(plan.counts)))
    for one in plan.kept[:_LISTED]:
        why = f"{one.rule}: {one.source}" if one.source else one.rule
        until = one.until or word("lifecycle.open-end")
        typer.echo(f"  {word('lifecycle.kept', position=one_line(one.position), why=one_line(why), until=until)}")
    _more(len(plan.kept))
    for problem in plan.obstacles:
        typer.echo(f"  - {one_line(problem)}")
    return "" if plan.obstacles else next_step(plan, out=out, order=order, ring=ring)


def _found(
    sources: list[str],
    descriptor: int | None,
    record: list[Path] | None,
    vault: Path | None,
    scopes: list[str] | None,
    secrets: Secrets,
    include: list[str] | None = None,
) -> Subject:
    from piiscrub.handing_over.receivers import recipients_of
    from piiscrub.handing_over.tracing import records
    from piiscrub.keys.vault import Vault
    from piiscrub.lifecycle.subjects import find as look

    ring = secrets.ring()
    held = []
    if vault is not None and ring is not None:
        if not scopes:
            raise UsageProblem("--vault takes --scope as well: the scopes to look into.")
        opened = Vault(vault, ring, create=False)
        held = [opened.scope(one, create=False) for one in scopes]
    found = look([one if "://" in one else Path(one) for one in sources], known_from(descriptor), scopes=held)
    found = found.including(include or ())
    if not record:
        return found
    if ring is None:
        raise UsageProblem("--record takes --keys as well: the ring the hand-overs were made with.")
    return found.handed_to(recipients_of(found.values, records(record), ring, tokens=found.tokens))


def _told(found: Subject, *, as_json: bool) -> None:
    if as_json:
        typer.echo(jsonlib.dumps(found.to_dict(), ensure_ascii=False, sort_keys=True))
        return
    typer.echo(word("subject.found", rows=len(found.rows), mentions=len(found.mentions), doubtful=len(found.doubtful)))
    for name, counts in found.counts.items():
        typer.echo(f"  {word('subject.line', name=one_line(name), **counts)}")
    for one in found.doubtful[:_LISTED]:
        typer.echo(f"  ? {one_line(one.position)}: {word(f'subject.why-{one.why}')}")
    _more(len(found.doubtful))
    if found.doubtful:
        typer.echo(f"  {word('subject.include', position=one_line(found.doubtful[0].position))}")
    keys, tokens = sum(len(one.subjects) for one in found.vault), sum(one.tokens for one in found.vault)
    if found.vault:
        typer.echo(f"  {word('subject.vault', keys=keys, tokens=tokens)}")
    _recipients(found)
    _unexamined(found)


def _unexamined(found: Subject) -> None:
    for name, cause in found.unexamined:
        typer.echo(f"! {one_line(name)}: {word(f'cause.{cause}')}")


def _notices(found: Subject, folder: Path | None) -> None:
    """The drafts, both languages in one file for each recipient. Raises UsageProblem, SourceError."""
    _refuse_notices(found, folder)
    if folder is None:
        return
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise UsageProblem(f"--notices: the folder cannot be made ({error.strerror}).") from None
    for number, (en, zh) in enumerate(zip(found.notices("en"), found.notices("zh"), strict=True), 1):
        (folder / f"notice-{number:02d}.md").write_text(f"{en}\n---\n\n{zh}", encoding="utf-8")


def _refuse_notices(found: Subject, folder: Path | None) -> None:
    """Raises UsageProblem where there is nobody to write to, or the folder cannot be made."""
    if folder is None:
        return
    if not found.recipients:
        raise UsageProblem("--notices: there is nobody to be told; records of hand-overs come by --record.")
    if os.path.lexists(folder) or not folder.parent.is_dir():
        why = "it is there already" if os.path.lexists(folder) else "the folder it would lie in is not there"
        raise UsageProblem(f"--notices: the folder cannot be made ({why}).")


def _more(n: int) -> None:
    if n > _LISTED:
        typer.echo(f"  {word('subject.more', n=n - _LISTED)}")


def _recipients(found: Subject) -> None:
    for one in found.recipients:
        told = {key: one_line(str(one[key])) for key in ("recipient", "record", "contact")}
        forms = ", ".join(f"{entity} {word(f'subject.form-{form}')}" for entity, form in one["forms"].items())
        maybe = "" if one["confidence"] == "certain" else f" ({word('subject.maybe')})"
        typer.echo(f"  {word('subject.tell', **told)}: {forms}{maybe}")
