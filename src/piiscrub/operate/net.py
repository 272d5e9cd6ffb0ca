"""Addresses of the net and of devices that are nobody's, by keyed permutation: no two originals share one.

IPv4 goes to 240.0.0.0/4 (reserved, routed nowhere; RFC 1112). It holds a sixteenth of all addresses, more than ten times the
different ones of any column of up to 26 million. Where two of a document or table would meet all the same, the one of them that
comes later under the permutation becomes a tag, ``<IP_ADDRESS_BCDF…>``, and is counted as widened. The ranges for documentation
(RFC 5737, 762 addresses) and for benchmarks (198.18.0.0/15) are too small to be taken whatever the column; if they were for
some, one address would have other pseudonyms in a column of few and in one of many.

IPv6 goes to 2001:db8::/32 (RFC 3849), 2^96 addresses drawn by the key: two of a million million meet with a chance of 10^-5.

MAC addresses of makers (2^46) are permuted onto the locally administered ones, and locally administered ones onto those for
groups of stations, which no device has for its own: none meet.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from piiscrub.model import entities
from piiscrub.operate import numbers
from piiscrub.operate.draws import Draws
from piiscrub.operate.ff1 import Permutation
from piiscrub.operate.same import same

if TYPE_CHECKING:
    from piiscrub.operate.protocol import DocumentState

KEPT = 1_000_000
"""So many IPv4 addresses are remembered per document or table and key, about 150 bytes each; what comes after is a tag."""

_FIRST, _BITS = 240 << 24, 28
_LAST = (1 << _BITS) - 1  # 255.255.255.255 is the broadcast address
_ORIGINAL = 16  # no quarter byte: the place of an address that stands in the column itself
Work = Callable[[Sequence[str]], list[str]]


def work(entity: str, key: bytes, document: DocumentState) -> Work | None:
    """The work on addresses of one entity, as they were written; None for any other entity."""
    if entities.is_a(entity, "IP_ADDRESS"):
        return lambda values: _ip(entity, key, document, values)
    if entities.is_a(entity, "MAC_ADDRESS"):
        return lambda values: _mac(entity, key, values)
    return None


def _ip(entity: str, key: bytes, document: DocumentState, values: Sequence[str]) -> list[str]:
    forms = [same(entity, value) for value in values]
    done = [""] * len(forms)
    fours: list[tuple[int, int]] = []
    for at, form in enumerate(forms):
        try:
            found = ipaddress.ip_address(form.partition("%")[0])
        except ValueError:
            continue
        if found.version == 4:
            fours.append((at, int(found)))
        else:
            done[at] = str(ipaddress.IPv6Address((0x20010DB8 << 96) + Draws(key, str(found)).below(2**96)))
    if fours:
        taken = document.taken(entity)
        for _, number in fours:
            if number >= _FIRST:
                taken.setdefault(f"{number - _FIRST:x}", _ORIGINAL)
        mixed = Permutation(key, 2**32, b"IPv4").encrypt([number for _, number in fours])
        for place, at in sorted(zip(mixed, (at for at, _ in fours), strict=True)):
            done[at] = _free(place, taken)
            if not done[at]:
                document.widened[entity] += 1
    return [made or numbers.tag(entity, key, form) for made, form in zip(done, forms, strict=True)]


def _free(place: int, taken: dict[str, int]) -> str:
    """The address of a place under the permutation; "" if another has it."""
    slot, quarter = place & _LAST, place >> _BITS
    owner = taken.get(f"{slot:x}")
    if owner is None and len(taken) < KEPT:
        owner = taken[f"{slot:x}"] = quarter
    return str(ipaddress.IPv4Address(_FIRST + slot)) if owner == quarter and 0 < slot < _LAST else ""


def _mac(entity: str, key: bytes, values: Sequence[str]) -> list[str]:
    done = [""] * len(values)
    makers: list[tuple[int, int]] = []
    local: list[tuple[int, int]] = []
    for at, value in enumerate(values):
        digits = "".join(c for c in value if c.isalnum())
        if len(digits) == 12 and digits.isascii() and not set(digits.lower()) - set("0123456789abcdef"):
            number = int(digits, 16)
            kind = number >> 40 & 3  # 1: for a group of stations, 2: locally administered
            if kind in (0, 2):
                (local if kind else makers).append((at, (number >> 42 << 40) | (number & (1 << 40) - 1)))
    for places, kind in ((makers, 2), (local, 3)):
        mixed = Permutation(key, 2**46, b"MAC %d" % kind).encrypt([number for _, number in places])
        for (at, _), number in zip(places, mixed, strict=True):
            digits = f"{(number >> 40 << 42) | kind << 40 | (number & (1 << 40) - 1):012x}"
            value = values[at].strip()
            left = iter(digits.upper() if value.upper() == value else digits)
            done[at] = "".join(next(left) if c.isalnum() else c for c in value)
    return [made or numbers.tag(entity, key, same(entity, value)) for made, value in zip(done, values, strict=True)]
