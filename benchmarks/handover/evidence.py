"""Generated tables with values in cells, headers, row labels, sheet and file names; nothing but the data may show one."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd

import piiscrub as ps
from benchmarks.handover.plans import TEXTS, kept, plan_of
from benchmarks.handover.progress import progress
from benchmarks.values import Rng, id_card, mobile
from piiscrub.errors import PiiscrubError

_KINDS = ("csv", "parquet", "xlsx", "labels")
_MAILS = "abcdefghijklmnopqrstuvwxyz"


def run(folder: Path, count: int) -> tuple[int, int]:
    """Hand over so many tables; returns how many values stand where none may, and how many tables were refused."""
    ring = ps.KeyRing.new(folder / "keys")
    found = refused = 0
    for seed in progress(range(count), "evidence"):
        place = folder / str(seed)
        place.mkdir()
        source, values = _made(place, seed)
        said = ""
        try:
            plan = kept(plan_of(source, purpose=TEXTS))
            plan.save(place / "plan.toml")
            done = ps.handover(source, plan, out=place / "out", keys=ring, ledger=folder / "ledger.jsonl")
            said += repr(done) + repr(done.residual) + repr(done.evidence)
        except PiiscrubError as error:
            refused += 1
            said += str(error) + repr(error)
        ledger = folder / "ledger.jsonl"
        text = said + "".join(_evidence(place)) + (ledger.read_text("utf-8") if ledger.exists() else "")
        found += sum(value in text for value in values)
        shutil.rmtree(place)
    return found, refused


def _made(place: Path, seed: int) -> tuple[Path | pd.DataFrame, set[str]]:
    rng, chance = Rng(seed), random.Random(seed)
    n = 12
    columns = {
        "手机号": [mobile(rng) for _ in range(n)],
        "身份证号": [id_card(rng) for _ in range(n)],
        "邮箱": [f"{''.join(chance.choice(_MAILS) for _ in range(9))}@example.com" for _ in range(n)],
        "备注": [f"请致电{mobile(rng)}联系" if i % 3 else "无" for i in range(n)],
        "金额": [str(chance.randrange(10, 99)) for _ in range(n)],
    }
    values = {value for name in ("手机号", "身份证号", "邮箱") for value in columns[name]}
    values |= {text[3:14] for text in columns["备注"] if len(text) > 3}
    where = chance.choice(("cells", "header", "file", "sheet"))
    odd = mobile(rng)
    values |= {odd} if where != "cells" else set()
    if where == "header":
        columns[odd] = ["1"] * n
    stem = odd if where == "file" else "customers"
    kind = _KINDS[seed % len(_KINDS)]
    frame = pd.DataFrame(columns)
    if kind == "labels":
        return frame.set_index("手机号"), values
    path = place / f"{stem}.{kind}"
    if kind == "csv":
        frame.to_csv(path, index=False)
    elif kind == "parquet":
        frame.to_parquet(path, index=False)
    else:
        book = openpyxl.Workbook()
        book.active.title = odd if where == "sheet" else "customers"
        for row in (list(columns), *zip(*columns.values(), strict=True)):
            book.active.append(row)
        book.save(path)
    return path, values


def _evidence(place: Path) -> Iterator[str]:
    """Every file outside the data, and every name of a file that was made."""
    for path in place.rglob("*"):
        inside = path.relative_to(place).as_posix()
        if inside.startswith("out/") or inside == "plan.toml":
            yield inside
            if path.is_file() and not inside.startswith("out/bundle/data/"):
                yield path.read_bytes().decode("utf-8", "replace")
