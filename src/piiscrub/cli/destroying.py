"""``piiscrub destroy`` and ``piiscrub certificate``."""

from __future__ import annotations

import json as jsonlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from piiscrub.cli.confirming import CodeOpt, counted, next_step, say_done
from piiscrub.cli.keys import JsonOpt, LangOpt
from piiscrub.cli.language import word
from piiscrub.cli.outcome import CANNOT, NOT_EXAMINED, UsageProblem, one_line
from piiscrub.cli.secrets import FdOpt, KeysOpt, Secrets

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing
    from piiscrub.lifecycle.planning import DestructionPlan
    from piiscrub.lifecycle.targets import Target


def destroy(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders.", show_default=False, metavar="[PATH]...")
    ] = None,
    rows: Annotated[
        Path | None,
        typer.Option("--rows", help="A TOML file that says which rows: [[rows]] source, table, where.", show_default=False),
    ] = None,
    vault: Annotated[Path | None, typer.Option("--vault", help="Shred a scope of this vault.", show_default=False)] = None,
    scope: Annotated[list[str] | None, typer.Option("--scope", help="Which; repeat for more.", show_default=False)] = None,
    epoch: Annotated[
        int | None, typer.Option("--epoch", min=1, help="Destroy this epoch of the ring in --keys.", show_default=False)
    ] = None,
    code: CodeOpt = "",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The folder to make for the certificate.", show_default=False)
    ] = None,
    order: Annotated[
        Path | None, typer.Option("--order", help="A TOML file: who ordered it, why, who does it.", show_default=False)
    ] = None,
    rules: Annotated[
        Path | None, typer.Option("--rules", help="Rules of retention: holds and legal minimums win.", show_default=False)
    ] = None,
    ledger: Annotated[Path | None, typer.Option("--ledger", help="The ledger to add to.", show_default=False)] = None,
    key_file: KeysOpt = None,
    descriptor: FdOpt = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Destroy files, folders, rows or keys, in two steps, with a certificate. 分两步销毁并出具证明。"""
    from piiscrub.lifecycle.destroying import destroy as destroyed

    ring = Secrets(key_file, None, descriptor).ring()
    targets = list(_targets(paths or [], rows, vault, scope or [], epoch, ring))
    if not targets:
        raise UsageProblem("nothing is named: give paths, --rows, --vault with --scope, or --epoch.")
    if not code:
        plan = destroyed(targets, rules=rules)
        code = _plan(plan, out, order, ring, as_json=json)
        if not code:
            raise typer.Exit(CANNOT if plan.obstacles else 0)
    if out is None or order is None or ring is None:
        raise UsageProblem("--code takes --out, --order and --keys as well.")
    done = destroyed(targets, confirm=code, out=out, keys=ring, order=order, rules=rules, ledger=ledger)
    say_done(done, out, as_json=json)


def certificate(
    folder: Annotated[Path, typer.Argument(help="The folder of the certificate.", show_default=False, metavar="FOLDER")],
    signer: Annotated[
        str | None, typer.Option("--signer", help="Public key that must have signed (base64).", show_default=False)
    ] = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Whether a certificate of destruction is as it was signed. 核验销毁证明。"""
    from piiscrub.lifecycle.certificate import PAGE, read

    found = read(folder, signer=signer)
    page = folder / PAGE
    same = not page.exists() or page.read_bytes() == found.to_html().encode()  # nobody signs the page, and it is what is printed
    if json:
        typer.echo(found.raw.decode())
    else:
        typer.echo(word("lifecycle.certificate-good", number=found.content["number"], status=_status(found.complete)))
        typer.echo(f"  {word('lifecycle.signer')}: {found.signer}")
    if not same:
        typer.echo(f"! {word('lifecycle.certificate-page', page=PAGE)}", err=json)
    if not found.complete or not same:
        raise typer.Exit(NOT_EXAMINED)


def _status(complete: bool) -> str:
    return word("lifecycle.status-complete" if complete else "lifecycle.status-incomplete")


def _plan(plan: DestructionPlan, out: Path | None, order: Path | None, ring: KeyRing | None, *, as_json: bool) -> str:
    """What would be destroyed; the code, where it was typed in."""
    if as_json:
        things = [{"kind": one.kind, "name": one.shown, "counts": dict(one.counts)} for one in plan.items]
        shown = {"hash": plan.hash, "counts": plan.counts, "obstacles": list(plan.obstacles), "items": things}
        typer.echo(jsonlib.dumps(shown, ensure_ascii=False, sort_keys=True))
        return ""
    typer.echo(word("lifecycle.would", counts=counted(plan.counts)))
    for one in plan.items[:50]:
        typer.echo(f"  {one.kind}  {one_line(one.shown)}  {counted(one.counts)}")
    if not plan.obstacles:
        return next_step(plan, out=out, order=order, ring=ring)
    typer.echo(word("lifecycle.obstacles"))
    for problem in plan.obstacles:
        typer.echo(f"  - {one_line(problem)}")
    return ""


def _targets(
    paths: list[Path], rows: Path | None, vault: Path | None, scopes: list[str], epoch: int | None, ring: KeyRing | None
) -> Iterator[Target]:
    from piiscrub.keys.vault import Vault
    from piiscrub.lifecycle.targets import KeyEpoch, VaultKeys

    yield from paths
    if rows is not None:
        yield from _rows(rows)
    if vault is not None:
        if ring is None or not scopes:
            raise UsageProblem("--vault takes --keys and --scope as well.")
        opened = Vault(vault, ring, create=False)
        yield from (VaultKeys(vault=opened, scope=one) for one in scopes)
    if epoch is not None:
        if ring is None:
            raise UsageProblem("--epoch takes --keys as well.")
        yield KeyEpoch(ring=ring, epoch=epoch)


def _rows(path: Path) -> Iterator[Target]:
    """What a file names; values of persons stand in it, so they are no arguments."""
    from piiscrub.errors import DefinitionError, SourceError
    from piiscrub.lifecycle.targets import Rows

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path.name}: cannot be read ({type(error).__name__}).") from None
    except (tomllib.TOMLDecodeError, RecursionError):
        raise DefinitionError(path.name, "", "this is not valid TOML.") from None
    wanted = table.get("rows")
    for one in wanted if isinstance(wanted, list) and wanted else [{}]:
        own = one if isinstance(one, dict) else {}
        where, source = own.get("where"), own.get("source")
        good = isinstance(where, dict) and all(isinstance(values, list) for values in where.values())
        if not good or not isinstance(source, str) or set(own) - {"source", "table", "where"}:
            raise DefinitionError(path.name, "rows", 'takes source = "…", where = { column = ["value"] }, and table.')
        yield Rows(source=source, where=where or {}, table=str(own.get("table", "")))
