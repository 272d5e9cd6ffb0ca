"""The sentences of everything that can go wrong with a file; ``code`` leads to the Chinese sentence in the catalogue."""

from __future__ import annotations

import re
from pathlib import Path

from piiscrub.errors import SourceError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")  # as a path it has lost one stroke; C:/ has one letter

SENTENCES = {
    "same-file": "{target}: this is the input itself. Name another file for the output.",
    "exists": "{target}: exists already. Name another file, or say --overwrite.",
    "other-kind": "{target}: its ending says another kind of file than what is read ({reason}), and nothing is converted.",
    "is-folder": "{target}: is a folder. Name a file.",
    "is-device": "{target}: is a device or a pipe, and is not replaced by a file. Name a file.",
    "no-folder": "{target}: its folder does not exist. Make it first.",
    "not-found": "{target}: no such file or folder.",
    "address": "An address is no file. What is in a database goes out by handover; plan and profile take its address too.",
    "not-a-file": "{target}: neither a file nor a folder nor a pipe.",
    "unreadable": "{target}: cannot be read ({reason}).",
    "unwritable": "{target}: cannot be written ({reason}). Nothing was left behind.",
    "not-examined": "{target}: was not examined ({reason}), so nothing is written.",
    "unknown-encoding": "No text encoding {target!r}. Python's names work: utf-8, gb18030, utf-16, cp1252, big5 …",
    "bad-delimiter": "{target} takes one character, such as , ; | or a tab.",
    "inside-input": "{target}: lies inside the folder that is read. Name a folder elsewhere.",
    "changed": "{target}: changed while it was being read. Run again when nobody writes to it.",
    "damaged": "{target}: is damaged ({reason}).",
    "inflates": "{target}: unpacks to {reason}; it was not read on. Unpack it yourself if you trust it.",
    "bad-quote": "{target}: a quote in line {reason} is never closed, or a cell is longer than 131072 characters. Mend the line.",
    "long-line": "{target}: line {reason} is longer than 64 MiB. Is the delimiter or the encoding another one?",
    "unencodable": "A new value holds a character that {target} lacks. Write UTF-8 with --out-encoding utf-8.",
    "bad-json": "{target}: line {reason} is not a JSON object, or is nested deeper than 64.",
    "json-twice": "{target}: line {reason} names one key twice, and a table holds one value of it. Mend the line.",
    "no-table": "{target}: holds no table that can be read ({reason}).",
    "big-workbook": "{target}: unpacks to {reason}; it was not read. Export its sheets as CSV.",
    "cannot-stream": (
        "{target}: read in batches, but this has to see the whole table: {reason}. Ways out: an operator that streams (mask, "
        "hash, redact, replace); --in-memory, if it fits there."
    ),
    "many-numbers": (
        "{target}: read in batches, and more than {reason} different values would have to be remembered for their numbers. Ways "
        "out: --no-numbers, for tags without them; a keyed hash or a pseudonym, which need no memory; --in-memory, if it fits."
    ),
    "unknown-format": "No format {target!r}. There are: {reason}.",
}


def problem(kind: str, target: str, reason: str = "") -> SourceError:
    """The error for ``kind``; its ``code`` is ``source-<kind>``.

    >>> str(problem("is-folder", "out"))
    'out: is a folder. Name a file.'
    """
    error = SourceError(SENTENCES[kind].format(target=target, reason=reason))
    error.code = f"source-{kind}"
    return error


def not_found(path: Path) -> SourceError:
    """The error for a file that is not there. An address is not repeated, because it may hold a password.

    >>> str(not_found(Path("shop.csv")))
    'shop.csv: no such file or folder.'
    >>> not_found(Path("sqlite:///shop.db")).code
    'source-address'
    """
    return problem("address", "") if _ADDRESS.match(str(path)) else problem("not-found", str(path))


def os_reason(error: OSError) -> str:
    """What the system says, without the file name: ``No space left on device``."""
    return error.strerror or type(error).__name__
