"""Answers below questions, and values below the names of fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.elsewhere_names import MARKUP, Place, is_field, is_role, name_of, nearest
from piiscrub.recognize.hits import AGAINST, Hits, owners_of
from piiscrub.reference.labels import asking
from piiscrub.text.late import late

_LONGEST = 90  # characters of a line that is an answer
_FIELD = 30  # of one that is a field's name or value
_BACK = 6  # lines looked back over for the question
_NEAR = 2  # characters between a name and the line of its value: the end of the line, and a blank one
_BLOCK = 12  # names of fields above their values

_VALUE = late(r"[0-9A-Za-z_-]*+(?: [0-9]{2,6}(?![0-9A-Za-z]))*+号?")
_LEAD = late(r"(?:[\u4e00-\u9fff]{1,3}字第 ?)?[0-9A-Za-z][0-9A-Za-z_-]*$|[\u4e00-\u9fff]{1,3}字第 ?$")
_NO_LEAD = frozenset("=,./@|;&?%$#+\\\t")  # before a part of something else
_SHORTEST = 3
_CLOSING = " \t\r.。,，;；!！~～\"”'’」』)）]】*`"
_OPENING = late(r"[>\s\"“'‘「『*•·`-]*")
_STAMP = r"[\[(（【]?[0-9]{1,4}[0-9/.:,年月日T -]*(?: ?[AaPp]\.?[Mm]\.?)?[\])）】]?[ -]*"
_WHO = (
    r"(?:<(?P<tag>[^<>\n]{1,24})>|(?P<who>[^\s:：,，。?？0-9<{\[\"][^\n:：,，。?？\"]{0,23}?)"
    r"(?: ?[(（\[]?[0-9]{1,2}(?::[0-9]{2}){1,2}[)）\]]?)?[ \t]?[:：])"
)
_TURN = late(rf"(?:{_STAMP})?(?:{_WHO})?")
_ONLY_STAMP = late(
    r"(?:[^\n:：?？]{0,30}[^0-9\n])?(?:[0-9]{1,4}[/.年-][0-9月日/.-]*[ ,T]*)?"
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AaPp][Mm])?\]?[:：]?"
)
_NUMBERED = late(r"\d+[.)、] *")

_SHAPE = dict.fromkeys(range(48, 58), "0") | dict.fromkeys(range(65, 91), "A") | dict.fromkeys(range(97, 123), "a")


class _Line(NamedTuple):
    """A line: its bounds, who speaks ("" if nobody is named), and the bounds of what is said."""

    begin: int
    end: int
    who: str
    low: int
    high: int


class _Label(NamedTuple):
    low: int
    high: int
    how: str
    hits: Hits


def in_turns(text: str, flat: bytes, lone: Sequence[int], context: ContextIndex) -> Iterator[Place]:
    """Values that fill their line, or an answer, below what names them.

    Args:
        lone: where runs of letters and digits begin that have found no label, in order.
    """
    lines = _Lines(text, flat, context)
    done = 0
    last: tuple[int, str, _Label | None] | None = None  # end of the line before, its shape, its label
    for at in lone:
        if at < done:
            continue
        begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        if end < 0:
            end = len(text)
        if not begin or end - begin > _LONGEST:
            continue
        start, stop = _value(text, begin, at, end)
        if stop - start < _SHORTEST:
            continue
        done = end
        answer = _turn(text, begin, start)
        if not _only_fill(text[answer.low : start]):
            continue
        shape = text[begin:end].strip(" \t\r,").translate(_SHAPE)
        label = last[2] if last and last[:2] == (begin - 1, shape) else lines.label(answer)
        last = None if answer.who else (end, shape, label)
        if label is not None:
            yield Place(start, stop, *label)


class _Lines:
    """The lines of one text, looked back over from values."""

    __slots__ = ("_context", "_flat", "_names", "_text")

    def __init__(self, text: str, flat: bytes, context: ContextIndex) -> None:
        self._text, self._flat, self._context = text, flat, context
        self._names: dict[int, _Label | None] = {}

    def label(self, answer: _Line) -> _Label | None:
        """What the line above asks for or names; blank lines, lines that only say who speaks, and "one moment" are passed over.

        One that names the speaker answers somebody else who is named.
        """
        text, who = self._text, answer.who
        if owners_of(self._context.before(text, self._flat, answer.high)) & AGAINST or (is_field(who) and not is_role(who)):
            return None
        at, direct = answer.begin, not who
        for _ in range(_BACK):
            if not at:
                return None
            begin, end = text.rfind("\n", 0, at - 1) + 1, at - 1
            at = begin
            if end == begin:
                continue
            line = _turn(text, begin, end)
            said = text[line.low : end]
            if not said.strip(MARKUP):
                if line.who and direct and (name := self._name(begin, end)) and (name.hits or is_field(line.who)):
                    return self._field(answer.begin, begin, end)
                direct = direct and not line.who
            elif _ONLY_STAMP.fullmatch(text[begin:end].strip(" \t\r")):
                direct = False
            elif bool(line.who) != bool(who) or not _only_fill(said):
                if who and line.who in ("", who):
                    return None
                return self._asked(line) or (self._field(answer.begin, begin, end) if direct else None)
        return None

    def _asked(self, line: _Line) -> _Label | None:
        """What a question or request is about: the last of the words in it."""
        text = self._text
        core = line.low + len(text[line.low : line.high].rstrip(MARKUP))
        said = text[line.low : core]
        question = any(mark in text[core : line.high] for mark in "?？")
        if not said or asking("no_ask").search(said) or not (question or asking("ask").search(said)):
            return None
        hits = nearest(self._context.before(text, self._flat, core), core - line.low)
        return None if not hits or owners_of(hits) & AGAINST else _Label(line.low, core, "question", hits)

    def _field(self, value: int, begin: int, end: int) -> _Label | None:
        """The name of the field whose value begins at a place, by the line above.

        Where several names come first and as many values below them, it is the one as far down the names as the value is
        down the values.
        """
        name = self._name(begin, end)
        if name is not None and name.hits:
            return name if end >= value - _NEAR else None
        text = self._text
        values, names, gaps = 0, list[_Label](), 0
        at = end + 1
        while at and values < _BLOCK and len(names) < _BLOCK:
            begin, end = text.rfind("\n", 0, at - 1) + 1, at - 1
            at = begin
            if not text[begin:end].strip():
                gaps += 1
                if names or gaps > 1:
                    break
                continue
            name = self._name(begin, end)
            if name is not None:
                names.append(name)
            elif names or end - begin > _FIELD:
                break
            else:
                values += 1
        if len(names) <= max(1, values) or not _as_many(text, value, len(names) - values):
            return None
        label = names[len(names) - 1 - values]
        return label if label.hits else None

    def _name(self, begin: int, end: int) -> _Label | None:
        """A line that is nothing but the name of a field; no hits where no recognizer listens to it."""
        if end - begin > 2 * _FIELD:
            return None
        if begin in self._names:
            return self._names[begin]
        whole = self._text[begin:end]
        bare = _NUMBERED.sub("", whole.strip(MARKUP), count=1)
        high = begin + len(whole.rstrip(MARKUP))
        sure = whole.rstrip().endswith((":", "："))
        hits = name_of(self._text, self._flat, high - len(bare), high, self._context, sure=sure)
        found = self._names[begin] = None if hits is None else _Label(high - len(bare), high, "line above", hits)
        return found


def _value(text: str, begin: int, at: int, end: int) -> tuple[int, int]:
    """The value that ends a line, by a run in it; two places that are one where it does not end the line."""
    value = _VALUE.match(text, at, end)
    stop = value.end() if value else at
    if text[stop:end].strip(_CLOSING):
        return at, at
    start = at
    if start > begin and (text[start - 1] in "_-第 " or text[start - 1].isalnum()) and (lead := _LEAD.search(text, begin, start)):
        start = lead.start()
    return (at, at) if start > begin and text[start - 1] in _NO_LEAD else (start, stop)


def _as_many(text: str, at: int, lines: int) -> bool:
    """Whether so many lines of a field's size stand there, and no more."""
    following = text[at : at + lines * 2 * _FIELD].split("\n", lines)
    return (
        len(following) >= lines
        and all(line.strip() and len(line) <= 2 * _FIELD for line in following[:lines])
        and (len(following) == lines or not following[lines].partition("\n")[0].strip())
    )


def _turn(text: str, begin: int, end: int) -> _Line:
    """A line without quotation marks, the time and the name of who speaks."""
    at = _opened(text, begin, end)
    turn = _TURN.match(text, at, end)
    who = ""
    if turn and (turn["tag"] or turn["who"]):
        who, at = turn["tag"] or turn["who"], turn.end()
    elif turn and turn.end() < end and text[turn.end() - 1] in "])）】 -":
        at = turn.end()
    return _Line(begin, end, who.strip(), _opened(text, at, end), end)


def _opened(text: str, at: int, end: int) -> int:
    """Where a line goes on behind quotation marks, bullets and the like."""
    opening = _OPENING.match(text, at, end)
    return opening.end() if opening else at


def _only_fill(said: str) -> bool:
    return asking("fill").fullmatch(said.strip()) is not None
