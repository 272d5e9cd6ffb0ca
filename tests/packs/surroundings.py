"""Places in which a value turns up in real data. Each must not keep a recognizer from finding it, exactly.

``{v}`` is the value; ``{l}`` and ``{e}`` are a Chinese and an English word beside it and ``{c}`` is a column name: the
recognizer's own where it asks for context, neutral ones where the value must be found without. ``{s}`` is ``{l}`` or,
where no word is needed, nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

SURROUNDINGS = {
    "between Han": "客户的{l}{v}已登记在册",
    "start of text": "{s}{v}已登记在册",
    "end of text": "他的{l}是{v}",
    "full-width colon": "{l}：{v}。",
    "full-width comma": "登记完毕，{l}{v}，请核对",
    "round brackets": "附件（{l}{v}）已收到",
    "black brackets": "附件{l}【{v}】已收到",
    "curly quotes": "附件{l}“{v}”已收到",
    "corner brackets": "附件{l}「{v}」已收到",
    "English sentence": "Please check the {e} {v}, thanks.",
    "English colon": "{e}: {v}",
    "chat line": "小王 10:02：{l}发你啦{v}收到回我",
    "JSON value": '{{"page": 1, "{c}": "{v}", "ok": true}}',
    "JSON in Chinese": '{{"{l}":"{v}","状态":"正常"}}',
    "CSV line": "上海,{l},{v},正常",
    "CSV in quotes": '"上海","{l}","{v}","正常"',
    "tab separated": "上海\t{l}\t{v}\t正常",
    "table cell": "| 上海 | {l} | {v} | 正常 |",
    "XML element": "<item><{c}>{v}</{c}></item>",
    "SQL statement": "UPDATE t SET {c} = '{v}' WHERE id = 7;",
    "log line": "2026-11-21 10:02:33,120 INFO [main] {c}={v} status=ok",
    "URL parameter": "GET /api/query?page=2&{c}={v}&size=20",
    "after underscore": "导出_{l}_{v}（终稿）",
    "line of its own": "{l}\n{v}\n以上信息属实",
    "no-break spaces": "{l}\u00a0{v}\u00a0属实",
    "full-width": "{l}{v}已登记",
    "zero-width inside": "{l}：{v}。",
    "between emoji": "{l}👉{v}👈",
}
NEUTRAL = {"l": "登记", "e": "entry", "c": "value", "s": ""}
"""Words that no recognizer has as context."""

_WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F) if chr(c).isalnum()})
_URL_SAFE = re.compile(r"[0-9A-Za-z._~-]+\Z")


def _widen(value: str) -> str:
    return value.translate(_WIDE)


def _split(value: str) -> str:
    middle = len(value) // 2
    return f"{value[:middle]}\u200b{value[middle:]}"


_CHANGES: dict[str, Callable[[str], str]] = {"full-width": _widen, "zero-width inside": _split}


class Placed(NamedTuple):
    """A text and where the value stands in it."""

    text: str
    start: int
    end: int


def place(name: str, value: str, words: dict[str, str]) -> Placed | None:
    """Put a value into a surrounding; None where it could not stand like that."""
    if name == "URL parameter" and not _URL_SAFE.match(value):
        return None  # would be percent-encoded
    if name in ("JSON value", "JSON in Chinese", "XML element") and re.search(r'[\\"<&\n]', value):
        return None  # would be escaped
    if name == "XML element" and not re.match(r"\w+\Z", words["c"]):
        return None
    if "\n" in value:
        return None
    value = _CHANGES[name](value) if name in _CHANGES else value
    before, after = SURROUNDINGS[name].split("{v}")
    left = before.format(**words)
    return Placed(left + value + after.format(**words), len(left), len(left) + len(value))
