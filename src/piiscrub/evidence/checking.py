"""Whether a ledger is what it was: every line parsed, hashed, chained and its signature checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from piiscrub.evidence.canonical import digest
from piiscrub.evidence.entry import FIRST, RECOVERED, Entry, Head, Torn, signed

ANCHORED, UNANCHORED = "anchored", "tail unanchored"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerReport:
    """What a check found. ``ok`` only if there is no problem.

    ``tail`` is "anchored" if a head kept elsewhere was given and fits, else "tail unanchored": entries cut off the end would
    not show. ``origin`` is "confirmed" if the signer was known beforehand, else "unconfirmed".
    """

    entries: int
    problems: tuple[tuple[int, str], ...]
    tail: str
    origin: str
    recovered: int
    head: Head | None

    @property
    def ok(self) -> bool:
        return not self.problems

    def __bool__(self) -> bool:
        return self.ok

    def lines(self, lang: str = "en") -> tuple[str, ...]:
        """What was found, in words; the problems are told by ``problems``."""
        from piiscrub.render.catalogue import say

        verdict = say("ledger.good" if self.ok else "ledger.bad", lang, entries=self.entries, n=len(self.problems))
        tail = say("ledger.anchored" if self.tail == ANCHORED else "ledger.unanchored", lang)
        return (verdict, tail, *((f"{self.head.count} {self.head.hash}",) if self.head else ()))

    def _repr_html_(self) -> str:
        from piiscrub.render.html import verdict

        return verdict(self.lines(), good=self.ok, problems=self.problems)

    def __repr__(self) -> str:
        verdict = "intact" if self.ok else f"{len(self.problems)} problems, the first in line {self.problems[0][0]}"
        return f"<LedgerReport: {self.entries} entries, {verdict}, {self.tail}, origin {self.origin}>"


def check(lines: Iterable[bytes], *, anchor: Head | str | None, beside: Head | None, signer: str | None) -> LedgerReport:
    """Read a ledger line by line and report every problem with its line number.

    Args:
        anchor: a head, or its hash, kept where nobody could change it.
        beside: the head from the file beside the ledger; it shows an accident, not an attack.
        signer: who must have signed, in base64; None: whoever signed the first line.
    """
    problems: list[tuple[int, str]] = []
    hashes: dict[int, str] = {}
    last: Entry | None = None
    torn: tuple[int, bytes] | None = None
    recovered = number = 0
    known = signer
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip(b"\n")
        try:
            entry = Entry.parse(line)
        except Torn as error:
            if torn:
                problems.append((torn[0], "half a line that no entry closes"))
            torn = (number, line)
            if raw.endswith(b"\n"):
                continue
            problems.append((number, f"{error}, at the end: the next append closes it"))
            torn = None
            continue
        if not raw.endswith(b"\n"):
            problems.append((number, "the end of the line is missing"))
        if torn:
            if entry.action == RECOVERED and entry.fields == {"bytes": len(torn[1]), "sha256": digest(torn[1])}:
                recovered += 1
            else:
                problems.append((torn[0], "no complete entry, and no entry that closes it"))
            torn = None
        elif entry.action == RECOVERED:
            problems.append((number, "closes half a line that is not there"))
        known = known or entry.signer
        problems += ((number, what) for what in _wrong(entry, last, known))
        hashes[entry.number] = entry.hash
        last = entry
    if torn:
        problems.append((torn[0], "half a line that no entry closes"))
    told = _against(hashes, anchor, "the anchor")
    if beside is not None and beside.is_signed() and (signer is None or beside.signer == signer):
        told += _against(hashes, beside, "the head beside the file")
    problems += ((number + 1, what) for what in told)
    return LedgerReport(
        entries=len(hashes),
        problems=tuple(problems),
        tail=ANCHORED if anchor is not None and not _against(hashes, anchor, "") else UNANCHORED,
        origin="confirmed" if signer is not None and last is not None and not problems else "unconfirmed",
        recovered=recovered,
        head=last.head if last else None,
    )


def _wrong(entry: Entry, last: Entry | None, known: str) -> list[str]:
    found: list[str] = []
    if entry.computed_hash() != entry.hash:
        found.append("it was changed: its hash does not fit")
    if entry.signer != known:
        found.append("signed by somebody else")
    if not signed(entry.signer, entry.hash, entry.signature):
        found.append("its signature does not fit")
    if entry.number != (last.number + 1 if last else 1):
        found.append("lines are missing, doubled or out of order before it")
    elif entry.previous != (last.hash if last else FIRST):
        found.append("it does not follow the line before it")
    return found


def _against(hashes: dict[int, str], anchor: Head | str | None, name: str) -> list[str]:
    if anchor is None:
        return []
    if isinstance(anchor, str):
        return [] if anchor in hashes.values() else [f"{name} is not in it: lines were removed or replaced"]
    there = hashes.get(anchor.count)
    if there == anchor.hash:
        return []
    lost = f"{name} counts {anchor.count} entries: lines were removed from the end"
    return [lost if there is None else f"{name} does not fit: the ledger was replaced"]
