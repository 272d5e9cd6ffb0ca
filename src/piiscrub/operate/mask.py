"""Hide part of a value: by the default masks of rule book part C, or by a stated form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from piiscrub.errors import OperatorError
from piiscrub.model.finding import Finding
from piiscrub.operate import params
from piiscrub.operate.masks import shapes_for
from piiscrub.operate.protocol import DocumentState, Shape
from piiscrub.operate.shapes import FIXED, STAR, WHOLE, stars, units
from piiscrub.text.folding import fold

_COUNTS = ("keep_first", "keep_last", "keep_from", "keep_to", "mask_first", "mask_last", "mask_from", "mask_to")
_FORMS = (("keep_first", "keep_last"), ("keep_from", "keep_to"), ("mask_first", "mask_last"), ("mask_from", "mask_to"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """Hide part of a value: 13800138000 becomes 138****8000.

    ``style`` "display" or "strict" takes the rule of the entity from ``masks.toml``; "full" hides everything. Or exactly
    one of the forms that data masking products offer (positions count from 1, separators do not count and stay):
    ``keep_first`` and/or ``keep_last``; ``keep_from`` with ``keep_to``; ``mask_first`` and/or ``mask_last``; ``mask_from`` with
    ``mask_to``; ``before`` or ``after`` a character. ``length="fixed"`` puts three stars whatever was hidden.

    Masked whole: a value too short to hide anything, one that does not have the shape its rule expects, and one whose
    check failed, which must not look like a valid one. Masking is for display; it is not anonymisation.

    >>> phone = Finding("CN_MOBILE", 0, 11, 0.9, "demo")
    >>> Mask()("13800138000", phone), Mask(keep_last=4, length="fixed")("13800138000", phone)
    ('138****8000', '***8000')
    >>> Mask(style="displya")
    Traceback (most recent call last):
    piiscrub.errors.OperatorError: mask: style takes one of 'display', 'strict', 'full', not 'displya'. Did you mean 'display'?
    """

    style: str = ""
    keep_first: int = 0
    keep_last: int = 0
    keep_from: int = 0
    keep_to: int = 0
    mask_first: int = 0
    mask_last: int = 0
    mask_from: int = 0
    mask_to: int = 0
    before: str = ""
    after: str = ""
    char: str = STAR
    length: str = "keep"

    name: ClassVar[str] = "mask"
    shape: ClassVar[Shape] = "value"
    reversible: ClassVar[bool] = False
    streams: ClassVar[bool] = True
    leaks: ClassVar[str] = "The part that stays readable; with length = keep, how long the value was."
    family: ClassVar[str] = "suppression: masking (ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.one_of(self.name, "style", self.style, ("display", "strict", "full", ""))
        params.one_of(self.name, "length", self.length, ("keep", "fixed"))
        params.string(self.name, "char", self.char, one_character=True)
        if self.char.isalnum() or self.char.isspace():
            raise OperatorError(
                "mask: char takes a sign such as '*', no letter, digit or space: those look like part of a value."
            )
        for name in _COUNTS:
            params.whole(self.name, name, getattr(self, name), 0)
        for name in ("before", "after"):
            if getattr(self, name) != "":
                params.string(self.name, name, getattr(self, name), one_character=True)
        for first, last in (("keep_from", "keep_to"), ("mask_from", "mask_to")):
            if bool(getattr(self, first)) != bool(getattr(self, last)) or getattr(self, first) > getattr(self, last):
                raise OperatorError(f"mask: {first} and {last} go together, counted from 1, {first} not after {last}.")
        chosen = [form for form in (*_FORMS, ("before",), ("after",), ("style",)) if any(getattr(self, name) for name in form)]
        if len(chosen) > 1:
            raise OperatorError(f"mask: {chosen[0][0]} and {chosen[1][0]} are different ways of masking; choose one.")
        if self.style and self.length != "keep":
            raise OperatorError("mask: length goes with a stated form such as keep_last; a style has its own lengths.")
        if not chosen:
            object.__setattr__(self, "style", "display")

    @property
    def permissive(self) -> bool:
        """Everything but ``style="full"`` leaves part of the value readable."""
        return self.style != "full"

    def __call__(self, value: str, finding: Finding, /) -> str:
        if not value.isascii() and len((text := fold(value)).folded) != len(value):  # zero-width characters, spread words
            value = "".join(value[text.original(at, at + 1)[0]] for at in range(len(text.folded)))
        return self._masked(value, finding).replace(STAR, self.char)

    def many(self, values: Sequence[str], entity: str, document: DocumentState, /) -> list[str]:
        """The masked forms of distinct values that no check failed on."""
        whole = Finding(entity, 0, 0, 1.0, "")
        shapes = shapes_for(entity, self.style) if self.style in ("display", "strict") else ()
        if len(shapes) != 1 or self.char != STAR:
            return [self(value, whole) for value in values]
        (shape,) = shapes
        return [(shape(value) or WHOLE) if value.isascii() else self(value, whole) for value in values]

    def _masked(self, value: str, finding: Finding) -> str:
        if not self.style:
            hidden = self._hidden(value) if finding.check != "failed" else frozenset(units(value))
            return self._cover(value, hidden or frozenset(units(value)))
        if finding.check != "failed" and self.style != "full":
            for shape in shapes_for(finding.entity, self.style):
                result = shape(value)
                if result is not None:
                    return result
        return WHOLE

    def _hidden(self, value: str) -> frozenset[int]:
        """Positions to hide; none if the form does not fit the value, which then is hidden whole."""
        spots = units(value)
        if self.before:
            end = value.rfind(self.before)
            return frozenset(i for i in spots if i < end)
        if self.after:
            begin = value.find(self.after)
            return frozenset(i for i in spots if 0 <= begin < i)
        if self.keep_to:
            return frozenset(spots) - frozenset(spots[self.keep_from - 1 : self.keep_to])
        if self.mask_to:
            return frozenset(spots[self.mask_from - 1 : self.mask_to])
        tail = len(spots) - (self.mask_last or self.keep_last)
        if self.mask_first or self.mask_last:
            return frozenset(spots[: self.mask_first]) | frozenset(spots[max(tail, 0) :])
        return frozenset(spots[self.keep_first : max(tail, 0)])

    def _cover(self, value: str, hidden: frozenset[int]) -> str:
        if not hidden:  # nothing but separators
            return WHOLE
        if self.length == "keep":
            return stars(value, frozenset(range(len(value))) - hidden)
        seen = frozenset(units(value)) - hidden
        pieces: list[str] = []
        for i, character in enumerate(value):
            if i in seen:
                pieces.append(character)
            elif i in hidden:
                if not pieces or pieces[-1] != FIXED:
                    pieces.append(FIXED)
            elif i - 1 in seen and i + 1 in seen:
                pieces.append(character)
        return "".join(pieces)
