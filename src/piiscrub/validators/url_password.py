"""Address with a user and a password in it (RFC 3986, userinfo): ``scheme://user:password@host``.

A password that stands for one in manuals (``password``, ``***``, ``${PASSWORD}``) is none. Confidence H.

>>> validate("redis://:" + "t0ps3cret" + "@192.0.2.1:6379/0")
'redis://:t0ps3cret@192.0.2.1:6379/0'
>>> validate("redis://user:password@192.0.2.1")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The value is a placeholder.
>>> validate("https://example.com/a:b")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidComponent, InvalidFormat, passes
from piiscrub.validators.entropy import is_placeholder

_FORM = re.compile(
    r"[A-Za-z][0-9A-Za-z+.-]{1,20}://[^\s:@/?#]{0,128}:([^\s@/?#]{1,128})@[^\s@/]{1,255}(?:/[^\s]{0,2048})?", re.ASCII
)
_STAND_INS = frozenset("password passwd pass pwd secret token".split())


def compact(number: str) -> str:
    """The address as it stands."""
    return number


def validate(number: str) -> str:
    """Return the address, or raise InvalidFormat or InvalidComponent."""
    form = _FORM.fullmatch(number) if number.isascii() else None
    if form is None:
        raise InvalidFormat
    if form[1].lower() in _STAND_INS or is_placeholder(form[1]):
        raise InvalidComponent("The value is a placeholder.")
    return number


def is_valid(number: str) -> bool:
    """Whether the address holds a password that may be a real one."""
    return passes(validate, number)
