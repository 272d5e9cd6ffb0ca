"""Chinese given names behind what somebody is to the writer: 我妹妹一帆, 她弟浩宇, 我爸管建国.

Families and friends are called by the given name alone, so no surname says that it is one. The words before it do, where
somebody owns them (我, 她); what follows must be no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.parse.names_zh import grammar, han_at, ordinary, possible, typical
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.names_edges import ends_here
from piiscrub.recognize.near import Near
from piiscrub.recognize.ner.tagger import MAYBE, PERSON, Span
from piiscrub.reference.words import given_characters, is_common, name_words

_ID = "names"
_HOUSE = frozenset("家住今明昨前后刚正当")
"""What goes on behind a given name besides the words of grammar: 福生家在, 建国今年."""


@cache
def _kin() -> re.Pattern[str]:
    """Somebody's and what one is to them. A set in front lets the search run at memory speed."""
    words = sorted(name_words("kin"), key=lambda w: (-len(w), w))
    firsts = "".join(sorted({word[0] for word in words}))
    return re.compile(f"[我俺咱你您他她](?=[{firsts}们家的])(?:们|家)?的?(?:{'|'.join(words)})")


@cache
def _named_so() -> re.Pattern[str]:
    """A relative whose name is told: 儿子叫建军."""
    words = sorted((word for word in name_words("kin") if len(word) > 1), key=lambda w: (-len(w), w))
    return re.compile(f"(?:{'|'.join(words)})(?:名|[小大]名)?叫")


def kin_names(text: str, spans: Sequence[Span] | None) -> Iterator[Finding]:
    """Given names, and full ones, right behind 我妹妹 and alike; ``spans`` come from a tagger, None if none ran.

    >>> text = "我妹妹一帆在惠州，她弟浩宇也在，我妈明天来，我爸管建国住那儿"
    >>> [text[f.start : f.end] for f in kin_names(text, None)]
    ['一帆', '浩宇', '管建国']
    """
    near = Near(spans or ())
    told = _named_so().finditer(text) if "叫" in text else ()
    for m in (*_kin().finditer(text), *told):
        start = m.end()
        if not han_at(text, start + 1) or not han_at(text, start) or is_common(text[start - 1 : start + 1]):
            continue
        ours = near(start, start + 3)
        if any(s.label not in (PERSON, MAYBE) for s in ours):
            continue  # 我弟海洋大学毕业
        end = _end(text, start, seen={s.end for s in ours})
        if end:
            yield Finding("PERSON", start, end, worth.KIN_SEEN if ours else worth.KIN, _ID, "kin", context=(m.group(),))


def _end(text: str, start: int, *, seen: set[int]) -> int:
    """Where the name ends, 0 if there is none."""
    for size in (3, 2):
        end = start + size
        name = text[start:end]
        if len(name) < size or not han_at(text, end - 1) or ordinary(name) or any(map(grammar, name)):
            continue
        full = possible(name) and typical(name) == 1 and not is_common(name[:2])
        given = size < 3 and all(c in given_characters() for c in name)
        ends = end in seen or ends_here(text, end) or _goes_on(text, end)
        described = given and not full and not seen and is_common(text[end : end + 2])  # 我姐美丽大方
        if (full or given) and ends and not described:
            return end
    return 0


def _goes_on(text: str, end: int) -> bool:
    return text[end] in _HOUSE and not is_common(text[end - 1 : end + 1])
