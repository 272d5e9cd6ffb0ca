"""``piiscrub subject``: find a person, write her a copy, erase her. What is known of her is never an argument."""

from __future__ import annotations

import json as jsonlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from piiscrub.cli.keys import JsonOpt, LangOpt
from piiscrub.cli.language import word
from piiscrub.cli.outcome import CANNOT, NOT_EXAMINED, UsageProblem, one_line
from piiscrub.cli.secrets import FdOpt, KeysOpt, Secrets, VaultOpt

if TYPE_CHECKING:
    from piiscrub.lifecycle.subjects import Subject

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
ScopesOpt = Annotated[list[str] | None, typer.Option("--scope", help="Scope of the vault; repeat for more.", show_default=False)]
_MOST = 1 << 20


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
    vault: VaultOpt = None,
    scope: ScopesOpt = None,
    key_file: KeysOpt = None,
    descriptor: FdOpt = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Where a person's data is, in counts. 查找某人的信息（仅显示数量）。"""
    found = _found(sources, known, record, vault, scope, Secrets(key_file, vault, descriptor))
    _told(found, as_json=json)
    if found.unexamined:
        raise typer.Exit(NOT_EXAMINED)


def export(
    sources: SourcesArg,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to make.", show_default=False)],
    known: KnownOpt = None,
    record: RecordOpt = None,
    vault: VaultOpt = None,
    scope: ScopesOpt = None,
    key_file: KeysOpt = None,
    descriptor: FdOpt = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """A copy for the person: her data alone, others' masked. 为本人导出副本（他人信息已屏蔽）。"""
    found = _found(sources, known, record, vault, scope, Secrets(key_file, vault, descriptor))
    found.export(out)
    _told(found, as_json=json)
    if not json:
        typer.echo(word("subject.exported", out=one_line(str(out))))
    if found.unexamined:
        raise typer.Exit(NOT_EXAMINED)


def erase(
    sources: SourcesArg,
    known: KnownOpt = None,
    confirm: Annotated[str, typer.Option("--confirm", help="The code that the first step printed.", show_default=False)] = "",
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
    vault: VaultOpt = None,
    scope: ScopesOpt = None,
    key_file: KeysOpt = None,
    descriptor: FdOpt = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Erase a person in two steps: what would go, then --confirm. 分两步删除某人的信息。"""
    from piiscrub.lifecycle.destroying import destroy

    secrets = Secrets(key_file, vault, descriptor)
    found = _found(sources, known, record, vault, scope, secrets)
    if not confirm:
        plan = destroy(found.targets(), rules=rules)
        if json:
            told = {"hash": plan.hash, "counts": plan.counts, "obstacles": list(plan.obstacles), "found": found.to_dict()}
            typer.echo(jsonlib.dumps(told, ensure_ascii=False, sort_keys=True))
        else:
            _told(found, as_json=False)
            typer.echo(word("lifecycle.would", counts=_counted(plan.counts)))
            for problem in plan.obstacles:
                typer.echo(f"  - {one_line(problem)}")
            if not plan.obstacles:
                typer.echo(word("lifecycle.confirm", code=plan.code))
        raise typer.Exit(CANNOT if plan.obstacles else 0)
    ring = secrets.ring()
    if out is None or order is None or ring is None:
        raise UsageProblem("--confirm takes --out, --order and --keys as well.")
    done = destroy(found.targets(), confirm=confirm, out=out, keys=ring, order=order, rules=rules, ledger=ledger)
    paper = done.certificate.content
    if json:
        shown = {"number": paper["number"], "status": paper["status"], "recipients": [dict(one) for one in found.recipients]}
        typer.echo(jsonlib.dumps(shown | {"problems": list(done.problems)}, ensure_ascii=False, sort_keys=True))
    else:
        key = "lifecycle.destroyed" if done.complete else "lifecycle.not-all"
        typer.echo(word(key, counts=_counted(paper["object"]["counts"]), number=paper["number"], out=one_line(str(out))))
        _recipients(found)
        left = len(found.mentions) + len(found.doubtful)
        if left:
            typer.echo(word("subject.by-hand", n=left))
    if not done.complete:
        raise typer.Exit(NOT_EXAMINED)


def _found(
    sources: list[str],
    descriptor: int | None,
    record: list[Path] | None,
    vault: Path | None,
    scopes: list[str] | None,
    secrets: Secrets,
) -> Subject:
    from piiscrub.handing_over.tracing import recipients_of, records
    from piiscrub.keys.vault import Vault
    from piiscrub.lifecycle.subjects import find as look

    ring = secrets.ring()
    held = []
    if vault is not None and ring is not None:
        if not scopes:
            raise UsageProblem("--vault takes --scope as well: the scopes to look into.")
        opened = Vault(vault, ring, create=False)
        held = [opened.scope(one, create=False) for one in scopes]
    found = look([one if "://" in one else Path(one) for one in sources], _known(descriptor), scopes=held)
    if not record:
        return found
    if ring is None:
        raise UsageProblem("--record takes --keys as well: the ring the hand-overs were made with.")
    return found.handed_to(recipients_of(found.values, records(record), ring))


def _known(descriptor: int | None) -> dict[str, list[str]]:
    """What is known, from a descriptor or asked for line by line."""
    if descriptor is None:
        if not sys.stdin.isatty():
            raise UsageProblem("what is known comes by prompt or --known-fd, for example --known-fd 0 for standard input.")
        typer.echo(word("subject.ask"), err=True)
        lines = []
        while line := input("> ").strip():
            lines.append(line)
        return _lines(lines)
    try:
        with os.fdopen(descriptor, "rb", closefd=descriptor > 2) as stream:
            text = stream.read(_MOST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UsageProblem("--known-fd: nothing in UTF-8 can be read from there.") from None
    return _json(text) if text.lstrip().startswith("{") else _lines(text.splitlines())


def _json(text: str) -> dict[str, list[str]]:
    try:
        told: Any = jsonlib.loads(text)
    except ValueError:
        raise UsageProblem("--known-fd: this is no JSON.") from None
    return {str(kind): [str(v) for v in (value if isinstance(value, list) else [value])] for kind, value in told.items()}


def _lines(lines: list[str]) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for line in lines:
        if not line.strip():
            continue
        kind, mark, value = line.replace("：", ":", 1).partition(":")
        if not mark or not value.strip():
            raise UsageProblem("what is known is written one per line as kind: value.")
        known.setdefault(kind.strip(), []).append(value.strip())
    return known


def _told(found: Subject, *, as_json: bool) -> None:
    if as_json:
        typer.echo(jsonlib.dumps(found.to_dict(), ensure_ascii=False, sort_keys=True))
        return
    typer.echo(word("subject.found", rows=len(found.rows), mentions=len(found.mentions), doubtful=len(found.doubtful)))
    for name, counts in found.counts.items():
        typer.echo(f"  {word('subject.line', name=one_line(name), **counts)}")
    keys, tokens = sum(len(one.subjects) for one in found.vault), sum(one.tokens for one in found.vault)
    if found.vault:
        typer.echo(f"  {word('subject.vault', keys=keys, tokens=tokens)}")
    _recipients(found)
    for name, cause in found.unexamined:
        typer.echo(f"! {one_line(name)}: {word(f'cause.{cause}')}")


def _recipients(found: Subject) -> None:
    for one in found.recipients:
        told = {key: one_line(str(one[key])) for key in ("recipient", "record", "contact")}
        typer.echo(f"  {word('subject.tell', **told)}")


def _counted(counts: Any) -> str:
    return ", ".join(f"{what} {n}" for what, n in counts.items())
