"""What was found of a person, written for her: JSON for programs, a page to read. Only her cells; others' are masked."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from piiscrub.errors import SourceError

if TYPE_CHECKING:
    from piiscrub.lifecycle.found import Subject

DATA, PAGE = "subject.json", "subject.html"


def content(subject: Subject, now: datetime) -> dict[str, Any]:
    """Her rows by table, the passages that speak of her, as plain data. Here values stand."""
    tables: dict[str, dict[str, Any]] = {}
    for row in subject.rows:
        own = tables.setdefault(row.place.table, {"name": row.place.table, "columns": list(row.columns), "rows": []})
        own["rows"].append(list(row.cells))
    mentions = [
        {"where": one.place.table, "column": one.column, "text": one.mention.masked(whole=not one.column)}
        for one in subject.mentions
    ]
    return {
        "made": now.isoformat(timespec="seconds"),
        "tables": list(tables.values()),
        "mentions": mentions,
        "recipients": [dict(one) for one in subject.recipients],
        "not_examined": len(subject.unexamined),
    }


def export(subject: Subject, folder: Path, now: datetime) -> None:
    """Write both files into a new folder that only its owner can read.

    Raises:
        SourceError: the folder is there already, or cannot be made.
    """
    from piiscrub.render.subject import subject_page

    told = content(subject, now)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        raise SourceError(f"{folder.name}: is there already. An export makes its own folder.") from None
    except OSError as error:
        raise SourceError(f"{folder.name}: cannot be made ({error.strerror}).") from None
    _write(folder / DATA, json.dumps(told, ensure_ascii=False, indent=1))
    _write(folder / PAGE, subject_page(told))


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text.encode("utf-8", "surrogatepass"))
