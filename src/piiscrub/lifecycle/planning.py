"""The first of two steps: what would be destroyed, and the hash by which the second step knows it again."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from piiscrub.errors import DestructionError
from piiscrub.evidence.canonical import canonical
from piiscrub.lifecycle.edits import Edits
from piiscrub.lifecycle.judging import Kept
from piiscrub.lifecycle.on_database_edits import DatabaseEdits
from piiscrub.lifecycle.on_edits import TableEdits
from piiscrub.lifecycle.on_files import FileLike, files_of, from_seal
from piiscrub.lifecycle.on_keys import EpochItem, TokensItem, VaultItem
from piiscrub.lifecycle.on_rows import DatabaseItem, RowsItem
from piiscrub.lifecycle.on_texts import TextEdits
from piiscrub.lifecycle.rules import RetentionRules
from piiscrub.lifecycle.targets import KeyEpoch, Rows, Target, VaultKeys, VaultTokens
from piiscrub.render.table import Table as Shown
from piiscrub.sources.tabular import is_table

AnyEdits: TypeAlias = TableEdits | TextEdits | DatabaseEdits
AnyItem: TypeAlias = FileLike | RowsItem | DatabaseItem | AnyEdits | VaultItem | TokensItem | EpochItem
_PARTS = (RowsItem, DatabaseItem, TableEdits, TextEdits, DatabaseEdits)  # something goes out of them; they stay
ENOUGH = 12
"""Characters of the hash that must at least be repeated."""


@dataclass(frozen=True, slots=True)
class DestructionPlan:
    """What would be destroyed. ``hash`` confirms it; ``obstacles`` say why it may not be; nothing here shows a value."""

    items: tuple[AnyItem, ...] = field(repr=False)
    hash: str
    rules: RetentionRules | None = field(repr=False, default=None)

    @property
    def code(self) -> str:
        """The beginning of the hash, enough to confirm with."""
        return self.hash[:ENOUGH]

    @property
    def counts(self) -> dict[str, int]:
        """How much there is, by what: things by kind, and bytes, rows, tokens …"""
        found: Counter[str] = Counter()
        for one in self.items:
            if not isinstance(one, _PARTS):
                found[f"{one.kind}s" if not one.kind.endswith("s") else one.kind] += 1
            found.update(one.counts)
        return dict(sorted(found.items()))

    @property
    def kept(self) -> tuple[Kept, ...]:
        """Of what a search found of a person: the rows that stay, each with why and until when; passages in them stay too."""
        return tuple(kept for one in self.items if isinstance(one, AnyEdits) for kept in one.looked.kept)

    @property
    def obstacles(self) -> tuple[str, ...]:
        return tuple(f"{one.shown}: {one.obstacle}" for one in self.items if one.obstacle)

    def confirmed_by(self, text: str) -> bool:
        return len(text) >= ENOUGH and self.hash.startswith(text)

    def summary(self) -> Shown:
        """One row per thing."""
        rows = [
            {
                "what": one.kind,
                "name": one.shown,
                "holds": ", ".join(f"{n} {what}" for what, n in one.counts.items()),
                "method": one.method,
                "obstacle": one.obstacle,
            }
            for one in self.items
        ]
        return Shown(rows, caption="to be destroyed", columns=("what", "name", "holds", "method", "obstacle"))

    def to_frame(self) -> Any:  # Any: a pandas DataFrame, which this room does not know
        """The same as a DataFrame."""
        return self.summary().to_frame()

    def _repr_html_(self) -> str:
        kept = Shown([one.to_dict() for one in self.kept], caption="stays", columns=("position", "rule", "source", "until"))
        return self.summary()._repr_html_() + (kept._repr_html_() if self.kept else "")

    def __repr__(self) -> str:
        told = ", ".join(f"{n} {what}" for what, n in self.counts.items())
        return f"<DestructionPlan {self.code}: {told}{f'; {len(self.obstacles)} obstacles' if self.obstacles else ''}>"


def make(targets: Sequence[Target], rules: RetentionRules | None, today: date) -> DestructionPlan:
    """Look at everything that is named.

    Raises:
        SourceError, KeysError, PlanError: something is not there or cannot be looked at.
        DestructionError: something is named twice.
    """
    items = tuple(item for target in targets for item in _items(target, rules, today))
    _no_doubles(items)
    return DestructionPlan(items, hash_of([one.seal() for one in items]), rules)


def hash_of(seals: Sequence[Mapping[str, Any]]) -> str:
    """Of everything that tells these things from others."""
    return hashlib.sha256(canonical(list(seals))).hexdigest()


def again(
    seals: Sequence[Mapping[str, Any]], targets: Sequence[Target], rules: RetentionRules | None, today: date
) -> list[AnyItem]:
    """The things of a plan that was begun, without looking for what may be gone by now.

    Raises:
        DestructionError: other targets than those it was made for.
    """
    own = iter([one for one in targets if not isinstance(one, str | Path)])
    return [_resumed(seal, own, rules, today) for seal in seals]


def _items(target: Target, rules: RetentionRules | None, today: date) -> Iterator[AnyItem]:
    if isinstance(target, Rows):
        yield DatabaseItem.of(target, rules, today) if target.database else RowsItem.of(target, rules, today)
    elif isinstance(target, Edits):
        yield _edits(target).of(target, rules, today)
    elif isinstance(target, VaultKeys):
        yield VaultItem.of(target)
    elif isinstance(target, VaultTokens):
        yield TokensItem.of(target)
    elif isinstance(target, KeyEpoch):
        yield EpochItem.of(target)
    else:
        yield from files_of(Path(target), rules, today)


def _edits(target: Edits) -> type[TableEdits] | type[TextEdits] | type[DatabaseEdits]:
    if target.database:
        return DatabaseEdits
    return TableEdits if is_table(Path(target.source).name) else TextEdits


def _resumed(seal: Mapping[str, Any], own: Iterator[Target], rules: RetentionRules | None, today: date) -> AnyItem:
    kind = seal["kind"]
    if kind in ("file", "link", "folder"):
        return from_seal(seal)
    target = next(own, None)
    made: AnyItem | None = None
    if isinstance(target, Rows) and kind in ("rows", "database rows"):
        of = DatabaseItem if target.database else RowsItem
        made = of.resumed(target, seal, rules, today)
    elif isinstance(target, Edits) and kind in ("table", "text", "database table"):
        made = _edits(target).resumed(target, seal, rules, today)
    elif isinstance(target, VaultKeys) and kind == "vault keys":
        made = VaultItem.resumed(target, seal)
    elif isinstance(target, VaultTokens) and kind == "vault tokens":
        made = TokensItem.resumed(target, seal)
    elif isinstance(target, KeyEpoch) and kind == "key epoch":
        made = EpochItem(target=target)
    if made is None or hash_of([made.seal()]) != hash_of([seal]):
        raise DestructionError(["these are not the targets the destruction was begun with; name the same ones again."])
    return made


def _no_doubles(items: Sequence[AnyItem]) -> None:
    epochs = {(one.target.ring.id, one.target.epoch) for one in items if isinstance(one, EpochItem)}
    vaults = [one.target.vault for one in items if isinstance(one, VaultItem | TokensItem)]
    if any((vault.keys.id, vault.epoch) in epochs for vault in vaults):  # without the epoch the vault opens no more
        raise DestructionError(["shred the scopes of the vault first; the epoch it was made in goes by itself afterwards."])
    seen: set[tuple[Any, ...]] = set()
    for one in items:
        if isinstance(one, EpochItem):
            mark: tuple[Any, ...] = ("ring", str(one.target.ring.path))  # a ring that was read before is not written twice
        elif isinstance(one, DatabaseItem | DatabaseEdits):
            mark = ("database", str(one.target.source), one.target.table)
        elif isinstance(one, VaultItem | TokensItem):
            mark = ("vault", *sorted((k, str(v)) for k, v in one.seal().items()))
        else:
            mark = ("place", one.place.root.path / one.place.below)
        if mark in seen:
            raise DestructionError([f"{one.shown}: is named twice; name it once, or do it in two goes."])
        seen.add(mark)
