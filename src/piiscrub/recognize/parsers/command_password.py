"""Passwords on a command line: ``mysql -uroot -pS3cr3tPw``, ``redis-cli -a …``, ``curl -u name:…``, ``sshpass -p …``;
in the bar code of a network: ``WIFI:T:WPA;S:guests;P:…;;``; and in the header of a request: ``Basic …`` (RFC 7617), name and
password in base64.

The flag that takes a password differs from program to program (``-p`` is a port to ssh), so the name of the program decides
which is looked for, on the rest of its line. Sources: the manuals of the programs.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.text.late import late
from piiscrub.validators.entropy import is_placeholder

NEEDS = ("mysql", "mariadb", "redis-cli", "sshpass", "mongo", "curl", "WIFI:", "asic ")
_LINE = 160
"""Characters of a command line looked at behind the name of the program."""

_VALUE = r"""['"]?([^\s'"$<>{}|;&][^\s'"<>{}|;&]{3,63})"""
_FLAGS = {
    "mysql": re.compile(rf"\s-p(?!rotocol|ort|lugin){_VALUE}"),  # joined to its flag; -p alone asks for it
    "redis": re.compile(rf"\s-a\s+{_VALUE}"),
    "sshpass": re.compile(rf"\s-p\s*{_VALUE}"),
    "mongo": re.compile(rf"\s-p\s+{_VALUE}"),
    "curl": re.compile(rf"""\s-u\s*['"]?[^\s:'"]{{1,64}}:{_VALUE}"""),
}
_PROGRAM = late(
    r"(?<![0-9A-Za-z_.-])(?:(?P<mysql>mysql(?:dump|admin|import|check)?|mariadb(?:-dump|-admin)?)"
    r"|(?P<redis>redis-cli)|(?P<sshpass>sshpass)|(?P<mongo>mongo(?:sh|dump|restore|export|import)?)|(?P<curl>curl))(?=\s)"
)
_NETWORK = late(
    r"WIFI:(?:[THRE]:[^;]{0,32};|S:(?:\\.|[^;\\]){0,64};){0,4}P:((?:\\.|[^;\\\n]){4,63});"
)  # the bar code that lets guests in
_BASIC = late(
    r"(?<![0-9A-Za-z_])[Bb]asic {1,3}((?:[0-9A-Za-z+/]{4}){1,128}(?:[0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?)(?![0-9A-Za-z+/=])"
)
_STAND_INS = frozenset("password passwd yourpassword mypassword".split())


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every password behind its flag.

    >>> text = "mysql -uroot -p'" + "Hn82kd0Lq' shop"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['Hn82kd0Lq']
    """
    last = 0
    for m in _PROGRAM.finditer(text):
        program = str(m.lastgroup)
        stop = text.find("\n", m.end(), m.end() + _LINE)
        found = _FLAGS[program].search(text, m.end(), stop if stop >= 0 else m.end() + _LINE)
        if found and found.start(1) >= last and not _stands_in(found[1]):
            last = found.end(1)
            yield found.start(1), last, program, "none"
    for m in _NETWORK.finditer(text):
        yield *m.span(1), "network", "none"
    for m in _BASIC.finditer(text) if "asic " in text else ():
        if _credentials(m[1]):
            yield *m.span(1), "basic", "none"


def _credentials(code: str) -> bool:
    """Whether base64 holds a name, a colon and a password; a word such as "training" holds no readable text."""
    try:
        name, colon, password = binascii.a2b_base64(code, strict_mode=True).decode().partition(":")
    except (ValueError, UnicodeDecodeError):
        return False
    return bool(colon and password) and (name + password).isprintable()


def _stands_in(value: str) -> bool:
    return value.lower() in _STAND_INS or is_placeholder(value)
