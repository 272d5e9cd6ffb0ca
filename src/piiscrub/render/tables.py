"""The HTML of tables: profile, plan, result and a heat map of what was found where. No value stands in it.

It takes whatever has the attributes named here, for the rooms that make these objects lie above this one. Headers, sheet and
file names are hostile like everything else: jinja2 escapes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from piiscrub.model.plan import ColumnPlan, Joining, SharePlan
from piiscrub.model.policy import OperatorSpec
from piiscrub.render.catalogue import has, say
from piiscrub.render.html import fill
from piiscrub.render.joining import sentences

ROLE_COLOURS: Mapping[str, str] = {
    "direct": "#D55E00", "quasi": "#E69F00", "sensitive": "#CC79A7", "text": "#56B4E9", "none": "#999999", "unknown": "#F0E442",
}  # fmt: skip  # the palette of Okabe and Ito; grey for nothing
Samples = Mapping[tuple[str, int], Sequence[tuple[str, str]]]
"""Table name and position → what cells read before (as stand-ins) and after."""

_SIDE, _ROW, _MOST_ROWS, _MOST_COLUMNS = 64, 24, 100, 24


def table_profile(
    columns: Sequence[Any],
    *,
    rows: int,
    name: str = "",
    combinations: Sequence[Sequence[str]] = (),
    remarks: Sequence[str] = (),
    lang: str = "en",
) -> str:
    """One row per column of a profile (``ColumnProfile``); evidence is a pair of a key of the wording and what fills it."""
    shown = [
        {
            "position": c.position,
            "name": c.name,
            "dtype": c.dtype,
            "entity": c.entity,
            "role": say(f"table.role.{c.role}", lang),
            "colour": ROLE_COLOURS[c.role],
            "confidence": c.confidence,
            "percent": round(100 * min(1.0, max(0.0, c.confidence))),
            "classes": [
                say(f"table.class.{key}", lang, value=value)
                for key, value in c.sensitivity.items()
                if value and (key, value) != ("gdpr", "ordinary")
            ],
            "distinct": c.distinct,
            "missing": c.missing,
            "found": list(c.found),
            "abstained": c.abstained,
            "evidence": [_sentence(one, lang) for one in c.evidence],
            "alternatives": ", ".join(f"{entity} {score:.2f}" for entity, score in c.alternatives),
        }
        for c in columns
    ]
    return fill("table_profile.html", lang, columns=shown, rows=rows, name=name, combinations=combinations, remarks=remarks)


def share_plan(plan: SharePlan, *, samples: Samples | None = None, lang: str = "en") -> str:
    """What happens to every column and why; with ``samples``, what cells read before and after."""
    tables = [
        {
            "name": table.name,
            "rows": [operator(spec) for spec in table.rows],
            "columns": [_planned(c, (samples or {}).get((table.name, c.position), ()), lang) for c in table.columns],
            "joining": tuple(sentences(table.joining, lang)) if table.joining else (),
            "warns": table.joining is not None and table.joining.warns,
        }
        for table in plan.tables
    ]
    parts = (("purpose", plan.purpose), ("recipient", plan.recipient), ("policy", plan.policy), ("basis", plan.basis.kind))
    about = [(key, value) for key, value in parts if value]
    left = say("plan.views", lang, n=len(plan.views), views=", ".join(plan.views)) if plan.views else ""
    return fill("share_plan.html", lang, about=about, tables=tables, left=left, undecided=len(plan.undecided()))


def table_scrub(
    columns: Sequence[Any], *, rows: int, rows_out: int, name: str = "", joining: Joining | None = None, lang: str = "en"
) -> str:
    """What was done: one row per column of the evidence, and what can still be joined."""
    shown = [
        {
            "position": c.position,
            "name": c.name,
            "entity": c.entity,
            "action": say(f"table.action.{c.action}", lang),
            "dropped": c.action == "drop",
            "operator": c.operator or ", ".join(c.operators),
            "cells": c.cells,
            "changed": c.changed,
            "found": sorted(c.found.items()) if c.action == "spans" else (),
            "unexamined": c.unexamined,
            "failures": sum(c.failures.values()),
            "dtype": c.dtype if c.dtype == c.dtype_after else f"{c.dtype} → {c.dtype_after or say('table.left-out', lang)}",
        }
        for c in columns
    ]
    told = tuple(sentences(joining, lang)) if joining else ()
    return fill(
        "table_scrub.html", lang, columns=shown, rows=rows, rows_out=rows_out, name=name, joining=told,
        warns=joining is not None and joining.warns,
    )  # fmt: skip  # what stands in the page


def heat_map(columns: Sequence[tuple[str, Mapping[str, int]]], *, rows: int, lang: str = "en") -> str:
    """Column × entity: how often each entity was found in each column, the deeper the more of the rows hold it."""
    entities = sorted({entity for _, counts in columns for entity in counts})
    shown = entities[:_MOST_COLUMNS]
    left = 16 + max((9 * min(24, len(name)) for name, _ in columns), default=0)
    top = 24 + max((6 * len(entity) for entity in shown), default=0)
    lines = []
    for number, (name, counts) in enumerate(columns[:_MOST_ROWS]):
        cells = [
            {
                "x": left + n * _SIDE,
                "n": counts.get(entity, 0),
                "depth": f"{0.75 * min(1.0, counts.get(entity, 0) / max(1, rows)) ** 0.5:.2f}",
                "title": say("table.heat-cell", lang, column=name, entity=entity, n=counts.get(entity, 0), rows=rows),
            }
            for n, entity in enumerate(shown)
        ]
        lines.append({"name": name if len(name) <= 24 else name[:23] + "…", "y": top + number * _ROW, "cells": cells})
    return fill(
        "heat_map.html",
        lang,
        entities=[{"name": entity, "x": left + n * _SIDE + _SIDE // 2} for n, entity in enumerate(shown)],
        rows=lines,
        left=left,
        top=top,
        side=_SIDE,
        width=left + len(shown) * _SIDE + max((4 * len(entity) for entity in shown), default=0),
        height=top + len(lines) * _ROW + 8,
        more=max(0, len(columns) - _MOST_ROWS) + len(entities) - len(shown),
    )


def operator(spec: OperatorSpec) -> str:
    """An operator with its parameters: ``mask(keep_first=3)``."""
    inside = ", ".join(f"{key}={value}" for key, value in spec.params)
    return f"{spec.name}({inside})" if inside else spec.name


def _planned(c: ColumnPlan, samples: Sequence[tuple[str, str]], lang: str) -> dict[str, object]:
    return {
        "position": c.position,
        "name": c.name,
        "dtype": c.dtype,
        "entity": c.entity,
        "role": say(f"table.role.{c.role}", lang),
        "colour": ROLE_COLOURS[c.role],
        "action": say(f"table.action.{c.action}", lang),
        "undecided": c.action == "decide",
        "dropped": c.action == "drop",
        "operator": operator(c.operator) if c.action == "transform" else "",
        "samples": list(samples),
        "reason": c.reason,
        "rule": c.rule,
    }


def _sentence(evidence: Any, lang: str) -> str:
    if isinstance(evidence, str):
        return evidence
    key, parts = evidence
    return say(key, lang, **parts) if has(key) else str(key)
