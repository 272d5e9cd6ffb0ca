"""Rows of a person's particulars, as courts, the police and lists write them: 张某，男，45岁，汉族，已婚，初中文化."""

from __future__ import annotations

from collections.abc import Iterator

from piiscrub.text.late import late

ROW = 80
"""Characters of particulars behind the sex or the age; an identity number and its label fit in."""

_SIGNS = "男女岁"
_SEX = late(r"[男女]性?[，,、；;| ]")
_AGE = late(r"岁[，,、；;| ]")
_OVER = late("[。\n]")
_NEXT = late(r"[，,、；;。|\s]")


def rows(text: str) -> Iterator[tuple[int, int]]:
    """Where the particulars behind a sex or an age may stand that is a clause of its own; no two of them overlap.

    >>> text = "王某，女，已婚。男女老少都来，8岁的孩子"
    >>> [text[a:b] for a, b in rows(text)]
    ['，已婚']
    """
    done = 0
    for at in sorted(at for sign in _SIGNS for at in _places(text, sign)):
        if at >= done and at and _told(text, at):
            over = _OVER.search(text, at, at + ROW) or _NEXT.search(text, at + ROW)  # cut between two words
            done = over.start() if over else len(text)
            yield at + 1, done


def _places(text: str, sign: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def _told(text: str, at: int) -> bool:
    if text[at] == "岁":
        return (text[at - 1].isdigit() or text[at - 1] in "一二三四五六七八九十") and _AGE.match(text, at) is not None
    return text[at - 1] in "，,、；;| (（" and _SEX.match(text, at) is not None
