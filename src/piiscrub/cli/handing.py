"""``piiscrub handover`` and ``piiscrub verify``."""

from __future__ import annotations

import contextlib
import json as jsonlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from piiscrub.cli.keys import JsonOpt, LangOpt
from piiscrub.cli.language import lang, word
from piiscrub.cli.outcome import CANNOT, FOUND, NOT_EXAMINED, OK, UsageProblem, one_line
from piiscrub.cli.secrets import FdOpt, ScopeOpt, Secrets, VaultOpt
from piiscrub.render.catalogue import words

if TYPE_CHECKING:
    from piiscrub.handing_over.bundle import Bundle

SourcesArg = Annotated[
    list[str], typer.Argument(help="Files and folders of tables, or database URLs.", show_default=False, metavar="SOURCE...")
]


def handover(
    sources: SourcesArg,
    plan: Annotated[Path, typer.Option("--plan", help="The plan: piiscrub plan makes one.", show_default=False)],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The folder to make: bundle/ goes out, record/ stays.", show_default=False)
    ],
    key_file: Annotated[Path, typer.Option("--keys", help="The key file: piiscrub keys new makes one.", show_default=False)],
    ledger: Annotated[Path | None, typer.Option("--ledger", help="The ledger to add to.", show_default=False)] = None,
    approver: Annotated[str, typer.Option("--approver", help="Who approved.", show_default=False)] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do and check everything, keep nothing.")] = False,
    seal_to: Annotated[
        list[str] | None,
        typer.Option(
            "--seal-to", help="Seal it to this age public key (age1…): one file goes out. Repeat for more.", show_default=False
        ),
    ] = None,
    seal_passphrase: Annotated[
        bool, typer.Option("--seal-passphrase", help="Seal it by a passphrase, typed or from --seal-passphrase-fd.")
    ] = False,
    seal_descriptor: Annotated[
        int | None, typer.Option("--seal-passphrase-fd", min=0, help="Read that passphrase from here.", show_default=False)
    ] = None,
    descriptor: FdOpt = None,
    vault: VaultOpt = None,
    scope: ScopeOpt = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Hand tables over under a plan: checked, signed, recorded. 按方案提供数据：核查、签名并留存记录。"""
    from piiscrub.errors import HandoverError
    from piiscrub.handing_over.handing import handover as hand
    from piiscrub.handing_over.sealing import Passphrase, Seal
    from piiscrub.planner.reading import load
    from piiscrub.render.catalogue import say
    from piiscrub.scrubber.vaulted import scope_of

    by_words = seal_passphrase or seal_descriptor is not None
    if seal_to and by_words:
        raise UsageProblem("--seal-to and --seal-passphrase exclude each other: a file is sealed in one way.")
    seal: Seal = Passphrase(descriptor=seal_descriptor) if by_words else seal_to or None
    ring = Secrets(key_file, vault, descriptor).ring()
    assert ring is not None
    try:
        with contextlib.nullcontext() if vault is None else scope_of(vault, ring, scope) as there:
            done = hand(
                list(sources), load(plan), out=out, keys=ring, ledger=ledger, dry_run=dry_run, vault=there,
                approver=approver, seal=seal,
            )  # fmt: skip  # what is handed over, and how
    except HandoverError as error:
        for line in str(error).splitlines():  # each reason on a line of its own
            typer.echo(f"piiscrub: {one_line(line)}" if not line.startswith(" ") else one_line(line), err=True)
        typer.echo(say("error.handover", "zh"), err=True)
        raise typer.Exit(CANNOT) from None
    rows = sum(one.rows_out for one in done.evidence)
    if json:
        told = {"out": str(out), "dry_run": dry_run, "files": len(done.manifest.files), "rows": rows}
        told |= {
            "sealed": done.sealed,
            "left_out": dict(done.left_out),
            "age_unknown": done.age_unknown,
            "beyond": done.beyond,
            "unremembered": done.unremembered,
            "signer": done.manifest.about["key"]["signer"],
        }
        typer.echo(jsonlib.dumps(told, ensure_ascii=False, sort_keys=True))
    else:
        _say(done, out)
    if done.beyond or done.unremembered:
        raise typer.Exit(NOT_EXAMINED)


def _say(done: Bundle, out: Path) -> None:
    """What was handed over, and what stayed behind."""
    first, *more = done.lines(lang(), out=one_line(str(out)))
    typer.echo("\n  ".join((first, *more)))


def verify(
    bundle: Annotated[
        Path, typer.Argument(help="The folder bundle/, or the sealed file bundle.age.", show_default=False, metavar="BUNDLE")
    ],
    sender: Annotated[
        str | None,
        typer.Option("--sender", help="Public key or fingerprint of the sender, got by another way.", show_default=False),
    ] = None,
    allow: Annotated[
        bool, typer.Option("--allow-unverified-origin", help="Exit with 0 where only the origin could not be told.")
    ] = False,
    identity: Annotated[
        Path | None,
        typer.Option("--identity", "-i", help="An age identity file, for a sealed bundle.", show_default=False),
    ] = None,
    passphrase: Annotated[bool, typer.Option("--passphrase", help="Open it by a passphrase, typed.")] = False,
    descriptor: Annotated[
        int | None, typer.Option("--passphrase-fd", min=0, help="Read that passphrase from here.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Put what was sealed into this new folder, if it is intact.", show_default=False),
    ] = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Check a bundle: complete, intact, nothing added, from whom. Exit 3: origin unverified. 核验数据包。"""
    from piiscrub.handing_over.handing import BUNDLE
    from piiscrub.handing_over.sealing import Passphrase
    from piiscrub.handing_over.verifying import CONFIRMED
    from piiscrub.handing_over.verifying import verify as check

    by_words = passphrase or descriptor is not None
    if identity is not None and by_words:
        raise UsageProblem("--identity and --passphrase exclude each other: a sealed file opens in one way.")
    report = check(bundle, sender=sender, identity=Passphrase(descriptor=descriptor) if by_words else identity, out=out)
    if json:
        told = {"ok": report.ok, "origin": report.origin, "signer": report.signer, "files": report.files}
        told["problems"] = [list(one) for one in report.problems]
        typer.echo(jsonlib.dumps(told, ensure_ascii=False, sort_keys=True))
    else:
        origin, verdict, *signed = report.lines(lang())
        typer.echo(f"{origin}\n{verdict}")
        for name, what in report.problems:
            typer.echo(f"  {one_line(name)}: {_why(what)}")
        if not report.ok and (bundle / BUNDLE).is_dir():
            typer.echo(f"  {word('verify.inside')}")
        for line in signed:
            typer.echo(line)
    if not report.ok:
        raise typer.Exit(CANNOT)
    raise typer.Exit(OK if report.origin == CONFIRMED or allow else FOUND)


def _why(what: str) -> str:
    """What a report says is wrong with a file, in the language of this run where the catalogue has it."""
    known = {both["en"]: key for key, both in words().items() if key.startswith("verify.why-")}
    n, _, rest = what.partition(" ")
    if what in known:
        return word(known[what])
    return word(known[f"{{n}} {rest}"], n=n) if n.isdigit() and f"{{n}} {rest}" in known else what
