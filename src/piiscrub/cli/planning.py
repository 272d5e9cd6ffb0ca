"""``piiscrub plan``."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from piiscrub.cli import jsonout, show
from piiscrub.cli.language import lang, word
from piiscrub.cli.profiling import profiles_of, told, write_page
from piiscrub.cli.tables import Reading
from piiscrub.model.plan import Basis, Terms
from piiscrub.planner.making import make
from piiscrub.planner.specimens import samples
from piiscrub.render.tables import operator, share_plan
from piiscrub.sources import refuse

COLUMNS = ("position", "column", "entity", "role", "action", "operator", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """For whom and for what the plan is."""

    basis: Basis
    terms: Terms
    purpose: str = ""
    recipient: str = ""
    policy: str | None = None
    as_of: str = ""


def plan(path: Path, out: Path, reading: Reading, asked: Asked, *, page: Path | None, overwrite: bool, as_json: bool) -> int:
    """Write the plan of a file or folder as TOML; returns the exit code."""
    refuse(out, inputs=[path], overwrite=overwrite)
    profiles, missed = profiles_of(path, reading)
    made = make(
        profiles,
        purpose=asked.purpose,
        recipient=asked.recipient,
        policy=asked.policy,
        basis=asked.basis,
        terms=asked.terms,
        as_of=asked.as_of or datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        lang=lang(),
    )
    made.save(out)
    if page is not None:
        write_page(page, [share_plan(made, samples=samples(made), lang=lang())], word("table.plan"))
    for table in made.tables:
        rows = [
            {
                "position": c.position,
                "column": c.name,
                "entity": c.entity or "–",
                "role": word(f"table.role.{c.role}"),
                "action": word(f"table.action.{c.action}"),
                "operator": operator(c.operator) if c.action == "transform" else "",
                "reason": c.reason,
            }
            for c in table.columns
        ]
        if as_json:
            columns = [row | {"role": c.role, "action": c.action} for row, c in zip(rows, table.columns, strict=True)]
            jsonout.line({"type": "plan", "table": table.name, "columns": columns})
        else:
            titles = [word("finding.operator") if key == "operator" else word(f"table.{key}") for key in COLUMNS]
            shown = [dict(zip(titles, (row[key] for key in COLUMNS), strict=True)) for row in rows]
            show.rows(show.console(), table.name or word("table.plan"), shown, titles)
    if not as_json:
        if made.undecided():
            show.console().print(word("table.undecided", n=len(made.undecided())), style="yellow")
        show.console().print(word("cli.written", name=str(out)), soft_wrap=True)
    return told(missed, as_json=as_json)
