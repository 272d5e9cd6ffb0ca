"""The edges of packs with the words that may not stand before them."""

from __future__ import annotations

from functools import cache

from piiscrub.reference.tables import alternatives
from piiscrub.text.boundary import BOUNDARIES, not_behind

_JOINTS = {"behind_space": " ", "behind_slash": "/", "behind": ""}


@cache
def left(name: str) -> str:
    """All look-behinds of an edge; the table of words is read only where it has some.

    >>> left("star"), "(?<!Table )" in left("address")
    ('(?<![0-9A-Za-z*])', True)
    """
    edge = BOUNDARIES[name]
    if not edge.worded:
        return edge.left
    words = (not_behind(alternatives("dotted_numbers", kind).split("|"), joint) for kind, joint in _JOINTS.items())
    return edge.left + "".join(words)
