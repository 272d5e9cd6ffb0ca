"""The rule book's example rows: valid ones found with their exact span, invalid ones not called that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import engine, shared
from benchmarks.report import Report, ratio

_LABELS = (
    "CN_ID_CARD CN_ID_CARD_15 CN_FOREIGN_PR_ID CN_FOREIGN_PR_ID_OLD CN_HMT_RESIDENCE_PERMIT CN_HK_MACAO_TRAVEL_PERMIT "
    "CN_TAIWAN_TRAVEL_PERMIT CN_PASSPORT CN_HK_MACAO_EXIT_PERMIT CN_TAIWAN_EXIT_PERMIT CN_MOBILE CN_IOT_NUMBER CN_LANDLINE "
    "CN_SERVICE_PHONE PHONE_US CN_BANK_CARD CREDIT_CARD IBAN CN_USCC CN_VEHICLE_PLATE EMAIL URL IPV4 IPV6 MAC_ADDRESS WECHAT_ID "
    "QQ_NUMBER US_SSN HK_ID_CARD TW_NATIONAL_ID DATE_OF_BIRTH AGE SECRET_JWT SECRET_PRIVATE_KEY"
)
ISSUE_A = frozenset(_LABELS.split())
"""The rule book labels that issue A must find."""


def forms(row: dict[str, Any], words: dict[str, Any]) -> Iterator[tuple[str, str, int, int]]:
    """(form, text, start, end) for a row: its own text, else one sentence per language that has a context word."""
    value = row["value"]
    if row.get("text"):
        # where the label itself holds the value (one row does), the value is the later one
        start = row["text"].rfind(value)
        yield "text", row["text"], start, start + len(value)
        return
    for form, key, joint, stop in (("zh", "context_zh", "：", "。"), ("en", "context_en", ": ", ".")):
        for word in words.get(key, ())[:1]:
            start = len(word) + len(joint)
            yield form, f"{word}{joint}{value}{stop}", start, start + len(value)


def reported(findings: Any, start: int, end: int, entity: str, *, valid: bool) -> bool:
    """Valid: exactly there as the entity, an ancestor or a child of it. Invalid: there as it or a child, not `failed`."""
    above = engine.family(entity)
    for finding in findings:
        if (finding.start, finding.end) != (start, end):
            continue
        for name, check in engine.readings(finding):
            below = engine.is_a(name, entity)
            if (valid and (below or engine.canonical(name) in above)) or (not valid and below and check != "failed"):
                return True
    return False


def measure(root: Path, *, everything: bool = False) -> Report:
    """All rows of issue A's identifiers, by patterns; or of the whole rule book, names on."""
    rows, words = shared.examples(root), shared.patterns(root)
    wanted = None if everything else ISSUE_A
    asked: Counter[tuple[str, bool]] = Counter()
    right: Counter[tuple[str, bool]] = Counter()
    failing: list[dict[str, Any]] = []
    for number, row in enumerate(rows, 1):
        entity, valid = row["entity"], row["valid"]
        if wanted is not None and entity not in wanted:
            continue
        bad = []
        for form, text, start, end in forms(row, words.get(entity, {})):
            found = reported(engine.scan(text, names=everything).findings, start, end, entity, valid=valid)
            if found is not valid:
                bad.append(form)
        asked[entity, valid] += 1
        right[entity, valid] += not bad
        if bad:
            failing.append({"row": number, "entity": entity, "valid": valid, "forms": bad, "why": row["why"]})
    report = Report(name="rule book examples" + (" (all rows)" if everything else " (issue A)"))
    for valid, title in ((True, "valid rows found"), (False, "invalid rows kept quiet")):
        good = sum(n for (_, v), n in right.items() if v is valid)
        total = sum(n for (_, v), n in asked.items() if v is valid)
        report.at_least(title, ratio(good, total), 0.99, f"{good} of {total}")
    report.details = [
        f"row {f['row']:3} {f['entity']:26} {'valid  ' if f['valid'] else 'invalid'} {','.join(f['forms']):5} {f['why']}"
        for f in failing
    ]
    per = {e: {"valid": [right[e, True], asked[e, True]], "invalid": [right[e, False], asked[e, False]]} for e, _ in asked}
    report.data = {"failing": failing, "entities": per}
    return report
