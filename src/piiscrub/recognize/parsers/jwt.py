"""JSON web tokens (RFC 7519): ``eyJ…`` (base64 of ``{"``), two dots, and a header that names an algorithm.

In code because a token may be longer than a pattern may span, and one that is cut would not be recognised.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.text.late import late
from piiscrub.validators import jwt

NEEDS = ("eyJ",)
LONGEST = 65_536
"""Characters a part may hold."""

_TOKEN = late(rf"eyJ[0-9A-Za-z_-]{{3,{LONGEST - 1}}}\.[0-9A-Za-z_-]{{2,{LONGEST - 1}}}\.[0-9A-Za-z_-]{{0,{LONGEST - 1}}}")
# `"alg"` in base64, for each place it can have in a group of three bytes; asked first because decoding costs much more.
_ALG = ("ImFsZy", "JhbGci", "iYWxnI")
_RUN = late(r"[0-9A-Za-z_-]+")


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every token whose header decodes.

    >>> list(find("Bearer eyJhbGciOiJub25lIn0.e30."))
    [(7, 31, 'compact', 'passed')]
    """
    start = text.find("eyJ")
    while start >= 0:
        after = start + 3
        if not start or not (text[start - 1].isascii() and text[start - 1].isalnum()):
            m = _TOKEN.match(text, start)
            if m and any(alg in text[start : text.index(".", start)] for alg in _ALG) and jwt.is_valid(m.group()):
                yield start, m.end(), "compact", "passed"
                after = m.end()
            else:  # no token begins inside this run either
                run = _RUN.match(text, start)
                after = run.end() if run else after
        start = text.find("eyJ", after)
