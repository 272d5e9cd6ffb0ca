"""``ps.subject``: everything of one person in files, databases, frames, vaults and earlier hand-overs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any

from piiscrub.errors import InputError
from piiscrub.frames.opening import opened
from piiscrub.lifecycle.found import Subject
from piiscrub.lifecycle.subjects import find

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing
    from piiscrub.keys.scope import Scope
    from piiscrub.lifecycle.known import Given


def subject(
    sources: Any,
    known: Given,
    *,
    scopes: Sequence[Scope] = (),
    record: str | PathLike[str] | Sequence[str | PathLike[str]] | None = None,
    keys: KeyRing | None = None,
) -> Subject:
    """Find a person: for a copy of her data, or before it is erased (PIPL 44-47, GDPR 15-17).

    ``.export(folder)`` writes what is hers, with other people's data masked; ``.erase()`` erases it in two steps. Whatever is
    in doubt is listed by position in ``.doubtful`` and neither exported nor erased, unless ``.including(positions)`` says so.

    Args:
        sources: one or several of: frame, path of a file or folder (tables and texts), URL of a database; or frames by name.
        known: kind → value or values, such as ``{"name": …, "phone": …}``: an identifier, or a name with a birthday or an
            address. Kinds are words of either language, or entities.
        scopes: of vaults to look into.
        record: records of earlier hand-overs, or a folder of them: ``.recipients`` then says who got something of
            hers, and in which form: as it was, as a pseudonym, masked.
        keys: the ring those were made with.

    Raises:
        InputError: too little is known; it is several people's; records without keys.
        SourceError: something named is not there or cannot be read.

    >>> import pandas as pd
    >>> df = pd.DataFrame({"姓名": ["张伟", "李娜"], "手机号": ["13800138000", "14200000001"]})
    >>> subject({"customers": df}, {"name": "张伟", "phone": "138 0013 8000"})
    <Subject: 1 rows, 0 mentions, 0 in doubt>
    """
    found = find(_plain(sources), known, scopes=scopes)
    if record is None:
        return found
    if keys is None:
        raise InputError("subject: looking into hand-overs takes the keys they were made with.")
    from piiscrub.handing_over.receivers import recipients_of
    from piiscrub.handing_over.tracing import records

    return found.handed_to(recipients_of(found.values, records(record), keys, tokens=found.tokens))


def _plain(sources: Any) -> Any:
    """Frames as pyarrow tables, everything else as it is."""
    if isinstance(sources, Mapping):
        return {name: _plain(one) for name, one in sources.items()}
    if isinstance(sources, Sequence) and not isinstance(sources, str | bytes):
        return [_plain(one) for one in sources]
    frame = opened(sources)
    return sources if frame is None else frame.table.as_handed_in()
