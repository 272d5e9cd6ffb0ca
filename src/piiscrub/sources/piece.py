"""What a file is made of: pieces that join to the file again, some of which hold something to examine.

A reader of any format yields ``Piece`` after ``Piece``; joining their ``raw`` gives the decoded file back, character
for character. That is how quoting, number formats, spaces and newlines of untouched values survive a rewrite: what
did not change is written as it was read.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Literal, NamedTuple, Protocol

LIMIT = 4 * 1024 * 1024
"""Most characters examined as one text; longer texts are cut at a border, longer cells and lines are not examined."""

_FLOAT = re.compile(r"-?[0-9]{1,25}(?:\.[0-9]{1,25})?(?:[eE][+-]?[0-9]{1,2})?")

UnitKind = Literal["text", "header", "cell", "key", "value", "number"]


class Place(NamedTuple):
    """Where a unit stands. All counts begin at 1, but ``offset`` (code points of the decoded file) at 0.

    ``pointer`` is the JSON pointer as its parts. A part may itself be personal information, so it is not joined here:
    see ``pointer_text``.
    """

    line: int = 1
    offset: int = 0
    row: int = 0
    column: int = 0
    pointer: tuple[str | int, ...] = ()


class Unit(NamedTuple):
    """One text to examine. ``label`` is what names it (header of its column, key of its member), "" if nothing does.

    A non-empty ``cause`` says that it cannot be examined and why; ``text`` is then empty.
    """

    text: str
    place: Place
    kind: UnitKind = "text"
    label: str = ""
    cause: str = ""


class Piece(NamedTuple):
    """A stretch of the file as it is written there, and what is to be examined in it, if anything."""

    raw: str
    unit: Unit | None = None


class NotExamined(NamedTuple):
    """Something nobody looked at. ``cause`` is a key of the wording catalogue (``cause.<cause>``)."""

    name: str
    cause: str
    place: Place | None = None


class Format(Protocol):
    """A way to cut decoded text into pieces, and to spell a changed value as the format wants it."""

    def pieces(self, chunks: Iterable[str]) -> Iterator[Piece]:
        """Cut the file; the ``raw`` of all pieces joined is the file."""

    def spell(self, new: str, piece: Piece) -> str:
        """How ``new`` is written in place of ``piece.raw``."""


Change = Callable[[Iterator[Unit]], Iterable[str | None]]
"""Gives one text per unit, in order; None leaves the unit as it is."""


def rewrite(fmt: Format, pieces: Iterable[Piece], change: Change) -> Iterator[str]:
    r"""The file again, with every unit replaced by what ``change`` makes of it, in order.

    ``change`` may read ahead (batches, workers); it must give exactly one text per unit, or None
    to leave it as it was written. Headers and keys that change
    are renamed by their position, because a scrubbed name may no longer tell two columns apart.

    >>> from piiscrub.sources.delimited import Delimited
    >>> fmt = Delimited(delimiter=",")
    >>> "".join(rewrite(fmt, fmt.pieces(['name,"tel"\nA, "x"\n']), lambda units: (u.text.replace("A", "B") for u in units)))
    'name,"tel"\nB, "x"\n'
    """
    waiting: deque[Piece] = deque()

    def units() -> Iterator[Unit]:
        for piece in pieces:
            waiting.append(piece)
            if piece.unit is not None:
                yield piece.unit

    for new in change(units()):
        while waiting and waiting[0].unit is None:
            yield waiting.popleft().raw
        piece = waiting.popleft()
        unit = piece.unit
        assert unit is not None
        same = new is None or (new == unit.text and not unit.cause)
        yield piece.raw if same or new is None else fmt.spell(_renamed(new, unit), piece)
    for piece in waiting:
        if piece.unit is not None:
            raise RuntimeError("change() gave fewer texts than there are units")
        yield piece.raw


def whole(number: str) -> str:
    """A whole number as its digits, where the program that wrote it had a float: a phone number with .0 behind it is one.

    >>> whole("13800138000.0"), whole("1.5e3"), whole("0.5")
    ('13800138000', '1500', '0.5')
    """
    if number.isdigit() or not _FLOAT.fullmatch(number):
        return number
    value = Decimal(number)
    return f"{value:.0f}" if value.adjusted() < 25 and value == value.to_integral_value() else number


def _renamed(new: str, unit: Unit) -> str:
    if unit.kind == "header":
        return f"column_{unit.place.column:02d}"
    if unit.kind == "key":
        return f"key_{unit.place.column:02d}"
    return new


def pointer_text(pointer: tuple[str | int, ...], *, hidden: Callable[[str], bool] = lambda key: False) -> str:
    """The pointer as RFC 6901 writes it; a key for which ``hidden`` is true is shown as ``‹key›``.

    >>> pointer_text(("a/b", 0, "m~n"))
    '/a~1b/0/m~0n'
    """
    parts = (str(p) if isinstance(p, int) else "‹key›" if hidden(p) else p for p in pointer)
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)
