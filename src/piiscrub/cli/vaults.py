"""``piiscrub vault``: which scopes a vault holds, and how one of them is ended."""

from __future__ import annotations

import json as jsonlib
from pathlib import Path
from typing import Annotated

import typer

from piiscrub.cli.booking import Book, LedgerOpt
from piiscrub.cli.language import word
from piiscrub.cli.outcome import UsageProblem
from piiscrub.cli.secrets import FdOpt, Secrets

VaultArg = Annotated[Path, typer.Argument(help="The vault.", show_default=False, metavar="VAULT")]
KeysOpt = Annotated[Path, typer.Option("--keys", help="The key file the vault belongs to.", show_default=False)]
JsonOpt = Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")]
LangOpt = Annotated[str | None, typer.Option("--lang", help="en or zh; else PIISCRUB_LANG, else the locale.", show_default=False)]


def commands() -> typer.Typer:
    """The group of commands."""
    app = typer.Typer(
        name="vault",
        help="List the scopes of a vault, and shred one. 列出保险库的范围，销毁某一范围。",
        no_args_is_help=True,
        add_completion=False,
    )
    app.command()(scopes)
    app.command()(shred)
    return app


def scopes(path: VaultArg, keys: KeysOpt, descriptor: FdOpt = None, json: JsonOpt = False, language: LangOpt = None) -> None:
    """List the scopes: how many placeholders of which kind, no value and no name. 列出范围及占位符数量。"""
    from piiscrub.keys.vault import Vault

    ring = Secrets(keys, path, descriptor).ring()
    assert ring is not None
    with Vault(path, ring, create=False) as vault:
        found = vault.scopes()
    if json:
        plain = [
            {"id": one.id, "epoch": one.epoch, "shredded": one.shredded, "subjects": one.subjects, "tokens": dict(one.tokens)}
            for one in found
        ]
        print(jsonlib.dumps({"vault": vault.id, "key": ring.id, "scopes": plain}, sort_keys=True))
        return
    print(word("keys.vault", id=vault.id, n=len(found)))
    for one in found:
        counts = ", ".join(f"{entity} {count}" for entity, count in one.tokens.items()) or "–"
        print(f"  {one.id}  {word('keys.vault-shredded') if one.shredded else counts}")


def shred(
    path: VaultArg,
    keys: KeysOpt,
    scope: Annotated[str, typer.Option("--scope", help="The id or the name of the scope.", show_default=False)],
    subject: Annotated[str, typer.Option("--subject", help="Only the values of this subject.", show_default=False)] = "",
    recipient: Annotated[str, typer.Option("--recipient", help="Whom the keys were bound to, if they were.")] = "",
    purpose: Annotated[str, typer.Option("--purpose", help="The purpose they were bound to, if they were.")] = "",
    confirm: Annotated[str, typer.Option("--confirm", help="The code that the first step printed.", show_default=False)] = "",
    descriptor: FdOpt = None,
    ledger: LedgerOpt = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Make the values of a scope unreadable for good, in two steps. 分两步永久销毁某一范围的值。"""
    from piiscrub.keys.bound import BoundKeys
    from piiscrub.keys.vault import Vault

    ring = Secrets(keys, path, descriptor).ring()
    assert ring is not None
    with Vault(path, BoundKeys(ring, recipient=recipient, purpose=purpose), create=False) as vault:
        there = vault.scope(scope, create=False)
        code = vault.handle("shred", there.id, subject)[:8]
        if not confirm:
            counts = there.entities()
            shown = {"vault": vault.id, "scope": there.id, "tokens": counts, "confirm": code}
            losing = ", ".join(f"{entity} {count}" for entity, count in sorted(counts.items())) or "–"
            what = word("keys.would-subject" if subject else "keys.would-shred", id=there.id, tokens=losing)
            print(jsonlib.dumps(shown, sort_keys=True) if json else "\n".join((what, word("keys.confirm", code=code))))
            return
        if confirm != code:
            raise UsageProblem(word("keys.other-code"))
        book = Book(ledger, ring)
        event = there.shred(subject=subject)
    book.record(event)
    print(
        jsonlib.dumps(event.to_dict(), sort_keys=True) if json else "\n".join((word("keys.destroyed"), word("keys.vault-copies")))
    )
