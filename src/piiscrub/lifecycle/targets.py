"""What somebody may ask to have destroyed: files and folders (as paths), rows, keys in a vault, epochs of a key ring."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from piiscrub.errors import InputError
from piiscrub.lifecycle.edits import Edits

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing
    from piiscrub.keys.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows that are to be destroyed: in the tables of one file, or in one table of a database.

    Say which rows either by what is in them (``where``) or by their numbers (``at``).

    Args:
        source: the file, or the URL of the database.
        where: names of columns, each with a list of texts. A row is meant if every one of these columns holds one of its
            texts; white space around a cell does not count.
        at: names of tables, each with the numbers of rows, counted from 0. For the names of the tables of a file see
            ``lifecycle.tablefiles.names``.
        table: the table of the database. For a file, ``where`` is then looked for in the table of this name only.

    The values are shown nowhere, not even in the repr.
    """

    source: str | PathLike[str] = field(repr=False)  # a URL may hold a password
    where: Mapping[str, Collection[str]] = field(default_factory=dict, repr=False)
    at: Mapping[str, Collection[int]] = field(default_factory=dict, repr=False)
    table: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.source, str | PathLike):
            raise InputError(f"Rows takes the path of a file or the URL of a database, not {type(self.source).__name__}.")
        if bool(self.where) == bool(self.at):
            raise InputError("Rows takes where (columns with their values) or at (numbers of rows), one of both.")
        if any(isinstance(values, str) or not values for values in self.where.values()):
            raise InputError("Rows takes for each column a list of texts, not a single one and not none.")
        if self.database and (self.at or not self.table):
            raise InputError("Rows of a database takes table and where.")

    @property
    def database(self) -> bool:
        return isinstance(self.source, str) and "://" in self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultKeys:
    """The data key of a scope of a vault, or of one subject in it: without the key its values are gone for good.

    ``scope`` is what ``Vault.scope`` takes: the name, or the id. ``subject`` shows nowhere.
    """

    vault: Vault
    scope: str = field(repr=False)
    subject: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEpoch:
    """An epoch of a key ring with a file: what was made with it can be restored no more. A whole ring goes as its key file."""

    ring: KeyRing
    epoch: int

    def __post_init__(self) -> None:
        if self.epoch < 1:
            raise InputError("KeyEpoch takes the number of an epoch, from 1. A whole ring is destroyed by naming its key file.")


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultTokens:
    """Single tokens of a scope of a vault, and the values they stand for, where others live on under the same data key."""

    vault: Vault
    scope: str = field(repr=False)
    tokens: tuple[str, ...]


Target: TypeAlias = str | PathLike[str] | Rows | Edits | VaultKeys | VaultTokens | KeyEpoch
_KINDS = (str, PathLike, Rows, Edits, VaultKeys, VaultTokens, KeyEpoch)


def targets_of(given: Target | Sequence[Target]) -> tuple[Target, ...]:
    """One or several. Raises InputError for what is no target."""
    alone = isinstance(given, _KINDS) or not isinstance(given, Sequence)
    several: list[Target] = [given] if alone else list(given)  # type: ignore[list-item, arg-type]  # told apart above
    for one in several:
        if not isinstance(one, _KINDS):
            raise InputError(f"destroy takes paths, Rows, VaultKeys and KeyEpoch, not {type(one).__name__}.")
        if isinstance(one, str) and "://" in one:
            raise InputError("destroy takes rows of a database as Rows(source=url, table=…, where=…).")
    if not several:
        raise InputError("destroy takes at least one target.")
    return tuple(Path(one) if isinstance(one, str | PathLike) else one for one in several)
