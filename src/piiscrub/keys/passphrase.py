"""A passphrase, typed or read from a file descriptor; never an argument, where a process list would show it."""

from __future__ import annotations

import getpass
import os

from piiscrub.errors import KeysError

LEAST = 12
_MOST = 4096


def ask(descriptor: int | None, *, new: bool = False) -> str:
    """The passphrase from a descriptor (its first line), else from the terminal, a ``new`` one twice.

    Raises:
        KeysError: nothing given, two that differ, or a new one of fewer than 12 characters.
    """
    if descriptor is None:
        secret = _typed("Passphrase 口令: ")
        if new and _typed("Again 再次输入: ") != secret:
            raise KeysError("the two passphrases differ.")
    else:
        secret = _first_line(descriptor)
    if not secret:
        raise KeysError("no passphrase was given.")
    if new and len(secret) < LEAST:
        raise KeysError(f"a passphrase takes {LEAST} characters or more.")
    return secret


def _typed(prompt: str) -> str:
    try:
        return getpass.getpass(prompt)
    except EOFError:
        raise KeysError("no terminal to type a passphrase on; hand it over through a file descriptor.") from None


def _first_line(descriptor: int) -> str:
    data = b""
    try:
        while b"\n" not in data and len(data) <= _MOST:
            more = os.read(descriptor, _MOST)
            if not more:
                break
            data += more
        return data.partition(b"\n")[0].removesuffix(b"\r").decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise KeysError(f"no passphrase can be read from file descriptor {descriptor}.") from None
