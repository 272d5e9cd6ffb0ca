"""Put values back where their placeholders stand: in a text, or in one that comes piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from piiscrub.errors import InputError
from piiscrub.keys.events import KeyEvent
from piiscrub.scrubber.placeholders import AROUND, LITERAL, Place, begun, known, places

if TYPE_CHECKING:
    from piiscrub.keys.bound import Keys
    from piiscrub.keys.scope import Scope
    from piiscrub.scrubber.vaulted import VaultLike


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreResult:
    """What was restored: ``text``, or ``frame`` for a table. Its repr shows counts only.

    ``restored`` are the tokens whose values were put back, ``unknown`` those that were not issued in the scope and stay as
    they are; both in the order in which they appear. ``event`` is for the ledger.
    """

    text: str = field(default="", repr=False)
    frame: Any = field(default=None, repr=False)  # Any: of the type that was handed in
    restored: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    event: KeyEvent

    def __repr__(self) -> str:
        return f"<RestoreResult: {len(self.restored)} restored, {len(self.unknown)} unknown>"


class Restorer:
    """Restores the placeholders of one scope, in whole texts or in a stream of pieces.

    Args:
        scope: an open scope of a vault (``Vault.scope``).

    >>> import tempfile
    >>> from pathlib import Path
    >>> from piiscrub.keys.ring import KeyRing
    >>> from piiscrub.keys.vault import Vault
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ring = KeyRing.new(Path(folder) / "keys.json")
    ...     with Vault(Path(folder) / "vault.sqlite", ring) as vault:
    ...         scope = vault.scope("letters")
    ...         token = scope.put("PERSON", "张伟")
    ...         restorer = Restorer(scope)
    ...         [restorer.feed(piece) for piece in ("您好，<PER", "SON_1>！")], restorer.finish()
    (['您好，', '张伟！'], '')
    """

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._own = frozenset(scope.entities())
        self._values: dict[str, str | None] = {}
        self._restored: dict[str, int] = {}
        self._unknown: dict[str, int] = {}
        self._buffer, self._at = "", 0

    def text(self, text: str) -> str:
        """A whole text with its values."""
        if not isinstance(text, str):
            raise InputError.not_text(text, where="restore")
        found = list(places(text))
        return self._filled(text, 0, len(text), found) if found else text

    def feed(self, piece: str) -> str:
        """Take the next piece of a text; return what is certain by now. A placeholder may be split between two pieces."""
        buffer, at = self._buffer + piece, self._at
        held = begun(buffer, at)
        found: list[Place] = []
        for place in places(buffer, at):
            if place.start >= held:
                break
            found.append(place)
            if place.end > held:
                held = begun(buffer, place.end)
        done = self._filled(buffer, at, held, found)
        keep = max(0, held - AROUND)
        self._buffer, self._at = buffer[keep:], held - keep
        return done

    def finish(self) -> str:
        """The rest of the text; the next piece begins another one."""
        buffer, at = self._buffer, self._at
        self._buffer, self._at = "", 0
        return self._filled(buffer, at, len(buffer), list(places(buffer, at)))

    def result(self, text: str = "", frame: object = None) -> RestoreResult:
        """What was done so far."""
        keys, vault = self._scope.vault.keys, self._scope.vault
        counts = {"restored": sum(self._restored.values()), "unknown": sum(self._unknown.values())}
        return RestoreResult(
            text=text,
            frame=frame,
            restored=tuple(self._restored),
            unknown=tuple(self._unknown),
            event=KeyEvent(action="restore", key=keys.id, epoch=keys.epoch, vault=vault.id, scope=self._scope.id, counts=counts),
        )

    def _filled(self, text: str, start: int, end: int, found: Sequence[Place]) -> str:
        self._look_up({place.token for place in found} - self._values.keys())
        pieces: list[str] = []
        for place in found:
            value = self._values[place.token]
            if value is not None:
                pieces += (text[start : place.start], value)
                start = place.end
                if place.entity != LITERAL:
                    self._count(self._restored, place.token)
            elif known(place.entity) or place.entity in self._own:
                self._count(self._unknown, place.token)
        return "".join([*pieces, text[start:end]])

    def _look_up(self, tokens: Iterable[str]) -> None:
        wanted = sorted(tokens)
        self._values.update(zip(wanted, self._scope.get_many(wanted), strict=True))

    @staticmethod
    def _count(counts: dict[str, int], token: str) -> None:
        counts[f"<{token}>"] = counts.get(f"<{token}>", 0) + 1


def restore(text: str, *, keys: Keys | None = None, vault: VaultLike, scope: str) -> RestoreResult:
    """Put the values back into a text that was scrubbed with a vault.

    Args:
        text: the scrubbed text, also after somebody has worked on it; the forms of a placeholder that are understood are
            listed in :mod:`piiscrub.scrubber.placeholders`.
        keys: the ring the vault belongs to, bound to recipient and purpose if it was then.
        vault: an open :class:`Vault`, or the path of one.
        scope: the scope the scrub named (``result.evidence.scope``). What was issued in another scope is not restored.

    Raises:
        InputError: ``text`` is no str.
        KeysError: wrong keys, no such scope, a scope that was shredded, or a vault that was tampered with.
    """
    from piiscrub.scrubber.vaulted import scope_of

    with scope_of(vault, keys, scope, create=False) as there:
        restorer = Restorer(there)
        return restorer.result(restorer.text(text))
