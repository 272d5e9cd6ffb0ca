"""Folding: the same text in the shapes patterns are written in, one code point for one code point.

Full-width forms, look-alike digits and hyphens, and the forms of the check letter X (rule book G2) become ASCII; runs of
Chinese digits (rule book G3) and of circled or raised ones become digits. Offsets therefore never move. Only zero-width
characters and the spaces of a line spread over its field (spread.py) are taken out, and what is read (``read``) has its codes
(escapes.py) replaced by characters; then an offset map leads back.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from functools import partial
from typing import NamedTuple

from piiscrub.errors import InputError
from piiscrub.text import spread
from piiscrub.text.classes import Classes, places, texts_at
from piiscrub.text.escapes import CODE_SIGNS, may_hold_codes, may_hold_lettered_codes, without_codes


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for first in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50):  # Arabic, Persian, Devanagari, Bengali, Thai digits
        table.update({first + i: str(i) for i in range(10)})
    for first in range(0x1D7CE, 0x1D800, 10):  # mathematical digits
        table.update({first + i: str(i) for i in range(10)})
    table.update(dict.fromkeys((0x3000, 0x00A0, 0x2002, 0x2003, 0x2005, 0x2007, 0x2009, 0x202F), " "))
    table.update(dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE63, 0x2043), "-"))
    table.update(dict.fromkeys((0x00D7, 0x2169, 0x2179, 0x0425, 0x0445), "X"))
    table.update(dict.fromkeys((0x2022, 0x2027, 0x30FB, 0xFF65, 0x22C5), "·"))
    table.update({0x2217: "*", 0x204E: "*", 0x2716: "*", 0x25CF: "*", 0x2588: "*", 0x25A0: "*"})
    return table


_TABLE = _table()
# Full-width punctuation stands in nearly every Chinese sentence and decides nothing on its own, so it stays as it is;
# patterns that accept brackets or colons name both widths. A circled digit stays too: ①13800138000 is a list, not a number.
_IDLE = frozenset("！＂，：；？（）［］｛｝～｀＜＞｜")
# Only a set of characters of the basic plane lets a search skip ahead at memory speed, and only as [x][x]*, not as [x]+.
_ACTIVE = "".join(chr(code) for code in _TABLE if chr(code) not in _IDLE)
_BASIC = "".join(re.escape(sign) for sign in _ACTIVE if ord(sign) < 0x10000)
_ZERO_WIDTH_RANGES = ((0xAD, 0xAD), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x2069), (0xFEFF, 0xFEFF))
_ZERO_WIDTH_CHARS = "".join(chr(code) for first, last in _ZERO_WIDTH_RANGES for code in range(first, last + 1))
_TOUCHED = re.compile(f"[{_BASIC}{_ZERO_WIDTH_CHARS}]")
_FOLDABLE = re.compile(f"[{_BASIC}][{_BASIC}]*")
_BEYOND = re.compile("[\U0001d7ce-\U0001d7ff]")
_ZERO_WIDTH = re.compile(f"[{_ZERO_WIDTH_CHARS}]")

_HAN_DIGIT = dict(zip("〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两洞拐勾", "000123456789123456789" + "12079", strict=True))
for _first in (0x2460, 0x2776, 0x2780, 0x278A):  # circled, of four kinds: seven in a row number no list
    _HAN_DIGIT.update({chr(_first + i): str(i + 1) for i in range(9)})
for _digits in ("⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"):
    _HAN_DIGIT.update({digit: str(i) for i, digit in enumerate(_digits)})
_HAN_DIGIT.update({"⓪": "0", "⓿": "0"})
_HAN_RUN = re.compile(f"[{''.join(_HAN_DIGIT)}][{''.join(_HAN_DIGIT)}]{{6,}}")
_MARKS = Classes(_ACTIVE + _ZERO_WIDTH_CHARS + CODE_SIGNS, _HAN_DIGIT, *spread.SETS)
_MANY = 100_000  # characters of several texts: a full batch, and seldom the last one
_COUNT = "123456789"
HAN_TABLE = str.maketrans(_HAN_DIGIT)
# Of seven characters in a row, every third of a text holds two or three: a third of the text tells whether there is a run.
_HAN_TWO = re.compile(f"[{''.join(_HAN_DIGIT)}][{''.join(_HAN_DIGIT)}]")


class Text(NamedTuple):
    """A text and its folded form.

    ``folded`` is what recognizers read. ``raw`` is what the caller handed in. Without zero-width characters the two
    have the same length and offsets agree; with them, or with spread words, ``original`` maps a folded span back. ``removed``:
    before which characters of ``folded`` what was taken out stood. ``further``: the places, before those were removed, of what
    codes became, once for each character of a code beyond its first.
    """

    raw: str
    folded: str
    removed: tuple[int, ...] = ()
    further: tuple[int, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        r"""The span of ``raw`` that the span of ``folded`` came from.

        >>> t = fold("a\u200b1")
        >>> t.folded, t.original(1, 2)
        ('a1', (2, 3))
        """
        if self.removed:
            start, end = start + bisect_right(self.removed, start), end + bisect_right(self.removed, end - 1)
        if self.further:
            start, end = start + bisect_left(self.further, start), end + bisect_right(self.further, end - 1)
        return start, end

    def folded_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``folded`` that a span of ``raw`` became."""
        if self.further:
            within = [i + k + 1 for k, i in enumerate(self.further)]  # positions in raw of all but the first of each code
            start, end = start - bisect_right(within, start), end - bisect_right(within, end - 1)
        before = [i + k for k, i in enumerate(self.removed)]  # positions in raw of what was taken out
        return start - bisect_right(before, start - 1), end - bisect_right(before, end - 1)

    def coded(self, place: int) -> bool:
        """Whether a code stood where this character of ``folded`` stands."""
        place += bisect_right(self.removed, place)
        at = bisect_left(self.further, place)
        return at < len(self.further) and self.further[at] == place

    def __repr__(self) -> str:
        return f"Text({len(self.raw)} characters)"


