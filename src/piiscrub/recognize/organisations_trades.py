"""Firms that no form word ends: two characters that are no word, the trade, and somebody of the firm: 测宏物流的司机."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.parse.names_zh import HAN, grammar, han_at
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.names_edges import announced
from piiscrub.reference.places import places
from piiscrub.reference.surnames import single
from piiscrub.reference.words import is_common, name_words
from piiscrub.text.late import late

_ID = "organisations"
_STEM = 2
_LEADS = frozenset("的在是和与跟给找由请让被向到去问")
_EMPLOYER = late(
    "(?:单位|公司|雇主|商家|商户|店铺|供应商|承运商|合作方|就职于|任职于|就职|任职|甲方|乙方|丙方|你们|我们)[：: ]{0,2}$"
)
_ALWAYS = frozenset(("人寿", "财险"))


@cache
def _trades() -> re.Pattern[str]:
    words = sorted(name_words("trade"))
    # One class of characters in front lets the search skip ahead; the words are compared where it stops.
    firsts, seconds = ("".join(sorted({word[at] for word in words})) for at in (0, 1))
    return re.compile(f"[{firsts}](?=[{seconds}])(?<=(?=(?:{'|'.join(words)}))[{firsts}]).")


@cache
def _somebody() -> re.Pattern[str]:
    """Who may stand behind a firm: its driver, its 王哥."""
    roles = "|".join(sorted(name_words("role") | name_words("title"), key=lambda w: (-len(w), w)))
    short = "".join(sorted(name_words("short")))
    return re.compile(
        f"的(?:{roles}|负责人|工作人员|[老小][{HAN}]|[{''.join(sorted(single()))}][{short}])|负责人|业务员|客服|法定代表人"
    )


def firms_by_trade(text: str) -> Iterator[Finding]:
    """Firms named by two characters and a trade, where the text says that somebody works there.

    >>> text = "供应商测宏物流的司机，冷链物流的司机，测宏物流很快"
    >>> [text[f.start : f.end] for f in firms_by_trade(text)]
    ['测宏物流']
    """
    for m in _trades().finditer(text):
        start, end = m.start() - _STEM, m.end()
        if start < 0 or not all(han_at(text, at) and not grammar(text[at]) for at in (start, start + 1)):
            continue
        stem, known = text[start : start + _STEM], places()
        if stem in known or stem in name_words("trade_kind") or (is_common(stem) and m.group() not in _ALWAYS):
            continue
        city = text[max(0, start - 2) : start] in known
        if city:
            start -= 2
        employer = _EMPLOYER.search(text, max(0, start - 8), start) is not None
        joined = han_at(text, start - 1)
        if joined and not (employer or text[start - 1] in _LEADS or announced(text, start)):
            continue
        if not (employer or city) and joined and is_common(text[start - 1 : start + 1]):
            continue
        if _somebody().match(text, end) or (not han_at(text, end) and (employer or (city and _a_line(text, start, end)))):
            yield Finding("ORGANIZATION", start, end, worth.TRADE, _ID, "trade")


def _a_line(text: str, start: int, end: int) -> bool:
    return (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")
