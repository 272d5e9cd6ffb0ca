"""What stands in rooms above and can be asked for from below, such as Presidio.

No room imports one above it. The facade, which stands over all of them, says how each is loaded; nothing is loaded before
somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from piiscrub.errors import PiiscrubError

if TYPE_CHECKING:
    from piiscrub.recognize.protocol import Recognizer

_loaders: dict[str, Callable[[], Any]] = {}  # filled once, while the package itself is imported


def provide(name: str, load: Callable[[], Any]) -> None:
    """Say how the callable of a name is loaded."""
    _loaders[name] = load


def bridge(name: str) -> Callable[[Any], Any]:
    """The callable of a name, loaded now.

    Raises:
        PiiscrubError: nobody provides it.
    """
    if name not in _loaders:
        raise PiiscrubError(f"{name} is not part of this installation.")
    found: Callable[[Any], Any] = _loaders[name]()
    return found


def take(name: str, given: object) -> tuple[Recognizer, ...]:
    """Recognizers for what was handed in under a name; none for None, an empty list or table.

    Raises:
        PiiscrubError: whatever is wrong with it.
    """
    if given is None or given in ((), [], {}):
        return ()
    made: tuple[Recognizer, ...] = bridge(name)(given)
    return made
