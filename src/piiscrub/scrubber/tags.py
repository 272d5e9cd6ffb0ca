"""The placeholders of an earlier scrub: ``<WECHAT_ID_1>`` beside 微信号 is no account name, and is not scrubbed again."""

from __future__ import annotations

import re
from bisect import bisect_right

from piiscrub.model import entities
from piiscrub.model.finding import Finding

_TAG = re.compile(r"<([A-Z][A-Z_]*?[A-Z])(?:_(?:[0-9]{1,7}|[B-DF-HJ-NP-TV-XZ]{12}))?>")  # longer numbers may be values


class Tags:
    """Where they stand, in order. False if there are none."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def __bool__(self) -> bool:
        return bool(self._starts)

    def cover(self, finding: Finding) -> bool:
        """Whether a finding lies within one of them."""
        at = bisect_right(self._starts, finding.start) - 1
        return at >= 0 and finding.end <= self._ends[at]


_NONE = Tags([])


def find_tags(text: str) -> Tags:
    """The placeholders in a text: names of the entity tree in angle brackets.

    >>> tags = find_tags("微信<WECHAT_ID_1>")
    >>> tags.cover(Finding("WECHAT_ID", 3, 14, 0.8, "wechat_id")), bool(find_tags("<b>13800138000</b>"))
    (True, False)
    """
    if "<" not in text:
        return _NONE
    return Tags([m.span() for m in _TAG.finditer(text) if m[1] in entities.tree()])
