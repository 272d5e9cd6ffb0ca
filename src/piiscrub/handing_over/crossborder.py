"""Which route a hand-over abroad has to take, and how far the next threshold is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from piiscrub.errors import InputError, UnknownNameError

MAINLAND = "CN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The route for a number of persons since 1 January.

    ``id`` is exempt, contract or assessment. ``to_next`` and ``to_next_sensitive`` say how many more persons lead to the
    next route; None where there is none. ``upper_bound``: rows were counted, as nothing says who is who.
    """

    id: str
    ordinary: int
    sensitive: int
    to_next: int | None
    to_next_sensitive: int | None
    upper_bound: bool
    as_of: str

    def title(self, lang: str = "en") -> str:
        return title(self.id, lang)


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Any]:
    """The provisions as data, ``routes.toml``."""
    return tomllib.loads(files("piiscrub.handing_over").joinpath("routes.toml").read_text(encoding="utf-8"))


def title(route: str, lang: str = "en") -> str:
    """What a route is called.

    >>> title("assessment"), title("contract", "zh")
    ('security assessment by the CAC (art. 7)', '订立标准合同或者通过个人信息保护认证（第八条）')
    """
    return str(rules()[route]["zh" if lang == "zh" else "en"])


def exemption(name: str, lang: str = "en") -> str:
    """The ground on which persons are not counted. Raises UnknownNameError for one that the provisions do not have."""
    found = rules()["exemptions"].get(name)
    if found is None:
        raise UnknownNameError("exemption", name, rules()["exemptions"])
    return str(found["zh" if lang == "zh" else "en"])


def route(ordinary: int, sensitive: int, *, critical: bool = False, important: bool = False, upper_bound: bool = False) -> Route:
    """The route for so many persons, this hand-over included.

    Args:
        ordinary: distinct persons since 1 January without sensitive data.
        sensitive: those with sensitive data.
        critical: the handler runs critical information infrastructure. important: important data goes too.
        upper_bound: the numbers are rows, not persons.

    >>> route(99_999, 0).id, route(99_999, 1).id, route(1_000_000, 0).id
    ('exempt', 'contract', 'assessment')
    >>> route(60_000, 0).to_next
    40000
    """
    if ordinary < 0 or sensitive < 0:
        raise InputError("route takes numbers of persons, 0 or more.")
    order = ("exempt", "contract")
    fits = None if critical or important else next((id for id in order if _within(id, ordinary, sensitive)), None)
    limits = rules().get(fits or "", {})
    return Route(
        id=fits or "assessment",
        ordinary=ordinary,
        sensitive=sensitive,
        to_next=limits["ordinary_below"] - ordinary if fits else None,
        to_next_sensitive=limits["sensitive_below"] - sensitive if fits else None,
        upper_bound=upper_bound,
        as_of=str(rules()["as_of"]),
    )


def _within(id: str, ordinary: int, sensitive: int) -> bool:
    limits = rules()[id]
    return bool(ordinary < limits["ordinary_below"] and sensitive < limits["sensitive_below"])
