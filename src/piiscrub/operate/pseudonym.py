"""Put an invented value of the same kind in the value's place: the same for the same value, and nobody's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from piiscrub.errors import OperatorError
from piiscrub.model import entities
from piiscrub.operate import homes, lifelike, net, numbers, params, people, unique
from piiscrub.operate.draws import Draws
from piiscrub.operate.ff1 import Permutation
from piiscrub.operate.protocol import DocumentState
from piiscrub.operate.same import same, same_all
from piiscrub.operate.spaces import Space
from piiscrub.operate.values import OnValues, Work
from piiscrub.reference.surnames import common, single


@dataclass(frozen=True, slots=True, kw_only=True)
class Pseudonym(OnValues):
    """Invented names, addresses, firms, phones, identity numbers, cards, mailboxes and addresses of the net, by key and value.

    Numbers go through a keyed permutation (FF1) into ranges that are not given out, so two never meet: mainland mobiles and
    landlines into numbers that begin with 9 and are not routed, other phones behind the country code +999, identity numbers
    into division codes that never were (right check character), payment cards into ranges where no network issues that
    length (right Luhn digit), IBANs into the country XX. ``lifelike`` takes mobiles from the unassigned segments (142 …)
    instead; of 100,000 about 4 would meet there and begin with 9. E-mail addresses carry 60 bits of the code at example.com.
    IPv4 goes to 240.0.0.0/4; of 100,000 about 19 would meet and become tags. ``document.widened`` counts both. IPv6 goes to
    2001:db8::/32, MAC to locally administered ones. Names and postal addresses meet as those of real people do;
    ``document.collisions`` counts them. What has no range that is nobody's becomes a tag ``<US_SSN_…>``.

    Names keep the script and the order of their parts. A Chinese name is drawn from how it is said, so 张伟, Zhang Wei and
    zhang.wei@… stay one person, unless sex or length is kept. ``keep_sex`` (also of an identity number) and ``keep_length`` (of
    surname and given name) keep more, ``keep_city`` keeps province and city of an address. ``unique``: names are numbered by
    the vault, so that no two of a scope meet.

    >>> from piiscrub.keys.bound import bound
    >>> document = DocumentState(keys=bound(None))
    >>> (made,) = Pseudonym().many(["13800138000"], "CN_MOBILE", document)
    >>> len(made), made[0], made == Pseudonym().many(["138-0013-8000"], "CN_MOBILE", document)[0].replace("-", "")
    (11, '9', True)
    """

    keep_sex: bool = False
    keep_length: bool = False
    keep_city: bool = False
    lifelike: bool = False
    unique: bool = False

    name: ClassVar[str] = "pseudonym"
    reversible: ClassVar[bool] = False
    streams: ClassVar[bool] = True
    family: ClassVar[str] = "pseudonymisation, cryptographic derivation (GB/T 37964, ISO/IEC 20889; FF1 of NIST SP 800-38G)"

    def __post_init__(self) -> None:
        for name in ("keep_sex", "keep_length", "keep_city", "lifelike", "unique"):
            params.flag(self.name, name, getattr(self, name))
        if self.unique and self.keep_length:
            raise OperatorError("pseudonym: unique and keep_length do not go together: there are too few short names.")

    @property
    def permissive(self) -> bool:
        """The city of an address stays readable if asked for; sex and length of a name say too little to count."""
        return self.keep_city

    @property
    def leaks(self) -> str:
        """What can be learnt without the key."""
        kept = [word for word in ("sex", "length", "city") if getattr(self, f"keep_{word}")]
        also = f"; {', '.join(kept)} where it applies" if kept else ""
        same_places = "which places hold the same value, and which Chinese names sound alike"
        return f"The kind and script; {same_places}, for the same recipient and purpose{also}."

    def work(self, entity: str, document: DocumentState, /) -> Work:
        key = document.key(self.name, self.name, entity)
        made: dict[Space, Permutation] = {}
        addressed = net.work(entity, key, document)
        if addressed is not None:
            return lambda value: addressed((value,))[0]
        if self.lifelike and entities.is_a(entity, "CN_MOBILE"):
            return lambda value: self._lifelike((value,), entity, document, key)[0]
        drawn = self._drawn(entity, document, key)

        def work(value: str) -> str:
            place = numbers.place(entity, value, keep_sex=self.keep_sex)
            if place is None:
                return drawn(value)
            mixed = made.get(place.target)
            if mixed is None:
                mixed = made[place.target] = Permutation(key, place.target.size)
            return _written(value, place.target.unrank(*mixed.encrypt((place.number,))))

        return work

    def many(self, values: Sequence[str], entity: str, document: DocumentState, /) -> list[str]:
        key = document.key(self.name, self.name, entity)
        if self.unique and entities.is_a(entity, "PERSON") and not entities.is_a(entity, "PERSON_REFERENCE"):
            return unique.names(document, entity, key, keep_sex=self.keep_sex)(values)
        addressed = net.work(entity, key, document)
        if addressed is not None:
            return addressed(values)
        if self.lifelike and entities.is_a(entity, "CN_MOBILE"):
            return self._lifelike(values, entity, document, key)
        done: list[str | None] = [None] * len(values)
        sets: dict[Space, tuple[list[int], list[int]]] = {}
        for at, value in enumerate(values):
            place = numbers.place(entity, value, keep_sex=self.keep_sex)
            if place is not None:
                where, placed = sets.setdefault(place.target, ([], []))
                where.append(at)
                placed.append(place.number)
        for target, (where, placed) in sets.items():
            for at, number in zip(where, Permutation(key, target.size).encrypt(placed), strict=True):
                done[at] = _written(values[at], target.unrank(number))
        drawn = self._drawn(entity, document, key)
        results = [drawn(value) if made is None else made for value, made in zip(values, done, strict=True)]
        spare = len(set(same_all(entity, values))) - len(set(results))
        if spare > 0:
            document.collisions[entity] += spare
        return results

    def _lifelike(self, values: Sequence[str], entity: str, document: DocumentState, key: bytes) -> list[str]:
        """Mobiles in segments nobody has; what is no mobile, or finds no place there, as without ``lifelike``."""
        made = lifelike.mobiles(entity, key, document, values)
        rest = [value for value, number in zip(values, made, strict=True) if not number]
        others = iter(replace(self, lifelike=False).many(rest, entity, document))
        return [_written(value, number) if number else next(others) for value, number in zip(values, made, strict=True)]

    def _drawn(self, entity: str, document: DocumentState, key: bytes) -> Callable[[str], str]:
        """The work on values that are drawn and not permuted."""

        def tagged(value: str) -> str:
            return numbers.tag(entity, key, same(entity, value))

        def is_a(*names: str) -> bool:
            return any(entities.is_a(entity, name) for name in names)

        if is_a("PERSON_REFERENCE"):
            return lambda value: _reference(key, value)
        if is_a("PERSON"):
            if self.unique:
                numbered = unique.names(document, entity, key, keep_sex=self.keep_sex)
                return lambda value: numbered((value,))[0]
            return lambda value: people.surrogate(key, value, keep_sex=self.keep_sex, keep_length=self.keep_length)
        if is_a("ADDRESS", "LOCATION") and not is_a("POSTAL_CODE", "GEO_COORDINATE"):
            return lambda value: homes.address(Draws(key, same(entity, value)), value, keep_city=self.keep_city)
        if is_a("ORGANIZATION"):
            return lambda value: homes.firm(Draws(key, same(entity, value)), value)
        if is_a("IBAN_CODE"):
            return lambda value: _written(value, numbers.iban(key, value)) or tagged(value)
        special: Callable[[str], str] | None = None
        if is_a("EMAIL_ADDRESS"):
            # The name in a mailbox is made like that in a column of names, whose linkage group is that of names.
            names = (document.within("PERSON") if document.group else document).key(self.name, self.name, "PERSON")
            special = lambda form: numbers.email(key, names, form)  # noqa: E731  # one of three ways, side by side
        elif is_a("ACCOUNT"):
            special = lambda form: f"user_{Draws(key, form).letters(16)}"  # noqa: E731  # as above
        elif is_a("URL"):
            special = lambda form: f"https://example.com/{Draws(key, form).letters(16)}"  # noqa: E731  # as above

        def other(value: str) -> str:
            form = same(entity, value)
            return (special(form) if special else "") or numbers.tag(entity, key, form)

        return other


def _reference(key: bytes, value: str) -> str:
    """张经理, 老张: another surname in the place of the surname; Mr Smith: another name behind the title."""
    for at, character in enumerate(value):
        if character in single():
            others = sorted(common() - {character})
            return value[:at] + Draws(key, value).one(others) + value[at + 1 :]
    return people.surrogate(key, value)


def _written(value: str, made: str) -> str:
    """The new number between the separators of the old one, where both have as many characters."""
    if not made or len(value) == len(made):
        return made
    spots = [at for at, c in enumerate(value) if c.isalnum()]
    if len(spots) != len(made):
        return made
    characters = list(value)
    for at, c in zip(spots, made, strict=True):
        characters[at] = c
    return "".join(characters)
