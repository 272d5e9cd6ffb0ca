"""What programs read: one JSON object per line, so that any size streams. ``type`` says what a line is.

``finding``, ``not_examined``, ``file`` (one per file, after its findings) and, last, ``summary``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from piiscrub.cli.tally import Seen, Tally
from piiscrub.model.finding import Finding
from piiscrub.render.catalogue import say
from piiscrub.sources import NotExamined

FORMAT = 1


def line(data: object) -> None:
    """Print one object. Characters are written as they are; a lone surrogate is escaped."""
    print(json.dumps(data, ensure_ascii=False, default=str))


def finding(seen: Seen, file: str, *, values: bool) -> None:
    """One finding; ``value`` only where values were asked for."""
    found = {"type": "finding", "file": file, "place": seen.place, **finding_data(seen.finding)}
    line(found | {"value": seen.value} if values else found)


def finding_data(found: Finding) -> dict[str, Any]:
    """A finding without its place."""
    return {
        "entity": found.entity,
        "score": round(found.score, 4),
        "check": found.check,
        "recognizer": found.recognizer,
        "pattern": found.pattern,
        "context": list(found.context),
        "against": found.against,
    }


def not_examined(records: Sequence[NotExamined]) -> None:
    """What nobody looked at, and why."""
    for record in records:
        data: dict[str, Any] = {"type": "not_examined", "file": record.name, "cause": record.cause}
        data["reason"] = say(f"cause.{record.cause}", "en")
        if record.place is not None:
            data["place"] = {"line": record.place.line, "row": record.place.row, "column": record.place.column}
        line(data)


def file(tally: Tally) -> None:
    """The counts of one file."""
    line(
        {
            "type": "file",
            "file": tally.name,
            "format": tally.format,
            "encoding": tally.encoding,
            "bytes": tally.size,
            "units": tally.units,
            "entities": dict(sorted(tally.entities.items())),
            "not_examined": len(tally.not_examined),
        }
    )


def summary(tallies: Iterable[Tally], policy: str, **more: object) -> None:
    """The last line."""
    done = list(tallies)
    entities: Counter[str] = sum((tally.entities for tally in done), Counter())
    line(
        {
            "type": "summary",
            "format": FORMAT,
            "policy": policy,
            "files": len(done),
            "findings": entities.total(),
            "entities": dict(sorted(entities.items())),
            "not_examined": sum(len(tally.not_examined) for tally in done),
            **more,
        }
    )
