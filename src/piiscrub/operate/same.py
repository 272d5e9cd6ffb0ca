"""When two spellings are the same value: numbering and hashing compare by this."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from piiscrub.model import entities
from piiscrub.text.folding import fold

_SEPARATORS = re.compile(r"[\s\-()（）]+")
_EXACT = ("SECRET", "URL")  # upper and lower case differ
_AS_WRITTEN = ("ACCOUNT", "EMAIL_ADDRESS", "IP_ADDRESS")  # a hyphen is part of the name


def same(entity: str, value: str) -> str:
    """A form in which spellings of one value are equal: folded, without separators and case where those mean nothing.

    >>> same("CN_MOBILE", "１３８-0013 8000")
    '13800138000'
    >>> same("WECHAT_ID", "Some-Name_1"), same("SECRET_JWT", "eyJ-A")
    ('some-name_1', 'eyJ-A')
    """
    folded = fold(value).folded.strip()
    family = _family(entity)
    if family == "exact":
        return folded
    if family == "written":
        return folded.casefold()
    return _SEPARATORS.sub("", folded).casefold() or folded


@lru_cache(maxsize=1024)
def _family(entity: str) -> str:
    if any(entities.is_a(entity, name) for name in _EXACT):
        return "exact"
    return "written" if any(entities.is_a(entity, name) for name in _AS_WRITTEN) else "number"


def same_all(entity: str, values: Sequence[str]) -> list[str]:
    r"""``same`` for many values at once: folded as one text, so that a column costs a few passes and not one per cell.

    >>> same_all("CN_MOBILE", ["１３８-0013 8000", "", "142 0000\t0000"]) == ["13800138000", "", "14200000000"]
    True
    """
    joined = _JOIN.join(values)
    if joined.count(_JOIN) != max(len(values) - 1, 0):  # a value holds the mark itself
        return [same(entity, value) for value in values]
    family = _family(entity)
    folded = fold(joined).folded
    if family == "number":
        forms = _SEPARATORS.sub("", folded).casefold().split(_JOIN)
        plain = folded.split(_JOIN) if "" in forms else forms
        return [form or bare.strip() for form, bare in zip(forms, plain, strict=True)][: len(values)]
    if family == "written":
        folded = folded.casefold()
    return [form.strip() for form in folded.split(_JOIN)][: len(values)]


_JOIN = "\ue000"  # private use: no folding, no separator, no case
