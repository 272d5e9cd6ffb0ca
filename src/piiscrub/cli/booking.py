"""The option ``--ledger``, and the entry that a command writes at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from piiscrub.cli.outcome import UsageProblem

if TYPE_CHECKING:
    from piiscrub.evidence.ledger import Ledger
    from piiscrub.keys.ring import KeyRing

LedgerOpt = Annotated[
    Path | None, typer.Option("--ledger", help="Add an entry to this ledger; the keys sign it.", show_default=False)
]


def ready(ledger: Path | None) -> None:
    """Raises LedgerError for a ledger that cannot be written."""
    if ledger is not None:
        from piiscrub.evidence.ledger import Ledger

        Ledger(ledger).ready()


class Book:
    """Where the entry of one command goes; nowhere without ``--ledger``.

    Made before any work is done, so that nothing is done that cannot be booked.

    Raises:
        UsageProblem: a ledger without keys. KeysError: keys that cannot sign. LedgerError: a ledger that cannot be written.
    """

    def __init__(self, ledger: Path | None, ring: KeyRing | None) -> None:
        if ledger is not None:
            if ring is None or ring.is_ephemeral:
                raise UsageProblem("--ledger takes --keys as well: the key file that signs its entries.")
            _ = ring.public_key  # a ring that cannot sign says so here
            ready(ledger)
        self._path, self._ring = ledger, ring

    def __bool__(self) -> bool:
        return self._path is not None

    def prints(self, paths: Iterable[Path]) -> list[str]:
        """HMACs of files under the ring; none without a ledger, and none of what is no file."""
        from piiscrub.handing_over.opening import file_print

        ring = self._ring if self else None
        return [file_print(path, ring) for path in paths if path.is_file()] if ring is not None else []

    def append(self, action: str, fields: Mapping[str, Any]) -> None:
        """Write the entry."""
        if self:
            self._ledger().append(action, fields)

    def record(self, done: object) -> None:
        """Write the entry of a result or an event."""
        if self:
            self._ledger().record(done)

    def _ledger(self) -> Ledger:
        from piiscrub.evidence.ledger import Ledger

        assert self._path is not None
        return Ledger(self._path, keys=self._ring)
