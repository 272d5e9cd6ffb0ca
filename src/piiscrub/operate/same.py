"""When two spellings are the same value: numbering and hashing compare by this."""

from __future__ import annotations

import re
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
