"""Write docs/reference/operators.md: every operator with its parameters, shape, way back, leak, family and an example.

All of it comes from the operators themselves; the examples are run when the page is written, under a key that everybody
knows and that is therefore good for nothing else. Run it after a change to an operator; a test compares the page with what
it would write. ``--check`` writes nothing.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from inspect import cleandoc
from pathlib import Path
from typing import Any

from piiscrub.keys.bound import BoundKeys
from piiscrub.keys.ring import KeyRing
from piiscrub.keys.vault import Vault
from piiscrub.operate.protocol import ColumnContext, DocumentState, OnCells
from piiscrub.registry.operators import OperatorInfo, kind_of, operator, operators

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "operators.md"
_NOTE = "<!-- Written by tools/operator_pages.py from the operators themselves. Change those, not this page. -->"
ZH = {
    "keep": "保留", "redact": "删除", "replace": "替换为类别标签", "mask": "遮盖", "hash": "带密钥散列", "token": "保管库令牌",
    "encrypt": "加密", "fpe": "保留格式加密", "pseudonym": "假名（替身值）", "choose": "词表替换", "generalise": "泛化",
    "time_part": "取时间的一部分", "truncate": "截断", "date_shift": "日期偏移", "noise": "加噪", "microaggregate": "微聚集",
    "shuffle": "打乱", "swap": "秩交换", "pram": "后随机化", "suppress": "抑制单元格", "suppress_rows": "抑制记录",
    "sample": "抽样", "min_group": "小群体抑制", "suppress_cells": "局部抑制", "regions": "区域泛化",
}  # fmt: skip  # pairs read best side by side
EXAMPLES: Mapping[str, Sequence[tuple[Mapping[str, Any], str, Any]]] = {
    "keep": [({}, "ORGANIZATION", "Example Ltd")],
    "redact": [({}, "CN_MOBILE", "13800138000")],
    "replace": [({}, "CN_MOBILE", "13800138000"), ({"text": "电话"}, "CN_MOBILE", "13800138000")],
    "mask": [({}, "CN_MOBILE", "13800138000"), ({"keep_last": 4, "length": "fixed"}, "CN_MOBILE", "13800138000")],
    "hash": [({}, "CN_MOBILE", "13800138000"), ({"bits": 80, "encoding": "base32"}, "CN_MOBILE", "138-0013-8000")],
    "token": [({}, "PERSON", "张三")],
    "encrypt": [({}, "CN_MOBILE", "13800138000"), ({"pad": 32}, "CN_MOBILE", "13800138000")],
    "fpe": [({}, "CN_MOBILE", "13800138000"), ({}, "CREDIT_CARD", "4111 1111 1111 1111"), ({}, "CN_EMPLOYEE_ID", "AB-0012345")],
    "pseudonym": [
        ({}, "PERSON", "张三"), ({"keep_length": True}, "PERSON", "欧阳小红"),
        ({}, "CN_MOBILE", "13800138000"), ({}, "CN_ID_CARD", "11010519491231002X"), ({}, "CREDIT_CARD", "4111111111111111"),
        ({}, "EMAIL_ADDRESS", "zhang.san@example.com"), ({"keep_city": True}, "CN_ADDRESS", "广东省深圳市南山区测试路1号"),
        ({}, "IP_ADDRESS", "192.0.2.17"), ({}, "US_SSN", "000-12-3456"),
    ],
    "choose": [({"words": "甲|乙|丙"}, "OCCUPATION", "医生")],
    "generalise": [
        ({"level": "month"}, "DATE_OF_BIRTH", "1990年5月4日"), ({}, "AGE", "37"), ({}, "AGE", "93"),
        ({"kind": "number", "width": 500}, "INCOME", "1,234"),
        ({"kind": "number", "edges": "18,65", "labels": "minor|adult|old"}, "AGE", "40"),
        ({}, "CN_ADDRESS", "广东省深圳市南山区测试路1号"), ({}, "US_ZIP", "62704"), ({}, "US_ZIP", "03601"),
        ({"kind": "prefix", "keep": 3}, "MEDICAL_CONDITION", "E11.9"),
    ],
    "time_part": [({"part": "weekday"}, "DATE_TIME", "2024-05-04")],
    "truncate": [({"length": 3}, "MEDICAL_CONDITION", "E11.9")],
    "date_shift": [({"days": 30}, "", (["2024-01-01", "2024-01-31", "2024-01-01"], ["a", "a", "b"]))],
    "noise": [({"scale": 100}, "", ([1200, 3400, 5600], None))],
    "microaggregate": [({"k": 2}, "", ([1, 9, 2, 8], None))],
    "shuffle": [({}, "", (["a", "b", "c", "d"], None))],
    "swap": [({"percent": 25}, "", ([1, 2, 3, 4, 5, 6, 7, 8], None))],
    "pram": [({"keep": 0.5}, "", (["甲", "乙", "丙", "甲"], None))],
    "suppress": [({"when": "value > 90"}, "", ([91, 37, None], None))],
    "suppress_rows": [({"when": "age > 90 or city = '上海'"}, "", {"age": [91, 37, 20], "city": ["北京", "北京", "上海"]})],
    "min_group": [({"k": 2, "columns": "age"}, "", {"age": ["30-39", "30-39", "40-49"]})],
    "suppress_cells": [
        ({"k": 2, "columns": "age|city"}, "", {"age": [30, 30, 40, 50], "city": ["北京", "北京", "上海", "上海"]}),
    ],
    "regions": [
        ({"tree": "[[0,50,1,2],[0,40,3,4],null,null,null]"}, "", ([31, 45, 70], [(31, "f"), (45, "f"), (70, "m")])),
    ],
    "sample": [({"fraction": 0.5}, "", {"n": [1, 2, 3, 4, 5, 6]})],
}  # fmt: skip  # one line for each kind
# What other tools call it, and why some of it is not here.
ELSEWHERE = (
    ("redact, null (Presidio, DLP)", "`redact`; `suppress` empties cells; a plan drops columns"),
    ("replace with new value, replace with info type", "`replace`, with `text`"),
    ("type counter, instance counter", "`replace` (numbered within a document), `token` (within a scope of the vault)"),
    ("mask: character, count, reverse, ignore", "`mask`; separators never count; positions from both ends"),
    ("hash with salt", "`hash`; a hash without a key is not offered: a telephone number would be found by trying all"),
    ("HMAC, crypto hash", "`hash`"),
    ("deterministic encryption (AES-SIV)", "`encrypt`"),
    ("encrypt (AES-CBC)", "`encrypt` with `mode = \"random\"`; CBC without authentication is not offered"),
    ("format-preserving encryption (FF1, FF3)", "`fpe`, FF1 only; the NIST draft of 2025 removes FF3"),
    ("fake, surrogate", "`pseudonym`"),
    ("dictionary replacement", "`choose`"),
    ("date shift", "`date_shift`"),
    ("time part extraction", "`time_part`"),
    ("date truncation, age top-coding, bucketing, rounding, top and bottom coding, ZIP3", "`generalise`"),
    ("generalisation hierarchies", "`generalise` with `file`"),
    ("additive noise (Gaussian, Laplace)", "`noise`"),
    ("correlated noise", "not offered: it needs several columns at once and shows their covariance; use `microaggregate`"),
    ("PRAM, perturb", "`pram`"),
    ("rank swapping, record swapping, shuffling", "`swap`, `shuffle` with `by`"),
    ("microaggregation (MDAV)", "`microaggregate` for one column; groups over several columns: `ps.generalize`"),
    ("local suppression", "`suppress_cells` for k, l and t, written by `ps.generalize`; `suppress` with `rare` or `when`"),
    ("record suppression by condition", "`suppress_rows`"),
    ("sampling", "`sample`"),
    ("vault, tokenisation service", "`token`"),
    ("annotate in place", "not an operator: findings carry the places, and the text stays as it was"),
    ("custom", "`operators=` of `Scrubber`; or [a plug-in](../how-to/add-an-operator.md) named in the policy"),
    ("leave untransformed on error", "not offered: what an operator cannot handle is redacted, and the evidence counts it"),
)  # fmt: skip  # pairs read best on one line


def page() -> str:
    """The page as it should be."""
    infos = operators()
    lines = ["# Operators · 处理方法", "", _NOTE, ""]
    lines += [f"{len(infos)} operators. A *value* operator works on single values in texts and columns, a *column* operator"]
    lines += ["sees a whole column, a *table* operator whole rows. Keyed ones take their key from the call (`keys=`), never from"]
    lines += ["a policy; without one the call makes its own, and the evidence says so. An operator that fails redacts.", ""]
    lines += ["| operator | | shape | way back | leaves part readable | streams | leaks |"]
    lines += ["| --- | --- | --- | --- | --- | --- | --- |"]
    for one in infos:
        flags = ["yes" if flag else "no" for flag in (one.reversible, one.permissive, one.streams)]
        lines.append(f"| [{one.name}](#{one.name}) | {ZH[one.name]} | {one.shape} | {' | '.join(flags)} | {one.leaks} |")
    lines.append("")
    with tempfile.TemporaryDirectory() as folder:
        for one in infos:
            lines += [*_section(one, Path(folder)), ""]
    lines += ["## What other tools call it · 其他工具中的名称", "", "| there | here |", "| --- | --- |"]
    lines += [f"| {there} | {here} |" for there, here in ELSEWHERE]
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(one: OperatorInfo, folder: Path) -> Iterator[str]:
    yield f"## {one.name}"
    yield ""
    yield f"{ZH[one.name]}. {_described(one.name)}"
    yield ""
    if one.params:
        yield "| parameter | default |"
        yield "| --- | --- |"
        for name, default in one.params:
            yield f"| `{name}` | {'none' if default is None else f'`{_shown(default)}`'} |"
        yield ""
    yield f"- Family 类别: {one.family}"
    yield f"- Leaks 泄露: {one.leaks}"
    yield ""
    yield "| with | in | out |"
    yield "| --- | --- | --- |"
    for params, entity, given in EXAMPLES[one.name]:
        shown, result = _run(one, params, entity, given, folder)
        with_ = ", ".join(f"{name} = {_shown(value)}" for name, value in params.items()) or "defaults"
        yield f"| {with_.replace('|', chr(92) + '|')} | {_cell(shown)} | {_cell(result)} |"


def _described(name: str) -> str:
    """The docstring up to its first example, for a page of Markdown."""
    text = cleandoc(kind_of(name).__doc__ or "").partition("\n>>> ")[0].strip()
    text = re.sub(r" \(see\s+:mod:`[^`]*`\)", "", text)
    return text.replace("``", "`")


def _run(one: OperatorInfo, params: Mapping[str, Any], entity: str, given: Any, folder: Path) -> tuple[str, str]:
    built: Any = operator(one.name, params)
    keys = BoundKeys(KeyRing(bytes(range(32)), {1: bytes(32)}), recipient="Example Ltd", purpose="documentation")
    if isinstance(built, OnCells):
        gone, kept = built.empty_cells(given, len(next(iter(given.values()))), keys)
        shown = {name: [None if lost else cell for cell, lost in zip(given[name], gone[name], strict=True)] for name in given}
        return f"{given}", f"{shown}"
    if one.shape == "table":
        kept = built.keep_rows(given, len(next(iter(given.values()))), keys)
        return f"{given}", "rows kept: " + ", ".join(str(at) for at, stays in enumerate(kept) if stays)
    if one.shape == "column":
        values, by = given
        result = built.column(values, ColumnContext(name="column", keys=keys, by=by))
        return f"{values}" + (f" by {by}" if by else ""), f"{result}"
    with Vault(folder / "vault.sqlite", keys) as vault:
        (result,) = built.many([given], entity, DocumentState(keys=keys, vault=vault.scope("documentation")))
    return f"{given} ({entity})", result


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)


def _cell(text: str) -> str:
    return "`" + text.replace("|", "\\|") + "`"


def main() -> None:
    """Write the page, or with ``--check`` say whether it is out of date."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 if the page is out of date")
    options = parser.parse_args()
    wanted = page()
    current = PAGE.exists() and PAGE.read_text(encoding="utf-8") == wanted
    if options.check:
        print("up to date" if current else PAGE.name)
        sys.exit(0 if current else 1)
    PAGE.write_text(wanted, encoding="utf-8", newline="\n")
    print(f"{PAGE.name} {'unchanged' if current else 'written'}")


if __name__ == "__main__":
    main()
