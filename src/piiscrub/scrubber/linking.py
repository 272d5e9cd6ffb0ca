"""Who is meant: the people of one row or one text, and the mentions of them in its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from piiscrub.model import entities
from piiscrub.model.finding import Decision, Finding
from piiscrub.model.policy import NO_OPERATOR, OperatorSpec, Policy
from piiscrub.parse import names_en, names_zh
from piiscrub.parse.aliases import Match, Roster
from piiscrub.reference.words import name_words
from piiscrub.scrubber.mentions import mentions

LINKABLE = ("pseudonym", "hash")
"""Operators whose results may be those of another form of the name: nobody restores them, so no form is lost."""

LINKED, AMBIGUOUS = "linked", "ambiguous"
"""The end of a decision's reason: the mention was resolved; it fits several people and was left to its own treatment."""


class Person(NamedTuple):
    """Somebody at hand: the name as written, and how its own column handles it ("" for a name from a text)."""

    name: str
    operator: OperatorSpec = NO_OPERATOR
    group: str = ""


class Links:
    """The people of one row or text.

    >>> links = Links([Person("张伟"), Person("Zhang Wei"), Person("王建国"), Person("王敏")])
    >>> [one.name for one in links.people]
    ['张伟', '王建国', '王敏']
    >>> links.find("张先生")[0].name, links.find("王先生")[1].ambiguous
    ('张伟', True)
    """

    __slots__ = ("_roster", "people")

    def __init__(self, people: Iterable[Person]) -> None:
        full = [one for one in people if is_full(one.name)]
        han = [one for one in full if names_zh.split_known(_bare(one.name))]
        self.people: tuple[Person, ...] = tuple({_bare(one.name): one for one in reversed(han)}.values())[::-1]
        self._roster = Roster([one.name for one in self.people])
        for one in full:
            if one not in han and self._roster.find(one.name).strength is None:
                self.people += (one,)
                self._roster = Roster([each.name for each in self.people])

    def find(self, mention: str) -> tuple[Person | None, Match]:
        """Who is meant, and how that was told."""
        match = self._roster.find(mention)
        return None if match.person is None else self.people[match.person], match

    def with_text(self, text: str, decisions: Iterable[Decision]) -> Links:
        """The same with those whom a text names in full. Whoever is there already stays who he is."""
        values = [text[d.finding.start : d.finding.end] for d in decisions if d.kept and names(d.finding.entity)]
        more = [Person(value) for value in values if is_full(value) and self._roster.find(value).strength is None]
        return Links((*self.people, *more)) if more else self

    def more(self, text: str, decisions: Sequence[Decision], policy: Policy) -> list[Decision]:
        """The decisions with the mentions of these people that no recognizer saw, where nothing else was found.

        What the policy leaves readable does not count as found: 石国 and 韩国 are places, and the names of those whose row it is.
        """
        found = [Finding(kind, start, end, 0.9, "linking") for start, end, kind in mentions(text, self.people, self._roster)]
        if not found:
            return list(decisions)
        kept = [d.finding for d in decisions if d.kept]
        new: list[Finding] = []
        for f in found:
            within = [k for k in kept if k.start < f.end and f.start < k.end]
            part = all(
                f.start <= k.start
                and k.end <= f.end
                and (f[1:3] != k[1:3] if names(k.entity) else policy.rule_for(k.entity).name == "keep")
                for k in within
            )
            if part and policy.wants(f.entity) and policy.rule_for(f.entity).name not in ("", "keep"):
                new.append(f)
        if not new:
            return list(decisions)
        done = [_lost(d) if d.kept and _in(d, new) else d for d in decisions]
        done += (Decision(f, True, policy.rule_for(f.entity).name, "named beside it") for f in new)
        return sorted(done, key=lambda d: (d.finding.start, d.finding.end))


def _lost(decision: Decision) -> Decision:
    return decision._replace(kept=False, operator="", reason="overlap: a longer name")


def _in(decision: Decision, longer: Iterable[Finding]) -> bool:
    return any(f.start <= decision.finding.start and decision.finding.end <= f.end for f in longer)


@cache
def names(entity: str) -> bool:
    """Whether an entity is a person's name or form of address."""
    return entity in ("PERSON", "PERSON_REFERENCE") or entities.is_a(entity, "PERSON")


def is_full(name: str) -> bool:
    """Whether a name has both its parts, and is no form of address.

    >>> [is_full(name) for name in ("张伟", "欧阳小红", "张先生", "老王", "John Smith", "Mr Smith", "John")]
    [True, True, False, False, True, False, False]
    """
    bare = _bare(name)
    parts = names_zh.split_known(bare)
    if parts is not None:
        return parts.given not in name_words("title") and parts.given not in name_words("short") and bare[0] not in "老小阿"
    latin = names_en.split(name.strip())
    return bool(latin.surname and latin.given and not latin.title and any(c.isalpha() for c in name) and len(name) < 80)


def _bare(name: str) -> str:
    return "".join(name.split())
