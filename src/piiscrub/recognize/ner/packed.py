"""Texts of different lengths side by side without padding: no step computes anything for a text that has ended.

Texts come in descending order of length. The rows of an array are ordered by step, then by text, so the texts still running
at a step are the first ones, and their rows lie together:

    texts  abcd, efg, h   →   rows  a e h | b f | c g | d

Whoever reads from the end starts with the last character of every text at once, so that both directions run in the same
steps: ``mirror`` says which row the other direction reads.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.intp]


class Packed(NamedTuple):
    """Where the characters of some texts lie.

    ``counts`` [steps]: how many texts run at a step; ``starts`` [steps + 1]: the first row of a step; ``mirror`` [rows]: for
    character i of a text of n, the row of character n - 1 - i; ``order`` [rows]: the rows text by text; ``lengths`` [texts].
    """

    lengths: list[int]
    counts: list[int]
    starts: list[int]
    mirror: Numbers
    order: Numbers


def pack(lengths: Numbers) -> Packed:
    """The layout for texts of these lengths: descending, none zero.

    >>> packed = pack(np.array([4, 3, 1]))
    >>> packed.counts, packed.order.tolist()
    ([3, 2, 2, 1], [0, 3, 5, 7, 1, 4, 6, 2])
    >>> packed.mirror.tolist()
    [7, 6, 2, 5, 4, 3, 1, 0]
    """
    counts = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")
    starts = np.concatenate([[0], np.cumsum(counts)])
    steps = np.repeat(np.arange(len(counts)), counts)
    texts = np.arange(len(steps)) - starts[steps]
    mirror = starts[lengths[texts] - 1 - steps] + texts
    return Packed(lengths.tolist(), counts.tolist(), starts.tolist(), mirror, np.argsort(texts, kind="stable"))
