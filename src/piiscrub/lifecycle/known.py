"""What is known of a person, and when two spellings are the same thing: where every search for somebody begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from piiscrub.errors import InputError, nearest
from piiscrub.model import entities
from piiscrub.operate.same import same
from piiscrub.parse.aliases import Roster
from piiscrub.table.profile.headers import read

Given: TypeAlias = Mapping[str, "str | Sequence[str]"]
"""Kind → value or values: ``name``, ``phone``, ``客户编号`` …, or an entity. Numbers and days are taken as they are written."""

# One person has them and nobody else, wherever they stand; shared ones are found out by the names beside them.
EXACT = (
    "NATIONAL_ID", "PASSPORT", "TRAVEL_PERMIT", "DRIVER_LICENSE", "HEALTH_NUMBER", "PHONE_NUMBER", "EMAIL_ADDRESS",
    "FINANCIAL_ACCOUNT", "WECHAT_ID",
)  # fmt: skip
LOCAL = ("MEMBER_NUMBER", "ACCOUNT")
"""Numbers that mean something only where they were given out."""
SINGLE = ("NATIONAL_ID",)
"""Nobody has two of one kind: another one is another person's."""
_KINDS = ("name", "phone", "mobile", "email", "id", "passport", "card", "birthday", "address", "customer_id", "account")
_WORDS = {"name": "PERSON", "id": "NATIONAL_ID", "id_number": "NATIONAL_ID", "full_name": "PERSON", "birthday": "DATE_OF_BIRTH"}
_MOBILE = re.compile(r"(?:\+|00)?86(1[3-9]\d{9})")
_US = re.compile(r"(?:\+|00)1([2-9]\d{9})")
_OLD_ID = re.compile(r"\d{15}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LEAST = 5
_LONG = 6  # digits of a number that is looked for in texts too
_PADDED = ("MEMBER_NUMBER", "ACCOUNT", "BANK_ACCOUNT")  # one system writes 0000123456, another has made a number of it


@lru_cache(maxsize=4096)
def role(entity: str) -> str:
    """What a kind is good for in a search: ``name``, ``exact``, ``local``, ``attribute`` or "" for nothing."""
    if not entity or entity not in entities.tree():
        return ""
    if entities.is_a(entity, "PERSON"):
        return "name"
    if entity == "IDENTITY_DOCUMENT" or any(entities.is_a(entity, one) for one in EXACT):  # dni, bsn: which one is not told
        return "exact"
    if any(entities.is_a(entity, one) for one in LOCAL):
        return "local"
    told = entities.get(entity)
    return "attribute" if told.identifier in ("direct", "quasi") and not entities.is_a(entity, "SECRET") else ""


@lru_cache(maxsize=65_536)
def form(entity: str, text: str) -> str:
    """A spelling in which all spellings of one identifier agree: without country code, an old identity number as a new one.

    >>> form("CN_MOBILE", "+86 138-0013-8000"), form("EMAIL_ADDRESS", "Ann@Example.com"), form("US_SSN", "078-05-1120")
    ('13800138000', 'ann@example.com', '078051120')
    >>> form("CN_ID_CARD", "110105491231002"), form("PHONE_NUMBER", "+1 (212) 555-0123")
    ('11010519491231002x', '2125550123')
    >>> form("MEMBER_NUMBER", "0000123456"), form("MEMBER_NUMBER", "123456.0"), form("MEMBER_NUMBER", "0000070240")
    ('123456', '123456', '0000070240')
    """
    plain = same(entity, text).strip()
    if "@" in plain:
        return plain.casefold()
    plain = re.sub(r"[\s\-./·_]+", "", plain).casefold()
    if entities.is_a(entity, "PHONE_NUMBER"):
        for pattern in (_MOBILE, _US):
            found = pattern.fullmatch(plain)
            if found:
                return found[1]
        return plain.lstrip("+")
    if entities.is_a(entity, "CN_ID_CARD") or entities.is_a(entity, "CN_ID_CARD_15"):
        return _new_id(plain)
    if plain.startswith("0") and plain.isdigit() and any(entities.is_a(entity, one) for one in _PADDED):
        short = plain.lstrip("0")
        return short if len(short) >= _LONG else plain
    return plain


def _new_id(plain: str) -> str:
    if not _OLD_ID.fullmatch(plain):
        return plain
    body = f"{plain[:6]}19{plain[6:]}"
    return body + "10x98765432"[sum(int(a) * b for a, b in zip(body, _WEIGHTS, strict=True)) % 11]


def _written(entity: str, kind: str, plain: str) -> str:
    """The form, if it can be one of its kind: a slip of the pen would be answered with "nothing is held of you"."""
    if entities.is_a(entity, "PHONE_NUMBER") and sum(map(str.isdigit, plain)) < _LEAST:
        raise InputError(
            f"{kind}: what is given is no phone number, for it has fewer than {_LEAST} digits. Look at what was typed."
        )
    if entities.is_a(entity, "EMAIL_ADDRESS") and "@" not in plain:
        raise InputError(f"{kind}: what is given is no e-mail address, for it has no @. Look at what was typed.")
    return plain


def _name(kind: str, text: str) -> str:
    """The name, if it can be one: a number given as ``customer`` would be looked for among the names, and not be found."""
    if sum(map(str.isdigit, text)) >= _LEAST:
        raise InputError(
            f"{kind}: what is given is no name, for it has digits. A number goes by its kind, such as phone or customer_number."
        )
    return text


def telling(plain: str) -> bool:
    """Whether a form is long and mixed enough to stand for one person: not 000000, not 12."""
    return len(plain) >= _LEAST and len(set(plain)) > 2


@dataclass(frozen=True, slots=True)
class Known:
    """Names, identifiers by kind, and attributes of one person. No repr shows them.

    ``exact`` and ``local`` hold (entity, form); ``attributes`` forms of what many people share: a birthday, an address.
    """

    names: tuple[str, ...] = field(repr=False)
    exact: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)
    local: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)
    attributes: frozenset[str] = field(default=frozenset(), repr=False)
    raw: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, given: Any) -> Known:  # Any: whatever a caller hands in is told what is missing
        """From what a person tells: ``Given``, or what is known already.

        Raises:
            InputError: a kind that nothing can be done with; a phone number without digits or an address of mail without @,
                which would find nobody; nothing by which one person is told from another.

        >>> Known.of({"name": "张伟", "phone": ["13800138000"]})
        <Known: 1 names, 1 identifiers, 0 attributes>
        """
        if isinstance(given, Known):
            return given
        if not hasattr(given, "items"):
            raise InputError(f"what is known takes kind → value, such as name and phone, not {type(given).__name__}.")
        names: list[str] = []
        exact, local, attributes, raw = set(), set(), set(), []
        for kind, told in given.items():
            entity = _entity(kind)
            for value in told if isinstance(told, Iterable) and not isinstance(told, str) else [told]:
                text = "" if value is None else str(value).strip()
                if not text:
                    continue
                raw.append((entity, text))
                what = role(entity)
                if what == "name":
                    names.append(_name(kind, text))
                elif what == "exact":
                    exact.add((entity, _written(entity, kind, form(entity, text))))
                elif what == "local":
                    local.add((entity, form(entity, text)))
                else:
                    attributes.add(form(entity, text))
        if not raw:
            raise InputError("nothing is known of the person: no kind has a value.")
        if not (exact or local or (names and attributes)):
            raise InputError(
                "a name alone is many people's: give a number, an e-mail address or another identifier, or the name with a "
                "birthday or an address."
            )
        return cls(tuple(dict.fromkeys(names)), frozenset(exact), frozenset(local), frozenset(attributes), tuple(raw))

    def called(self, cell: str) -> str:
        """How a cell of a name column fits: ``full``, ``weak`` (a part, a masked form), ``other``; "" where it is empty."""
        text = cell.strip()
        if not text or not self.names:
            return ""
        return _called(self.names, text)

    def __repr__(self) -> str:
        numbers = len(self.exact) + len(self.local)
        return f"<Known: {len(self.names)} names, {numbers} identifiers, {len(self.attributes)} attributes>"


@lru_cache(maxsize=65_536)
def _called(names: tuple[str, ...], text: str) -> str:
    strength = ""
    for found in (Roster(names).find(text), *(Roster([text]).find(name) for name in names)):
        if found.strength in ("full", "letters"):
            return "full"
        if found.strength or found.ambiguous:
            strength = "weak"
    if not strength and any(sign in text for sign in "*＊×●") and any(text[0] == name[0] for name in names):
        return "weak"
    return strength or "other"


def _entity(kind: str) -> str:
    plain = kind.strip()
    if plain.upper() in entities.tree():
        return plain.upper()
    if plain.casefold() in _WORDS:
        return _WORDS[plain.casefold()]
    hits = [one.kind for one in read(plain) if one.personal]
    if not hits:
        near = nearest(plain.casefold(), _KINDS, at_least=0.6)
        raise InputError(
            "what is known is given by kind, such as name, phone, email, id, 客户编号, or an entity; one kind is unknown."
            + (f" Did you mean {near!r}?" if near else "")
        )
    return hits[0]
