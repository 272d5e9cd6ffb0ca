"""Text in Latin letters: its letters, and where a text runs on in them, the only places where English rules look."""

from __future__ import annotations

from collections.abc import Iterator

from piiscrub.text.late import late

UPPER = "A-ZÀ-ÖØ-ÞĀ-ſΑ-ΩΆΈΉΊΌΎΏА-ЯЁ"
LOWER = "a-zß-öø-ÿά-ώа-яё"
LETTER = f"{UPPER}{LOWER}Ā-ſ"
"""Letters of Latin, Greek and Cyrillic scripts, for the class of a pattern."""

_HAN = "\u2e80-\u9fff\uac00-\ud7af"
_STRETCH = late(f"[A-Za-z0-9][^{_HAN}]*")
_SHORTEST = 5
_CAPITAL = late("[A-ZÀ-ÞĀ-ſΑ-Ωa-z]")


def holds(text: str, low: int, high: int, *words: str) -> bool:
    """Whether one of these words stands between two places. A long text has thousands of stretches, and none may read all of it.

    >>> holds("Testweg 1, Testham", 0, 9, "weg", "gasse"), holds("Testweg 1, Testham", 0, 9, "ham")
    (True, False)
    """
    for word in words:  # noqa: SIM110  # any() takes twice as long, and this is asked ten times for each text
        if text.find(word, low, high) >= 0:
            return True
    return False


def latin_stretches(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every stretch without Han characters that holds letters.

    >>> list(latin_stretches("请联系 John Smith，谢谢"))
    [(4, 15)]
    """
    if text.isascii():
        if text:
            yield 0, len(text)
        return
    for m in _STRETCH.finditer(text):
        start, end = m.span()
        if end - start >= _SHORTEST and _CAPITAL.search(text, start, end):
            yield start, end
