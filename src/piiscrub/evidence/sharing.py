"""Who has what: the hand-overs of a ledger, one line per recipient, as the law asks for it (PIPL 23, NDR 12: three years)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from piiscrub.evidence.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What one recipient was given, over all hand-overs.

    ``categories``: entity → how it was protected ("none": as it was). ``until``: the last day of any hand-over it may hold
    data for, "" where one has no end. ``rows`` are those delivered, added up: persons may be in several.
    """

    recipient: str
    kinds: tuple[str, ...]
    countries: tuple[str, ...]
    purposes: tuple[str, ...]
    bases: tuple[str, ...]
    categories: Mapping[str, tuple[str, ...]]
    first: str
    last: str
    until: str
    rows: int
    hand_overs: int

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        listed = {name: list(getattr(self, name)) for name in ("kinds", "countries", "purposes", "bases")}
        plain = {name: getattr(self, name) for name in ("recipient", "first", "last", "until", "rows", "hand_overs")}
        return {**plain, **listed, "categories": {name: list(how) for name, how in self.categories.items()}}


def sharing(entries: Iterable[Entry]) -> tuple[Shared, ...]:
    """One record per recipient, by name.

    >>> sharing([])
    ()
    """
    by_recipient: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.action == "handover":
            by_recipient.setdefault(str(entry.fields.get("recipient", "")), []).append(entry)
    return tuple(_shared(name, held) for name, held in sorted(by_recipient.items()))


def _shared(recipient: str, entries: list[Entry]) -> Shared:
    def each(key: str) -> tuple[str, ...]:
        return tuple(sorted({str(entry.fields[key]) for entry in entries if entry.fields.get(key)}))

    categories: dict[str, set[str]] = {}
    for entry in entries:
        for entity, how in entry.fields.get("delivered", {}).items():
            categories.setdefault(entity, set()).update(how)
    ends = [str(entry.fields.get("until", "")) for entry in entries]
    times = sorted(entry.time for entry in entries)
    return Shared(
        recipient=recipient,
        kinds=each("recipient_kind"),
        countries=each("country"),
        purposes=each("purpose"),
        bases=each("basis"),
        categories={name: tuple(sorted(how)) for name, how in sorted(categories.items())},
        first=times[0],
        last=times[-1],
        until=max(ends) if all(ends) else "",
        rows=sum(int(entry.fields.get("rows_out", 0)) for entry in entries),
        hand_overs=len(entries),
    )
