"""Mentions of a person in free text, and the same text with what is other people's masked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from piiscrub.lifecycle.known import Known
from piiscrub.model import entities
from piiscrub.parse.aliases import Roster
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.text.folding import read, read_each

MASK = "***"
_GAP = r"[\s\-.·()（）/]{0,2}"
_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;\n]+|$)|[^.]*\.\s")
_CONTEXT = 60  # characters around a mention where no sentence ends
# Found in texts without being anybody's.
_SLIGHT = ("DATE_TIME", "URL", "ORGANIZATION", "CN_SERVICE_PHONE", "LOCATION", "UNEXAMINED")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text speaks of her, and of others: half-open offsets. No repr shows the text."""

    text: str = field(repr=False)
    hers: tuple[tuple[int, int], ...]
    others: tuple[tuple[int, int], ...]

    def masked(self, *, whole: bool) -> str:
        """The text for her: what is others' masked. ``whole``: all of it; else the sentences that speak of her."""
        keep = [(0, len(self.text))] if whole else _sentences(self.text, self.hers)
        return " … ".join(_masked(self.text, start, end, self.others) for start, end in keep).strip()

    def by_line(self) -> tuple[Mention, ...]:
        """The same, one for each line that speaks of her."""
        lines: dict[int, list[tuple[int, int]]] = {}
        for span in self.hers:
            lines.setdefault(self.text.count("\n", 0, span[0]), []).append(span)
        return tuple(replace(self, hers=tuple(spans)) for spans in lines.values())


class Reader:
    """Looks for one person in texts.

    ``forms`` are her identifiers; ``shared`` those that others have too: beside her name they count.
    """

    def __init__(self, known: Known, forms: Iterable[str], shared: Iterable[str] = ()) -> None:
        self._known = known
        self._forms = frozenset(forms)
        self._pattern = _pattern(self._forms)
        self._shared = _pattern(shared := tuple(shared))
        self._names = _literal(known.names)
        self._least = min(map(len, (*self._forms, *shared)), default=0)

    def holds(self, texts: Sequence[str]) -> list[bool]:
        """Whether each text holds an identifier of hers."""
        long = [len(text) >= self._least and bool(text) for text in texts]
        folded = iter(read_each([text for text, asked in zip(texts, long, strict=True) if asked]))
        return [asked and self._holds(text, next(folded).folded) for text, asked in zip(texts, long, strict=True)]

    def holds_any(self, text: str) -> bool:
        """The same of one text."""
        return self.holds((text,))[0]

    def names(self, texts: Sequence[str]) -> list[bool]:
        """Whether each text holds a whole name of hers: it may mean somebody else who is called the same."""
        return [self._names is not None and bool(text) and self._names.search(text) is not None for text in texts]

    def _holds(self, text: str, folded: str) -> bool:
        if self._pattern is not None and self._pattern.search(folded):
            return True
        named = self._names is not None and self._names.search(text) is not None
        return named and self._shared is not None and self._shared.search(folded) is not None

    def read(self, text: str, *, linked: bool, people: Sequence[str] = ()) -> Mention | None:
        """What a text says of her.

        Args:
            linked: the row or document is hers in another way: then her names count too, and what may mean somebody else of
                the same row does not.
            people: names of others in the same row.
        """
        hers = self._identifiers(text)
        if not hers and not linked:
            return None
        found = _scrubber().scan(text)
        spans = [(one.start, one.end, one.entity) for one in found.findings if one.entity not in _SLIGHT]
        named = [(start, end, text[start:end]) for start, end, entity in spans if entities.is_a(entity, "PERSON")]
        others = [*people, *(name for _, _, name in named if self._known.called(name) == "other")]
        hers += self._names_in(text, named, others)
        hers = _joined(hers)
        theirs = [(start, end) for start, end, _ in spans if not any(a < end and start < b for a, b in hers)]
        return Mention(text, tuple(hers), tuple(_joined(theirs))) if hers else None

    def mask(self, text: str) -> str:
        """A text of her row in which nothing speaks of her by name: others in it are masked all the same."""
        spans = []
        for one in _scrubber().scan(text).findings:
            value = text[one.start : one.end]
            if one.entity not in _SLIGHT and self._known.called(value) not in ("full", "weak"):
                spans.append((one.start, one.end))
        return _masked(text, 0, len(text), _joined(spans))

    def _identifiers(self, text: str) -> list[tuple[int, int]]:
        if self._pattern is None:
            return []
        folded = read(text)
        return [folded.original(*found.span()) for found in self._pattern.finditer(folded.folded)]

    def _names_in(self, text: str, named: Sequence[tuple[int, int, str]], others: Sequence[str]) -> list[tuple[int, int]]:
        found = [match.span() for match in self._names.finditer(text)] if self._names else []
        if not self._known.names:
            return found
        mine = len(self._known.names)
        roster = Roster([*self._known.names, *others])
        for start, end, name in named:
            match = roster.find(name)
            if match.person is not None and match.person < mine:
                found.append((start, end))
        # A longer name that only begins like hers (张伟 in 张伟东) is somebody else.
        longer = [(start, end) for start, end, name in named if self._known.called(name) == "other"]
        return [(a, b) for a, b in found if not any(start <= a and b <= end and (start, end) != (a, b) for start, end in longer)]


def _pattern(forms: Iterable[str]) -> re.Pattern[str] | None:
    """Every spelling of an identifier, where no other letter or digit touches it."""
    every = sorted(forms, key=lambda one: (-len(one), one))
    if not every:
        return None
    alternatives = [re.escape(one) if "@" in one else _GAP.join(map(re.escape, one)) for one in every]
    joined = "|".join(alternatives)
    return re.compile(rf"(?<![0-9A-Za-z@.])(?:\+?86{_GAP}|\+1{_GAP}|0+)?(?:{joined})(?![0-9A-Za-z@])", re.IGNORECASE)


def _literal(names: Sequence[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    each = [re.escape(one) if not one.isascii() else rf"\b{re.escape(one)}\b" for one in names if len(one) > 1]
    return re.compile("|".join(each), re.IGNORECASE) if each else None


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    done: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if done and start < done[-1][1]:
            done[-1] = (done[-1][0], max(done[-1][1], end))
        else:
            done.append((start, end))
    return done


def _masked(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    parts, at = [], start
    for a, b in spans:
        if b <= start or a >= end:
            continue
        parts += [text[at : max(a, start)], MASK]
        at = min(b, end)
    return "".join([*parts, text[at:end]])


def _sentences(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences in which spans stand; a stretch around them where sentences are long."""
    ends = [found.span() for found in _SENTENCE.finditer(text) if found.end() > found.start()]
    wanted = []
    for a, b in spans:
        start = min((s for s, e in ends if s < b and a < e), default=a)
        end = max((e for s, e in ends if s < b and a < e), default=b)
        wanted.append((max(start, a - _CONTEXT), min(end, b + _CONTEXT)))
    return _joined(wanted)


@lru_cache(maxsize=1)
def _scrubber() -> Scrubber:
    return Scrubber(policy="review", ner="default")
