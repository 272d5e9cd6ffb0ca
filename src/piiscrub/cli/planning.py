"""``piiscrub plan``."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import asdict, dataclass
from pathlib import Path

from piiscrub.cli import jsonout, show
from piiscrub.cli.language import lang, word
from piiscrub.cli.profiling import profiles_of, refuse_page, remarks, told, write_page
from piiscrub.cli.tables import Reading, all_tables, files_of
from piiscrub.errors import SourceError
from piiscrub.model.plan import Basis, Terms
from piiscrub.planner.joining import first_rows, measured
from piiscrub.planner.making import make
from piiscrub.planner.policies import policy_of
from piiscrub.planner.share import SharePlan
from piiscrub.planner.specimens import samples
from piiscrub.registry.purposes import known
from piiscrub.render.tables import operator, share_plan
from piiscrub.sources import NotExamined, refuse
from piiscrub.table.files import views_of

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
    canaries: int = 0


def plan(
    source: Path | str, out: Path, reading: Reading, asked: Asked, *, page: Path | None, overwrite: bool, as_json: bool
) -> int:
    """Write the plan of a file, a folder or a database as TOML; returns the exit code."""
    refuse(out, inputs=files_of(source), overwrite=overwrite)
    refuse_page(page, [*files_of(source), out])
    profiles, missed = profiles_of(source, reading)
    made = make(
        profiles,
        purpose=asked.purpose,
        recipient=asked.recipient,
        policy=asked.policy,
        basis=asked.basis,
        terms=asked.terms,
        as_of=asked.as_of or datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        lang=lang(),
        views=views_of(source),
    )
    made = _measured(made, source, reading)
    if asked.canaries:
        made = dataclasses.replace(
            made, tables=tuple(dataclasses.replace(table, canaries=asked.canaries) for table in made.tables)
        )
    made.save(out)
    if page is not None:
        write_page(page, [share_plan(made, samples=samples(made), lang=lang())], word("table.plan"))
    for table, profile in zip(made.tables, profiles, strict=True):
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
            joining = None if table.joining is None else asdict(table.joining)
            jsonout.line({"type": "plan", "table": table.name, "columns": columns, "joining": joining})
        else:
            titles = [word(f"table.{key}") for key in COLUMNS]
            shown = [dict(zip(titles, (row[key] for key in COLUMNS), strict=True)) for row in rows]
            show.rows(show.console(), table.name or word("table.plan"), shown, titles)
            remarks(profile)
            show.joining(table.joining)
    if as_json and made.views:
        jsonout.line({"type": "views left out", "views": list(made.views)})
    if not as_json:
        if made.views:
            show.console().print(word("plan.views", n=len(made.views), views=", ".join(made.views)), soft_wrap=True, markup=False)
        if made.undecided():
            show.console().print(word("table.undecided", n=len(made.undecided())), style="yellow")
        if made.purpose and made.purpose not in known():
            show.console().print(word("plan.own-purpose", purpose=made.purpose, known=", ".join(known())), soft_wrap=True)
        show.console().print(word("cli.written", name=str(out)), soft_wrap=True)
    return told(missed, as_json=as_json, beyond=any(one.beyond or one.unremembered for one in profiles))


def _measured(plan: SharePlan, source: Path | str, reading: Reading) -> SharePlan:
    """The plan with what could be joined: each table is looked into once more, one at a time."""
    policy = policy_of(plan)
    for found in all_tables(source, reading):
        if isinstance(found.opened, NotExamined):
            continue
        try:
            with found.opened as file:
                if not isinstance(file, NotExamined):
                    for name, table in first_rows(file, name=found.label):
                        plan = measured(plan, policy, {name: table})
        except SourceError:
            if not (isinstance(source, Path) and source.is_dir()):
                raise  # of a folder it is named already
    return plan
