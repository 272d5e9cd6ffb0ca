"""Values that end, or begin, in characters computed from the others: which may change, and what the others become then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from piiscrub.errors import OperatorError
from piiscrub.model import entities
from piiscrub.validators import cn_uscc, iban
from piiscrub.validators.luhn import check_digit, checksum

_DIGITS = "0123456789"
_LUHN = ("CREDIT_CARD", "IMEI")


class Check(Protocol):
    """One kind of check. ``alphabet``: what the characters come from, "" for that of their class."""

    @property
    def alphabet(self) -> str: ...

    def free(self, value: str, spots: Sequence[int], /) -> list[int]:
        """Those of the places that may change. Raises OperatorError if the check of the value is wrong."""

    def mended(self, value: str, spots: Sequence[int], /) -> str:
        """The value with the right check characters; ``spots`` are the places of its letters and digits."""


class Luhn:
    """The last digit makes the checksum 0: payment cards, IMEI."""

    alphabet = ""

    def free(self, value: str, spots: Sequence[int], /) -> list[int]:
        digits = "".join(c for c in value if c in _DIGITS)
        if not digits or checksum(digits):
            raise _wrong()
        return list(spots[:-1])

    def mended(self, value: str, spots: Sequence[int], /) -> str:
        last = max(i for i, c in enumerate(value) if c in _DIGITS)
        return value[:last] + check_digit("".join(c for c in value[:last] if c in _DIGITS)) + value[last + 1 :]


class Iban:
    """Places three and four check the rest, modulo 97 (ISO 13616); the country stays, and with it the structure."""

    alphabet = ""

    def free(self, value: str, spots: Sequence[int], /) -> list[int]:
        if not iban.is_valid("".join(value[i] for i in spots)):
            raise _wrong()
        return list(spots[4:])

    def mended(self, value: str, spots: Sequence[int], /) -> str:
        bare = "".join(value[i] for i in spots)
        number = "".join(str(int(c, 36)) for c in bare[4:] + bare[:2] + "00")
        made = list(value)
        for at, digit in zip(spots[2:4], f"{98 - int(number) % 97:02d}", strict=True):
            made[at] = digit
        return "".join(made)


class CreditCode:
    """统一社会信用代码: the last character checks the rest, modulo 31 (GB 32100). Department, category and division stay."""

    alphabet = cn_uscc.ALPHABET

    def free(self, value: str, spots: Sequence[int], /) -> list[int]:
        bare = "".join(value[i] for i in spots)
        if bare != bare.upper() or not cn_uscc.is_valid(bare):
            raise _wrong()
        return list(spots[8:-1])

    def mended(self, value: str, spots: Sequence[int], /) -> str:
        last = spots[-1]
        return value[:last] + cn_uscc.check_character("".join(value[i] for i in spots[:-1])) + value[last + 1 :]


def check_of(entity: str) -> Check | None:
    """The check that values of an entity keep; None if none is known here."""
    if any(entities.is_a(entity, one) for one in _LUHN):
        return Luhn()
    if entities.is_a(entity, "IBAN_CODE"):
        return Iban()
    return CreditCode() if entities.is_a(entity, "CN_USCC") else None


def _wrong() -> OperatorError:
    return OperatorError("fpe: the value is none of its kind, or its check digit is wrong.")
