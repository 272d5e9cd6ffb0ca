"""Passwords on a command line: ``mysql -uroot -pS3cr3tPw``, ``redis-cli -a …``, ``curl -u name:…``, ``sshpass -p …``;
and in the bar code of a network: ``WIFI:T:WPA;S:guests;P:…;;``.

The flag that takes a password differs from program to program (``-p`` is a port to ssh), so the name of the program decides
which is looked for, on the rest of its line. Sources: the manuals of the programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.text.late import late
from piiscrub.validators.entropy import is_placeholder

NEEDS = ("mysql", "mariadb", "redis-cli", "sshpass", "mongo", "curl", "WIFI:")
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


def _stands_in(value: str) -> bool:
    return value.lower() in _STAND_INS or is_placeholder(value)
