"""Presidio's own recognizers by country."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from functools import cache
from typing import Any

from presidio_analyzer import EntityRecognizer, predefined_recognizers

from piiscrub.errors import InputError, UnknownNameError
from piiscrub.presidio.names import folders, ours
from piiscrub.presidio.twins import Recogniser
from piiscrub.registry.recognizers import builtin_packs
from piiscrub.render.table import Table

_SEGMENT = ".country_specific."


def of_countries(codes: Iterable[str]) -> list[Recogniser]:
    """Presidio's recognizers for some countries, built as Presidio builds them.

    Args:
        codes: two letters each, in any case; ``gb`` and ``uk`` are the same.

    Raises:
        InputError: for a str in place of a list.
        UnknownNameError: for a country that this version of Presidio has nothing for.
    """
    if isinstance(codes, str):
        raise InputError(f"countries takes a list of codes, for example [{codes!r}].")
    wanted = [_code(code) for code in codes]
    return [cls() for code, cls in classes() if code in wanted]


def countries() -> Table:
    """What naming a country brings from the installed Presidio: recognizer, entity there and here, whether we have packs.

    >>> [row["recognizer"] for row in countries() if row["country"] == "pl"]
    ['PlPeselRecognizer']
    """
    own = {pack.country for pack in builtin_packs()}
    rows = ({"country": code, **_row(cls()), "packs": "gb" if code == "uk" else code} for code, cls in classes())
    return Table(({**row, "packs": row["packs"] in own} for row in rows), caption="countries")


@cache
def classes() -> tuple[tuple[str, Any], ...]:
    """(country, class) of every predefined recognizer of a country, ordered by both."""
    found = []
    for name, cls in inspect.getmembers(predefined_recognizers, inspect.isclass):
        if _SEGMENT in cls.__module__ and issubclass(cls, EntityRecognizer):
            folder = cls.__module__.split(_SEGMENT)[1].split(".")[0]
            found.append((folders().get(folder, folder), name, cls))
    return tuple((code, cls) for code, _, cls in sorted(found, key=lambda one: one[:2]))


def _code(code: str) -> str:
    known = sorted({code for code, _ in classes()})
    wanted = code.strip().lower()
    wanted = "uk" if wanted == "gb" else wanted
    if wanted not in known:
        raise UnknownNameError("country with recognizers in Presidio", code, known)
    return wanted


def _row(recognizer: Recogniser) -> dict[str, object]:
    there = recognizer.supported_entities
    return {"recognizer": recognizer.name, "entity_there": ", ".join(there), "entity": ", ".join(map(ours, there))}
