"""What an English name is a name of: the tagger's doubts, what lists know, and the words beside it, weighed together.

A tagger often sees that something is named and cannot say what: a given name it never met, a firm without a company form, a
town behind "day 3". Its label is then the best of four small shares, under a score that nothing is reported for. Here each
kind of evidence adds to the odds of each label, so that several weak signs make one finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from math import exp, log
from typing import NamedTuple

from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.names_social import social
from piiscrub.recognize.near import Near
from piiscrub.recognize.ner.en_capitals import likely_name
from piiscrub.recognize.ner.en_lists import is_firm, is_place, is_small_word
from piiscrub.recognize.ner.gate import has_han
from piiscrub.recognize.ner.tagger import ADDRESS, LABELS, LOCATION, ORGANIZATION, PERSON, UNSURE, DoubtedSpan, Span
from piiscrub.reference.words import cue_words, is_listed, name_cues, street_words
from piiscrub.text.late import late


class Odds(NamedTuple):
    """What a sign adds to the logarithms of the odds: that something is named, and what."""

    named: float = 0.0
    person: float = 0.0
    place: float = 0.0
    firm: float = 0.0


_BESIDE_SOMEBODY, _FILLS_CELL, _IN_A_POST = Odds(0.8, 1.0), Odds(0.8), Odds(-1.0)
_JOINTS = frozenset((", ", " and ", " & ", "/", ", and "))
_SAYS_SO = 1.0  # from here on words beside a name say that it is somebody's
_REACH = 40  # characters read on either side
_CUT = late(r"[ ,;:-]*[({\[<|].*|[ ,;:]+(?:[0-9]{1,3}%|[0-9]{5,}).*|[ ]*[&–—-]$", re.DOTALL)  # Jane (ID 1; Jane 60%; Jane &
_ROLE_LEAD = late(r"(?P<role>[A-Z][a-z]+) (?=[A-ZÀ-Þ])")
_SHORT_LEAD = late(r"[A-Z]{1,4}\.? (?=[A-ZÀ-Þ][a-zß-ÿ])")  # GP Jane; RM Jane
_CODE = late(r"[A-Z]{1,5}[/&]?[A-Z]{0,4}")
_CELL_BEGINS, _CELL_ENDS = frozenset("\t;|\"',"), late(r"[\t;|\"'\n]|,[^ ]|$")
_INITIALS = late(r"[A-Z]\.(?:[ ]?[A-Z]\.)*")


@cache
def _role_words() -> frozenset[str]:
    return frozenset(word for kind in ("somebody", "kin", "roles") for word in name_cues(kind).split("|")) - cue_words("rank")


_KEY = Odds(2.5, -2.5, -0.5, 3.0), Odds(2.5, -2.5, 3.0)  # "employer": "…", "city": "…"
_ROLE, _ROLE_COLON = Odds(1.5, 2.2), Odds(2.2, 2.2)
_WORDS_BEFORE: tuple[tuple[str, Odds], ...] = (
    ("firm_labels", Odds(1.0, -1.2, -0.3, 2.0)),
    ("place_labels", Odds(1.0, -1.5, 2.0)),
    ("told_whom", Odds(0.6, 1.5)),
    ("place_next", Odds(0.8, -1.0, 2.0)),
    ("in_a_place", Odds(0.4, -1.2, 1.6)),
    ("at_a_place", Odds(0.4, -1.8, 0.6, 1.2)),
    ("from_a_place", Odds(0.2, 0.0, 0.5, 0.2)),
    ("beside_somebody", Odds(0.2, 0.4)),
    ("article", Odds(-0.5, -1.5, 0.0, 0.8)),
)


@cache
def _before() -> dict[str, Odds]:
    """What one to three words before a name say of it."""
    found: dict[str, Odds] = {}
    for kind, odds in _WORDS_BEFORE:
        for words in cue_words(kind):
            found.setdefault(words, odds)
    roles = (word for kind in ("record", "somebody", "kin", "roles") for word in cue_words(kind))
    return {**found, **dict.fromkeys(roles, _ROLE)}


@cache
def _last_words() -> frozenset[str]:
    """What those words end with: few words of a text do."""
    return frozenset(words.rpartition(" ")[2] for words in _before())


@cache
def _firm() -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{name_cues('firm')}) $")


def _for_a_firm(before: str, words: Sequence[str]) -> bool:
    """Whether what stands before a name says that somebody works for it; all but "two years at" are two words."""
    if words[-1] not in _FIRM_ENDS or len(words) == 1:
        return False
    two = 0 if words[-2].startswith(_TIMES) else before.rfind(" ", 0, before.rfind(" ", 0, -1)) + 1
    return _firm().search(before, two) is not None


_TIMES = ("year", "month", "week")
_FIRM_ENDS = frozenset("for at by of with in".split())
_FOR_A_FIRM = Odds(0.8, -1.5, -0.5, 1.8)
_DONE_BY = Odds(0.8, 1.6)
_ALSO_WORDS = frozenset("account practice surgery club address site state return late pt op md rep chair".split())
_SIGNS = " \"'“([=:–-"
_CAMEL = late("[A-Z]?[a-z]+$")


_BEHIND = {
    "aged": Odds(1.0, 1.5),
    "does": Odds(0.6, 1.2),
    "owns": Odds(0.3, 0.6),
    "reached": Odds(0.6, 0.8),
    "verb": Odds(0.2, 0.3, -0.4, 0.2),
}


@cache
def _behind() -> re.Pattern[str]:
    """What stands behind a name and says something of it; the group that matched says what."""
    return re.compile(
        r"(?P<aged>,? (?:\(?aged |\(?age )?\(?[1-9][0-9]?(?:\)|, |;|[.] |[MF]\b))"
        rf"|(?P<does> (?:{name_cues('does')}))"
        r"|(?P<owns>['’]s [a-z])"
        r"|(?P<reached> (?:\+?[0-9][0-9 ()-]{8}|[<(]?[A-Za-z0-9._-]+@))"
        r"|(?P<verb> [a-z]{3,}(?:ed|s|ing)\b)"
    )


_MEMO = 4096  # names of texts remembered; a text of random names must not grow it without end


@lru_cache(maxsize=_MEMO)
def _lists(name: str) -> Odds:
    """What lists say about a name."""
    words = re.split(r"[ -]", name)
    words = [word.strip(".,'’\"") for word in words if word.strip(".,'’\"")] or [name]
    given, family = is_listed(words[0], "given"), is_listed(words[-1], "surname")
    place, firm, small = is_place(name), is_firm(name), [is_small_word(word) for word in words]
    if len(words) == 1:
        if small[0] and not (given or firm):
            return Odds(-2.0)
        person = 1.8 if given else 0.9 if family else 0.0
        at, of = 1.8 if place else 0.0, 2.5 if firm else 0.0
        if place and person:
            at -= 0.8
        if firm and (person or place or small[0]):
            of -= 1.5
        sure = 0.6 if family else 0.0
        if given or place or firm:
            sure = 2.5 if of > worth.FIRM_ALONE else 1.5 if place and not small[0] else 1.0
        return Odds(sure - (1.0 if small[0] else 0.0), person, at, of)
    if firm:
        return Odds(2.0, 0.0, 0.0, 3.0)
    if words[-1].lower() in street_words("suffix") and not (given and family):
        return Odds(1.0, -2.0, 2.5, -0.5)  # Testham Rd
    if place:
        return Odds(1.5, 0.0, 2.2, 0.3)
    if given and (family or not small[-1]):
        return Odds(1.2, 2.0 if family else 1.2)
    if all(small):
        return Odds(-1.5, -1.0, 0.0, 0.8)
    if small[-1] and not family:
        return Odds(-0.4, -1.5, 0.3, 1.6)  # Testham Poultry, but Senior Poultry
    if is_place(words[-1]) and not given and is_firm(words[0]):
        return Odds(1.0, -1.5, 0.5, 2.0)
    return Odds(0.3, 0.8 if family or given else -0.2)


def settled(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans without hints: what the evidence does not bear is left out, the rest stands under the label it bears.

    >>> text = "Works at Testol Poultry"
    >>> [s.label for s in settled(text, [DoubtedSpan.of((9, 23, "LOCATION", 0.5), (0.1, 0.5, 0.3, 0.0))])]
    ['ORGANIZATION']
    """
    return list(_settled(text, spans)) if any(isinstance(span, DoubtedSpan) for span in spans) else list(spans)


