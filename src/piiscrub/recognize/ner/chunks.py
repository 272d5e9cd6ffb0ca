"""Long texts in pieces that a network reads one by one, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LIMIT = 192  # characters that are read together: names need a sentence of context, not a page
_LEAST = 64  # a break nearer to the start than this is not worth it
_SEAM = 16  # characters read on both sides of a cut where no break offers itself
_BREAKS = (re.compile("[\n\r]"), re.compile("[。！？!?；;]"), re.compile("[，,、\\s]"))


class Chunk(NamedTuple):
    """Read ``start`` to ``end``; a span belongs to this chunk if it begins in ``own_start`` to ``own_end``."""

    start: int
    end: int
    own_start: int
    own_end: int


def chunks(text: str) -> Iterator[Chunk]:
    """The whole text, cut at line ends, else sentence ends, else commas or spaces, else anywhere with a seam.

    >>> [tuple(chunk) for chunk in chunks("短")]
    [(0, 1, 0, 1)]
    >>> [chunk.start for chunk in chunks("一句话。" * 100)]
    [0, 192, 384]
    """
    begin = own = 0
    while len(text) - begin > _LIMIT:
        cut = _cut(text, begin)
        if cut:
            yield Chunk(begin, cut, own, cut)
            begin = own = cut
        else:
            yield Chunk(begin, begin + _LIMIT, own, begin + _LIMIT - _SEAM)
            own = begin + _LIMIT - _SEAM
            begin = own - _SEAM
    if begin < len(text):
        yield Chunk(begin, len(text), own, len(text))


def _cut(text: str, begin: int) -> int:
    """Behind the last break of the best kind within reach; 0 if there is none."""
    window = text[begin + _LEAST : begin + _LIMIT]
    for kind in _BREAKS:
        ends = [match.end() for match in kind.finditer(window)]
        if ends:
            return begin + _LEAST + ends[-1]
    return 0
