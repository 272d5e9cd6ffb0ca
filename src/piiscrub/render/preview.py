"""Stand-ins for values, for terminals and reports: what it is and how long, nothing of the value itself."""

from __future__ import annotations

from collections.abc import Iterable

from piiscrub.model.finding import Finding


def preview(entity: str, length: int) -> str:
    """A label in place of a value.

    >>> preview("CN_MOBILE", 11)
    '‹CN_MOBILE·11›'
    """
    return f"‹{entity}·{length}›"


def masked(text: str, findings: Iterable[Finding]) -> str:
    """The text with every finding replaced by its label; overlapping ones are joined under the first one's name.

    >>> masked("call 13800138000 now", [Finding("CN_MOBILE", 5, 16, 1.0, "cn_mobile")])
    'call ‹CN_MOBILE·11› now'
    """
    pieces: list[str] = []
    at = 0
    spans: list[tuple[str, int, int]] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if spans and finding.start < spans[-1][2]:
            entity, start, end = spans[-1]
            spans[-1] = (entity, start, max(end, finding.end))
        else:
            spans.append((finding.entity, finding.start, finding.end))
    for entity, start, end in spans:
        pieces += (text[at:start], preview(entity, end - start))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)
