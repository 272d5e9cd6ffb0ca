"""What of a plan no restore can turn back, and why: actions and numbers of columns, no name and no value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from piiscrub.render.catalogue import listed, say

Why: TypeAlias = Literal["one-way", "gone", "no-vault"]
"""Neither a key nor a vault holds what was there · columns or rows were left out · a vault may hold it, and none was named."""
_ORDER: tuple[Why, ...] = ("one-way", "gone", "no-vault")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotBack:
    """An action of a plan that was not turned back: an operator, or ``drop`` or ``spans``. ``columns`` is 0 for whole rows."""

    action: str
    why: Why
    columns: int


def together(parts: Iterable[NotBack]) -> tuple[NotBack, ...]:
    """Each action once, ordered by why, then in the order of the plan.

    >>> together([NotBack(action="mask", why="one-way", columns=1), NotBack(action="mask", why="one-way", columns=2)])
    (NotBack(action='mask', why='one-way', columns=3),)
    """
    counts: dict[tuple[Why, str], int] = {}
    for one in parts:
        counts[one.why, one.action] = counts.get((one.why, one.action), 0) + one.columns
    return tuple(
        NotBack(action=action, why=why, columns=n) for order in _ORDER for (why, action), n in counts.items() if why == order
    )


def told(parts: Iterable[NotBack], lang: str = "en") -> str:
    """One line for people, in a language, "en" or "zh"; empty if everything can be turned back.

    >>> print(told([NotBack(action="pseudonym", why="one-way", columns=2), NotBack(action="drop", why="gone", columns=1)]))
    not turned back: pseudonym (2 columns): one way, neither a key nor a vault holds what was there; drop (1 column): left out
    """
    held = together(parts)
    reasons = [
        say(f"keys.not-back.{why}", lang, which=listed([_counted(one, lang) for one in held if one.why == why], lang))
        for why in _ORDER
        if any(one.why == why for one in held)
    ]
    return say("keys.not-back", lang, reasons=listed(reasons, lang, sentences=True)) if reasons else ""


def _counted(one: NotBack, lang: str) -> str:
    return say("keys.not-back-columns", lang, action=one.action, n=one.columns) if one.columns else one.action
