"""Encrypt a value onto one of the same form: FF1, so that columns and checks downstream still fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import ClassVar, NamedTuple

from piiscrub.errors import OperatorError
from piiscrub.model import entities
from piiscrub.operate import params, spaces
from piiscrub.operate.check_digits import Check, check_of
from piiscrub.operate.ff1 import FF1, Permutation
from piiscrub.operate.protocol import DocumentState
from piiscrub.operate.values import FAILED, OnValues, Work

_ALPHABETS = {
    "numeric": "0123456789",
    "hex": "0123456789abcdef",
    "upper": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "alnum": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
}
_CLASSES = ("0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fpe(OnValues):
    """Format-preserving encryption by FF1 (NIST SP 800-38G) with AES-256; ``undo`` brings the values back.

    Without ``alphabet`` the form of the entity is kept: a mainland mobile number stays in a segment of its kind, an identity
    number gets another code, birth date and order number and the right check character, a payment card and an IMEI keep
    length and Luhn digit, an IBAN keeps country and structure, a 统一社会信用代码 department, category and division, both
    with the right check characters. Anything else stays as it is shaped: a digit becomes a digit, a letter a letter of its
    case, all other characters stay. With ``alphabet`` ("numeric", "hex", "upper", "alnum", or the characters themselves, 2 to
    95) the characters of the alphabet are encrypted as one number and all others stay. ``keep_first`` and ``keep_last``
    characters stay clear.

    Refused, and so redacted: values of which fewer than a million of their form exist, and values whose check digit is wrong.
    The results are not marked: they look like values of others, and may be. Whoever may not be harmed by a number that
    belongs to somebody wants ``pseudonym``, which stays out of what is given out.

    >>> from piiscrub.keys.bound import bound
    >>> from piiscrub.validators.luhn import checksum
    >>> document = DocumentState(keys=bound(None))
    >>> (other,) = Fpe().many(["4111 1111 1111 1111"], "CREDIT_CARD", document)
    >>> other[4::5], checksum(other.replace(" ", "")), Fpe().undo([other], "CREDIT_CARD", document)
    ('   ', 0, ['4111 1111 1111 1111'])
    """

    alphabet: str = ""
    keep_first: int = 0
    keep_last: int = 0

    name: ClassVar[str] = "fpe"
    reversible: ClassVar[bool] = True
    streams: ClassVar[bool] = True
    leaks: ClassVar[str] = "The form and length; which places hold the same value; the characters kept."
    family: ClassVar[str] = "cryptographic: format-preserving encryption (ISO/IEC 20889; NIST SP 800-38G FF1)"

    def __post_init__(self) -> None:
        params.string(self.name, "alphabet", self.alphabet)
        letters = _ALPHABETS.get(self.alphabet, self.alphabet)
        if letters and (not 2 <= len(letters) <= 95 or len(set(letters)) != len(letters)):
            raise OperatorError(f"fpe: alphabet takes one of {', '.join(_ALPHABETS)}, or 2 to 95 different characters.")
        params.whole(self.name, "keep_first", self.keep_first, 0, 64)
        params.whole(self.name, "keep_last", self.keep_last, 0, 64)

    @property
    def permissive(self) -> bool:
        """Characters that stay clear stay readable."""
        return bool(self.keep_first or self.keep_last)

    @property
    def _plain(self) -> bool:
        return not (self.alphabet or self.keep_first or self.keep_last)

    def work(self, entity: str, document: DocumentState, /) -> Work:
        form = self._form(entity, document)
        return lambda value: _turned(form, (value,), forward=True, document=None)[0]

    def many(self, values: Sequence[str], entity: str, document: DocumentState, /) -> list[str]:
        return _turned(self._form(entity, document), values, forward=True, document=document)

    def undo(self, sealed: Sequence[str], entity: str, document: DocumentState, /) -> list[str]:
        """The values, from their encrypted forms. There is no telling a wrong key: other values of the form come out."""
        return _turned(self._form(entity, document), sealed, forward=False, document=None)

    def _form(self, entity: str, document: DocumentState) -> _Counted | _Shaped:
        key = document.key(self.name, "fpe", entity)
        if self._plain:
            if entities.is_a(entity, "CN_MOBILE"):
                return _Counted(key, _mobile_space, _bare_mobile)
            if entities.is_a(entity, "CN_ID_CARD"):
                return _Counted(key, _id_space, _characters)
        check = None if self.alphabet or self.keep_last else check_of(entity)
        return _Shaped(key, _ALPHABETS.get(self.alphabet, self.alphabet), self.keep_first, self.keep_last, check)


class _Place(NamedTuple):
    """A value as a number of a permuted set, and how a number of the set is written as such a value."""

    cipher: FF1 | Permutation
    number: int
    write: Callable[[int], str]


def _turned(form: _Counted | _Shaped, values: Sequence[str], *, forward: bool, document: DocumentState | None) -> list[str]:
    """Every value through its permutation, those of one permutation together. With a document, failures are counted in it."""
    done = [FAILED] * len(values)
    sets: dict[int, list[tuple[int, _Place]]] = {}
    for at, value in enumerate(values):
        try:
            place = form.place(value)
        except OperatorError:
            if document is None:
                raise
            document.failures[Fpe.name] += 1
            continue
        sets.setdefault(id(place.cipher), []).append((at, place))
    for members in sets.values():
        cipher = members[0][1].cipher
        numbers = [place.number for _, place in members]
        for (at, place), number in zip(members, cipher.encrypt(numbers) if forward else cipher.decrypt(numbers), strict=True):
            done[at] = place.write(number)
    return done


class _Counted:
    """Values of sets that can be counted through, each permuted among its own set."""

    def __init__(
        self, key: bytes, space_of: Callable[[str], spaces.Space | None], spots_of: Callable[[str], Sequence[int]]
    ) -> None:
        self._key, self._space_of, self._spots_of = key, space_of, spots_of
        self._made: dict[spaces.Space, Permutation] = {}

    def place(self, value: str) -> _Place:
        spots = self._spots_of(value)
        bare = value if len(spots) == len(value) else "".join(value[i] for i in spots)
        space = self._space_of(bare)
        number = space.rank(bare) if space else None
        if space is None or number is None:
            raise OperatorError("fpe: the value is none of its kind, or its check digit is wrong.")
        cipher = self._made.get(space)
        if cipher is None:
            cipher = self._made[space] = Permutation(self._key, space.size)
        if bare is value:
            return _Place(cipher, number, space.unrank)
        return _Place(cipher, number, lambda number: _put(value, spots, space.unrank(number)))


class _Shaped:
    """The characters of an alphabet as one number, or each within its class; what is none of them stays."""

    def __init__(self, key: bytes, alphabet: str, keep_first: int, keep_last: int, check: Check | None) -> None:
        self._key, self._alphabet, self._first, self._last, self._check = key, alphabet, keep_first, keep_last, check
        self._ciphers: dict[tuple[int, ...], FF1 | Permutation] = {}

    def place(self, value: str) -> _Place:
        check = self._check
        written = [i for i, c in enumerate(value) if (c in self._alphabet if self._alphabet else _class(c))]
        spots = written[self._first : len(written) - self._last]
        if check is not None:
            free = set(check.free(value, written))
            spots = [i for i in spots if i in free]
        alphabet = check.alphabet if check is not None else self._alphabet
        classes = [alphabet or _class(value[i]) for i in spots]
        number = 0
        for i, letters in zip(spots, classes, strict=True):
            number = number * len(letters) + letters.index(value[i])

        def write(number: int) -> str:
            made: list[str] = []
            for letters in reversed(classes):
                number, digit = divmod(number, len(letters))
                made.append(letters[digit])
            made.reverse()
            result = _put(value, spots, made)
            return result if check is None else check.mended(result, written)

        return _Place(self._cipher(classes), number, write)

    def _cipher(self, classes: Sequence[str]) -> FF1 | Permutation:
        sizes = tuple(map(len, classes))
        made = self._ciphers.get(sizes)
        if made is None:
            made = FF1(self._key, sizes[0], len(sizes)) if len(set(sizes)) == 1 else Permutation(self._key, prod(sizes))
            self._ciphers[sizes] = made
        return made


def _class(character: str) -> str:
    return next((letters for letters in _CLASSES if character in letters), "")


def _put(value: str, spots: Sequence[int], characters: Sequence[str]) -> str:
    made = list(value)
    for i, character in zip(spots, characters, strict=True):
        made[i] = character
    return "".join(made)


def _characters(value: str) -> tuple[int, ...]:
    return tuple(i for i, c in enumerate(value) if _class(c))


def _bare_mobile(value: str) -> tuple[int, ...]:
    """The last eleven digits: a country code before them stays."""
    spots = _characters(value)
    if len(spots) < 11 or value[: spots[-11]].strip(" +-()") not in ("", "86", "0086"):
        return ()
    return spots[-11:]


def _mobile_space(number: str) -> spaces.Space | None:
    kind = spaces.mobile_kind(number)
    return spaces.mobiles(kind) if kind and len(number) == 11 else None


def _id_space(number: str) -> spaces.Space | None:
    for space in (spaces.known_id_cards(), spaces.known_id_cards(future=True)):
        if space.rank(number) is not None:
            return space
    return None
