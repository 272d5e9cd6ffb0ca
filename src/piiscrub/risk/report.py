"""What ``assess`` returns: measures, grades, causes; counts and positions only, never a value of the table."""

from __future__ import annotations

import dataclasses
import json
import math
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from piiscrub.risk.causes import ColumnRisk, UniqueSet, WorstRow
from piiscrub.risk.disclosure import SensitiveRisk
from piiscrub.risk.estimate import Uniques
from piiscrub.risk.grade import ExpertSummary, Grade
from piiscrub.risk.linkage import Linkage
from piiscrub.risk.reidentify import Attack, PopulationRisk
from piiscrub.risk.utility import Utility

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeBand:
    """Classes whose size lies in a band: ``least`` to ``most`` (0: no limit), how many, and the rows in them."""

    least: int
    most: int
    classes: int
    rows: int


@dataclass(frozen=True, kw_only=True)
class RiskReport:
    """What risk a table carries. Made by ``piiscrub.assess``.

    ``k`` is the size of the smallest class, ``unique`` the rows alone in theirs, ``uniqueness`` their share;
    ``small_cells`` the rows in classes of 1 to 10 (CMS). ``prosecutor`` and ``journalist`` are attackers on one person,
    ``marketer`` the expected share of rows tied to the right person. Without a population, journalist equals prosecutor,
    which overstates it. ``sets_up_to`` is the greatest size of column sets that was looked through. ``before`` is the
    report of the table before protection, ``utility`` what the protection cost; None unless a table before was given.
    """

    rows: int
    quasi: tuple[str, ...]
    direct: tuple[str, ...]
    k: int
    classes: int
    mean_class: float
    unique: int
    uniqueness: float
    small_cells: int
    sizes: tuple[SizeBand, ...]
    prosecutor: Attack
    journalist: Attack
    marketer: float
    sensitive: tuple[SensitiveRisk, ...]
    population: PopulationRisk | None
    uniques: Uniques | None
    grades: tuple[Grade, ...]
    expert: ExpertSummary
    columns: tuple[ColumnRisk, ...]
    unique_sets: tuple[UniqueSet, ...]
    sets_up_to: int
    worst: tuple[WorstRow, ...]
    linkage: Linkage | None = None
    before: RiskReport | None = None
    utility: Utility | None = None
    name: str = ""
    format: int = FORMAT

    def grade(self, model: str = "public") -> Grade:
        """The GB/T 42460-2023 grade under a release model: public, agreement or enclave.

        Raises:
            KeyError: no such model.
        """
        for one in self.grades:
            if one.model == model:
                return one
        raise KeyError(model)

    @property
    def l(self) -> int:  # noqa: E743  # the name the measure has had since 2006
        """The least distinct l over all sensitive attributes; 0 if there is none."""
        return min((one.l for one in self.sensitive), default=0)

    @property
    def t(self) -> float:
        """The greatest t over all sensitive attributes; 0 if there is none."""
        return max((one.t for one in self.sensitive), default=0.0)

    def __repr__(self) -> str:
        grades = "/".join(str(one.grade) for one in self.grades)
        return f"<RiskReport: {self.rows} rows, k = {self.k}, {self.uniqueness:.1%} unique, GB/T 42460 grade {grades}>"

    def measures(self) -> dict[str, float]:
        """The measures that are one number, by name; ratios 0 to 1."""
        found: dict[str, float] = {
            "rows": self.rows,
            "classes": self.classes,
            "k": self.k,
            "mean_class": self.mean_class,
            "unique": self.unique,
            "uniqueness": self.uniqueness,
            "small_cells": self.small_cells,
            "prosecutor_highest": self.prosecutor.highest,
            "prosecutor_mean": self.prosecutor.mean,
            "above_0.09": self.prosecutor.above,
            "journalist_highest": self.journalist.highest,
            "marketer": self.marketer,
        }
        if self.sensitive:
            found |= {"l": self.l, "entropy_l": min(one.entropy_l for one in self.sensitive), "t": self.t}
        if self.population is not None:
            found |= {"k_map": self.population.k_map, "delta_max": self.population.delta_max}
        if self.uniques is not None:
            found["population_unique"] = self.uniques.share
        if self.linkage is not None:
            found["reidentified"] = self.linkage.reidentified
        return found

    def to_dict(self) -> dict[str, Any]:  # Any: plain data of several depths
        """Plain data, ready for JSON; an infinite number is None."""
        plain: dict[str, Any] = _plain(dataclasses.asdict(self))
        return plain

    def to_json(self) -> str:
        """The same as one JSON text with sorted keys."""
        return json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True)

    def to_frame(self) -> pd.DataFrame:
        """One row per measure, as a pandas DataFrame; with a table before, both and the change."""
        from piiscrub.render.table import Table

        rows: list[dict[str, object]] = []
        former = self.before.measures() if self.before is not None else {}
        for name, value in self.measures().items():
            row: dict[str, object] = {"measure": name}
            if self.before is not None:
                row["before"] = former.get(name)
            rows.append(row | {"after" if self.before is not None else "value": value})
        return Table(rows, caption="risk").to_frame()

    def to_html(self, path: str | PathLike[str] | None = None, *, lang: str = "en") -> str:
        """The page in English or Chinese (``lang="zh"``); also written to ``path`` if one is given."""
        from piiscrub.render import html, risk

        page = risk.report(self, lang=lang)
        if path is not None:
            Path(path).write_text(html.document(page, "piiscrub", lang=lang), encoding="utf-8")
        return page

    def _repr_html_(self) -> str:
        return self.to_html()


def _plain(value: Any) -> Any:  # Any: whatever asdict holds
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
