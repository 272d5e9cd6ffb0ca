"""Invented mobile numbers in segments that nobody has been given (142 …), which look like any other.

There are 1.2 thousand million of them, a sixth of what they stand for, so a keyed permutation of all mobile numbers says which
one each gets; where two of a document or table would meet, the later one gets none here, and is counted as widened.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from piiscrub.operate import net, spaces
from piiscrub.operate.ff1 import Permutation
from piiscrub.operate.same import same
from piiscrub.validators.cn_mobile import compact

if TYPE_CHECKING:
    from piiscrub.operate.protocol import DocumentState

_ORIGINAL = -1  # the place of a number that stands in the column itself


def mobiles(entity: str, key: bytes, document: DocumentState, values: Sequence[str]) -> list[str]:
    """A number for each mobile number, the same for the same one; "" for what is none, and where it is another's."""
    known, free = spaces.mobiles("any"), spaces.mobiles("unassigned")
    digits = [compact(same(entity, value)) for value in values]
    places = [(at, place) for at, one in enumerate(digits) if (place := known.rank(one)) is not None]
    taken = document.taken(entity)
    for at, _ in places:
        own = free.rank(digits[at])
        if own is not None:
            taken.setdefault(f"m{own:x}", _ORIGINAL)
    done = [""] * len(values)
    mixed = Permutation(key, known.size, b"lifelike").encrypt([place for _, place in places])
    for place, at in sorted(zip(mixed, (at for at, _ in places), strict=True)):
        part, slot = divmod(place, free.size)
        owner = taken.get(f"m{slot:x}")
        if owner is None and len(taken) < net.KEPT:
            owner = taken[f"m{slot:x}"] = part
        if owner == part:
            done[at] = free.unrank(slot)
        else:
            document.widened[entity] += 1
    return done
