"""Checks of operator parameters, with sentences a person can act on."""

from __future__ import annotations

import difflib
import math
from collections.abc import Sequence

from piiscrub.errors import OperatorError


def one_of(operator: str, param: str, value: object, choices: Sequence[str]) -> None:
    """Raises OperatorError unless ``value`` is one of ``choices``."""
    if value in choices:
        return
    near = difflib.get_close_matches(value, choices, n=1, cutoff=0.5) if isinstance(value, str) else []
    listed = ", ".join(repr(choice) for choice in choices if choice)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise OperatorError(f"{operator}: {param} takes one of {listed}, not {value!r}.{hint}")


def whole(operator: str, param: str, value: object, low: int, high: int | None = None) -> None:
    """Raises OperatorError unless ``value`` is an int (no bool) in the range."""
    limits = f"{low} or more" if high is None else f"{low} to {high}"
    if not isinstance(value, int) or isinstance(value, bool):
        raise OperatorError(f"{operator}: {param} takes a whole number, {limits}, not {type(value).__name__}.")
    if value < low or (high is not None and value > high):
        raise OperatorError(f"{operator}: {param} takes a whole number, {limits}, not {value}.")


def flag(operator: str, param: str, value: object) -> None:
    """Raises OperatorError unless ``value`` is a bool."""
    if not isinstance(value, bool):
        raise OperatorError(f"{operator}: {param} takes true or false, not {type(value).__name__}.")


def string(operator: str, param: str, value: object, *, one_character: bool = False) -> None:
    """Raises OperatorError unless ``value`` is a str, of one character if asked."""
    if not isinstance(value, str):
        raise OperatorError(f"{operator}: {param} takes text, not {type(value).__name__}.")
    if one_character and len(value) != 1:
        raise OperatorError(f"{operator}: {param} takes exactly one character, not {len(value)}.")


def number(operator: str, param: str, value: object, low: float | None = None, high: float | None = None) -> None:
    """Raises OperatorError unless ``value`` is a finite number (no bool) in the range."""
    limits = "" if low is None else f", {low} or more" if high is None else f", {low} to {high}"
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise OperatorError(f"{operator}: {param} takes a number{limits}, not {type(value).__name__}.")
    if (low is not None and value < low) or (high is not None and value > high):
        raise OperatorError(f"{operator}: {param} takes a number{limits}, not {value}.")
