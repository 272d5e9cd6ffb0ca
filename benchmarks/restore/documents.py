"""Documents with personal information and with traps, and what a stranger may do to them while they are out.

All values are invented: mobiles of a segment that is not given out, example domains, names drawn from short lists.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

PLACEHOLDER = re.compile(r"<([A-Z][A-Z_]*)_([0-9]+)>")
TRAPS = (
    "<CN_MOBILE_1>", "模板＜PERSON_2＞", "&lt;EMAIL_ADDRESS_1&gt;", "变量 CN_MOBILE_3 不变", r"\<PERSON\_1\>", "<LITERAL_1>",
    "<item-4>", "a < b > c", "if x<3 and y>2", "5 &lt; 6", "C:\\temp\\", "snake_case_1", "<br/>", "＜＞", "PERSON_", "_1",
    "<PERSON", "EMAIL_ADDRESS_2x",
)  # fmt: skip
AROUND = (
    "您好，",
    "\n\n## 摘要\n",
    "Dear colleague, ",
    "——",
    "“引用”",
    " *bold* ",
    "1. ",
    "<p>",
    "</p>",
    "&nbsp;",
    "（完）",
    "PERSON",
    " ",
)
SENTENCES = (
    "请回电{mobile}，或写信到{mail}。", "客户的手机是{mobile}，备用{mobile2}。", "Call {mobile} or write to {mail}.",
    "身份证号{card}，联系电话{mobile}。", "from={mail} ip={ip} tel={mobile}", "收件：{mobile}；抄送 {mail}，{mail2}",
)  # fmt: skip


def document(chance: random.Random, number: int) -> str:
    """One document: sentences with values, traps between them."""
    parts: list[str] = []
    for _ in range(chance.randint(1, 5)):
        values = {
            "mobile": mobile(chance), "mobile2": mobile(chance), "mail": mail(chance), "mail2": mail(chance),
            "ip": f"192.0.2.{chance.randrange(256)}", "card": "11010519491231002X",
        }  # fmt: skip
        parts.append(chance.choice(SENTENCES).format(**values))
        if chance.random() < 0.5:
            parts.append(chance.choice(TRAPS))
        parts.append(chance.choice(("\n", " ", "，", "")))
    return f"第{number}份：" + "".join(parts)


def mobile(chance: random.Random) -> str:
    plain = f"142{chance.randrange(10**8):08}"
    return chance.choice((plain, plain, f"{plain[:3]}-{plain[3:7]}-{plain[7:]}", f"{plain[:3]} {plain[3:7]} {plain[7:]}"))


def mail(chance: random.Random) -> str:
    return f"{chance.choice(('li.na', 'wang_wei', 'sam', 'x-y'))}{chance.randrange(1000)}@example.{chance.choice(('com', 'org'))}"


def _bare(body: str) -> str:
    return body


FORMS: tuple[Callable[[str], str], ...] = (
    lambda body: f"<{body}>",
    lambda body: f"<{body.lower()}>",
    lambda body: f"<{body.title()}>",
    lambda body: f"＜{body}＞",
    lambda body: f"&lt;{body}&gt;",
    lambda body: f"<{body}>".replace("_", r"\_"),
    lambda body: rf"\<{body}\>".replace("_", r"\_"),
    lambda body: f"<{body.replace('_', ' ')}>",
    lambda body: f"<{body.replace('_', '-')}>",
    _bare,
)
"""The forms of a placeholder that are understood; the last one only where it stands alone."""

_BESIDE = re.compile(r"[A-Za-z0-9０-９Ａ-Ｚａ-ｚ_<>＜＞\\&;]")


def changed(chance: random.Random, sent: str, original: str) -> tuple[str, str]:
    """What may come back of a scrubbed text, and what its restored text must then be.

    Placeholders change their form; text is put before and after. ``original`` is the text that was scrubbed.
    """
    pieces: list[str] = []
    at = 0
    for found in PLACEHOLDER.finditer(sent):
        form = chance.choice(FORMS)
        alone = not _BESIDE.match(sent[found.start() - 1 : found.start()]) and not _BESIDE.match(
            sent[found.end() : found.end() + 1]
        )
        if form is _bare and not alone:
            form = FORMS[0]
        pieces += (sent[at : found.start()], form(found[0][1:-1]))
        at = found.end()
    before, after = chance.choice(AROUND), chance.choice(AROUND)
    body = "".join([*pieces, sent[at:]])
    if not body[0].isascii() and (body[-1] in "。\n，；" or not body[-1].isascii()):
        return before + body + after, before + original + after
    return body, original


def pieces(chance: random.Random, text: str) -> list[str]:
    """The text in pieces of random lengths."""
    done: list[str] = []
    at = 0
    while at < len(text):
        step = chance.choice((1, 2, 3, 7, 20, 80))
        done.append(text[at : at + step])
        at += step
    return done
