"""The numbers, codes and addresses inside a text that a removed value could be, in the forms values are compared in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from piiscrub.handing_over.fingerprints import LEAST
from piiscrub.text.folding import fold

GLUED = 9
"""Characters of a value that is looked for inside a longer run too; a shorter one stands in too many numbers by chance."""
_RUN = re.compile(r"[0-9A-Za-z@](?:[0-9A-Za-z@%+_\-./]|(?<=[0-9]) {1,3}(?=[0-9]))*")
_ATOM = re.compile(r"[0-9]+|[A-Za-z@%+]+")
_MOST = 40  # atoms of one value: more than that nobody writes


def tokens(text: str, kinds: Collection[tuple[int, bool]]) -> Iterator[str]:
    """Plain forms of what stands in a text: every run of letters, digits and their separators, and its parts.

    Args:
        kinds: lengths of what is looked for, each with whether it has an @; whatever is of no such kind is left out.

    >>> list(tokens("请拨１３８ 0013-8000 或 ann.b@example.com。", {(11, False), (15, True)}))
    ['13800138000', 'annb@examplecom']
    """
    for run in _RUN.finditer(fold(text).folded):
        for part in (run.group(), *run.group().split()) if " " in run.group() else (run.group(),):
            form = "".join(_ATOM.findall(part)).lower()
            if len(form) >= LEAST and (len(form), "@" in form) in kinds:
                yield form
        yield from _inside(_ATOM.findall(run.group()), kinds)


def _inside(atoms: list[str], kinds: Collection[tuple[int, bool]]) -> Iterator[str]:
    """Neighbouring atoms together, but not all of them."""
    for first in range(len(atoms)):
        length, mail = 0, False
        for last in range(first, min(len(atoms), first + _MOST)):
            length += len(atoms[last])
            mail |= "@" in atoms[last]
            if length >= GLUED and (length, mail) in kinds and last - first + 1 < len(atoms):
                yield "".join(atoms[first : last + 1]).lower()
