"""Names in idioms, dishes and signs of medicine, where they are nobody's: 东施效颦, Victoria sponge, coals to Newcastle."""

from __future__ import annotations

from functools import cache

from piiscrub.reference.tables import rows

_REACH = 32  # characters of the longest phrase


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    return {name: tuple(phrases.split("|")) for name, phrases in rows("set_phrases")}


def in_set_phrase(text: str, start: int, end: int) -> bool:
    """Whether a name is part of a phrase in which it names nobody and no place.

    >>> text = "carrying coals to Newcastle"
    >>> in_set_phrase(text, 18, 27), in_set_phrase("trains to Newcastle", 10, 19)
    (True, False)
    """
    name = text[start:end].lower()
    known = _phrases()
    phrases = known.get(name.removesuffix("'s")) or known.get(name.partition(" ")[0])
    if phrases is None:
        return False
    low = max(0, start - _REACH)
    around = text[low : end + _REACH].lower().replace("’", "'")
    for phrase in phrases:
        at = around.find(phrase)
        while at >= 0:
            whole = not (phrase[0].isascii() and around[at - 1 : at].isalnum() and at)
            if whole and low + at <= start and end <= low + at + len(phrase) + 2:
                return True
            at = around.find(phrase, at + 1)
    return False
