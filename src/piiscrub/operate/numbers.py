"""Numbers that are nobody's: a keyed permutation carries what was given out into ranges that are not, without a collision."""

from __future__ import annotations

from functools import cache
from math import prod
from typing import NamedTuple

from piiscrub.model import entities
from piiscrub.operate import spaces
from piiscrub.operate.draws import Draws
from piiscrub.operate.ff1 import Permutation
from piiscrub.operate.people import is_han, surrogate
from piiscrub.operate.same import same
from piiscrub.parse.pinyin import apart
from piiscrub.validators import iban as iban_check
from piiscrub.validators.cn_mobile import compact

# Consonants but Y: no word comes out, and the form is that of the vault's own tags.
_TAG_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"


class Place(NamedTuple):
    """Where a value stands in the set it is permuted into."""

    target: spaces.Space
    number: int


def place(entity: str, value: str, *, keep_sex: bool) -> Place | None:
    """The place of a number of the kinds that are permuted; None for any other value."""
    kind = _kind(entity)
    if not kind:
        return None
    bare = value if value.isascii() and value.isalnum() else same(entity, value)
    if kind == "id":
        return _id(bare.upper(), keep_sex=keep_sex)
    digits = "".join(c for c in bare if "0" <= c <= "9")
    if kind == "card":
        if digits != bare or not 12 <= len(digits) <= 19:
            return None
        return _placed(spaces.known_cards(len(digits)), spaces.unassigned_cards(len(digits)), digits)
    found = None
    if kind == "mobile" or (kind == "phone" and (not bare.startswith("+") or bare.startswith("+86"))):
        found = _placed(spaces.mobiles("any"), spaces.unrouted(11), compact(bare))  # one phone, whatever its column is called
    elif kind == "landline" and 10 <= len(digits) <= 12:
        found = _placed(spaces.landlines(len(digits)), spaces.unrouted(len(digits)), digits)
    if found is None and 6 <= len(digits) <= 18:
        found = _placed(spaces.elsewhere(len(digits)), spaces.elsewhere(len(digits)), digits)
    return found


def _placed(source: spaces.Space, target: spaces.Space, value: str) -> Place | None:
    number = source.rank(value)
    return None if number is None else Place(target, number)


def _id(number: str, *, keep_sex: bool) -> Place | None:
    odd = None
    if keep_sex and len(number) == 18 and number[16] in "0123456789":
        odd = int(number[16]) % 2 == 1
    found = _placed(now := spaces.known_id_cards(odd), spaces.unassigned_id_cards(odd), number)
    if found is None:
        found = _placed(spaces.known_id_cards(odd, future=True), spaces.unassigned_id_cards(odd), number)
        found = found and found._replace(number=found.number + now.size)
    return found


@cache
def _kind(entity: str) -> str:
    kinds = {
        "CN_MOBILE": "mobile", "CN_LANDLINE": "landline", "PHONE_NUMBER": "phone", "CN_ID_CARD": "id", "CREDIT_CARD": "card",
    }  # fmt: skip  # a line reads best
    return next((kind for name, kind in kinds.items() if entities.is_a(entity, name)), "")


def tag(entity: str, key: bytes, form: str) -> str:
    """``<US_SSN_BCDFGHJKLMNP>``: the kind and 52 bits of the keyed code, for what has no range that is nobody's."""
    draws = Draws(key, form)
    return f"<{entity}_{''.join(draws.one(_TAG_LETTERS) for _ in range(12))}>"


def email(key: bytes, names: bytes, form: str) -> str:
    """A mailbox at example.com, .net or .org: the surrogate of the name in it, if one is read, and 60 bits of the keyed code."""
    draws = Draws(key, form)
    name = " ".join("".join([c if c.isalpha() else " " for c in form.partition("@")[0]]).split())
    if " " not in name:
        name = apart(name) or name
    made = surrogate(names, name) if name.count(" ") in (1, 2) and not is_han(name) else surrogate(key, f"{form} #")
    letters = "".join([c for c in made.casefold() if c.isascii() and (c.isalpha() or c == " ")]).strip().replace(" ", ".")
    return f"{letters or 'someone'}.{draws.letters(12)}@example.{draws.one(('com', 'net', 'org'))}"


def iban(key: bytes, form: str) -> str:
    """An IBAN of the country XX, which none is, with right check digits, the same length and a permuted account."""
    number = "".join(c for c in form.upper() if c.isalnum())
    if not iban_check.is_valid(number):
        return ""
    sizes = [10 if c.isdigit() else 26 for c in number[4:]]
    place = 0
    for c, size in zip(number[4:], sizes, strict=True):
        place = place * size + (int(c) if size == 10 else ord(c) - 65)
    (place,) = Permutation(key, prod(sizes), number[:2].encode()).encrypt((place,))
    made: list[str] = []
    for size in reversed(sizes):
        place, at = divmod(place, size)
        made.append(str(at) if size == 10 else chr(65 + at))
    body = "".join(reversed(made))
    digits = "".join(str(int(c, 36)) for c in body + "XX00")
    return f"XX{98 - int(digits) % 97:02d}{body}"
