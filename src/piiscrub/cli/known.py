"""What is known of a person, for ``piiscrub subject``: from a descriptor or asked for, never an argument."""

from __future__ import annotations

import json as jsonlib
import os
import sys
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
