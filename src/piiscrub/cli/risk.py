"""``piiscrub risk``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from piiscrub.cli import jsonout, show
from piiscrub.cli.language import lang, word
from piiscrub.cli.outcome import CANNOT, OK, say_wrong
from piiscrub.cli.profiling import refuse_page, write_page
from piiscrub.planner.assessing import assess, read
from piiscrub.render.catalogue import listed
from piiscrub.render.risk import report as page_of
from piiscrub.render.risk import shown_measure
from piiscrub.risk.report import RiskReport


def risk(
    path: Path,
    *,
    quasi: Sequence[str],
    sensitive: Sequence[str],
    known: Sequence[str],
    attacker: Path | None,
    population: str,
    direct: Sequence[str] | None,
    before: Path | None,
    context: float,
    page: Path | None,
    as_json: bool,
) -> int:
    """Assess one table file; returns the exit code."""
    refuse_page(page, [one for one in (path, attacker, before) if one is not None])
    people = int(population) if population.isascii() and population.isdigit() else read(population) if population else None
    table = read(path)
    quasi, sensitive, known = (_apart(given, table.names) for given in (quasi, sensitive, known))
    found = assess(
        table,
        quasi=quasi or None,
        sensitive=sensitive or None,
        population=people,
        attacker=None if attacker is None else read(attacker),
        known=known,
        direct=direct,
        before=None if before is None else read(before),
        context=context,
    )
    if not found.quasi:
        return say_wrong(word("risk.cli.none"), "usage", CANNOT)
    if page is not None:
        write_page(page, [page_of(found, lang=lang())], word("risk.cli.table"))
    if as_json:
        jsonout.line({"type": "risk", **found.to_dict()})
    else:
        _show(found, proposed=not quasi)
    return OK


def _apart(given: Sequence[str], names: Sequence[str]) -> list[str]:
    """Columns that were named in one word with commas between, one by one; a name that holds a comma itself stays whole.

    >>> _apart(["age,city", "a,b"], ["age", "city", "a,b"]), _apart(["年龄，城市"], ["年龄", "城市"])
    (['age', 'city', 'a,b'], ['年龄', '城市'])
    """
    return [part.strip() for one in given for part in ([one] if one in names else re.split("[,，、]", one))]


def _show(found: RiskReport, *, proposed: bool) -> None:
    out = show.console()
    if proposed:
        out.print(word("risk.cli.proposed", columns=listed(found.quasi, lang())), markup=False)
    former = None if found.before is None else found.before.measures()
    value = word("risk.value") if former is None else word("risk.after")
    titles = [word("risk.measure"), *([] if former is None else [word("risk.before")]), value, word("risk.means")]
    rows = [
        {
            word("risk.measure"): word(f"risk.m.{name}"),
            word("risk.before"): shown_measure(name, former[name]) if former and name in former else "",
            value: shown_measure(name, measured),
            word("risk.means"): word(f"risk.w.{name}"),
        }
        for name, measured in found.measures().items()
    ]
    show.rows(out, word("risk.title", rows=found.rows, quasi=listed(found.quasi, lang())), rows, titles)
    if (cost := found.utility) is not None:
        shares = {"ncp": f"{cost.ncp:.1%}", "suppressed": f"{cost.suppressed:.1%}", "change": f"{cost.association_change:.3f}"}
        counts = {"discernibility": f"{cost.discernibility:,}", "least": f"{cost.least_discernibility:,}"}
        out.print(f"{word('risk.utility')}: {word('risk.cost', **shares, **counts)}", markup=False)
    for one in found.grades:
        out.print(f"GB/T 42460 · {word(f'risk.model.{one.model}')}: {word('risk.grade')} {one.grade}", markup=False)
    for made in found.unique_sets[:5]:
        out.print(f"{' + '.join(made.columns)}: {made.unique}", markup=False)
