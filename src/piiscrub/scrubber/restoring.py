"""Put values back where their placeholders stand: in a text, or in one that comes piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from piiscrub.errors import InputError
from piiscrub.keys.events import KeyEvent
from piiscrub.operate import sealed
from piiscrub.scrubber.not_back import NotBack, told
from piiscrub.scrubber.placeholders import AROUND, LITERAL, Place, begun, known, places
from piiscrub.scrubber.restoring_sealed import Opener

if TYPE_CHECKING:
    from piiscrub.keys.bound import Keys
    from piiscrub.keys.scope import Scope
    from piiscrub.scrubber.vaulted import VaultLike


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreResult:
    """What was restored: ``text``, or ``frame`` for a table. Its repr shows counts only.

    Attributes:
        restored: the tokens whose values were put back, in the order in which they appear.
        unknown: the tokens that were not issued in this scope, in the same order; they stay in the text as they are.
        waiting: placeholders that stand in the text although no vault was given to restore them from.
        cells: how many cells of encrypted columns hold their values again.
        not_back: the actions of the plan that cannot be undone, each with the reason; ``why_not`` says it in one line.
        event: what ``Ledger.record`` writes down.
    """

    text: str = field(default="", repr=False)
    frame: Any = field(default=None, repr=False)  # Any: of the type that was handed in
    restored: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    cells: int = 0
    not_back: tuple[NotBack, ...] = ()
    event: KeyEvent

    def __repr__(self) -> str:
        columns = f"; {self.cells} cells of encrypted columns" if self.cells else ""
        left = f"; {len(self.waiting)} need a vault" if self.waiting else ""
        left += f"; {self.why_not()}" if self.not_back else ""
        return f"<RestoreResult: {len(self.restored)} restored, {len(self.unknown)} unknown{columns}{left}>"

    def why_not(self, lang: str = "en") -> str:
        """Which actions of the plan were not turned back, and why, in a language, "en" or "zh"; empty if all were."""
        return told(self.not_back, lang)


class Restorer:
    """Restores the placeholders of one scope, and what was encrypted in the text, in whole texts or in a stream of pieces.

    Args:
        scope: an open scope of a vault (``Vault.scope``); without one, placeholders stay as they are.
        keys: those that encrypted, bound to recipient and purpose if they were then; of the vault unless given.

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

    def __init__(self, scope: Scope | None = None, *, keys: Keys | None = None) -> None:
        used = keys if keys is not None or scope is None else scope.vault.keys
        if used is None:
            raise InputError("restore takes the keys that encrypted, or a vault and the scope that the scrub named.")
        self._scope = scope
        self._opener = Opener(used)
        self._own = frozenset(scope.entities()) if scope is not None else frozenset()
        self._values: dict[str, str | None] = {}
        self._restored: dict[str, int] = {}
        self._unknown: dict[str, int] = {}
        self._waiting: dict[str, None] = {}
        self._buffer, self._at = "", 0

    def text(self, text: str) -> str:
        """A whole text with its values."""
        if not isinstance(text, str):
            raise InputError.not_text(text, where="restore")
        found = self._places(text, 0)
        return self._filled(text, 0, len(text), found) if found else text

    def feed(self, piece: str) -> str:
        """Take the next piece of a text; return what is certain by now. A placeholder may be split between two pieces."""
        buffer, at = self._buffer + piece, self._at
        held = self._begun(buffer, at)
        found: list[Place] = []
        for place in self._places(buffer, at):
            if place.start >= held:
                break
            found.append(place)
            if place.end > held:
                held = self._begun(buffer, place.end)
        done = self._filled(buffer, at, held, found)
        keep = max(0, held - AROUND)
        self._buffer, self._at = buffer[keep:], held - keep
        return done

    def finish(self) -> str:
        """The rest of the text; the next piece begins another one."""
        buffer, at = self._buffer, self._at
        self._buffer, self._at = "", 0
        return self._filled(buffer, at, len(buffer), self._places(buffer, at))

    def result(
        self, text: str = "", frame: object = None, *, cells: int = 0, not_back: tuple[NotBack, ...] = ()
    ) -> RestoreResult:
        """What was done so far."""
        keys, scope = self._opener.keys, self._scope
        if scope is None and self._restored:  # a policy that encrypted inside text: it did come back
            not_back = tuple(one for one in not_back if one.action != "spans")
        counts = {"restored": sum(self._restored.values()) + cells, "unknown": sum(self._unknown.values())}
        return RestoreResult(
            text=text,
            frame=frame,
            restored=tuple(self._restored),
            unknown=tuple(self._unknown),
            waiting=tuple(self._waiting),
            cells=cells,
            not_back=not_back,
            event=KeyEvent(
                action="restore",
                key=keys.id,
                epoch=keys.epoch,
                vault=scope.vault.id if scope else "",
                scope=scope.id if scope else "",
                counts=counts,
            ),
        )

    def _places(self, text: str, start: int) -> list[Place]:
        """Placeholders and encrypted values, in order; where both are read, the encrypted value is."""
        issued = list(places(text, start))
        tokens = list(sealed.find(text, start))
        if self._scope is None:
            self._waiting |= {f"<{place.token.strip('<>')}>": None for place in issued if known(place.entity)}
            issued = []
        if not tokens:
            return issued
        for one in tokens:
            if one.token not in self._values:
                self._values[one.token] = self._opener.value(one)
        free = [place for place in issued if not any(one.start < place.end and place.start < one.end for one in tokens)]
        return sorted([*free, *(Place(one.start, one.end, one.token) for one in tokens)])

    def _begun(self, text: str, start: int) -> int:
        held = sealed.begun(text, start)
        return held if self._scope is None else min(held, begun(text, start))

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
            elif place.token.startswith("<") or known(place.entity) or place.entity in self._own:
                self._count(self._unknown, place.token)
        return "".join([*pieces, text[start:end]])

    def _look_up(self, tokens: Iterable[str]) -> None:
        wanted = sorted(tokens)
        if wanted and self._scope is not None:
            self._values.update(zip(wanted, self._scope.get_many(wanted), strict=True))

    @staticmethod
    def _count(counts: dict[str, int], token: str) -> None:
        shown = token if token.startswith("<") else f"<{token}>"
        counts[shown] = counts.get(shown, 0) + 1


def restore(text: str, *, keys: Keys | None = None, vault: VaultLike | None = None, scope: str | None = None) -> RestoreResult:
    """Put the values back into a text that was scrubbed with a vault, or whose values were encrypted.

    Args:
        text: the scrubbed text, also after somebody has worked on it; the forms of a placeholder that are understood are
            listed in :mod:`piiscrub.scrubber.placeholders`.
        keys: the ring that encrypted, or that the vault belongs to, bound to recipient and purpose if it was then.
        vault: an open :class:`Vault`, or the path of one; not needed for what was encrypted.
        scope: the scope the scrub named (``result.evidence.scope``). What was issued in another scope is not restored.

    Raises:
        InputError: ``text`` is no str; neither keys nor a vault and its scope.
        KeysError: wrong keys, no such scope, a scope that was shredded, or a vault that was tampered with.
    """
    from piiscrub.scrubber.vaulted import scope_of

    if vault is None:
        restorer = Restorer(keys=keys)
        return restorer.result(restorer.text(text))
    with scope_of(vault, keys, scope, create=False) as there:
        restorer = Restorer(there)
        return restorer.result(restorer.text(text))
