"""What phonenumbers can take for a number of a region, told from its own tables without parsing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import phonenumbers

_BLOCK = re.compile(r"\d+")
_MOST_BLOCKS = 12
_STRIPS = 4  # phonenumbers takes a prefix off twice: behind the code of the country, and before the number
_KINDS = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan", "voicemail",
)  # fmt: skip


def blocks_of(written: str) -> list[str] | None:
    """The blocks of digits of a candidate; None if there is more to it than digits that are dialled."""
    if "+" in written or not written.isascii():
        return None
    blocks = _BLOCK.findall(written)
    return blocks if len(blocks) <= _MOST_BLOCKS else None


class NumberPlan:
    """The numbers of one region as somebody there dials them. Says "may be" too often, never too seldom.

    ``least``: so many digits has a number that is dialled there, of any country.
    """

    def __init__(self, region: str) -> None:
        own = phonenumbers.PhoneMetadata.metadata_for_region(region)
        self._unknown = own is None  # UK, as some versions of Presidio write GB: numbers of other countries are found there
        if own is None:
            self.least = 0
            return
        code = phonenumbers.country_code_for_region(region)
        regions = [phonenumbers.PhoneMetadata.metadata_for_region(r) for r in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]]
        self.least = min(min(_shortest(r) for r in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]), _least_abroad())
        self._code = str(code)
        self._abroad = re.compile(own.international_prefix or "(?!)")
        self._prefix = re.compile(own.national_prefix_for_parsing or "(?!)")
        self._rewrites = bool(own.national_prefix_transform_rule)
        self._number = re.compile("|".join(f"(?:{kind.national_number_pattern})" for one in regions for kind in _kinds(one)))

    def allows(self, blocks: Sequence[str] | None) -> bool:
        """Whether phonenumbers may find a number in a candidate: in all of it, or in blocks of digits that stand together."""
        if self._unknown or blocks is None:
            return True
        for first in range(len(blocks)):
            digits = ""
            for block in blocks[first:]:
                digits += block
                if len(digits) >= self.least and self._dialled(digits):
                    return True
        return False

    def _dialled(self, digits: str) -> bool:
        if self._abroad.match(digits):
            return True
        if digits.startswith(self._code) and self._local(digits[len(self._code) :]):
            return True
        return self._local(digits)

    def _local(self, digits: str) -> bool:
        at = 0
        for _ in range(_STRIPS):
            if self._number.fullmatch(digits, at):
                return True
            found = self._prefix.match(digits, at)
            if found is None or found.end() == at:
                return False
            if self._rewrites:
                return True
            at = found.end()
        return True


@cache
def plan_of(region: str) -> NumberPlan:
    """The plan of a region, read once."""
    return NumberPlan(region)


@cache
def _least_abroad() -> int:
    """So many digits has a number with the code of its country, or with the prefix that is dialled before it."""
    return min(
        len(str(phonenumbers.country_code_for_region(region))) + _shortest(region) for region in phonenumbers.SUPPORTED_REGIONS
    )


@cache
def _shortest(region: str) -> int:
    """So many digits the shortest number of a region has, without prefixes."""
    known: Any = phonenumbers.PhoneMetadata.metadata_for_region(region)
    if known is None:
        return 2
    lengths = (kind.possible_length or known.general_desc.possible_length for kind in _kinds(known))
    return min((n for one in lengths for n in one if n > 0), default=2)


def _kinds(known: Any) -> list[Any]:
    """The kinds of numbers that a region gives out: a valid number is of one of them."""
    return [kind for name in _KINDS if known and (kind := getattr(known, name)) and kind.national_number_pattern]