def _settled(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    post = None
    cells: Near[Span] | None = None
    last = Span(-9, -9, "", 0.0)
    for span in spans:
        if not isinstance(span, DoubtedSpan) or span.label == ADDRESS or has_han(text[span.start : span.end]):
            if span.label != UNSURE:
                yield span
            continue
        if post is None:
            post = social(text)
            if "\n" in text:
                cells = Near(_cells(text))
        found = _rated(text, span, last, cells, post=post)
        if found is not None:
            last = found
            yield found


_MOST_ROWS = 2000
_WIDEST = 600  # characters of a row
_SEPARATORS = ",;|\t"
_OF_CELL = {ORGANIZATION: _KEY[0], LOCATION: _KEY[1]}


def _cells(text: str) -> Iterator[Span]:
    """The cells of small tables in plain text whose column says that it holds firms or places."""
    head: dict[int, str] = {}
    separator, size, start = "", 0, 0
    above = ""  # what may be the heads of columns: looked at when a row as wide follows, which in prose is rare
    for row in text.split("\n", _MOST_ROWS)[:_MOST_ROWS]:
        if above and row.count(separator) == size:
            head, above = dict(_columns(above.split(separator))), ""
        if head and row.count(separator) == size:
            at = start
            for number, cell in enumerate(row.split(separator)):
                if number in head:
                    yield Span(at, at + len(cell), head[number], 1.0)
                at += len(cell) + 1
        elif len(row) <= _WIDEST:
            separator = max(_SEPARATORS, key=row.count)
            size = row.count(separator)
            head, above = {}, row if size else ""
        else:
            head, above = {}, ""
        start += len(row) + 1


def _columns(names: Sequence[str]) -> Iterator[tuple[int, str]]:
    for number, cell in enumerate(names):
        name = cell.strip(" \"'\r").lower().replace("_", " ").removesuffix(" name")
        if name in cue_words("firm_labels"):
            yield number, ORGANIZATION
        elif name in cue_words("place_labels"):
            yield number, LOCATION


def _rated(text: str, span: DoubtedSpan, last: Span, cells: Near[Span] | None, *, post: bool) -> Span | None:
    hint = span.label == UNSURE
    own = None if hint else span
    doubtful = hint or span.score < worth.SURE_STRANGE
    plain = _plain(text[span.start : span.end])
    if doubtful or not plain:
        span = _cut(text, span, plain=plain, doubtful=doubtful)
    start, end, label, likely = span
    name = text[start:end]
    if len(name) < 2 or not (plain or any(map(str.isalpha, name))):
        return own
    if (not plain and any(map(str.isdigit, name))) or not (name[0].isupper() or name[0] in "'’\"" or _typed_small(text, span)):
        return own
    if hint and name.lower() in cue_words("small_word"):
        return None  # May I, Will that
    if doubtful and (_CODE.fullmatch(name) or _INITIALS.fullmatch(name)) and not is_firm(name):
        return own
    signs = [_lists(name)]
    if before := _said_before(text[max(0, start - _REACH) : start]):
        signs.append(before)
    if text[end : end + 1] in _MAY_FOLLOW and (m := _behind().match(text, end, end + _REACH)):
        signs.append(_BEHIND[m.lastgroup or ""])
    if last.label == PERSON and text[last.end : start] in _JOINTS:
        signs.append(_BESIDE_SOMEBODY)
    if cells:
        signs += [_OF_CELL[c.label] for c in cells(start, end) if c.start <= start and end <= c.end]
    if start and text[start - 1] in _CELL_BEGINS and _CELL_ENDS.match(text, end):
        signs.append(_FILLS_CELL)
    if post:
        signs.append(_IN_A_POST)
    of_signs, *each_kind = map(sum, zip(*signs, strict=True))
    any_share = min(max(sum(span.kinds), 0.02), 0.99)
    named = log(any_share / (1 - any_share)) + of_signs
    weights = [
        worth.TAGGER_TRUSTED * log(max(share, 0.02)) + of_kind for share, of_kind in zip(span.kinds, each_kind, strict=False)
    ]
    top = max(weights)
    powers = [exp(weight - top) for weight in weights]
    total = sum(powers)
    shares = [power / total for power in powers]
    sure = 1 / (1 + exp(-named))
    best = shares.index(max(shares))
    kind, score = LABELS[best], sure * shares[best]
    if hint:
        return span._replace(label=kind, score=score) if sure >= worth.HINT_NAMED and score >= worth.HINT_KIND else None
    if kind == label:
        return span if score <= likely else span._replace(score=score)
    if kind == PERSON and not doubtful and not any(sign.person >= _SAYS_SO for sign in signs[1:]):
        return own  # Chelsea, Johnson & Johnson: a list of names alone proves nothing against a tagger that is sure
    if shares[best] >= worth.OTHER_KIND and sure >= worth.HINT_NAMED:
        return span._replace(label=kind, score=score)
    return own


def _cut(text: str, span: DoubtedSpan, *, plain: bool, doubtful: bool) -> DoubtedSpan:
    """The span without what stands in brackets behind the name, and if it is doubtful without the role before it."""
    person = span.label == PERSON
    if not plain and (doubtful or person) and (m := _CUT.search(text, span.start, span.end)):
        span = span._replace(end=m.start())
    if not doubtful:
        return span
    if span.label in (UNSURE, PERSON) and (m := _SHORT_LEAD.match(text, span.start, span.end)):
        span = span._replace(start=m.end())
    if (m := _ROLE_LEAD.match(text, span.start, span.end)) and m["role"].lower() in _role_words():
        span = span._replace(start=m.end())  # Mother Jane
    return span


def _plain(name: str) -> bool:
    """Whether a name is letters and blanks alone, as nearly all are."""
    return name.replace(" ", "").isalpha()


_LINE = 200  # characters before a name that tell how its writer types


def _typed_small(text: str, span: Span) -> bool:
    """Whether a name in small letters stands in a line without capitals, so that the tagger read it with one."""
    low = max(0, span.start - _LINE)  # bounded, whatever the text
    low = max(text.rfind("\n", low, span.start) + 1, low)
    return text[low : span.end].islower() and all(likely_name(word) for word in text[span.start : span.end].split())


_MAY_FOLLOW = frozenset(" ,'’")


def _said_before(before: str) -> Odds | None:
    tail = before.rstrip(_SIGNS)
    sign = before[len(tail) :]
    if not sign and tail[-1:] == ",":
        return None
    words = tail.lower().rsplit(None, 3)[-3:]
    if not words or not words[-1][-1].isalpha():
        return None
    if ('"' in sign or "'" in sign) and (":" in sign or "=" in sign):  # "managingOrganization":"…", bank_name="…"
        key = words[-1].lstrip("{[,(\"'").removesuffix("name").rstrip("_")
        camel = _CAMEL.search(tail)
        for name in (key, key.rpartition("_")[2], camel.group().lower() if camel else ""):
            if name in cue_words("firm_labels"):
                return _KEY[0]
            if name in cue_words("place_labels"):
                return _KEY[1]
    known = _before()
    for size in range(len(words), 0, -1) if words[-1].lstrip("(\"'") in _last_words() else ():
        odds = known.get(" ".join(words[-size:]).lstrip("(\"'"))
        if odds is not None:
            if words[-1] in _ALSO_WORDS and not sign.strip():
                return None  # into account
            if odds is _ROLE:
                return _ROLE_COLON if ":" in sign else odds
            return odds if size > 1 or not _for_a_firm(before, words) else _FOR_A_FIRM
    if _for_a_firm(before, words):
        return _FOR_A_FIRM
    return _DONE_BY if len(words) > 1 and words[-1] == "by" and words[-2].endswith("ed") else None
