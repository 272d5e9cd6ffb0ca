"""A pack's pattern made ready to be asked: compiled regex, check, scores, owner of its context words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import cast

from piiscrub.packs.schema import Pack, Pattern
from piiscrub.text.boundary import BOUNDARIES

Validator = Callable[[str], bool]


def validator(name: str) -> Validator:
    """The ``is_valid`` of a validator module, imported when first asked."""
    return cast(Validator, import_module(f"piiscrub.validators.{name}").is_valid)


@dataclass(frozen=True)
class Entry:
    """One pattern of one pack. ``owner`` is the index of the pack, under which its context words are filed."""

    pack: Pack
    pattern: Pattern
    owner: int

    @cached_property
    def regex(self) -> re.Pattern[str]:
        edge = BOUNDARIES[self.pattern.boundary]
        return self._compile(f"{edge.left}(?:{self.pattern.regex}){edge.right}")

    @cached_property
    def glued(self) -> re.Pattern[str]:
        """The same without a left edge, for a value right behind its own label: QQ12345678, TEL13800138000."""
        return self._compile(f"(?:{self.pattern.regex}){BOUNDARIES[self.pattern.boundary].right}")

    @cached_property
    def bare(self) -> re.Pattern[str]:
        """The pattern without edges; only ``explain`` asks for it."""
        return self._compile(self.pattern.regex)

    @cached_property
    def is_valid(self) -> Validator | None:
        return validator(self.pattern.validator) if self.pattern.validator else None

    def _compile(self, source: str) -> re.Pattern[str]:
        return re.compile(source, re.ASCII | (re.IGNORECASE if self.pattern.ignore_case else re.NOFLAG))
