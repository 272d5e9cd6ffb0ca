"""How a run ends: exit codes, and one clear line for everything that goes wrong.

    0  done; findings are no failure
    1  a fault of the program itself
    2  it cannot be done: wrong usage, a file that is missing or must not be written, a definition that is wrong
    3  something was found (only with --fail-on-findings)
    4  something was not examined; it is named in the output
    130  interrupted
    141  nobody reads the output any more, so what was asked for may not be done

The line is English; the Chinese one follows. Neither holds anything of the data. What the program did not foresee is told
by type and place, because the message of a stranger's exception may quote what it choked on.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import traceback
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

from piiscrub.cli.language import lang
from piiscrub.errors import PiiscrubError
from piiscrub.render.catalogue import LANGUAGES, has, say
from piiscrub.sources.problems import os_reason

OK, FAULT, CANNOT, FOUND, NOT_EXAMINED, INTERRUPTED, UNREAD = 0, 1, 2, 3, 4, 130, 141

_OPTION = re.compile(r"No such option:? '?(--?[A-Za-z][\w-]*)'?")


class UsageProblem(PiiscrubError, ValueError):
    """What was asked for cannot be done in this way."""

    code = "usage"


class Stopped(BaseException):
    """Somebody asked the process to end; not an Exception, so that nothing takes it for a failure of its own."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def run(arguments: Sequence[str]) -> int:
    """Run the command line and say in one line what went wrong, if anything."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a character must not end the run
    former = signal.getsignal(signal.SIGTERM)
    try:
        signal.signal(signal.SIGTERM, _stop)  # ends like an interrupt: temporary files are removed
    except ValueError:  # not in the main thread
        former = None
    try:
        return _run(arguments)
    finally:
        if former is not None:
            signal.signal(signal.SIGTERM, former)


def _run(arguments: Sequence[str]) -> int:
    import typer

    # Typer has brought its own copy of click for some versions; the class is found through a name that is public in all.
    usage_error = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "UsageError")
    try:
        code = _command(arguments)
        sys.stdout.flush()
        return code
    except PiiscrubError as error:
        return problem(error)
    except (KeyboardInterrupt, Stopped, typer.Abort):
        return say_wrong("interrupted.", "interrupted", INTERRUPTED)
    except BrokenPipeError:  # the reader of a pipe has gone: a scan that broke off is no clean one
        _say_no_more()
        return UNREAD
    except OSError as error:  # a full disk, an output that cannot be written; what the system says of it names no file
        _say_no_more()
        return say_wrong(f"the system refuses it: {os_reason(error)} ({_where(error)}).", "source", CANNOT)
    except Exception as error:  # noqa: BLE001  # the promise is: never a traceback, whatever happens
        if isinstance(error, usage_error):
            if "NoArgs" in type(error).__name__:  # `piiscrub keys` alone: its help has been shown, which says it all
                return CANNOT
            return say_wrong(_usage(error), "usage", CANNOT)
        return say_wrong(f"a fault of the program: {_where(error)}. The data is not shown. Please report it.", "internal", FAULT)


def _command(arguments: Sequence[str]) -> int:
    import typer

    if any(not one and not before.startswith("-") for before, one in pairwise(arguments)):
        raise UsageProblem("an argument is empty: is a variable of your script not set? The folder you stand in is a dot.")
    try:
        # Not main(): it has its own ideas of exit codes, for a pipe whose reader has gone for one.
        command = _commands(lang())
        with command.make_context("piiscrub", list(arguments) or ["--help"]) as context:
            command.invoke(context)
        return OK
    except typer.Exit as ended:
        return ended.exit_code
    except SystemExit:  # so says rich, which typer shows its help with, where nobody reads it any more
        raise BrokenPipeError from None


@lru_cache(maxsize=len(LANGUAGES))
def _commands(language: str) -> Any:  # typer's own copy of click has no name here
    """All commands, with their help in this language; made once, for Typer reads the signatures of forty functions."""
    import typer

    from piiscrub.cli.app import build

    return typer.main.get_command(build())


def _say_no_more() -> None:
    """Where standard output cannot be written any more, what is still held for it goes nowhere: Python would try at its end."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):  # a stream that is no file of the system
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def problem(error: PiiscrubError) -> int:
    """Say what an error of the library says, and the Chinese sentence for its code."""
    return say_wrong(str(error), error.code, NOT_EXAMINED if error.code == "source-not-examined" else CANNOT)


def say_wrong(english: str, code: str, exit_code: int) -> int:
    """Print both lines to standard error; returns the exit code."""
    key = f"error.{code}" if has(f"error.{code}") else "error.piiscrub"
    first, *reasons = english.split("\n  - ")  # some errors list their reasons, each on a line of its own
    print(f"piiscrub: {one_line(first)}", *(f"  - {one_line(one)}" for one in reasons), say(key, "zh"), sep="\n", file=sys.stderr)
    return exit_code


def one_line(text: str) -> str:
    r"""The text without line breaks and without characters that steer a terminal or turn its direction.

    >>> print(one_line("a\nb\x1b[31m"))
    a\x0ab\x1b[31m
    """
    return _STEERING.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def _usage(error: Exception) -> str:
    """What was wrong with the command line, without repeating arguments: one of them may be the text to examine."""
    message = str(getattr(error, "message", ""))
    option = _OPTION.match(message)
    if option:
        return f"no such option: {option[1]}. See --help."
    if message.startswith("No such command"):
        group: Any = getattr(error, "ctx", None)  # typer's own copy of click has no name here
        return f"no such command. There are: {', '.join(group.command.commands)}."
    if "Missing" in type(error).__name__ or message.startswith("Missing"):
        parameter = _parameter(error)
        return f"an argument is missing: {parameter}. See --help." if parameter else "a command is missing. See --help."
    parameter = _parameter(error)
    if parameter:
        return f"wrong value for {parameter}. See --help."
    return "wrong or too many arguments; one with spaces in it goes in quotes. See --help."


def _parameter(error: Exception) -> str:
    """The option or argument that a usage error speaks of, as it is written; empty if of none."""
    parameter = getattr(error, "param", None)
    written = max(getattr(parameter, "opts", None) or ("",), key=len)
    return written if written.startswith("--") else getattr(parameter, "human_readable_name", "") or written


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "piiscrub" in Path(frame.filename).parts] or frames
    place = f" at {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"
