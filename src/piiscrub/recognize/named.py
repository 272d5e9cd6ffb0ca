"""Names, addresses, places and organisations of one text: rules and the spans of a tagger together."""

from __future__ import annotations

from collections.abc import Sequence

from piiscrub.model.finding import Finding
from piiscrub.recognize.addresses import AddressRecognizer
from piiscrub.recognize.addresses_en import english_addresses
from piiscrub.recognize.names import NameRecognizer
from piiscrub.recognize.ner.tagger import Span, Tagger
from piiscrub.recognize.organisations import OrganisationRecognizer

ENTITIES = ("PERSON", "PERSON_REFERENCE", "CN_ADDRESS", "ADDRESS", "LOCATION", "ORGANIZATION")
"""What is found here."""

_ADDRESSES, _NAMES, _ORGANISATIONS = AddressRecognizer(), NameRecognizer(), OrganisationRecognizer()


def find_named(text: str, tagger: Tagger | None, wanted: frozenset[str] | None = None) -> list[Finding]:
    """Everything named in a folded text, in the order of the text.

    Args:
        text: folded (text/folding.py).
        tagger: None for the rules alone; it is asked only if the text can hold what it looks for.
        wanted: entities to report; None for all.

    >>> [f.entity for f in find_named("收件人：王小明，地址：海淀区测试路12号", None)]
    ['PERSON', 'CN_ADDRESS']
    """
    if wanted is not None and wanted.isdisjoint(ENTITIES):
        return []
    spans = tagger.tag([text])[0] if tagger is not None and text and tagger.needs(text) else []
    return named_from(text, spans, wanted)


def named_from(text: str, spans: Sequence[Span], wanted: frozenset[str] | None = None) -> list[Finding]:
    """The same with the spans of a tagger at hand, for callers that tag many texts at once."""
    organisations = _ORGANISATIONS.find(text, spans)
    places = [*_outside(_ADDRESSES.find(text, spans), organisations), *english_addresses(text)]
    kept = [o for o in organisations if not any(_within(o, p) for p in places if p.entity != "LOCATION")]
    found = [*places, *kept, *_NAMES.find(text, spans, [*places, *kept])]
    found.sort(key=lambda f: (f.start, f.end))
    return found if wanted is None else [f for f in found if f.entity in wanted]


def _within(inner: Finding, outer: Finding) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _outside(places: Sequence[Finding], organisations: Sequence[Finding]) -> list[Finding]:
    """Places that are no part of an organisation's name."""
    return [p for p in places if p.entity != "LOCATION" or not any(p.start < o.end and o.start < p.end for o in organisations)]
