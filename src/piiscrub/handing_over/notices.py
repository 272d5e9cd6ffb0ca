"""Who has to be told of a leak, and by when (rule book B3); the provisions are data, ``notices.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias, get_args

from piiscrub.errors import InputError

Operator: TypeAlias = Literal["critical", "state-body", "other"]
"""Of a network: critical information infrastructure, a central or state body, anybody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One notice. ``due`` is the last moment as ISO 8601, "" for at once; ``condition`` is ``eu`` where it holds only if the
    GDPR applies."""

    id: str
    source: str
    hours: int
    due: str
    condition: str
    to_en: str
    to_zh: str
    what_en: str
    what_zh: str

    def to(self, lang: str = "en") -> str:
        return self.to_zh if lang == "zh" else self.to_en

    def what(self, lang: str = "en") -> str:
        return self.what_zh if lang == "zh" else self.what_en


@lru_cache(maxsize=1)
def provisions() -> Mapping[str, Any]:
    """The provisions as data."""
    return tomllib.loads(files("piiscrub.handing_over").joinpath("notices.toml").read_text(encoding="utf-8"))


def level(persons: int) -> str:
    """The level of an incident by how many persons' data leaked: ``general``, ``larger``, ``major``, ``especially-major``.

    >>> level(999_999), level(1_000_000), level(100_000_000)
    ('general', 'larger', 'especially-major')
    """
    return next(str(one["id"]) for one in provisions()["levels"] if persons >= one["persons"])


def duties(persons: int, *, sensitive: bool, known: datetime, operator: Operator = "other") -> tuple[Duty, ...]:
    """The notices that a leak of so many persons' data asks for, the most urgent first; none for nobody's.

    Args:
        persons: at most so many.
        sensitive: sensitive data of somebody is among it; then a high risk is taken as likely (GDPR art. 34).
        known: the aware moment it was noticed: hours count from it.
        operator: of the network it leaked from.

    Raises:
        InputError: a moment without a zone, an operator that is none of the three.

    >>> from datetime import UTC
    >>> found = duties(2_000_000, sensitive=False, known=datetime(2026, 11, 22, 8, tzinfo=UTC))
    >>> [(one.id, one.due) for one in found][2:]
    [('incident-other', '2026-11-22T12:00:00+00:00'), ('gdpr-33', '2026-11-25T08:00:00+00:00')]
    """
    if known.tzinfo is None:
        raise InputError("the moment a leak was noticed needs a time zone.")
    if operator not in get_args(Operator):
        raise InputError(f"operator is one of {', '.join(get_args(Operator))}.")
    if persons < 1:
        return ()
    holds = {"personal", "eu"} | ({"larger"} if level(persons) != "general" else set()) | ({"eu-high"} if sensitive else set())
    found = [one for one in provisions()["duties"] if one["when"] in holds and one["operator"] in ("any", operator)]
    found.sort(key=lambda one: (int(one["hours"]), one["when"].startswith("eu")))
    return tuple(_duty(one, known) for one in found)


def _duty(own: Mapping[str, Any], known: datetime) -> Duty:
    hours = int(own["hours"])
    return Duty(
        id=own["id"],
        source=own["source"],
        hours=hours,
        due=(known + timedelta(hours=hours)).isoformat(timespec="seconds") if hours else "",
        condition="eu" if own["when"].startswith("eu") else "",
        to_en=own["to"]["en"],
        to_zh=own["to"]["zh"],
        what_en=own["what"]["en"],
        what_zh=own["what"]["zh"],
    )
