"""What can still be joined, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from piiscrub.model.plan import Joining
from piiscrub.render.catalogue import listed, say


def told(record: Mapping[str, Any], lang: str) -> list[str]:
    """The same from evidence that was read back: as ``to_dict`` of it gives."""
    matched = tuple((name, share) for name, share in record["matched"])
    return list(sentences(Joining(**{**record, "columns": tuple(record["columns"]), "matched": matched}), lang))


def sentences(joining: Joining, lang: str) -> Iterator[str]:
    """What was measured, a sentence each; at the end a warning, if the policy promises less.

    >>> list(sentences(Joining(rows=200, columns=("age",), linked=0.5, linked_by_any=0.5, bound=0.01), "en"))[-1]
    'More than 1% of the rows can be joined: generalise further, or leave columns out.'
    """
    yield say("joining.rows", lang, rows=f"{joining.rows:,}")
    if joining.columns:
        yield say("joining.linked", lang, share=f"{joining.linked:.1%}", columns=listed(joining.columns, lang))
    else:
        yield say("joining.none", lang)
    yield say("joining.linked_by_any", lang, share=f"{joining.linked_by_any:.1%}")
    if joining.matched:
        matched = listed((f"{name} {share:.1%}" for name, share in joining.matched), lang)
        yield say("joining.matched", lang, columns=matched)
    if joining.warns:
        yield say("joining.warns", lang, bound=f"{joining.bound:.0%}")
