"""``python -m benchmarks.restore``: 10,000 documents and 10,000 rows out, worked on, back in pieces; then foreign tokens.

Prints what came back and what should not have. Exits 1 when anything is missing or was restored that was not issued here.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

import piiscrub as ps
from benchmarks.restore.documents import changed, document, mail, mobile, pieces
from piiscrub.keys.scope import Scope
from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.scrubber.restoring import Restorer


def documents(scope: Scope, count: int, chance: random.Random) -> int:
    """How many documents come back exactly, whole and in pieces."""
    scrubber = ps.Scrubber(keys=scope.vault.keys, vault=scope.vault)
    right = 0
    for number in range(count):
        text = document(chance, number)
        sent, wanted = changed(chance, scrubber.scrub(text, scope=scope.id).text, text)
        restorer = Restorer(scope)
        streamed = "".join(map(restorer.feed, pieces(chance, sent))) + restorer.finish()
        right += restorer.text(sent) == wanted == streamed
    return right


def rows(scope: Scope, count: int, chance: random.Random) -> int:
    """How many rows of a table come back exactly, cells changed to other forms."""
    before = pd.DataFrame({
        "电话": [mobile(chance) for _ in range(count)],
        "备注": [document(chance, number) for number in range(count)],
        "邮箱": [mail(chance) for _ in range(count)],
    })  # fmt: skip
    columns = tuple(ColumnPlan(position=i, name=name, action="spans") for i, name in enumerate(before))
    sent = ps.apply(before, TablePlan(columns=columns), keys=scope.vault.keys, vault=scope).frame
    pairs = [[changed(chance, a, b) for a, b in zip(sent[name], before[name], strict=True)] for name in before]
    worked = pd.DataFrame({name: [a for a, _ in pair] for name, pair in zip(before, pairs, strict=True)})
    back = ps.restore(worked, vault=scope.vault, scope=scope.id).frame
    wanted = [[b for _, b in pair] for pair in pairs]
    return sum(all(back[name].iloc[i] == want[i] for name, want in zip(before, wanted, strict=True)) for i in range(count))


def foreign(scope: Scope, other: Scope, count: int, chance: random.Random) -> int:
    """How many tokens of another scope, and invented ones, are restored in this one."""
    there = other.put_many("CN_MOBILE", [mobile(chance) for _ in range(count)], random=True)
    numbers = scope.entities().get("CN_MOBILE", 0)
    invented = [f"<CN_MOBILE_{numbers + 1 + n}>" for n in range(count)] + [f"<CN_MOBILE_0{n}>" for n in range(count)]
    text = "，".join([*there, *invented])
    restorer = Restorer(scope)
    assert restorer.text(text) == text, "a foreign or invented token was restored"
    return len(restorer.result().restored)


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20261122)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        ring = ps.KeyRing.new(Path(folder) / "keys.json")
        with ps.Vault(Path(folder) / "values.vault", ring) as vault:
            started = time.process_time()
            texts = documents(vault.scope("documents"), asked.count, chance)
            print(f"documents restored exactly, whole and streamed: {texts} of {asked.count}")
            print(f"  CPU-seconds: {time.process_time() - started:.1f}")
            cells = rows(vault.scope("table"), asked.count, chance)
            print(f"table rows restored exactly: {cells} of {asked.count}")
            wrong = foreign(vault.scope("documents"), vault.scope("other"), asked.count, chance)
            print(f"foreign and invented tokens restored: {wrong} of {3 * asked.count}")
    return 0 if (texts, cells, wrong) == (asked.count, asked.count, 0) else 1


if __name__ == "__main__":
    sys.exit(main())
