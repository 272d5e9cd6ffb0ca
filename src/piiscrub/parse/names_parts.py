"""Names in Chinese text that follow no Chinese pattern: Japanese family names, Tibetan names of two words, spaced characters."""

from __future__ import annotations

import re
from functools import cache

from piiscrub.reference.surnames import compound, single
from piiscrub.reference.tables import rows
from piiscrub.reference.words import is_common
from piiscrub.text.late import late

_HAN = "\u4e00-\u9fff々"
_SPACED = late(
    f"(?=(?P<name>[{_HAN}](?P<gap>[ \u3000]{{1,4}})[{_HAN}](?:(?P=gap)[{_HAN}])?)(?P<more>(?P=gap)[{_HAN}](?![{_HAN}]))?)"
)

_FIELD = late("[ \u3000]{1,4}(?:性[ \u3000]{1,4}别|民[ \u3000]{1,4}族|出[ \u3000]{1,4}生|年[ \u3000]{1,4}龄)")


@cache
def _parts(kind: str) -> frozenset[str]:
    return frozenset(part for row in rows("name_parts_zh") if row[0] == kind for part in row[1].split())


@cache
def _tibetan() -> re.Pattern[str]:
    known = sorted(_parts("tibetan"))
    first, second = ("".join(sorted({word[at] for word in known})) for at in (0, 1))
    return re.compile(f"[{first}](?=[{second}])(?<=(?=(?P<name>(?:{'|'.join(known)}){{2}}))[{first}])")  # sets first: much faster


def japanese(name: str) -> bool:
    """True for a Japanese family name with one to three characters behind it.

    >>> japanese("佐藤健一"), japanese("佐藤"), japanese("王建国")
    (True, False, False)
    """
    known = _parts("japanese")
    return (2 < len(name) < 6 and name[:2] in known) or (3 < len(name) < 7 and name[:3] in known)


def tibetan(text: str) -> list[tuple[int, int]]:
    """Places of names made of two Tibetan words.

    >>> tibetan("由扎西次仁签收")
    [(1, 5)]
    """
    found: list[tuple[int, int]] = []
    for m in _tibetan().finditer(text):
        if not found or m.start("name") >= found[-1][1]:
            found.append(m.span("name"))
    return found


def spaced(text: str) -> list[tuple[int, int]]:
    """A surname and one or two characters with the same gap between them, as typed to fill a field.

    They may lie within a line that is spaced all along; whoever asks must have a reason to take them for a name.

    >>> spaced("姓名：王 小 明，"), spaced("我 们 走")
    ([(3, 8)], [])
    """
    if " " not in text and "\u3000" not in text:
        return []
    found: list[tuple[int, int]] = []
    for m in _SPACED.finditer(text):
        start, end = m.span("name")
        letters = "".join(text[start:end].split())
        before = start - len(m["gap"])
        within = before > 0 and text[before:start] == m["gap"] and "\u4e00" <= text[before - 1] <= "\u9fff"
        labelled = within and text.endswith(f"姓{m['gap']}名", 0, before)  # spaced like its value, as the next label may be
        within = within and not labelled
        alone = before < 2 or not "\u4e00" <= text[before - 2] <= "\u9fff"
        if labelled and m["more"] and (field := _FIELD.search(text, start, m.end("more") + 10)):
            end = field.start()
            letters = "".join(text[start:end].split())
        elif m["more"] and letters[:2] in compound():
            end = m.end("more")
            letters += text[end - 1]
        elif m["more"] or (within and alone):
            continue
        if len(letters) == 3 and is_common(text[end - 1 : end + 1]):
            end, letters = start + 2 + len(m["gap"]), letters[:2]  # 王 刚 电话
        if (letters[0] in single() or letters[:2] in compound()) and (not found or start >= found[-1][1]):
            found.append((start, end))
    return found
