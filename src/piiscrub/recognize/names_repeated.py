"""Names of persons that are sure, looked for in the rest of the document, and given names of theirs alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Finding
from piiscrub.parse.names_zh import han_at, ordinary, possible, split, typical
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.names_edges import begins_here, ends_here
from piiscrub.reference.surnames import compound
from piiscrub.reference.words import is_common
from piiscrub.text.late import late

_TWO = 2


def repeated_names(text: str, persons: Sequence[Finding]) -> Iterator[Finding]:
    """A sure name elsewhere in the text."""
    sure: dict[str, Finding] = {}
    for f in persons:
        name = text[f.start : f.end]
        least = worth.HINTED if len(name) > _TWO and han_at(name, 0) and possible(name) else worth.SURE
        if f.score >= least and len(name) > 1 and not ordinary(name) and (" " in name or not name.isascii()):
            sure.setdefault(name, f)
    given = _given_alone(text, persons)
    if len(sure) < _FEW:  # to count a few is cheaper than to compile a pattern of them
        sure = {name: f for name, f in sure.items() if text.count(name) > 1}
    if not (sure or given):
        return
    pattern = re.compile("|".join(re.escape(name) for name in sorted({*sure, *given}, key=lambda n: (-len(n), n))[:2000]))
    known = {(f.start, f.end) for f in persons}
    for m in pattern.finditer(text):
        if m.span() in known:
            continue
        if m.group()[0].isascii() and _letter_beside(text, *m.span()):
            continue
        if len(m.group()) == 2 and (_in_longer(text, m.start(), m.end()) or _surname_of(text, m, persons)):
            continue
        if m.group() not in sure and not (begins_here(text, m.start()) and ends_here(text, m.end())):
            continue
        yield (sure.get(m.group()) or given[m.group()])._replace(
            start=m.start(), end=m.end(), score=worth.REPEATED, context=("repetition",), pattern="again"
        )


_FEW, _MANY = 50, 200  # names in a text


def _given_alone(text: str, persons: Sequence[Finding]) -> dict[str, Finding]:
    """The given names of two characters of full names: 浩然 of 王浩然, who is called so further on."""
    out: dict[str, Finding] = {}
    if len(persons) > _MANY:
        return out  # a register of names, in which somebody's given name is part of another one
    for f in persons:
        name = text[f.start : f.end]
        if f.score < worth.LIST_FROM or not 3 <= len(name) <= 4 or name.isascii() or text.count(name[-2:]) < 2:
            continue
        parts = split(name)
        if parts is None or parts.kind == "dotted" or len(parts.given) != 2:
            continue
        if typical(name) == 1 and not ordinary(parts.given):
            out.setdefault(parts.given, f)
    return out


def _letter_beside(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum())


def _surname_of(text: str, m: re.Match[str], persons: Sequence[Finding]) -> bool:
    """Whether the name stands as the surname of a longer one: 欧阳 of 欧阳女士 in 欧阳明月."""
    return m.group() in compound() and any(f.start == m.start() and f.end > m.end() for f in persons)


_LONGER = late("[路街巷村镇区县市]|公司|集团|银行|医院|大学")


def _in_longer(text: str, start: int, end: int) -> bool:
    """A name of two characters within a word, a longer name, a place or a company."""
    if _LONGER.match(text, end) or is_common(text[end - 1 : end + 1]):
        return True
    return start > 0 and is_common(text[start - 1 : start + 1])
