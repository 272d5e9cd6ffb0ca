"""When two spellings are the same value: numbering and hashing compare by this."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from piiscrub.model import entities
from piiscrub.text.folding import fold

_SEPARATORS = re.compile(r"[\s\-()（）]+")
_FLOAT = re.compile(r"(\d+)\.0+", re.ASCII)  # a whole number that went through a float, as beside missing cells
_EXACT = ("SECRET", "URL")  # upper and lower case differ
_AS_WRITTEN = ("ACCOUNT", "EMAIL_ADDRESS", "IP_ADDRESS")  # a hyphen is part of the name


def same(entity: str, value: str) -> str:
    """A form in which spellings of one value are equal: folded, without separators and case where those mean nothing.

    >>> same("CN_MOBILE", "１３８-0013 8000")
    '13800138000'
    >>> same("WECHAT_ID", "Some-Name_1"), same("SECRET_JWT", "eyJ-A"), same("MEMBER_NUMBER", "70240.0")
    ('some-name_1', 'eyJ-A', '70240')
    """
    folded = fold(value).folded.strip()
    family = _family(entity)
    if family == "exact":
        return folded
    if family == "written":
        return _whole(folded.casefold())
    return _whole(_SEPARATORS.sub("", folded).casefold() or folded)


def _whole(form: str) -> str:
    found = _FLOAT.fullmatch(form) if ".0" in form else None
    return found[1] if found else form


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
    family = _family(entity)
    joined = _ASCII_JOIN.join(values)
    if joined.isascii() and joined.count(_ASCII_JOIN) == len(values) - 1:  # nothing to fold
        forms = _same_ascii(joined, family)
        return [_whole(form) for form in forms] if ".0" in joined and family != "exact" else forms
    joined = _JOIN.join(values)
    if joined.count(_JOIN) != max(len(values) - 1, 0):  # a value holds the mark itself
        return [same(entity, value) for value in values]
    folded = fold(joined).folded
    if family == "number":
        forms = _SEPARATORS.sub("", folded).casefold().split(_JOIN)
        plain = folded.split(_JOIN) if "" in forms else forms
        return [_whole(form or bare.strip()) for form, bare in zip(forms, plain, strict=True)][: len(values)]
    if family == "written":
        return [_whole(form.strip()) for form in folded.casefold().split(_JOIN)][: len(values)]
    return [form.strip() for form in folded.split(_JOIN)][: len(values)]


def _same_ascii(joined: str, family: str) -> list[str]:
    if family != "number":
        return [form.strip() for form in (joined if family == "exact" else joined.lower()).split(_ASCII_JOIN)]
    lower = joined.encode().lower()
    forms = lower.translate(None, _ASCII_SEPARATORS).decode().split(_ASCII_JOIN)
    if "" not in forms:
        return forms
    return [form or bare.strip() for form, bare in zip(forms, joined.split(_ASCII_JOIN), strict=True)]


def encoded(forms: Sequence[str]) -> list[bytes]:
    """The forms in UTF-8, encoded as one text; lone surrogates are let through.

    >>> encoded(["a", "", "王"]) == [b"a", b"", "王".encode()], encoded([])
    (True, [])
    """
    joined = _JOIN.join(forms).encode("utf-8", "surrogatepass").split(_JOIN.encode())
    if len(joined) != len(forms):  # none, or one holds the mark itself
        return [form.encode("utf-8", "surrogatepass") for form in forms]
    return joined


_JOIN = "\ue000"  # private use: no folding, no separator, no case
_ASCII_JOIN = "\0"
_ASCII_SEPARATORS = bytes(code for code in range(128) if _SEPARATORS.match(chr(code)))
