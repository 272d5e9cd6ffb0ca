"""E-mail address (RFC 5321, RFC 1034): lengths, dots, and a top-level domain of letters.

Quoted local parts and address literals are not taken. Names of image and web files are no domains. Confidence H.

>>> validate("zhang.san@example.com")
'zhang.san@example.com'
>>> validate("zhang..san@example.com")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
>>> validate("logo@2x.png")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The top-level domain does not exist.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidComponent, InvalidFormat, InvalidLength

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_LABELS = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
# xn-- is how a domain in another script, such as .中国, is written in ASCII
_TOP = re.compile(r"[A-Za-z]{2,24}|[Xx][Nn]--[A-Za-z0-9-]{2,59}")
_WHOLE = re.compile(rf"({_LOCAL.pattern})@{_LABELS.pattern}\.({_TOP.pattern})")
_LONGEST, _LONGEST_LOCAL = 254, 64
# Endings of files that no registry runs as a domain: logo@2x.png
_FILES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "ico", "css", "js", "json", "html", "xml", "pdf"})


def compact(number: str) -> str:
    """Remove surrounding spaces."""
    return number.strip(" ")


def validate(number: str) -> str:
    """Return the address, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    number = compact(number)
    local, at, domain = number.rpartition("@")
    if not at:
        raise InvalidFormat
    if len(number) > _LONGEST or len(local) > _LONGEST_LOCAL:
        raise InvalidLength
    labels, _, top = domain.rpartition(".")
    if not _LOCAL.fullmatch(local) or not _LABELS.fullmatch(labels):
        raise InvalidFormat
    if not _TOP.fullmatch(top) or top.lower() in _FILES:
        raise InvalidComponent("The top-level domain does not exist.")
    return number


def is_valid(number: str) -> bool:
    """Whether this has the form of an address."""
    number = compact(number)
    m = _WHOLE.fullmatch(number)
    return m is not None and len(number) <= _LONGEST and m.end(1) <= _LONGEST_LOCAL and m[2].lower() not in _FILES
