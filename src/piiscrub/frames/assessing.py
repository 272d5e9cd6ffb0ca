"""The functions behind ``ps.assess``, ``ps.generalize`` and ``df.pii.assess``: frames, results and paths in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Integral
from os import PathLike
from typing import TYPE_CHECKING, Any

from piiscrub.errors import InputError
from piiscrub.frames.opening import must_open
from piiscrub.table.result import TableScrub

if TYPE_CHECKING:
    from piiscrub.planner.generalizing import Method, Suppress
    from piiscrub.planner.share import SharePlan
    from piiscrub.risk.report import RiskReport
    from piiscrub.table.applying import PolicyLike
    from piiscrub.table.frame import Table


def assess(
    source: Any,
    *,
    quasi: Sequence[str] | None = None,
    sensitive: Sequence[str] | None = None,
    direct: Sequence[str] | None = None,
    population: Any = None,
    attacker: Any = None,
    known: Sequence[str] = (),
    before: Any = None,
    kept: Any = None,
    context: float = 1.0,
    most_cells: int | None = None,
) -> RiskReport:
    """How many people can still be singled out, by which columns, and what protection cost. Counts and positions, no value.

    Args:
        source: a frame of pandas, polars or Arrow, the path of a file of one table, or what ``apply`` returned.
        quasi: the columns an attacker may know of a person. Without them they are proposed from the profile, and sensitive
            and direct columns too unless given.
        sensitive: columns nobody should learn about a person: l-diversity and t-closeness are measured on each.
        direct: columns that name a person and are still there: they make GB/T 42460 grade 1. Without it the columns that are
            neither quasi nor sensitive are looked through, but not with ``before`` or in what ``apply`` returned: pseudonyms
            look like what they stand for. ``[]`` says that there are none.
        population: whom the rows were drawn from: a table with the quasi columns (k-map, δ-presence, journalist risk), or how
            many people (estimate of population uniques).
        attacker: a table with some of the columns: a linkage attack is played through.
        known: the columns the attacker uses; without ``attacker`` he knows them of everybody in the table.
        before: the table before protection, for a report of both and the cost. Of what ``apply`` returned the rows that stayed
            are known; for other tables of fewer rows say ``kept``. A quasi column only it has was left out.
        kept: positions in ``before`` of the rows that stayed, or a mask.
        context: GB/T 42460: the greatest of the probabilities of a deliberate attempt, an inadvertent recognition and a
            breach, for releases under an agreement or in an enclave. 1 unless known better.
        most_cells: rows times column sets looked through for minimal unique sets; 20 million unless given.

    Raises:
        InputError: no table; arguments that do not fit together.
        UnknownNameError: no such column.

    >>> import pandas as pd
    >>> df = pd.DataFrame({"age": [31, 31, 47], "sex": ["f", "f", "m"], "illness": ["a", "b", "a"]})
    >>> assess(df, quasi=["age", "sex"], sensitive=["illness"])
    <RiskReport: 3 rows, k = 1, 33.3% unique, GB/T 42460 grade 2/2/2>
    """
    from piiscrub.planner import assessing
    from piiscrub.risk.causes import MOST_CELLS

    if isinstance(source, TableScrub):
        kept = source.kept_rows if kept is None and before is not None else kept
        direct = () if direct is None and quasi is not None else direct  # pseudonyms look like what they stand for
    return assessing.assess(
        _table(source, "assess"),
        quasi=quasi,
        sensitive=sensitive,
        direct=direct,
        population=_population(population),
        attacker=None if attacker is None else _table(attacker, "attacker"),
        known=known,
        before=None if before is None else _table(before, "before"),
        kept=kept,
        context=context,
        most_cells=MOST_CELLS if most_cells is None else most_cells,
    )


def generalize(
    source: Any,
    *,
    quasi: Sequence[str],
    k: int = 5,
    l: int | None = None,  # noqa: E741  # the name the measure has had since 2006
    t: float | None = None,
    sensitive: Sequence[str] = (),
    hierarchies: Mapping[str, object] | None = None,
    max_suppression: float = 0.02,
    suppress: Suppress | None = None,
    weights: Mapping[str, float] | None = None,
    method: Method = "levels",
    purpose: str = "",
    recipient: str = "",
    policy: PolicyLike | None = None,
    lang: str = "en",
) -> SharePlan:
    """The plan that reaches k (and l, t) with the least loss: one level of coarseness per column, rare rows left out.

    The plan is like any other: read it, change it, save it, carry it out with ``apply`` today and on tomorrow's data. Other
    columns are handled as ``plan`` would; rows whose group stays smaller than ``k`` are left out whenever it is applied.

    Args:
        source: a frame of pandas, polars or Arrow, or the path of a file of one table.
        quasi: the columns to be made coarser.
        k: rows of the smallest group, 2 or more.
        l: fewest different values of every sensitive column in a group.
        t: greatest distance of a group's sensitive values from the whole table's; with it no row is left out.
        sensitive: the columns l and t are about; they are kept.
        hierarchies: per column a kind (age, date, number, division, postcode, address, none), the path of a hierarchy file, or
            the steps as parameters of the operator ``generalise``, fine to coarse. What is not named is found out; a column
            without steps can be kept or left out.
        max_suppression: greatest share of rows that are left out or lose cells.
        suppress: what happens to rows whose group stays too small. ``rows``: they are left out. ``cells``: cells of quasi columns
            become missing in them, as few as a search by rule finds, of columns of little weight first; a row that no
            emptied cells help is left out, but with ``t`` none is. ``cells`` unless said where ``t`` is given, else ``rows``.
            A missing cell counts as a value of its own, the cautious way: k is reached without trusting that a reader takes it
            for any value.
        weights: per column how much its loss counts; 1 unless given.
        method: ``levels``: one level per column for all rows, the least loss there is. ``mondrian``: regions, each only as
            coarse as it has to be; cuts at medians, at most 500, no row left out now, no hierarchies. Its plan holds the cuts,
            which are values of the quasi columns.
        purpose, recipient, policy: as for ``plan``.
        lang: language of the reasons.

    Raises:
        InputError: no table; arguments that make no sense; a target that cannot be reached.
        UnknownNameError: no such column.

    >>> import pandas as pd
    >>> made = generalize(pd.DataFrame({"age": [31, 32, 47, 48], "n": [1, 2, 3, 4]}), quasi=["age"], k=2)
    >>> made.columns[0].operator.name, made.columns[0].operator.arguments()
    ('generalise', {'kind': 'age', 'width': 5})
    """
    from piiscrub.frames.doors import table_of
    from piiscrub.planner.generalizing import generalize as search

    return search(
        _table(source, "generalize"),
        quasi=quasi,
        k=k,
        l=l,
        t=t,
        sensitive=sensitive,
        hierarchies=hierarchies,
        max_suppression=max_suppression,
        suppress=suppress,
        weights=weights,
        method=method,
        purpose=purpose,
        recipient=recipient,
        policy=policy,
        lang=lang,
        opener=table_of,
    )


def _population(given: Any) -> Table | int | None:  # Any: a table, or a number of any library
    if given is None:
        return None
    if isinstance(given, bool):
        raise InputError("population takes a table or a number of people, not bool.")
    return int(given) if isinstance(given, Integral) else _table(given, "population")


def _table(source: Any, where: str) -> Table:
    if isinstance(source, TableScrub):
        return source.table
    if isinstance(source, str | PathLike):
        from piiscrub.planner.assessing import read

        if "://" in str(source):
            raise InputError(f"{where} takes a frame or the path of a file; read the database table first.")
        return read(source)
    return must_open(source, where=where).table
