"""``piiscrub restore``: put the values back into a file that was scrubbed with a vault."""

from __future__ import annotations

import contextlib
import json as jsonlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from piiscrub.cli.booking import Book, LedgerOpt
from piiscrub.cli.language import lang, word
from piiscrub.cli.outcome import NOT_EXAMINED, OK, UsageProblem
from piiscrub.cli.secrets import FdOpt, Secrets
from piiscrub.render.catalogue import say

if TYPE_CHECKING:
    from piiscrub.scrubber.not_back import NotBack
    from piiscrub.scrubber.restoring import Restorer
    from piiscrub.sources import Source, Unit


def restore(
    path: Annotated[Path, typer.Argument(help="A scrubbed file.", show_default=False, metavar="FILE")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the restored file goes.", show_default=False)],
    keys: Annotated[Path, typer.Option("--keys", help="The key file that encrypted, or that the vault belongs to.")],
    vault: Annotated[
        Path | None, typer.Option("--vault", help="The vault that holds the values of placeholders.", show_default=False)
    ] = None,
    scope: Annotated[str | None, typer.Option("--scope", help="The scope that the scrub named.", show_default=False)] = None,
    plan: Annotated[
        Path | None, typer.Option("--plan", help="For a table: the plan that encrypted whole columns.", show_default=False)
    ] = None,
    recipient: Annotated[str, typer.Option("--recipient", help="The recipient of the plan that encrypted.")] = "",
    purpose: Annotated[str, typer.Option("--purpose", help="The purpose of the plan that encrypted.")] = "",
    descriptor: FdOpt = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Encoding of the input; detected if left out.")] = None,
    format: Annotated[
        str | None, typer.Option("--format", help="text, csv, tsv, jsonl or json; by file name if left out.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the output file if it exists.")] = False,
    ledger: LedgerOpt = None,
    language: Annotated[
        str | None, typer.Option("--lang", help="en or zh; else PIISCRUB_LANG, else the locale.", show_default=False)
    ] = None,
) -> None:
    """Put values back behind the placeholders of a vault, and where they were encrypted. 还原占位符及文本中的密文。"""
    from piiscrub.cli.restoring_tables import restore_file
    from piiscrub.keys.bound import BoundKeys
    from piiscrub.planner.reading import load
    from piiscrub.scrubber.restoring import Restorer
    from piiscrub.scrubber.vaulted import scope_of
    from piiscrub.sources import NotExamined, opened, problem, refuse

    refuse(out, inputs=[path], overwrite=overwrite)
    ring = Secrets(keys, vault, descriptor).ring()
    if ring is None:
        raise UsageProblem("restore takes --keys.")
    if (vault is None) != (scope is None):
        raise UsageProblem("restore takes --vault and --scope together.")
    book = Book(ledger, ring)
    made = None if plan is None else load(plan)
    recipient, purpose = (made.recipient, made.purpose) if made else (recipient, purpose)
    left = cells = 0
    stays: tuple[NotBack, ...] = ()
    with contextlib.ExitStack() as stack:
        issued = None if vault is None else stack.enter_context(scope_of(vault, ring, scope, create=False))
        restorer = Restorer(issued, keys=BoundKeys(ring, recipient=recipient, purpose=purpose))
        source = stack.enter_context(opened(path, codec=encoding, format=format))
        if made is not None or (isinstance(source, NotExamined) and source.cause == "table"):
            cells, stays = restore_file(path, out, made, ring, restorer, vaulted=issued is not None, overwrite=overwrite)
        elif isinstance(source, NotExamined):
            raise problem("not-examined", path.name, say(f"cause.{source.cause}"))
        else:
            left = _text(source, path, out, restorer, overwrite=overwrite)
    result = restorer.result(cells=cells, not_back=stays)
    book.record(result)
    if json:
        told = {**result.event.to_dict(), "unknown": list(result.unknown), "waiting": list(result.waiting)}
        told |= {"not_examined": left}
        print(jsonlib.dumps(told | {"not_back": [asdict(one) for one in result.not_back]}, sort_keys=True))
    else:
        print(word("keys.restored", n=len(result.restored), unknown=len(result.unknown)))
        if cells:
            print(f"  {word('keys.restored-cells', n=cells)}")
        if result.unknown:
            print("  " + ", ".join(result.unknown))
        if result.waiting:
            print(f"  {word('keys.waiting', n=len(result.waiting))}")
        if result.not_back:
            print(f"  {result.why_not(lang())}")
        print(word("cli.written", name=str(out)))
    raise typer.Exit(NOT_EXAMINED if left else OK)


def _text(source: Source, path: Path, out: Path, restorer: Restorer, *, overwrite: bool) -> int:
    """Write the text with its values; returns how many places could not be read and stay as they are."""
    from piiscrub.sources import Undecodable, problem, rewrite, writing
    from piiscrub.sources.tabular.defusing import restored

    left = 0

    def filled(units: Iterable[Unit]) -> Iterator[str | None]:
        nonlocal left
        for unit in units:
            left += bool(unit.cause)
            if unit.cause:
                yield None
                continue
            plain = restored(unit.text) if source.format in {"csv", "tsv"} else unit.text
            new = restorer.text(plain)
            yield unit.text if new == plain else new  # a ' before a formula is ours only where a placeholder is

    try:
        with writing(out, inputs=[path], overwrite=overwrite) as stream:
            for block in source.bytes_of(rewrite(source.reader, source.pieces(), filled)):
                stream.write(block)
    except Undecodable:
        raise problem("not-examined", path.name, say("cause.changed")) from None
    return left
