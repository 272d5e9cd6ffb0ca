"""The form of an encrypted value inside a text, by which it is found again: ``<CN_MOBILE:enc1.d0.e3.bAse64…>``.

It says what opens it: the entity, version 1 of the form, the mode and cipher with the padding (``d`` AES-SIV, ``r`` AES-GCM,
``s`` SM4-GCM), the epoch of the key, and the ciphertext in base64 for URLs. Each of them is bound in by the encryption: a token
that was altered, or made with another key, for another recipient, purpose or entity, does not open.

Bracket forms that an editor or a web page makes of it are read too: full-width ones, ``&lt;…&gt;``, and the escapes of Markdown.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import NamedTuple

import regex

MODES = {"d": ("deterministic", "aes"), "r": ("random", "aes"), "s": ("random", "sm4")}
_LETTERS = {mode: letter for letter, mode in MODES.items()}
_CORE = (
    r"(?P<entity{n}>[A-Z](?:\\?[A-Z0-9_]){{1,80}}):enc1\.(?P<mode{n}>[drs])(?P<pad{n}>0|[1-9][0-9]{{0,2}})"
    r"\.e(?P<epoch{n}>[1-9][0-9]{{0,8}})\.(?P<payload{n}>(?:\\?[A-Za-z0-9_-]){{22,}})"
)
_BRACKETS = (("<", ">"), ("＜", "＞"), ("&lt;", "&gt;"), (r"\\<", r"\\>"))
_PATTERN = "|".join(f"{first}{_CORE.format(n=n)}{last}" for n, (first, last) in enumerate(_BRACKETS))
_FORMS = re.compile(_PATTERN)
_BEGUN = regex.compile(_PATTERN, regex.VERSION0)  # the same; this engine can say that a match has begun
MARK = ":enc1."


class Sealed(NamedTuple):
    """An encrypted value in a text. ``token`` is how it was written when it was made."""

    start: int
    end: int
    token: str
    entity: str
    mode: str
    cipher: str
    pad: int
    epoch: int
    payload: str


def written(entity: str, mode: str, cipher: str, pad: int, epoch: int, payload: str) -> str:
    """The token of a ciphertext.

    >>> written("CN_MOBILE", "deterministic", "aes", 0, 3, "q83vEjRW")
    '<CN_MOBILE:enc1.d0.e3.q83vEjRW>'
    """
    return f"<{entity}{MARK}{_LETTERS[mode, cipher]}{pad}.e{epoch}.{payload}>"


def find(text: str, start: int = 0) -> Iterator[Sealed]:
    """Where tokens stand, in order, whoever made them.

    >>> [(one.entity, one.epoch) for one in find("请回电＜CN_MOBILE:enc1.d0.e3.AAAAAAAAAAAAAAAAAAAAAA＞")]
    [('CN_MOBILE', 3)]
    """
    if MARK not in text:
        return
    for found in _FORMS.finditer(text, start):
        n = next(n for n in range(len(_BRACKETS)) if found[f"entity{n}"])
        entity, payload = (found[f"{key}{n}"].replace("\\", "") for key in ("entity", "payload"))
        pad, epoch = int(found[f"pad{n}"]), int(found[f"epoch{n}"])
        mode, cipher = MODES[found[f"mode{n}"]]
        yield Sealed(*found.span(), written(entity, mode, cipher, pad, epoch, payload), entity, mode, cipher, pad, epoch, payload)


def begun(text: str, start: int) -> int:
    """From where on a token may have begun that is not whole yet; ``len(text)`` if none has. None holds an opening bracket."""
    places = {text.rfind(sign, start) for sign in ("<", "＜", "&", "\\")}
    places |= {place - 1 for place in places if place > start and text[place - 1] == "\\"}
    last = text.rfind("&", start)
    if last > start:
        places.add(text.rfind("&", start, last))  # of &lt;…&g
    last = text.rfind("\\<", start)
    places.add(last)
    for place in sorted(place for place in places if place >= start):
        found = _BEGUN.match(text, place, partial=True)
        if found is not None and found.partial:
            return place
    return len(text)


def payload_of(text: str) -> str:
    """The ciphertext of a token, or of one that stands alone."""
    found = next(find(text), None) if text.startswith("<") else None
    return found.payload if found is not None and found.token == text else text


def whole(payload: str) -> bool:
    """Whether this base64 is written as it is made: no bits set that say nothing."""
    try:
        raw = base64.b64decode(payload + "=" * (-len(payload) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return False
    return base64.urlsafe_b64encode(raw).decode().rstrip("=") == payload
