"""A value that its label gave away once is the same value everywhere in the document.

A QQ number or a bare account is no finding without its label. Once the label has shown it, every other place where the
same run of letters and digits stands alone is a finding too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from piiscrub.model.finding import Decision, Finding

_RUN = re.compile(r"[0-9A-Za-z][0-9A-Za-z_\-]*")
_SHORTEST = 5  # shorter runs (ages, house numbers) repeat by chance


def repeated(text: str, decisions: Sequence[Decision], weak: Collection[tuple[str, str]]) -> list[Finding]:
    """Findings for further places of values that a context word revealed.

    Args:
        text: the folded text.
        decisions: of the first round, with offsets of the folded text, ordered by start.
        weak: (recognizer, pattern) of the patterns that report nothing without context. All others find their values
            on their own wherever they stand.
    """
    source: dict[str, Finding] = {}
    for d in decisions:
        f = d.finding
        if d.kept and f.context and f.end - f.start >= _SHORTEST and (f.recognizer, f.pattern) in weak:
            value = text[f.start : f.end]
            if _RUN.fullmatch(value):
                source.setdefault(value, f)
    if not source or sum(map(source.__contains__, _RUN.findall(text))) == len(source):
        return []
    taken = {(d.finding.start, d.finding.end) for d in decisions if d.kept}
    found = []
    for m in _RUN.finditer(text):
        first = source.get(m.group())
        if first is not None and m.span() not in taken:
            found.append(first._replace(start=m.start(), end=m.end(), context=("repetition",), against=""))
    return found
