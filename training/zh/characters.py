"""From a character to the row of the embedding that reads it: normalising is part of the table, so it costs nothing later.

The weights were trained on half-width, lower-case text without spaces. One character always becomes one row, so offsets
stay what they are. In order: full-width forms to half-width, lower case, punctuation to its ASCII sister, white space to
the comma (the vocabulary has no space, and tags run across an unknown character).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

_PUNCTUATION = str.maketrans("、“”‘’。…—【】「」『』〈〉〔〕～•・‧．", ',""\'\'..-[]""""<>()~····')
_SPACES = " \t\n\r\u00a0\u2002\u2003\u2009\u3000\u000b\u000c\u2028\u2029"


def normal(character: str) -> str:
    """The character that the weights know for this one.

    >>> normal("Ａ"), normal("。"), normal(" "), normal("张")
    ('a', '.', ',', '张')
    """
    if character in _SPACES:
        return ","
    mapped = character.translate(_PUNCTUATION)
    if "\uff01" <= mapped <= "\uff5e":
        mapped = chr(ord(mapped) - 0xFEE0)
    return lower if len(lower := mapped.lower()) == 1 else mapped


def table(vocabulary: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Row by code point (0 = unknown), and which rows of the old embedding are kept, the unknown one first."""
    rows = [vocabulary["OOV"]]
    place = {vocabulary["OOV"]: 0}
    lookup = np.zeros(0x10000, "u2")
    for code in range(0x10000):
        row = vocabulary.get(normal(chr(code)))
        if row is None:
            continue
        if row not in place:
            place[row] = len(rows)
            rows.append(row)
        lookup[code] = place[row]
    return lookup, np.array(rows)


def pairs(path: Path) -> np.ndarray:
    """Traditional and simplified characters one for one, from the table beside this file: [2, n] code points."""
    lines = path.read_text(encoding="utf-8").splitlines()
    columns = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return np.array([[ord(row[0]) for row in columns], [ord(row[1]) for row in columns]], "u2")
