"""One text for one piece of plain data, so that what is signed today is the same bytes tomorrow."""

from __future__ import annotations

import hashlib
import json

from piiscrub.errors import InputError


def canonical(content: object) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8.

    Raises:
        InputError: for what is no plain data (str, int, float, bool, None, list, dict with str keys), for NaN and infinity.

    >>> canonical({"b": 1, "a": ["张", None]}).decode()
    '{"a":["张",null],"b":1}'
    """
    _plain(content)
    return json.dumps(content, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _plain(content: object) -> None:
    if content is None or isinstance(content, bool | int):
        return
    if isinstance(content, str):
        if any("\ud800" <= c <= "\udfff" for c in content):
            raise InputError("evidence takes text that can be written as UTF-8; a field holds half of a surrogate pair.")
    elif isinstance(content, float):
        if content != content or content in (float("inf"), float("-inf")):
            raise InputError("evidence takes finite numbers; a field holds NaN or infinity.")
    elif isinstance(content, list | tuple):
        for one in content:
            _plain(one)
    elif isinstance(content, dict):
        if not all(isinstance(key, str) for key in content):
            raise InputError("evidence takes dictionaries whose keys are str.")
        for key, one in content.items():
            _plain(key)
            _plain(one)
    else:
        raise InputError(f"evidence takes plain data, not {type(content).__name__}.")
