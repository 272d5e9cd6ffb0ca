r"""Private key blocks: from a BEGIN line to the matching END line (RFC 7468, RFC 9580).

Both ends are searched as plain text and each search goes on where the one before it stopped, so a megabyte of BEGIN lines
costs one pass. Line ends inside may be real or written out (``\n``), as in JSON.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.text.late import late

NEEDS = ("-----BEGIN ",)
LONGEST = 65_536
"""Characters a block may hold. What has no END within them is no block."""

_SHORTEST = 16
_BEGIN, _END = NEEDS[0], "-----END "
_LABEL = late(r"((?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?)-----")


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every block, whole.

    >>> text = "-----BEGIN PRIVATE KEY-----" + "A" * 16 + "-----END PRIVATE KEY-----"
    >>> list(find(text))
    [(0, 68, 'block', 'none')]
    """
    start = text.find(_BEGIN)
    end = -1
    while start >= 0:
        after = start + len(_BEGIN)
        following = text.find(_BEGIN, after)
        label = _LABEL.match(text, after)
        if label:
            body = label.end()
            if end < body:
                end = text.find(_END, body)
                if end < 0:
                    return  # nothing further ends either
            # another BEGIN before the END: this block never ended
            whole = following < 0 or end < following
            if whole and body + _SHORTEST <= end <= body + LONGEST and text.startswith(label[1] + "-----", end + len(_END)):
                yield start, end + len(_END) + len(label[1]) + 5, "block", "none"
        start = following
