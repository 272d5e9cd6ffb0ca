"""Names of persons: Chinese and English rules, the spans of a tagger, forms of address, and names met again.

The rules say how much speaks for a name (names_zh.py, names_en.py). Here they are joined with what a tagger says, and a
name that is sure is looked for in the rest of the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from piiscrub.model.finding import Finding
from piiscrub.parse.labels_en import label
from piiscrub.parse.names_parts import japanese
from piiscrub.parse.names_zh import HAN, by_sound, grammar, han_at, likeness, ordinary, possible, split, split_known, typical
from piiscrub.parse.organisations import part_of_token
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.names_again import names_again
from piiscrub.recognize.names_behind import SEX
from piiscrub.recognize.names_called import called_names
from piiscrub.recognize.names_counted import counted_names
from piiscrub.recognize.names_edges import announced, begins_here, ends_here, fitted
from piiscrub.recognize.names_en import WHOLE, english_names
from piiscrub.recognize.names_fields import between, field_names, second, small_names
from piiscrub.recognize.names_hailed import hailed_names
from piiscrub.recognize.names_keys import keyed_names, patients
from piiscrub.recognize.names_kin import kin_names
from piiscrub.recognize.names_order import completed, recipients, surname_first
from piiscrub.recognize.names_parallel import parallel
from piiscrub.recognize.names_pieces import each_name
from piiscrub.recognize.names_references import hailed, references
from piiscrub.recognize.names_repeated import repeated_names
from piiscrub.recognize.names_shapes import before_surname, beside, by_sound_names, shaped, speakers
from piiscrub.recognize.names_social import second_names, social_names, whole_tags
from piiscrub.recognize.names_table import table_names
from piiscrub.recognize.names_told import told_names
from piiscrub.recognize.names_told_zh import told_on_both_sides
from piiscrub.recognize.names_zh import Candidate, candidates
from piiscrub.recognize.near import Near
from piiscrub.recognize.ner.tagger import LOCATION, MAYBE, PERSON, Span
from piiscrub.recognize.tagged_zh import no_person
from piiscrub.recognize.vocabulary import words_of
from piiscrub.reference.places import places
from piiscrub.reference.surnames import single
from piiscrub.reference.words import given_characters, is_common, latin_names, name_words
from piiscrub.text.late import late

_ID = "names"
_HAN_ANY = late(f"[{HAN}]")
_HAN_ONLY = late(f"[{HAN}]+")
_LATIN_WORD = late("[A-Za-z][a-z]")
_TWO, _LONGEST = 2, 4
_START = attrgetter("start")


class NameRecognizer:
    """Names of persons (PERSON) and forms of address (PERSON_REFERENCE).

    >>> [(f.entity, f.start, f.end) for f in NameRecognizer().find("收件人：王小明，请联系张经理。")]
    [('PERSON', 4, 7), ('PERSON_REFERENCE', 11, 14)]
    """

    id = _ID
    entities = ("PERSON", "PERSON_REFERENCE")

    def find(self, text: str, spans: Sequence[Span] | None = None, taken: Sequence[Finding] = ()) -> list[Finding]:
        """Names in a folded text.

        ``spans`` come from a tagger, None if none ran; ``taken`` are places and organisations found before.
        """
        ascii_only = text.isascii()
        found: list[Finding] = []
        if not ascii_only:
            found += (
                Finding("PERSON", c.start, c.end, c.score, _ID, "rule", context=(c.cue,) if c.cue else ())
                for c in candidates(text)
                if c.score >= (worth.REPORT_ALONE if spans is None else worth.REPORT)
                and (c.labelled or not (no_person(text, c.start, c.end) or _reported(text, c)))
            )
        words = words_of(text)
        found += english_names(text, words)
        if ascii_only or _LATIN_WORD.search(text):
            found += field_names(text, words)
            found += small_names(text)
            found += keyed_names(text)
            found += told_names(text)
            found += called_names(text, words)
            found += table_names(text)
        found += patients(text)
        found += social_names(text)
        seen = None if spans is None else [s for s in spans if s.label == PERSON]
        if seen is not None:
            tagged = sorted(_from_tagger(text, seen, found), key=_START)
            hints = [s for s in spans or () if s.label == MAYBE]
            tagged += _hinted(text, hints)
            near, beside_rule = Near([*seen, *hints]), Near(tagged)
            found = [f for f in found if f.score >= worth.UNSEEN or near(f.start, f.end)]
            found = [f for f in found if not _cut_otherwise(text, f, beside_rule(f.start, f.end))]
            rules = Near(found)
            found += [t for t in tagged if not any(_holds(text, f, t) for f in rules(t.start, t.end))]
        if not ascii_only:
            found += shaped(text, seen)
            found += by_sound_names(text, spans or ())
            found += _called_as_place(text, spans or ())
            found += kin_names(text, spans)
            found += before_surname(text)
            found += speakers(text)
            found += counted_names(text)
        persons = _best(_free(found, taken))
        if not ascii_only:
            persons = _with(persons, beside(text, persons), taken)
            persons = _with(persons, parallel(text, persons), taken)
        persons = _with(persons, second_names(text, persons), taken)
        persons = _with(persons, [*between(text, persons), *second(text, persons)], taken)
        persons = recipients(text, completed(text, surname_first(text, persons, seen or ())))
        persons = _best([*persons, *_free(repeated_names(text, persons), taken)])
        if ascii_only or _LATIN_WORD.search(text):
            persons = _with(persons, names_again(text, persons), taken)
        if "#" in text:
            persons = whole_tags(text, persons)
        if not ascii_only:
            labels = name_words("label")  # 姓名 王小明 曾用名: a field whose name looks like a name
            persons = [f for f in persons if text[f.start : f.end] not in labels]
            persons += references(text, persons)
            persons += _free(hailed_names(text), persons)
        return sorted(persons, key=lambda f: (f.start, f.end))


def _reported(text: str, c: Candidate) -> bool:
    """记者从…了解: what follows a role may be a word of grammar that is a surname too."""
    if text[c.start] not in _PARTICLES:
        return False
    return ordinary(text[c.start + 1 : c.end]) or (
        bool(c.cue) and (text[c.end : c.end + 1] == "的" or typical(text[c.start : c.end]) < 1)
    )


def _best(found: Iterable[Finding]) -> list[Finding]:
    """Of findings that overlap, the one with the highest score; of equals, the longer one."""
    ordered = sorted(found, key=_START)
    if all(a.start < a.end <= b.start < b.end for a, b in pairwise(ordered)):
        return ordered  # none overlaps another
    out: list[Finding] = []
    taken: set[int] = set()
    for f in sorted(ordered, key=lambda f: (-f.score, f.start - f.end, f.start)):
        places = range(f.start, f.end)
        if taken.isdisjoint(places):
            out.append(f)
            taken.update(places)
    return sorted(out, key=_START)


def _with(persons: list[Finding], more: Iterable[Finding], taken: Sequence[Finding]) -> list[Finding]:
    """The names with further ones that are free; nearly always there is none."""
    free = [*_free(more, taken)]
    return _best([*persons, *free]) if free else persons


def _free(found: Iterable[Finding], taken: Sequence[Finding]) -> Iterator[Finding]:
    """Names that stand in no address and in no organisation that is at least as sure."""
    names = sorted(found, key=_START)
    if not names:
        return
    ordered = sorted(taken, key=_START)
    at = 0
    for f in names:
        while at < len(ordered) and ordered[at].end <= f.start:
            at += 1
        inside = [t for t in ordered[at : at + 3] if t.start < f.end and f.start < t.end]
        if not any(_hides(t, f) for t in inside):
            yield f


def _hides(other: Finding, name: Finding) -> bool:
    if other.entity == "CN_ADDRESS":
        return not (other.start == name.start and name.context)
    within = other.start <= name.start and other.end >= name.end
    return other.score >= name.score - 0.05 if within else other.score > name.score


def _from_tagger(text: str, spans: Sequence[Span], rules: Sequence[Finding]) -> Iterator[Finding]:
    known = {(f.start, f.end): f for f in rules}
    for span in spans:
        for start, end in each_name(text, span.start, span.end):
            if _HAN_ONLY.fullmatch(text, start, end):
                start, end = fitted(text, start, end, sure=span.score)  # noqa: PLW2901  # the same piece, made right
                if end - start < 2 or hailed(text, start, end):
                    continue
            elif (
                _no_latin_name(text[start:end])
                or _of_a_date(text, start, end)
                or part_of_token(text, start, end)
                or label(text, start, end)
            ):
                continue
            if start > span.start and text[start - 1] == "\t" and not _fills_cell(text, start, end):
                continue
            agreed = (start, end) in known
            score = worth.TAGGED_AGREED if agreed else span.score * _worth_of(text[start:end], span.score)
            if score < worth.REPORT_HAN and not agreed:
                score = max(score, span.score * _announced_worth(text, start, end))
                if span.score >= worth.SURE_OTHER and text[end : end + 1] in _YOU and not han_at(text, start - 1):
                    score = max(score, worth.HINTED)  # 曲直你看到了吗
                if span.score >= worth.HINT_TOLD and told_on_both_sides(text, start, end):
                    score = max(score, worth.HINTED)
            if score >= (worth.REPORT_HAN if _HAN_ANY.search(text, start, end) else worth.REPORT_LATIN):
                told = known[start, end].context if agreed else ()
                yield Finding("PERSON", start, end, score, _ID, "tagger", context=told or (("rule",) if agreed else ()))


def _announced_worth(text: str, start: int, end: int) -> float:
    """What a name without a usual surname is worth behind a word that announces one: 女儿思涵, 书记员：官丽; 0 without."""
    name = text[start:end]
    if ordinary(name) or not _TWO <= len(name) <= _LONGEST or name[0] in "老小":  # 老冉: a form of address
        return 0.0
    if len(name) == _TWO and given_characters().issuperset(name) and announced(text, start):
        return worth.TAGGED_GIVEN
    at = start - 1 if text[start - 1 : start] in ("：", ":", " ") else start
    if not any(map(grammar, name)) and (announced(text, at) or SEX.match(text, end)) and not han_at(text, end):
        return worth.TAGGED_POSSIBLE
    return 0.0


def _fills_cell(text: str, start: int, end: int) -> bool:
    """Whether the next cell of a row that a tagger took for one name holds a name of its own."""
    name = text[start:end]
    return " " in name or not name.isascii() or name.lower() in latin_names("given") or text.startswith(", ", end)


def _called_as_place(text: str, spans: Sequence[Span]) -> Iterator[Finding]:
    """家属揭大庆, of which the tagger saw the town alone: a surname between what somebody is and a place of two characters."""
    for s in spans:
        at = s.start - 1
        if (
            s.label != LOCATION
            or s.end - s.start != _TWO
            or at < _TWO
            or not han_at(text, at)
            or text[s.start : s.end] not in places()
        ):
            continue
        if text[at] not in single() or text[at] in _PARTICLES or grammar(text[at]) or is_common(text[at - 1 : at + 1]):
            continue
        role = any(text[at - size : at] in name_words("role") for size in (2, 3))
        if role and ends_here(text, s.end) and typical(text[at : s.end]) > 0:
            yield Finding("PERSON", at, s.end, worth.KIN_SEEN, _ID, "place")


_REGNAL = late("(?:十[一二三四五六]|[一二三四五六七八九十]世)$")  # 路易十四, 亨利八世


def _hinted(text: str, hints: Sequence[Span]) -> Iterator[Finding]:
    """Names that the tagger thought of without being sure, where what stands on both sides speaks for them."""
    for hint in hints:
        start, end = fitted(text, hint.start, hint.end)
        name = text[start:end]
        if name[0] in _PARTICLES or text[start - 1 : start] == "《" or no_person(text, start, end):
            continue  # 将于明晨
        usual = possible(name) and not ordinary(name) and typical(name) == 1
        doubtful = len(name) > _TWO and is_common(name[:_TWO]) and hint.score < worth.HINT_WORD  # 球员普遍达不到
        told = hint.score >= worth.HINT_TOLD and not doubtful and told_on_both_sides(text, start, end)
        told = told or (_REGNAL.search(name) is not None and by_sound(name[:2]) == 1)
        if told or (usual and begins_here(text, start) and ends_here(text, end)):
            yield Finding("PERSON", start, end, worth.HINTED, _ID, "hint")


def _cut_otherwise(text: str, rule: Finding, tagged: Sequence[Finding]) -> bool:
    """Whether the tagger saw another end of a name that begins in the same place, or a longer name around it."""
    for t in tagged:
        if t.start <= rule.start and t.end >= rule.end and (t.start, t.end) != (rule.start, rule.end):
            return t.score >= worth.TAGGED_EDGE or t.start == rule.start
        if t.start == rule.start and t.end < rule.end and t.score >= worth.TAGGED_EDGE:
            return not _at_edge(text, rule.end)
    return False


def _holds(text: str, rule: Finding, tagged: Finding) -> bool:
    """Whether a name between its label and the end of the field goes on where the tagger stops."""
    if rule.pattern == WHOLE and rule.start <= tagged.start and tagged.end <= rule.end:
        return True
    longer = rule.start == tagged.start and rule.end > tagged.end
    return longer and rule.score >= worth.LABEL and bool(rule.context) and _at_edge(text, rule.end)


def _at_edge(text: str, at: int) -> bool:
    return at >= len(text) or not (text[at].isalnum() or text[at] == "·")


def _worth_of(name: str, score: float) -> float:
    if not _HAN_ANY.search(name):
        return worth.TAGGED_LATIN
    if ordinary(name):
        return worth.TAGGED_ORDINARY
    if japanese(name):
        return worth.TAGGED_TYPICAL
    if alike := likeness(name):
        return worth.TAGGED_TYPICAL if alike[0] > 0 else worth.TAGGED_POSSIBLE
    if name[0] == "阿" and len(name) == 2:
        return worth.TAGGED_POSSIBLE  # 阿珍
    if by_sound(name) > 0.6 or "·" in name:
        return worth.TAGGED_FOREIGN
    if len(name) > _TWO and split_known(name) is not None and split(name) is None:
        return worth.TAGGED_POSSIBLE  # 区健文
    if split(name) is not None and not _SOMEBODY.search(name):
        return worth.TAGGED_DOUBTFUL
    return worth.TAGGED_OTHER_SURE if score >= (worth.SURE_OTHER if len(name) > 2 else worth.SURE) else worth.TAGGED_OTHER


_YOU = ("你", "您")
_SOMEBODY = late("[某籍]|会$")  # 张某 is nobody in particular


def _no_latin_name(name: str) -> bool:
    """E-mail addresses, accounts, plates and words of chat, which taggers take for names now and then."""
    if name.replace(" ", "").isalpha():  # as most are
        strange = False
    elif any(c.isalpha() for c in name):
        strange = any(c in "@#_/" or c.isdigit() for c in name)
    else:
        return True
    return strange or "http" in name or name in _NOT_LATIN or _MONTH.match(name) is not None or (name.isupper() and len(name) < 4)


_MONTH = late(
    f"(?:January|February|March|April|May|June|July|August|September|October|November|December)[{HAN}]"
)  # a date and the word behind it
_MONTH_ALONE = late("(?:January|February|March|April|May|June|July|August|September|October|November|December)")
_DAY_BEFORE = late("(?<![0-9])[0-3]?[0-9](?:st|nd|rd|th)? (?:of )?$")


def _of_a_date(text: str, start: int, end: int) -> bool:
    """Whether a stretch is a month behind its day: 14 July, which hides the date if it is taken for somebody."""
    return _MONTH_ALONE.fullmatch(text, start, end) is not None and _DAY_BEFORE.search(text, max(0, start - 9), start) is not None


_NOT_LATIN = frozenset("FYI OK ASAP CC PS email Email EMAIL phone Tel TEL info contact pls haha hhh".split())
_PARTICLES = frozenset("和从但于向为与同及对")
