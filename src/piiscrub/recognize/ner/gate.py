"""Cheap questions about a text, asked before any model is loaded."""

from __future__ import annotations

from piiscrub.text.late import late

# The blocks of Han characters: unified, extension A, compatibility, and the supplementary planes 2 and 3.
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN = late(f"[{HAN}]")
_READABLE = late(f"[A-Za-z\u00c0-\u024f{HAN}]")
# Chinese punctuation ends an English stretch as Han does; full-width letters were folded before or count as Chinese typing.
_FOREIGN = late(f"[^{HAN}\u3001-\u303f\uff01-\uff60“”‘’…—]+")


def has_han(text: str) -> bool:
    """True if a Han character is anywhere in the text.

    >>> has_han("Invoice for 王小明"), has_han("Invoice")
    (True, False)
    """
    return not text.isascii() and _HAN.search(text) is not None


def readable(text: str) -> bool:
    """True if a Han character or a Latin letter is in the text: of other scripts the models know nothing.

    >>> readable("李娜"), readable("Zoë"), readable("שלום")
    (True, True, False)
    """
    return _READABLE.search(text) is not None


def foreign_stretches(text: str) -> list[tuple[int, int]]:
    """Where the text runs on without Han characters and Chinese punctuation: what an English tagger may read.

    >>> foreign_stretches("请联系 John Smith，谢谢")
    [(3, 14)]
    """
    if not has_han(text):
        return [(0, len(text))]
    return [match.span() for match in _FOREIGN.finditer(text)]
