"""Rooms above that a caller can name from below, such as Presidio.

No room imports one above it. The facade, which stands over all of them, says how each is loaded; nothing is loaded before
somebody asks for it by handing something in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from piiscrub.errors import PiiscrubError

if TYPE_CHECKING:
    from piiscrub.recognize.protocol import Recognizer

Taker: TypeAlias = "Callable[[object], tuple[Recognizer, ...]]"
"""Makes recognizers of what the caller handed in."""

_loaders: dict[str, Callable[[], Taker]] = {}  # filled once, while the package itself is imported


def provide(name: str, load: Callable[[], Taker]) -> None:
    """Say how the taker of a name is loaded."""
    _loaders[name] = load


def take(name: str, given: object) -> tuple[Recognizer, ...]:
    """Recognizers for what was handed in under a name; none for None, an empty list or table.

    Raises:
        PiiscrubError: whatever the taker finds wrong with it.
    """
    if given is None or given in ((), [], {}):
        return ()
    if name not in _loaders:
        raise PiiscrubError(f"{name} is not part of this installation.")
    return _loaders[name]()(given)