_text = partial(tuple.__new__, Text)  # a third of the price of calling the class


def fold(raw: str) -> Text:
    """Fold a text for scanning; costs one or two linear passes when there is nothing to fold.

    >>> fold("证件：１１０１０５１９４９１２３１００２Ｘ").folded
    '证件：11010519491231002X'

    Raises:
        InputError: if ``raw`` is no str.
    """
    if not isinstance(raw, str):
        raise InputError.not_text(raw, where="scan")
    if raw.isascii():
        return _text((raw, raw, (), ()))
    folded = raw
    removed: tuple[int, ...] = ()
    if _TOUCHED.search(raw):
        if spots := [m.start() for m in _ZERO_WIDTH.finditer(raw)]:
            folded = _ZERO_WIDTH.sub("", raw)
            removed = tuple(spot - k for k, spot in enumerate(spots))
        folded = _FOLDABLE.sub(_fold_run, folded)
    if " " in folded and (spaces := spread.spread_spaces(folded)):
        folded, removed = _without(folded, spaces, removed)
    if sys.getsizeof(folded) > 3 * len(folded):  # four bytes a character (PEP 393): some lie beyond the basic plane
        folded = _BEYOND.sub(_fold_run, folded)
    if _HAN_TWO.search(folded[::3]):
        folded = _HAN_RUN.sub(_figures, folded)
    return _text((raw, folded, removed, ()))


def read(raw: str) -> Text:
    r"""Fold a text for scanning, with characters in place of their codes.

    >>> t = read(r"\u5f20\u4f1f13800138000")
    >>> t.folded, t.original(2, 13)
    ('张伟13800138000', (12, 23))

    Raises:
        InputError: if ``raw`` is no str.
    """
    if not isinstance(raw, str):
        raise InputError.not_text(raw, where="scan")
    if may_hold_codes(raw):
        decoded, further = without_codes(raw)
        if further:
            return fold(decoded)._replace(raw=raw, further=further)
    return fold(raw)


def read_each(texts: Collection[str]) -> list[Text]:
    """``read`` for each text of a batch; which of them hold nothing to fold is told for all at once, at a quarter of the price.

    >>> [text.folded for text in read_each(["证件：１２", "没有"])]
    ['证件：12', '没有']
    """
    together = "\n".join((*texts, "", ""))
    marks = _MARKS.marks(together, load=len(together) >= _MANY)
    if marks is None:
        return [read(text) for text in texts]
    coded = may_hold_lettered_codes(together)
    active, digits = marks & 1, marks >> 1 & 1
    # Three digits in a row are rare enough to let fold() see whether there are seven.
    held = texts_at(places(active[:-2] | digits[:-2] & digits[1:-1] & digits[2:]), texts)
    held |= texts_at(spread.hints(marks >> 2), texts)
    return [
        read(text) if number in held or (coded and may_hold_lettered_codes(text)) else _text((text, text, (), ()))
        for number, text in enumerate(texts)
    ]


def _without(text: str, spots: Sequence[int], removed: Sequence[int]) -> tuple[str, tuple[int, ...]]:
    """The text without its characters at these spots, and before which of the others something stood in all."""
    ends = (*spots, len(text))
    kept = "".join(text[start:end] for start, end in zip((0, *(spot + 1 for spot in spots)), ends, strict=True))
    earlier = (spot - bisect_left(spots, spot) for spot in removed)
    return kept, tuple(sorted((*earlier, *(spot - k for k, spot in enumerate(spots)))))


def _figures(run: re.Match[str]) -> str:
    """The row in figures, but for circled ones that count up: they number what stands elsewhere."""
    digits = run.group().translate(HAN_TABLE)
    return run.group() if _COUNT.startswith(digits) and unicodedata.category(run.group()[0]) == "No" else digits


def _fold_run(run: re.Match[str]) -> str:
    return run.group().translate(_TABLE)
