"""A tagger's span of names cut into names: at commas and line ends, and where two stand without any mark between them."""

from __future__ import annotations

from collections.abc import Iterator

from piiscrub.parse.names_parts import japanese
from piiscrub.parse.names_zh import HAN, by_sound, frequent_surname, ordinary, possible, typical
from piiscrub.reference.surnames import compound
from piiscrub.text.late import late

_HAN_ONLY = late(f"[{HAN}]+")
_TRIM = " \t\r\n，。、；：,;:!！?？()（）[]【】\"“”'‘’<>《》|/~-—+=*#…@"
_BREAK = late(r"[、，,；;/\n\t|]|\s{2,}| (?:u[hm]+|uhm|er+m?|hm+) ")  # the last ones: what somebody says who thinks
_TWO, _LONGEST = 2, 4
_SOUND = 0.5  # of the characters: a foreign name


def each_name(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of a span, and of one that holds two names run together each of both: 张伟李强, as speech is written down.

    >>> text = "张伟李强、王小明"
    >>> [text[a:b] for a, b in each_name(text, 0, 8)]
    ['张伟', '李强', '王小明']
    """
    for low, high in _pieces(text, start, end):
        cut = _two_names(text[low:high]) if _LONGEST <= high - low <= _LONGEST + _TWO else 0
        if cut:
            yield low, low + cut
            low += cut  # noqa: PLW2901  # what is left of the same piece
        yield low, high


def _two_names(name: str) -> int:
    """Where the second of two names begins that stand without a mark between them; 0 if it is one, or nobody can say.

    >>> _two_names("张伟李建国"), _two_names("欧阳建国"), _two_names("张李建国")
    (2, 0, 0)
    """
    if not _HAN_ONLY.fullmatch(name) or possible(name) or japanese(name) or by_sound(name) > _SOUND or name[:_TWO] in compound():
        return 0
    cuts = [
        cut
        for cut in (_TWO, _TWO + 1)
        if all(
            _TWO <= len(part) <= _LONGEST - 1 and possible(part) and typical(part) == 1 and not ordinary(part)
            for part in (name[:cut], name[cut:])
        )
        and (len(name) - cut > _TWO or frequent_surname(name[cut:]))  # no 任大元帅
    ]
    return cuts[0] if len(cuts) == 1 else 0


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span cut at commas and line ends, without marks at its edges."""
    words = text[start:end].split(" ")
    if len(words) == _TWO and all(map(str.isalpha, words)) and len(words[1]) > 1:
        yield start, end  # as nearly all
        return
    at = start
    for m in [*_BREAK.finditer(text, start, end), None]:
        a, b = at, m.start() if m else end
        while a < b and text[a] in _TRIM:
            a += 1
        if text[b - 2 : b + 2].lower() == " c/o":
            b -= 2
        while b > a and text[b - 1] in _TRIM:
            b -= 1
        if b - a > 1:
            yield a, b
        if m:
            at = m.end()
