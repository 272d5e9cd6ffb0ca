"""The options that name a key file and a vault."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from piiscrub.cli.outcome import UsageProblem

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing

KeysOpt = Annotated[Path | None, typer.Option("--keys", help="The key file (see: piiscrub keys).", show_default=False)]
VaultOpt = Annotated[
    Path | None,
    typer.Option("--vault", help="Keep values there, so that piiscrub restore can put them back.", show_default=False),
]
LookVaultOpt = Annotated[
    Path | None,
    typer.Option("--vault", help="Look into this vault too; takes --scope and --keys.", show_default=False),
]
ScopeOpt = Annotated[
    str | None,
    typer.Option("--scope", help="Issue placeholders in this scope of the vault; a new one if left out.", show_default=False),
]
FdOpt = Annotated[
    int | None,
    typer.Option("--passphrase-fd", min=0, help="The key file is under a passphrase: read it from here.", show_default=False),
]


@dataclass(frozen=True, slots=True)
class Secrets:
    """What was named on the command line."""

    keys: Path | None
    vault: Path | None
    descriptor: int | None = None

    def ring(self) -> KeyRing | None:
        """The ring of the key file; None if none was named.

        Raises:
            UsageProblem: a vault without its keys.
            KeysError: the key file cannot be used.
        """
        from piiscrub.keys.ring import KeyRing

        if self.keys is None:
            if self.vault is not None:
                raise UsageProblem("--vault takes --keys as well: the key file the vault belongs to.")
            return None
        return (
            KeyRing.load(self.keys) if self.descriptor is None else KeyRing.from_passphrase(self.keys, descriptor=self.descriptor)
        )
