"""``piiscrub keys``: make a key ring, show its id, rotate it, destroy it."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from piiscrub.cli.booking import Book, LedgerOpt, ready
from piiscrub.cli.language import word
from piiscrub.cli.outcome import one_line

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing

FileArg = Annotated[Path, typer.Argument(help="The key file.", show_default=False, metavar="FILE")]
PassphraseOpt = Annotated[bool, typer.Option("--passphrase", help="The file is under a passphrase, which is asked for.")]
DescriptorOpt = Annotated[
    int | None,
    typer.Option("--passphrase-fd", min=0, help="Read the passphrase from this file descriptor.", show_default=False),
]
JsonOpt = Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")]
LangOpt = Annotated[str | None, typer.Option("--lang", help="en or zh; else PIISCRUB_LANG, else the locale.", show_default=False)]


def commands() -> typer.Typer:
    """The group of commands."""
    app = typer.Typer(
        name="keys",
        help="Make, rotate and destroy keys; they are never shown. 管理密钥（不会显示密钥本身）。",
        no_args_is_help=True,
        add_completion=False,
    )
    app.command()(new)
    app.command("show-id")(show_id)
    app.command()(rotate)
    app.command()(passphrase)
    app.command()(destroy)
    return app


def new(
    path: FileArg,
    passphrase: PassphraseOpt = False,
    descriptor: DescriptorOpt = None,
    ledger: LedgerOpt = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Make a key ring in a new file, readable by its owner only. 新建密钥文件（仅所有者可读）。"""
    from piiscrub.keys.ceremony import made
    from piiscrub.keys.ring import KeyRing

    ready(ledger)
    ring = KeyRing.new(path, passphrase=passphrase, descriptor=descriptor)
    Book(ledger, ring).record(made(ring))
    _say(made(ring).to_dict(), json, word("keys.new", id=ring.id, name=one_line(str(path))), word("keys.keep"))


def show_id(
    path: FileArg,
    passphrase: PassphraseOpt = False,
    descriptor: DescriptorOpt = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Show id, epochs and public key of a key ring. 显示密钥编号、周期与公钥。"""
    ring = _ring(path, passphrase, descriptor)
    from piiscrub.handing_over.manifest import fingerprint

    public, short = ring.public_key.hex(), fingerprint(ring.public_key)
    shown = {"key": ring.id, "epoch": ring.epoch, "epochs": list(ring.epochs), "public_key": public, "fingerprint": short}
    epochs = ", ".join(map(str, ring.epochs))
    lines = (word("keys.id", id=ring.id, epoch=ring.epoch, epochs=epochs), word("keys.public", key=public))
    _say(shown, json, *lines, word("keys.fingerprint", key=short))


def rotate(
    path: FileArg,
    passphrase: PassphraseOpt = False,
    descriptor: DescriptorOpt = None,
    ledger: LedgerOpt = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Begin a new epoch; what was made in earlier ones still opens. 启用新周期，旧周期的结果仍可还原。"""
    from piiscrub.keys.ceremony import rotate as rotated

    ring = _ring(path, passphrase, descriptor)
    book = Book(ledger, ring)
    ring, event = rotated(ring)
    book.record(event)
    _say(event.to_dict(), json, word("keys.rotated", id=ring.id, epoch=ring.epoch))


def passphrase(
    path: FileArg,
    passphrase: PassphraseOpt = False,
    descriptor: DescriptorOpt = None,
    new_descriptor: Annotated[
        int | None,
        typer.Option("--new-passphrase-fd", min=0, help="Read the new one from this file descriptor.", show_default=False),
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Leave the file without a passphrase.")] = False,
    ledger: LedgerOpt = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Put the file under another passphrase; the keys stay the same. 更换口令（密钥不变）。"""
    from piiscrub.keys.ceremony import reseal

    ring = _ring(path, passphrase, descriptor)
    book = Book(ledger, ring)
    event = reseal(ring, descriptor=new_descriptor, remove=remove)
    book.record(event)
    _say(
        event.to_dict(), json, word("keys.plain" if remove else "keys.sealed", name=one_line(str(path))), word("keys.old-copies")
    )


def destroy(
    path: FileArg,
    epoch: Annotated[int | None, typer.Option("--epoch", min=1, help="Only this epoch.", show_default=False)] = None,
    confirm: Annotated[str, typer.Option("--confirm", help="The code that the first step printed.", show_default=False)] = "",
    passphrase: PassphraseOpt = False,
    descriptor: DescriptorOpt = None,
    ledger: LedgerOpt = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Destroy an epoch or the whole ring, in two steps. 分两步销毁某一周期或整个密钥。"""
    from piiscrub.keys.ceremony import Destruction

    step = Destruction(_ring(path, passphrase, descriptor), epoch or 0)
    if confirm:
        book = Book(ledger, step.ring)
        event = step.confirm(confirm)
        book.record(event)  # the last thing that a destroyed ring signs, from memory
        _say(event.to_dict(), json, word("keys.destroyed"), word("keys.copies"))
        return
    what = word("keys.would-epoch", epoch=epoch, id=step.ring.id) if epoch else word("keys.would-ring", id=step.ring.id)
    losses = [f"  - {word(f'keys.loss-{loss}')}" for loss in step.losses]
    shown = {"key": step.ring.id, "epoch": step.epoch, "losses": list(step.losses), "confirm": step.code}
    _say(shown, json, what, *losses, word("keys.copies"), word("keys.confirm", code=step.code))


def _ring(path: Path, passphrase: bool, descriptor: int | None) -> KeyRing:
    from piiscrub.keys.ring import KeyRing

    if passphrase or descriptor is not None:
        return KeyRing.from_passphrase(path, descriptor=descriptor)
    return KeyRing.load(path)


def _say(data: Mapping[str, object], as_json: bool, *lines: str) -> None:
    print(jsonlib.dumps(data, sort_keys=True) if as_json else "\n".join(lines))
