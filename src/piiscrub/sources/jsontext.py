"""JSON read as it is written: every string and number with its RFC 6901 pointer, everything else passed through.

``json.loads`` would lose order, number formats, duplicate keys and white space. The scanner here keeps them: what is
not changed is written back byte for byte. Depth is limited to 64 (files from strangers).

A number is examined as it is written, a whole one without its .0 or exponent. If it has to change it becomes a string.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Literal

from piiscrub.sources.piece import LIMIT, Piece, Place, Unit, whole

DEPTH = 64
LONGEST_DOCUMENT = 16 * LIMIT

_SPACE = re.compile(r"[ \t\r\n]*+")
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_NUMBER = re.compile(r"-?\d++(?:\.\d++)?(?:[eE][+-]?\d++)?")
_NUMBERED = re.compile(r'"key_0?(\d{1,9})"', re.ASCII)
OF_WHAT = frozenset(("id", "no", "num", "number", "nr", "编号", "号码"))
"""Keys of which the one above says of whom or what."""
_WORD = re.compile(r"true|false|null|NaN|-?Infinity")


class NotJson(ValueError):
    """``cause`` is ``json-invalid`` or ``json-depth``; the message holds nothing of the text."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class JsonLines:
    """One JSON value per line: see ``Format``. A line that is not JSON is not examined, and says so."""

    def __init__(self, *, limit: int = LIMIT) -> None:
        self.limit = limit

    def pieces(self, chunks: Iterable[str]) -> Iterator[Piece]:
        r"""The values of every line.

        >>> text = '{"a": [1.50, {"b/c": "x"}]}\n'
        >>> [(p.unit.place.pointer, p.unit.text) for p in JsonLines().pieces([text]) if p.unit and p.unit.kind != "key"]
        [(('a', 0), '1.50'), (('a', 1, 'b/c'), 'x')]
        """
        offset = 0
        for number, line, too_long in _lines(chunks, self.limit):
            place = Place(line=number, offset=offset)
            try:
                if too_long:
                    raise NotJson("too-long")
                yield from list(scan(line, line=number, offset=offset)) if line.strip() else [Piece(line)]
            except NotJson as error:
                yield Piece(line, Unit("", place, "value", cause=error.cause))
            offset += len(line)

    def spell(self, new: str, piece: Piece) -> str:
        r"""A JSON string; with ``\u`` escapes if the value had them. A line not examined keeps its line end."""
        return _spell(new, piece)


class JsonDocument:
    """A file that is one JSON value: see ``Format``. It is examined whole or not at all."""

    def __init__(self, *, limit: int = LONGEST_DOCUMENT) -> None:
        self.limit = limit

    def pieces(self, chunks: Iterable[str]) -> Iterator[Piece]:
        """The values of the document."""
        held: list[str] = []
        size = 0
        source = iter(chunks)
        for chunk in source:
            held.append(chunk)
            size += len(chunk)
            if size > self.limit:
                yield Piece("".join(held), Unit("", Place(), "value", cause="too-long"))
                for rest in source:
                    yield Piece(rest, Unit("", Place(offset=size), "value", cause="too-long"))
                    size += len(rest)
                return
        text = "".join(held)
        if not text.strip():
            yield Piece(text)
            return
        try:
            for _ in scan(text):  # once without keeping anything, so that a fault at the end is known at the start
                pass
        except NotJson as error:
            yield Piece(text, Unit("", Place(), "value", cause=error.cause))
            return
        yield from scan(text)

    def spell(self, new: str, piece: Piece) -> str:
        r"""A JSON string; with ``\u`` escapes if the value had them."""
        return _spell(new, piece)


def _spell(new: str, piece: Piece) -> str:
    unit = piece.unit
    ends = "\r\n" if piece.raw.endswith("\r\n") else "\n" if piece.raw.endswith("\n") else ""
    escaped = piece.raw.isascii() and not (unit is not None and unit.text.isascii() and not unit.cause)
    return json.dumps(new, ensure_ascii=escaped or _has_surrogate(new)) + ends


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text) if not text.isascii() else False


def _lines(chunks: Iterable[str], limit: int) -> Iterator[tuple[int, str, bool]]:
    """(number, line with its end, too long); of a line beyond the limit, the parts."""
    number, held, overlong = 1, "", False
    for chunk in chunks:
        held += chunk
        lines = held.split("\n")
        held = lines.pop()
        for line in lines:
            yield number, line + "\n", overlong or len(line) > limit
            overlong = False
            number += 1
        if len(held) > limit:
            yield number, held, True
            held, overlong = "", True
    if held:
        yield number, held, overlong


