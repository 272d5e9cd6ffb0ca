"""The second step of what cannot be undone: the code of the first, as an option or typed in, and what came of it."""

from __future__ import annotations

import json as jsonlib
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from piiscrub.cli.language import lang, word
from piiscrub.cli.outcome import NOT_EXAMINED, UsageProblem, one_line

if TYPE_CHECKING:
    from pathlib import Path

    from piiscrub.keys.ring import KeyRing
    from piiscrub.lifecycle.destroying import Destroyed
    from piiscrub.lifecycle.planning import DestructionPlan

CodeOpt = Annotated[
    str,
    typer.Option(
        "--code",
        "--confirm",
        help="The code that the first step printed. Asked for if left out, with --out, --order and --keys, at a terminal.",
        show_default=False,
    ),
]


def next_step(plan: DestructionPlan, *, out: Path | None, order: Path | None, ring: KeyRing | None) -> str:
    """Say what confirms a plan, and which options are still missing; at a terminal ask for the code. "" is no code."""
    typer.echo(word("lifecycle.confirm", code=plan.code))
    missing = [name for name, given in (("--out", out), ("--order", order), ("--keys", ring)) if given is None]
    if missing:
        typer.echo(word("lifecycle.also-needed", options=", ".join(missing)))
        return ""
    if not at_terminal():
        return ""
    return str(typer.prompt(word("lifecycle.type-code"), default="", show_default=False))


def at_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


def all_given(out: Path | None, order: Path | None, ring: KeyRing | None) -> None:
    """Raises UsageProblem where the second step lacks an option."""
    if out is None or order is None or ring is None:
        raise UsageProblem("--code takes --out, --order and --keys as well.")


def say_done(done: Destroyed, out: Path, *, as_json: bool, **more: Any) -> None:
    """What was destroyed, what was not, what is left to do by hand; exit 4 where something was not."""
    paper = done.certificate.content
    if as_json:
        shown = {"number": paper["number"], "status": paper["status"], "sha256": done.certificate.sha256, "out": str(out)}
        typer.echo(jsonlib.dumps(shown | {"problems": list(done.problems)} | more, ensure_ascii=False, sort_keys=True))
    else:
        key = "lifecycle.destroyed" if done.complete else "lifecycle.not-all"
        typer.echo(word(key, counts=counted(paper["object"]["counts"]), number=paper["number"], out=one_line(str(out))))
        for problem in done.problems:
            typer.echo(f"  - {one_line(problem)}")
        for one in paper["by_hand"]:
            typer.echo(f"  {word('lifecycle.' + one['id'])}")
    if not done.complete:
        raise typer.Exit(NOT_EXAMINED)


def counted(counts: Any) -> str:
    """Counts in a line, in the language of the call."""
    from piiscrub.render.certificate import counted as in_words

    return in_words(counts, lang())
