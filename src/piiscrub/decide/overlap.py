"""Overlapping findings: one wins, by rule and not by luck.

Order: check passed, context met, score, length, start, what the caller brought before what the library has, recognizer
id. A loser over the same span stays visible as an alternative of the winner (rule book G7: a 15-digit number may be an
old ID and an IMEI).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from functools import partial
from operator import attrgetter

from piiscrub.model import entities
from piiscrub.model.finding import UNEXAMINED, Alternative, Finding

ADDRESSES = frozenset(("ADDRESS", *entities.descendants("ADDRESS")))
HOLDERS = frozenset({"URL"}) | ADDRESSES
"""Entities made of parts that can be findings themselves."""
_POSTCODES = frozenset(("POSTAL_CODE", *entities.descendants("POSTAL_CODE")))
_LEAST_REST = 2  # one character between two findings is a separator
_LEAST_OF_ADDRESS = 4
_SURE_ADDRESS = 0.75
_start = attrgetter("start")
_finding = partial(tuple.__new__, Finding)  # a third of the price of calling the class
_CHECK_RANK = {"passed": 0, "none": 1, "failed": 2}


def rank(finding: Finding, own: Set[str] = frozenset()) -> tuple[object, ...]:
    """Sort key: smaller wins."""
    entity, start, end, score, recognizer, pattern, check, context, _, _ = finding
    quality = (entity == UNEXAMINED, _CHECK_RANK[check], not context, -score, start - end, start)
    return (*quality, recognizer.partition(":")[0] not in own, recognizer, pattern)


def settle(findings: Sequence[Finding], own: Set[str] = frozenset()) -> Iterator[tuple[Finding, Finding | None]]:
    """Yield every finding with the one it lost to (None for winners), ordered by start.

    Args:
        findings: sorted by start.
        own: ids of recognizers that win where all else is equal; one of many parts counts by what stands before its colon.
    """
    at, size = 0, len(findings)
    while at < size:
        first = findings[at]
        end, after = first[2], at + 1  # by number: twice as fast as by name, and most findings end here
        while after < size and (following := findings[after])[1] < end:
            end = max(end, following[2])
            after += 1
        if after == at + 1:
            yield first, None
        elif after == at + 2 and findings[at + 1][1:3] == first[1:3]:  # nearly every other cluster
            yield from _settle_pair(first, findings[at + 1], own)
        else:
            yield from _settle_cluster(findings[at:after], own)
        at = after


def _leaves(f: Finding) -> bool:
    """Whether what is left of a loser counts: a doubtful address that met an identifier was none."""
    return f.entity in HOLDERS and (f.entity not in ADDRESSES or f.score >= _SURE_ADDRESS)


def _rest(holder: Finding, winners: Sequence[Finding]) -> Iterator[Finding]:
    """What is left of a finding that holds others and lost to one inside it: the token behind the e-mail in a URL.

    Without these, a link with a phone number in it would be scrubbed less than one without, and an address that
    reaches into a phone number would stay.
    """
    at = holder.start
    spans = [(f.start, f.end) for f in winners if f.start < holder.end and holder.start < f.end]
    least = _LEAST_OF_ADDRESS if holder.entity in ADDRESSES else _LEAST_REST
    for start, end in (*spans, (holder.end, holder.end)):
        if start - at >= least:
            yield holder._replace(start=at, end=start, pattern=f"{holder.pattern}, rest", check="none")
        at = max(at, end)


def _distinct(rests: Sequence[Finding]) -> Iterator[Finding]:
    """Each rest that lies in no other of its entity: an address of a page is one with https:// and one from www on."""
    last: Finding | None = None
    for rest in sorted(rests, key=lambda f: (f.entity, f.start, -f.end)):
        if last is None or last.entity != rest.entity or rest.end > last.end:
            yield rest
            last = rest


def _around(postcode: Finding, addresses: Sequence[Finding]) -> Finding | None:
    """The address that a postcode is the end of: its own check digits do not make it more than a part."""
    return next((a for a in addresses if a.start < postcode.start and postcode.end <= a.end and a.score >= postcode.score), None)


def _front(place: Finding, addresses: Sequence[Finding]) -> Finding | None:
    """The address that somebody's native place is only the front of: 户籍地贵州省毕节市织金县 before town and village."""
    return next((a for a in addresses if a.start <= place.start and a.end - place.end > 1), None)


def _abroad(mobile: Finding, phones: Sequence[Finding]) -> Finding | None:
    """The number of another country that ends as a mobile number of the mainland would: +1 303 555 0145 without spaces."""
    return next((p for p in phones if p.start < mobile.start and p.end == mobile.end), None)


def _settle_pair(one: Finding, other: Finding, own: Set[str]) -> tuple[tuple[Finding, Finding | None], ...]:
    """Two findings over the same span; nothing is left of the one that loses."""
    winner, loser = (one, other) if rank(one, own) <= rank(other, own) else (other, one)
    if winner[0] == loser[0]:
        return (loser, winner), (winner, None)
    entity, _, _, score, recognizer, _, check, *_ = loser
    return (loser, winner), (_finding((*winner[:9], (Alternative(entity, score, recognizer, check),))), None)


def _settle_cluster(cluster: Sequence[Finding], own: Set[str]) -> list[tuple[Finding, Finding | None]]:
    winners: list[Finding] = []  # ordered by start; they never overlap, so a neighbour tells
    outcome: list[tuple[Finding, Finding | None]] = []
    others: dict[tuple[int, int], list[Finding]] = {}
    whole = [f for f in cluster if f.entity in ADDRESSES]
    signed = [f for f in cluster if f.entity == "PHONE_NUMBER" and f.check == "passed"]
    for finding in sorted(cluster, key=partial(rank, own=own)):
        if whole and finding.entity in _POSTCODES and (address := _around(finding, whole)):
            outcome.append((finding, address))
            continue
        if whole and finding.entity == "CN_NATIVE_PLACE" and (address := _front(finding, whole)):
            outcome.append((finding, address))
            continue
        if signed and finding.entity == "CN_MOBILE" and (phone := _abroad(finding, signed)):
            outcome.append((finding, phone))
            continue
        at = bisect_left(winners, finding.end, key=_start)
        rival = winners[at - 1] if at and winners[at - 1].end > finding.start else None
        if rival is None:
            winners.insert(at, finding)
        else:
            outcome.append((finding, rival))
            if (rival.start, rival.end) == (finding.start, finding.end) and rival.entity != finding.entity:
                others.setdefault((rival.start, rival.end), []).append(finding)
    for winner in winners:
        same = others.get((winner.start, winner.end))
        if same:
            seen = {winner.entity}
            alternatives = []
            for f in same:
                if f.entity not in seen:
                    seen.add(f.entity)
                    alternatives.append(Alternative(f.entity, f.score, f.recognizer, f.check))
            winner = winner._replace(alternatives=tuple(alternatives))  # noqa: PLW2901  # the winner, now with what it beat
        outcome.append((winner, None))
    rests = [rest for f, rival in outcome if rival is not None and _leaves(f) for rest in _rest(f, winners)]
    outcome += [(rest, None) for rest in _distinct(rests)]
    outcome.sort(key=lambda item: (item[0].start, item[0].end))
    return outcome
