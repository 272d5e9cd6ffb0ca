"""The command line. Everything here calls the same functions as a program would; nothing is decided here."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``piiscrub``; returns the exit code (see ``piiscrub.cli.outcome``). Never a traceback, never a value.

    >>> main(["--version"])  # doctest: +ELLIPSIS
    piiscrub ...
    0
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    from piiscrub.cli import language, outcome

    language.choose(arguments)
    return outcome.run(arguments)
