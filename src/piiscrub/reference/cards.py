"""Ranges of payment card numbers."""

from __future__ import annotations

from functools import cache

from piiscrub.reference.tables import rows


def _prefixes(first: str, last: str) -> range:
    """All four-digit prefixes from first to last, which may be shorter than four digits."""
    return range(int(first.ljust(4, "0")), int(last.ljust(4, "9")) + 1)


@cache
def lengths(scope: str) -> dict[str, frozenset[int]]:
    """Four-digit prefix to the lengths allowed there; scope is ``world`` or ``cn``.

    >>> sorted(lengths("world")["6222"])[-1], sorted(lengths("cn")["9558"]), "9558" in lengths("world")
    (19, [16, 17, 18, 19], False)
    """
    found: dict[str, frozenset[int]] = {}
    for _brand, first, last, allowed, where in rows("card_ranges"):
        if where in (scope, "both"):
            sizes = frozenset(int(size) for size in allowed.split(","))
            for prefix in _prefixes(first, last):
                found[f"{prefix:04d}"] = found.get(f"{prefix:04d}", frozenset()) | sizes
    return found


@cache
def brands() -> dict[str, tuple[str, ...]]:
    """Four-digit prefix to the networks it may belong to, in the order of the table.

    >>> brands()["4111"]
    ('visa', 'domestic')
    """
    found: dict[str, tuple[str, ...]] = {}
    for brand, first, last, *_ in rows("card_ranges"):
        for prefix in _prefixes(first, last):
            found[f"{prefix:04d}"] = (*found.get(f"{prefix:04d}", ()), brand)
    return found
