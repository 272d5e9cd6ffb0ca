"""Operators of other distributions: ``dist:NAME/OPERATOR`` in a policy or plan.

A distribution offers them as entry points of the group ``piiscrub.operators``, each a class. They are listed without being
loaded; one is loaded when a policy, a plan or the caller names it, and nothing else of its distribution is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import EntryPoint
from typing import Any

from piiscrub.errors import OperatorError, UnknownNameError

GROUP = "piiscrub.operators"
PREFIX = "dist:"
_RUNS = re.compile(r"[-_.]+")
_WORKS_BY = {"value": "__call__", "column": "column", "table": "keep_rows"}
_SAYS = {"reversible": bool, "permissive": bool, "streams": bool, "leaks": str}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An operator that an installed distribution offers; it was not loaded for this. ``name`` is what a policy writes."""

    name: str
    distribution: str
    version: str


def offered() -> tuple[Offered, ...]:
    """What the installed distributions offer, by name."""
    found = (
        Offered(name=_name(point), distribution=point.dist.name, version=point.dist.version)
        for point in _points()
        if point.dist is not None
    )
    return tuple(sorted(found, key=lambda one: one.name))


def is_plugin(name: str) -> bool:
    """Whether this names an operator of another distribution."""
    return name.startswith(PREFIX)


@lru_cache(maxsize=64)
def kind_of(name: str) -> type[Any]:
    """The class behind a name, loaded now. Its own name is the whole one, so that evidence says where it comes from.

    Raises:
        UnknownNameError: no installed distribution offers it.
        OperatorError: it cannot be loaded, or it is no operator.
    """
    distribution, _, own = name.removeprefix(PREFIX).partition("/")
    full = f"{PREFIX}{_normal(distribution)}/{own}"
    chosen = [point for point in _points() if point.dist is not None and _name(point) == full]
    if not chosen:
        raise UnknownNameError("operator", name, [one.name for one in offered()])
    try:
        kind = chosen[0].load()
    except Exception as error:  # noqa: BLE001  # whatever a stranger's module raises while it is imported
        raise OperatorError(f"{name}: the plug-in cannot be loaded: {type(error).__name__}.") from None
    if not isinstance(kind, type):
        raise OperatorError(f"{name}: the entry point gives no class.")
    return type(kind.__name__, (kind,), {"name": full, "__doc__": kind.__doc__, "__module__": kind.__module__, "__slots__": ()})


def check(name: str, built: object) -> None:
    """Whether what a plug-in built is an operator.

    Raises:
        OperatorError: says what it lacks.
    """
    wrong = [key for key, kind in _SAYS.items() if not isinstance(getattr(built, key, None), kind)]
    shape = getattr(built, "shape", "value")
    if wrong or shape not in _WORKS_BY:
        what = ", ".join(f"{key} ({_SAYS[key].__name__})" for key in wrong) or "a shape: value, column or table"
        raise OperatorError(f"{name}: the plug-in does not say {what}.")
    if not callable(getattr(built, _WORKS_BY[shape], None)):
        raise OperatorError(f"{name}: the plug-in has no {_WORKS_BY[shape]}, by which operators of shape {shape!r} work.")


def _points() -> tuple[EntryPoint, ...]:
    from importlib.metadata import entry_points  # only who names or lists plug-ins pays for it

    return tuple(entry_points(group=GROUP))


def _name(point: EntryPoint) -> str:
    assert point.dist is not None
    return f"{PREFIX}{_normal(point.dist.name)}/{point.name}"


def _normal(distribution: str) -> str:
    """My.Plug_In and my-plug-in are one distribution (packaging specification, name normalization)."""
    return _RUNS.sub("-", distribution).lower()
