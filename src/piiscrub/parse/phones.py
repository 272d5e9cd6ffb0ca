"""Phone numbers taken apart: country, kind, E.164.

The only module that knows the phonenumbers library. It is imported on first use, not before: it costs 0.1 s, and text
that holds only mainland mobile numbers never needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber


class PhoneParts(NamedTuple):
    """A phone number as its country sees it.

    ``region`` is ISO 3166-1 alpha-2, "001" for numbers of no country. ``kind`` is one of mobile, fixed, fixed or mobile,
    toll free, premium, shared cost, voip, personal, pager, company, voicemail, unknown. ``valid``: the country gives out
    such numbers; ``possible``: the length alone is right. ``extension`` is "" if there is none.
    """

    e164: str
    region: str
    kind: str
    valid: bool
    possible: bool
    extension: str = ""


_KINDS = (
    "fixed", "mobile", "fixed or mobile", "toll free", "premium", "shared cost", "voip", "personal", "pager", "company",
    "voicemail",
)  # fmt: skip


def parse(text: str, regions: Sequence[str] = ()) -> PhoneParts | None:
    """Read a phone number; None if it is none anywhere.

    Args:
        text: the number as written, with or without country code, separators and extension.
        regions: where it may have been written without country code, in order of trust; the first region that gives out
            such numbers wins, else the first where the length fits.

    >>> parse("+852 2345 0000")
    PhoneParts(e164='+85223450000', region='HK', kind='fixed', valid=True, possible=True, extension='')
    >>> parse("020 7946 0958", ["US", "GB"]).e164
    '+442079460958'
    >>> parse("hello") is None
    True
    """
    best: PhoneParts | None = None
    for region in _asked(text, regions):
        found = _read(text, region)
        if found is None:
            continue
        parts = _parts(found)
        if parts.valid:
            return parts
        if best is None or (parts.possible and not best.possible):
            best = parts
    return best


def _asked(text: str, regions: Sequence[str]) -> Sequence[str | None]:
    if text.lstrip(" (").startswith(("+", "＋")):
        return (None,)
    return (*regions, None) if regions else (None,)


def _read(text: str, region: str | None) -> PhoneNumber | None:
    import phonenumbers

    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


@lru_cache(maxsize=1)
def _names() -> dict[int, str]:
    from phonenumbers import PhoneNumberType

    order = (
        PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.VOIP, PhoneNumberType.PERSONAL_NUMBER,
        PhoneNumberType.PAGER, PhoneNumberType.UAN, PhoneNumberType.VOICEMAIL,
    )  # fmt: skip
    return dict(zip(order, _KINDS, strict=True))


def _parts(number: PhoneNumber) -> PhoneParts:
    import phonenumbers

    return PhoneParts(
        e164=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        region=phonenumbers.region_code_for_number(number) or "",
        kind=_names().get(phonenumbers.number_type(number), "unknown"),
        valid=phonenumbers.is_valid_number(number),
        possible=phonenumbers.is_possible_number(number),
        extension=number.extension or "",
    )
