"""What is known of a person, for ``piiscrub subject``: from a descriptor or asked for, never an argument."""

from __future__ import annotations

import json as jsonlib
import os
import sys
from collections.abc import Iterator
from typing import Any

import typer

from piiscrub.cli.language import word
from piiscrub.cli.outcome import UsageProblem

_MOST = 1 << 20


def known_from(descriptor: int | None) -> dict[str, list[str]]:
    """Kind → values, from a descriptor or asked for line by line. Raises UsageProblem."""
    if descriptor is None:
        if not sys.stdin.isatty():
            raise UsageProblem("what is known comes by prompt or --known-fd, for example --known-fd 0 for standard input.")
        typer.echo(word("subject.ask"), err=True)
        return _lines(list(_typed()))
    try:
        with os.fdopen(descriptor, "rb", closefd=descriptor > 2) as stream:
            told = stream.read(_MOST + 1)
            text = told.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UsageProblem("--known-fd: nothing in UTF-8 can be read from there.") from None
    if len(told) > _MOST:
        raise UsageProblem(f"--known-fd: more than {_MOST} bytes are not known of anybody.")
    return _json(text) if text.lstrip().startswith("{") else _lines(text.splitlines())


def _typed() -> Iterator[str]:
    """Line by line, up to an empty one or the end of the input."""
    try:
        while line := input("> ").strip():
            yield line
    except EOFError:  # Ctrl-D: the terminal is left in the middle of the line
        typer.echo("", err=True)


def _json(text: str) -> dict[str, list[str]]:
    try:
        told: Any = jsonlib.loads(text, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        raise UsageProblem("--known-fd: this is no JSON, or it says a kind twice; several values go into a list.") from None
    listed = {kind: value if isinstance(value, list) else [value] for kind, value in told.items()}
    if not all(type(value) in (str, int) for values in listed.values() for value in values):
        raise UsageProblem("--known-fd: what is known are texts and numbers, or lists of them.")
    return {kind: [str(value) for value in values] for kind, values in listed.items()}


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):  # the last one alone would be searched for
        raise ValueError
    return told


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
