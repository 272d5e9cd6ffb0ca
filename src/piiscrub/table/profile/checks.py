"""What the recognizers say about the values of a column: which pass as a whole, which hold something inside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from piiscrub.model import entities
from piiscrub.recognize.compiled import Entry
from piiscrub.registry.recognizers import engine_for
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.sources import jsontext
from piiscrub.table.profile import headers

# Packs that list the words of their entity: a column of such words tells itself, without a label.
LISTED = (
    "GENDER", "CN_ETHNICITY", "CN_MARITAL_STATUS", "EDUCATION", "CN_POLITICAL_STATUS", "RELIGION", "OCCUPATION",
    "MEDICAL_CONDITION", "SEXUAL_ORIENTATION",
)  # fmt: skip
_COVERS = 0.85  # of the characters of a cell
_SURE = 0.8  # strength of a header's word
_LONGEST = 100_000  # characters of a cell of JSON that is read by its keys; a longer one is read as it stands


@dataclass
class Checks:
    """Counts over the values examined.

    ``whole``: the finding is the cell; ``passed``: and its check did; ``inside``: there is more in the cell.
    """

    examined: int = 0
    whole: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)

    def share(self, *names: str) -> float:
        """The share of values that are, as a whole, one of these entities or below."""
        return sum(n for e, n in self.whole.items() if any(entities.is_a(e, name) for name in names)) / max(1, self.examined)


def scan(values: Sequence[str], scrubber: Scrubber | None = None) -> Checks:
    """Let the recognizers see each value alone, without a label; with a ``scrubber`` of the caller, the parts of a cell of JSON
    as well, each under its key.
    """
    checks = Checks(examined=len(values))
    scan_one = (scrubber or plain()).scan
    for value in values:
        covered: Counter[str] = Counter()
        passed: set[str] = set()
        for finding in scan_one(value).findings:
            covered[finding.entity] += finding.end - finding.start
            if finding.check == "passed":
                passed.add(finding.entity)
        if scrubber is not None and (parts := leaves(value)):
            under = {f.entity for key, text in parts for f in scan_one(text, label=key).findings}
            under |= {_named(key) for key, text in parts if any(map(str.isalpha, text))} - {""}
            checks.inside.update(under | covered.keys())
            continue
        if not covered:
            continue
        entity, size = covered.most_common(1)[0]
        if len(covered) > 1:  # a mobile number and a landline are phone numbers together
            kin = [one for one in covered if _line(one)[-1] == _line(entity)[-1]]
            size = sum(covered[one] for one in kin)
            entity = next(up for up in _line(entity) if all(entities.is_a(one, up) for one in kin))
        if size >= _COVERS * (len(value) - sum(value.count(ch) for ch in " ,，;；/、")):
            checks.whole[entity] += 1
            checks.passed[entity] += entity in passed
        else:
            checks.inside.update(covered.keys())
    return checks


@lru_cache(maxsize=1024)
def _named(key: str) -> str:
    """PERSON or LOCATION where a key says so by itself: these have no form by which the patterns would know them."""
    hits = headers.read(key)
    return hits[0].kind if hits and hits[0].kind in ("PERSON", "LOCATION") and hits[0].strength >= _SURE else ""


def leaves(value: str) -> list[tuple[str, str]]:
    """The texts and numbers in a cell that is a JSON object or list, each with the key it stands under; none of any other cell.

    >>> leaves('{"customer": {"fullName": "Zhang Wei", "tags": ["vip", 7, true]}}')
    [('fullName', 'Zhang Wei'), ('tags', 'vip'), ('tags', '7')]
    >>> leaves("[无]"), leaves("7")
    ([], [])
    """
    if value[:1] not in ("{", "[") or len(value) > _LONGEST:
        return []
    try:
        units = [piece.unit for piece in jsontext.scan(value) if piece.unit is not None]
    except jsontext.NotJson:
        return []
    return [(unit.label, unit.text) for unit in units if unit.kind != "key"]


def _line(entity: str) -> tuple[str, ...]:
    return (entity, *entities.ancestors(entity))


@lru_cache(maxsize=1)
def plain() -> Scrubber:
    """Patterns alone."""
    return Scrubber(policy="review", ner=None)


@lru_cache(maxsize=1)
def reading() -> Scrubber:
    """For free text: names and addresses too."""
    return Scrubber(policy="review", ner="rules")


def listed(values: Sequence[str], entity: str) -> float:
    """The share of values that are words of a recognizer's list."""
    return sum(any(entry.bare.fullmatch(value) for entry in _of(entity)) for value in values) / max(1, len(values))


def form(values: Sequence[str], entity: str) -> tuple[float, float]:
    """The share of values in the form of an entity or of one below it, and the share that passes its check.

    This is asked once a header has named the entity, so patterns count that are too loose to be found alone.
    """
    family = [e for name in (entity, *entities.descendants(entity)) for e in _of(name)]
    matched = passed = 0
    for value in values:
        fits = [entry for entry in family if entry.bare.fullmatch(value)]
        matched += bool(fits)
        passed += any(entry.is_valid is not None and entry.is_valid(value) for entry in fits)
    return matched / max(1, len(values)), passed / max(1, len(values))


@lru_cache(maxsize=512)
def _of(entity: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in engine_for().entries if entry.entity == entity and not entry.pack.parser)


def family(counts: Counter[str], share: float = 0.8) -> list[tuple[str, int]]:
    """Counts by the entity that says most: a child that holds most of its family, else the ancestor they share.

    >>> family(Counter({"CN_MOBILE": 6, "CN_LANDLINE": 4}))
    [('PHONE_NUMBER', 10)]
    >>> family(Counter({"CN_MOBILE": 9, "CN_LANDLINE": 1}))
    [('CN_MOBILE', 10)]
    """
    by_root: dict[str, Counter[str]] = {}
    for entity, n in counts.items():
        by_root.setdefault((entity, *entities.ancestors(entity))[-1], Counter())[entity] += n
    found = []
    for own in by_root.values():
        total = sum(own.values())
        best, n = own.most_common(1)[0]
        line = (best, *entities.ancestors(best))
        name = next((one for one in line if sum(k for e, k in own.items() if entities.is_a(e, one)) >= share * total), line[-1])
        found.append((name, total if name != best or n >= share * total else n))
    return sorted(found, key=lambda pair: -pair[1])
