"""Values that touch Han characters on both sides: how many are lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks import engine, shared, values
from benchmarks.quality.examples import ISSUE_A, reported
from benchmarks.report import Report
from benchmarks.values import Rng

GLUE = (("客户", "已登记"), ("请核对", "是否正确"), ("给", "发通知"), ("的", "的"))
MADE = {
    "CN_MOBILE": values.mobile,
    "CN_ID_CARD": values.id_card,
    "CN_BANK_CARD": values.bank_card,
    "EMAIL_ADDRESS": values.email,
    "IPV4": values.ipv4,
    "IPV6": values.ipv6,
    "MAC_ADDRESS": values.mac,
    "URL": values.url,
    "CN_LANDLINE": values.landline,
    "CN_VEHICLE_PLATE": values.plate,
    "HK_ID_CARD": values.hk_id,
    "CN_USCC": values.uscc,
}
"""Those that need no context word: made here, a hundred each."""
LABELLED = {"CREDIT_CARD": (values.card, "卡号")}
"""Of most brands a card without any card word is no finding: one random number in ten passes its check."""


def glued(root: Path, *, each: int = 100) -> Iterator[tuple[str, str, int, int, str]]:
    """(entity, text, start, end, where it comes from)."""
    words = shared.patterns(root)
    for number, row in enumerate(shared.examples(root), 1):
        label = words.get(row["entity"], {}).get("context_zh", ())[:1]
        if row["valid"] and row["entity"] in ISSUE_A and label and not row["value"][-1:].isspace():
            before = label[0] + ("是" if label[0].isascii() else "")  # the value is to touch a Han character, not "IPv6"
            start = len(before)
            yield row["entity"], f"{before}{row['value']}已登记", start, start + len(row["value"]), f"row {number}"
    for entity, (make, word) in {**{e: (m, "") for e, m in MADE.items()}, **LABELLED}.items():
        rng = Rng(len(entity) * 1009)
        for i in range(each):
            before, after = (word or GLUE[i % len(GLUE)][0]), GLUE[i % len(GLUE)][1]
            value = make(rng)
            yield entity, before + value + after, len(before), len(before) + len(value), f"{before}<{entity}>{after}"


def measure(root: Path) -> Report:
    """None may be lost: a Han character is never a word boundary."""
    asked = 0
    lost: Counter[tuple[str, str]] = Counter()
    for entity, text, start, end, source in glued(root):
        asked += 1
        if not reported(engine.scan(text).findings, start, end, entity, valid=True):
            lost[entity, source] += 1
    report = Report(name="values touching Han characters")
    report.add("lost", lost.total(), bound="0", ok=not lost, note=f"of {asked}", percent=False)
    report.details = [f"{entity}: {n} lost at {source}" for (entity, source), n in lost.most_common()]
    report.data = {"asked": asked, "lost": {f"{e} {s}": n for (e, s), n in lost.items()}}
    return report
