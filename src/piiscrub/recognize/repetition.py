"""A value that its label gave away once is the same value everywhere in the document.

A QQ number or a bare account is no finding without its label. Once the label has shown it, every other place where it
stands alone is a finding too, in whatever groups it is written: 4111 1111 1111 1111 and 4111111111111111 are one number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from piiscrub.model.finding import Decision, Finding

_GROUP = re.compile(r"[0-9A-Za-z][0-9A-Za-z_]*")
_JOINTS = " -"
_UNJOINED = str.maketrans("", "", _JOINTS)
_NUMBER = re.compile(r"[A-Z]{0,3}[0-9]+[A-Z]?")  # in a name such as zhang-san the hyphen is part of it
_SHORTEST = 5  # shorter runs (ages, house numbers) repeat by chance
_GROUPED = 8  # nobody writes a shorter number in groups: 1000 0 is not 10000
_FIRST = 3  # what the first group of another spelling has at least
_FEW = 4  # so many beginnings are looked for one by one

_Known: TypeAlias = tuple[Finding, str]  # what was found, and its only spelling ("" if groups do not matter)


def repeated(text: str, decisions: Sequence[Decision], weak: Collection[tuple[str, str]]) -> list[Finding]:
    """Findings for further places of values that a context word revealed. Time grows with the text only.

    Args:
        text: the folded text.
        decisions: of the first round, with offsets of the folded text, ordered by start.
        weak: (recognizer, pattern) of the patterns that report nothing without context. All others find their values
            on their own wherever they stand.
    """
    shown = [f for f, kept, _, _ in decisions if kept and f[7] and (f[4], f[5]) in weak]  # context, recognizer, pattern
    if len(shown) <= _FEW:
        shown = [f for f in shown if not _stands_once(text, f)]
    known: dict[str, _Known] = {}
    for f in shown:
        written = text[f.start : f.end]
        value = written.translate(_UNJOINED)
        if len(written) >= _SHORTEST and _GROUP.fullmatch(value):
            any_groups = len(value) >= _GROUPED and _NUMBER.fullmatch(value)
            known.setdefault(value, (f, "" if any_groups else written))
    if not known:
        return []
    heads = {value[:_FIRST] for value in known}
    taken = {(d.finding.start, d.finding.end) for d in decisions if d.kept}
    begins = {value[:size] for value in known for size in range(1, len(value) + 1)}
    found: list[Finding] = []
    done = 0
    for group in _headed(text, heads):
        if group.group() not in begins or group.start() < done or group.end() - group.start() < _FIRST:
            continue
        start = group.start()
        end, first = _longest(text, group, begins, known)
        if first is None or _goes_on(text, start, end):
            continue
        done = end
        if (start, end) not in taken:
            found.append(first._replace(start=start, end=end, context=("repetition",), against="", alternatives=()))
    return found


def _stands_once(text: str, finding: Finding) -> bool:
    """Whether nothing else begins as this does, as nearly always."""
    head = text[finding.start : finding.start + _FIRST]
    return head.isalnum() and text.count(head) == 1


def _headed(text: str, heads: Collection[str]) -> Iterator[re.Match[str]]:
    """The groups that begin as one of these does, in the order of the text."""
    if len(heads) <= _FEW:
        places = sorted(at for head in heads for at in _places(text, head))
    else:
        first = "".join(sorted({head[0] for head in heads}))  # letters and digits; mostly digits, and words are passed over
        places = [m.start() for m in re.finditer(f"[{first}][0-9A-Za-z_]*", text)]
    return filter(None, (_GROUP.match(text, at) for at in places if _begins(text, at)))


def _places(text: str, head: str) -> Iterator[int]:
    at = text.find(head)
    while at >= 0:
        yield at
        at = text.find(head, at + 1)


def _begins(text: str, at: int) -> bool:
    """Whether a group begins there."""
    before = at - 1
    while before >= 0 and text[before] == "_":
        before -= 1
    return before < 0 or not (text[before].isascii() and text[before].isalnum())


def _longest(text: str, group: re.Match[str], begins: Collection[str], known: Mapping[str, _Known]) -> tuple[int, Finding | None]:
    """Where the longest known value that begins with this group ends, and what it was found as."""
    value, end = group.group(), group.end()
    best: tuple[int, Finding | None] = (end, None)
    while value in begins:
        if value in known:
            first, written = known[value]
            if not written or text[group.start() : end] == written:
                best = (end, first)
        following = _GROUP.match(text, end + 1) if text[end : end + 1] in _JOINTS else None
        if following is None:
            break
        value, end = value + following.group(), following.end()
    return best


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a hyphen joins the place to more of the same: 10000-1 is another number than 10000."""
    return _joined(text, start - 1, start - 2) or _joined(text, end, end + 1)


def _joined(text: str, hyphen: int, beyond: int) -> bool:
    return 0 <= beyond < len(text) and text[hyphen] == "-" and text[beyond].isascii() and text[beyond].isalnum()
