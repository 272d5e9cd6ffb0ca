"""Addresses in Latin letters that fill a field of their own: "street": "12-14 Test View", <addr1>12 Test View</addr1>."""

from __future__ import annotations

from collections.abc import Iterator

from piiscrub.model.finding import Finding
from piiscrub.parse.latin import holds
from piiscrub.recognize import named_scores as worth
from piiscrub.text.late import late

_ID = "addresses_en"
_FIELD = late(
    r"[sSaA](?<![A-Za-z][sSaA])(?:(?i:(?<=s)treet|(?<=a)ddr(?:ess)?)(?i:[_ -]?(?:address|line|name))?(?:_?[12])?)"
    r"(?:[\"']?\s?[:=]\s?[\"']|>\s?)(?P<value>[0-9]{1,5}[A-Za-z]?(?:[-/][0-9]{1,5})?[ ][A-Z][^\"'<>\n]{2,70}?)\s?(?=[\"'<])"
)
_SIGNS = ('"', "':", "='", "= '", "</")


def field_addresses(text: str, low: int, high: int) -> Iterator[Finding]:
    """A house number and a name as the whole value of a field named street or address.

    >>> text = '{"street": "12-14 Test View", "city": "Testham"}'
    >>> [text[f.start : f.end] for f in field_addresses(text, 0, len(text))]
    ['12-14 Test View']
    """
    if not holds(text, low, high, *_SIGNS):
        return
    for m in _FIELD.finditer(text, low, high):
        yield Finding("ADDRESS", *m.span("value"), worth.ADDRESS_EN, _ID, "field", context=("address",))
