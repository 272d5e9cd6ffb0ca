"""What a recognizer file says, as frozen plain data. Reading and checking it is load.py's job."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from piiscrub.packs.shape import Shape

Mode = Literal["auto", "boost", "context"]
ExampleKind = Literal["match", "no_match", "known_miss", "known_alarm"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One way to write the value. ``mode`` and ``validator`` are already resolved against the pack's own.

    ``validator`` "" means that nothing is checked. ``max`` is the most characters a match may span. ``digit``: a match
    without a digit does not count, which lets the engine look only where digits are.
    """

    name: str
    regex: str
    score: float
    boundary: str
    mode: Mode
    validator: str
    max: int = 128
    ignore_case: bool = False
    digit: bool = False
    shape: Shape | None = field(default=None, repr=False, compare=False)  # where it may match, if that is known already


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Scores of a value whose check passed or failed. ``failed`` None: a failed value is dropped, label or not."""

    passed: float
    failed: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Words that speak for the value: Han words in raw text, Latin ones as whole words, and names of columns.

    ``reach`` is how many characters before the value count; ``gap`` the most characters between word and value when
    the mode is context, 0 meaning ``reach``.
    """

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    boost: float = 0.3
    penalty: float = 0.6
    reach: int = 20
    gap: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """One recognizer: one file under ``recognizers/``. It has patterns, or names a parser that finds the value in code."""

    id: str
    entity: str
    country: str
    status: str
    version: str
    as_of: str
    confidence: str
    references: tuple[str, ...]
    mode: Mode
    title_zh: str
    title_en: str
    patterns: tuple[Pattern, ...]
    parser: str
    check: Check | None
    context: Context
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text that a pack finds something in, or must not. ``spans`` are what stood between the marks << and >>."""

    kind: ExampleKind
    text: str
    spans: tuple[tuple[int, int], ...]
    why: str
    check: str
    pack: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A shared word list, such as the words that speak against a value: 订单号, tracking number."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
