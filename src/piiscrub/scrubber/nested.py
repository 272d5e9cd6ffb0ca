"""Keys of JSON in a cell that say "number" and not whose: ``{"no": 100200}`` in a column ``cust`` is a customer's number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from piiscrub.model.finding import Finding
from piiscrub.recognize.engine import Engine
from piiscrub.sources import jsontext

_KEY = re.compile(f'"(?:{"|".join(sorted(jsontext.OF_WHAT))})"\\s{{0,8}}:', re.IGNORECASE)


def nested(text: str, label: str, engine: Engine) -> Iterator[Finding]:
    """What stands under such keys, read with the key above them, or with the header of the cell where there is none.

    A text that is no JSON holds none. The findings are those of the folded ``text``.
    """
    if not _KEY.search(text):
        return
    try:
        pieces = list(jsontext.scan(text, under=label))
    except jsontext.NotJson:
        return
    places: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for piece in pieces:
        unit = piece.unit
        if unit is None or unit.kind == "key" or unit.label in unit.place.pointer:
            continue  # its own key is its label, and stands before it in the text
        start = unit.place.offset + (unit.kind == "value")
        if text.startswith(unit.text, start):  # else it is written with escapes
            places[unit.label].append((start, unit.text))
    for under, units in places.items():
        if engine.near("", 0, 0, label=under):
            for (start, _), found in zip(units, engine.find_each([value for _, value in units], label=under), strict=True):
                yield from (f._replace(start=start + f.start, end=start + f.end) for f in found)