def scan(text: str, *, line: int = 1, offset: int = 0, under: str = "") -> Iterator[Piece]:
    """Pieces of one JSON value with white space around it; ``under`` is the key, or header, that the value itself stands under.

    Raises ``NotJson`` at the first fault.
    """
    stack: list[list[str | int]] = []  # per open container: [closing bracket, key or index, members so far]
    taken = frozenset(map(int, _NUMBERED.findall(text))) if "key_" in text else ()
    beyond = text.count('"') if taken else 0  # more than there are keys
    at = start = 0  # ``start``: where the syntax since the last unit begins
    newlines_upto, newlines = 0, line
    done = False

    def place(where: int, column: int = 0) -> Place:
        nonlocal newlines, newlines_upto
        newlines += text.count("\n", newlines_upto, where)
        newlines_upto = where
        return Place(newlines, offset + where, 0, column, tuple(frame[1] for frame in stack))

    expect = "value"
    while True:
        at = _skip(text, at)
        if done:
            if at != len(text):
                raise NotJson("json-invalid")
            break
        char = text[at : at + 1]
        if expect in {"key", "key or end"} and char == '"':
            end, value = _string(text, at)
            stack[-1][2] = int(stack[-1][2]) + 1
            stack[-1][1] = value
            if at > start:
                yield Piece(text[start:at])
            number = int(stack[-1][2])
            while number in taken:  # a key that has to go would be called as another one is, of which a reader keeps one
                number += beyond
            yield Piece(text[at:end], Unit(value, place(at, number), "key"))
            at = start = end
            at = _skip(text, at)
            if text[at : at + 1] != ":":
                raise NotJson("json-invalid")
            at += 1
            expect = "value"
            continue
        if expect == "key" or (expect == "key or end" and char != "}"):
            raise NotJson("json-invalid")
        if char and expect in {"value or end", "key or end", "next"} and stack and char == stack[-1][0]:
            stack.pop()
            at += 1
            expect, done = "next", not stack
            continue
        if expect == "next":
            if char != ",":
                raise NotJson("json-invalid")
            at += 1
            if stack[-1][0] == "}":
                expect = "key"
            else:
                stack[-1][1] = int(stack[-1][1]) + 1
                expect = "value"
            continue
        if char in {"{", "["} and char:
            if len(stack) >= DEPTH:
                raise NotJson("json-depth")
            stack.append(["}", "", 0] if char == "{" else ["]", 0, 0])
            at += 1
            expect = "key or end" if char == "{" else "value or end"
            continue
        end, value, kind = _scalar(text, at)
        if value.strip():
            if at > start:
                yield Piece(text[start:at])
            yield Piece(text[at:end], Unit(value, place(at), kind, _label(stack, under)))
            start = end
        at = end
        expect, done = "next", not stack
    if at > start:
        yield Piece(text[start:at])


def _label(stack: list[list[str | int]], under: str = "") -> str:
    """The key a value stands under. One that says "number" and not whose is told with the key above: user id.

    >>> _label([["}", "users", 1], ["]", 0, 0], ["}", "id", 1]]), _label([["}", "user", 1], ["}", "phone", 1]])
    ('user id', 'phone')
    >>> _label([["}", "编号", 1]], "客户")
    '客户编号'
    """
    keys = (str(frame[1]) for frame in reversed(stack) if frame[0] == "}")
    key = next(keys, "")
    above = next(keys, under) if key.casefold() in OF_WHAT else ""
    if not above:
        return key
    return f"{above.removesuffix('s')} {key}" if (above + key).isascii() else above + key  # no Chinese word has a space in it


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _scalar(text: str, at: int) -> tuple[int, str, Literal["value", "number"]]:
    """Where a string, number or word ends, what is to be examined of it ("" of a word), and what it is."""
    if text.startswith('"', at):
        return *_string(text, at), "value"
    if match := _NUMBER.match(text, at):
        return match.end(), whole(match[0]), "number"
    if match := _WORD.match(text, at):
        return match.end(), "", "value"
    raise NotJson("json-invalid")


def _string(text: str, at: int) -> tuple[int, str]:
    match = _STRING.match(text, at)
    if match is None:
        raise NotJson("json-invalid")
    raw = match[0]
    if "\\" not in raw:
        return match.end(), raw[1:-1]
    try:
        value = json.loads(raw, strict=False)
    except ValueError:
        raise NotJson("json-invalid") from None
    return match.end(), str(value)
