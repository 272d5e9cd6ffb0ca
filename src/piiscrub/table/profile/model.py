"""What a profile says. Plain frozen data; no value of the table is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from types import MappingProxyType
from typing import TYPE_CHECKING

from piiscrub.errors import UnknownNameError
from piiscrub.model import entities
from piiscrub.model.plan import Role
from piiscrub.render.catalogue import listed, say
from piiscrub.render.table import Table as Rows

if TYPE_CHECKING:
    import pandas as pd

Clue = tuple[str, Mapping[str, object]]
"""One piece of evidence: a key of the catalogue and what is filled in."""


def _titled(fill: Mapping[str, object], lang: str) -> Mapping[str, object]:
    """With the title of the entity beside its name."""
    node = entities.tree().get(str(fill.get("entity", "")))
    return fill if node is None else {**fill, "title": node.title(lang)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """What one column holds and why we think so.

    ``position`` counts from 0. ``name`` is the header as it may be shown: ``column_07`` if it is personal information
    itself (then ``renamed`` is true). ``entity`` is "" for none. ``confidence`` is 0 to 1. ``rows`` counts all rows,
    ``missing`` those without a value, ``distinct`` the different values, ``sampled`` how many of these were read. ``found``
    counts, for text and for columns of no entity, the values read that hold an entity somewhere inside. ``abstained``: it
    could not be told; a person has to decide.
    """

    position: int
    name: str
    dtype: str = ""
    entity: str = ""
    role: Role = "unknown"
    confidence: float = 0.0
    clues: tuple[Clue, ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()
    rows: int = 0
    distinct: int = 0
    missing: int = 0
    sampled: int = 0
    found: tuple[tuple[str, int], ...] = ()
    abstained: bool = False
    renamed: bool = False
    lang: str = "en"

    def __repr__(self) -> str:
        kind = f"{self.entity}, {self.role}" if self.entity else self.role
        return f"<ColumnProfile {self.position} {self.name!r}: {kind}, confidence {self.confidence:.2f}>"

    @property
    def uniqueness(self) -> float:
        """Distinct values by rows that hold one; 0 for an empty column."""
        held = self.rows - self.missing
        return self.distinct / held if held else 0.0

    @property
    def empty(self) -> bool:
        """Whether none of the cells that were read holds a value."""
        return any(key == "profile.empty" for key, _ in self.clues)

    @property
    def blind(self) -> bool:
        """Whether cells of it cannot be shown as text, so that nobody has looked at them."""
        return any(key in ("profile.blind", "profile.blind-cells") for key, _ in self.clues)

    @property
    def sensitivity(self) -> Mapping[str, str]:
        """The classes of the entity tree: gbt35273 and gbt45574 ("sensitive" or ""), jrt0171, hipaa, gdpr. Empty for no entity.

        >>> dict(ColumnProfile(position=0, name="id", entity="CN_ID_CARD").sensitivity)["jrt0171"]
        'C2'
        """
        if not self.entity:
            return MappingProxyType({})
        node = entities.get(self.entity)
        return MappingProxyType(
            {
                "gbt35273": "sensitive" if node.gbt35273 else "",
                "gbt45574": "sensitive" if node.gbt45574 else "",
                "jrt0171": node.jrt0171,
                "hipaa": node.hipaa,
                "gdpr": node.gdpr,
            }
        )

    @property
    def evidence(self) -> tuple[str, ...]:
        """Why, in words."""
        return self.why(self.lang)

    def why(self, lang: str = "en") -> tuple[str, ...]:
        """The evidence in a language, "en" or "zh"."""
        return tuple(say(key, lang, **_titled(fill, lang)) for key, fill in self.clues)

    def row(self, lang: str = "en") -> dict[str, object]:
        """The profile of the column as one flat row."""
        return {
            "position": self.position,
            "column": self.name,
            "dtype": self.dtype,
            "entity": self.entity,
            "role": self.role,
            "confidence": round(self.confidence, 2),
            "evidence": listed(self.why(lang), lang, sentences=True),
            "alternatives": ", ".join(f"{entity} {score:.2f}" for entity, score in self.alternatives),
            "inside": ", ".join(f"{entity} {n}" for entity, n in self.found),
            **{key: self.sensitivity.get(key, "") for key in ("gbt35273", "gbt45574", "jrt0171", "hipaa", "gdpr")},
            "rows": self.rows,
            "missing": self.missing,
            "distinct": self.distinct,
            "uniqueness": round(self.uniqueness, 3),
            "sampled": self.sampled,
            "abstained": self.abstained,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """Columns that together may single a person out, though none does alone. ``groups`` counts their different combinations,
    ``alone`` the rows whose combination no other row has; both are of the whole table.
    """

    columns: tuple[int, ...]
    names: tuple[str, ...]
    groups: int
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TableProfile:
    """What each column of a table holds, and how the table was read.

    Attributes:
        columns: one profile per column, in order.
        rows: how many rows the table has.
        name: the name of the source; "" for a frame, or where the name itself is personal information.
        combinations: quasi-identifiers that together may single somebody out.
        sample: how many different values of a column were read at most. A column with more was sampled at random.
        seed: the seed of that random choice.
        beyond: how many lines have more cells than there are columns; what stands in those cells belongs to no column.
        unremembered: how many formulas have no remembered value; their cells read as empty.
        hidden: whether this is a sheet that its workbook does not show.
    """

    columns: tuple[ColumnProfile, ...]
    rows: int
    name: str = ""
    combinations: tuple[Combination, ...] = ()
    sample: int = 0
    seed: int = 0
    lang: str = "en"
    beyond: int = 0
    hidden: bool = False
    unremembered: int = 0

    def remarks(self, lang: str | None = None) -> tuple[str, ...]:
        """What is to be said of the table as a whole: a sheet nobody sees, a first line that is no header, cells of no column.

        >>> TableProfile(columns=(), rows=0, hidden=True).remarks()
        ('The workbook does not show this sheet.',)
        """
        unnamed = sum(not one.name for one in self.columns)
        found = {
            "hidden": self.hidden,
            "unnamed": len(self.columns) > 1 and 2 * unnamed >= len(self.columns),
            "beyond": self.beyond > 0,
            "unremembered": self.unremembered > 0,
        }
        fill = {"n": unnamed, "columns": len(self.columns), "lines": self.beyond, "formulas": self.unremembered}
        return tuple(say(f"table.remark-{key}", lang or self.lang, **fill) for key, there in found.items() if there)

    def column(self, name: str) -> ColumnProfile:
        """The first column of this name. Raises ``UnknownNameError`` if there is none."""
        for one in self.columns:
            if one.name == name:
                return one
        raise UnknownNameError("column", name, [one.name for one in self.columns])

    def undecided(self) -> tuple[ColumnProfile, ...]:
        """The columns of which it could not be told what they hold."""
        return tuple(one for one in self.columns if one.abstained)

    def table(self) -> Rows:
        """The profile as rows of plain data."""
        return Rows([one.row(self.lang) for one in self.columns], caption=say("profile.caption", self.lang, rows=self.rows))

    def to_frame(self) -> pd.DataFrame:
        """The profile as a pandas DataFrame, one row per column of the table."""
        return self.table().to_frame()

    def __repr__(self) -> str:
        personal = sum(bool(one.entity) for one in self.columns)
        size = f"{len(self.columns)} columns, {self.rows} rows"
        return f"<TableProfile: {size}; {personal} personal, {len(self.undecided())} undecided>"

    def _repr_html_(self) -> str:
        from piiscrub.render.tables import table_profile

        together = [one.names for one in self.combinations]
        return table_profile(
            self.columns, rows=self.rows, name=self.name, combinations=together, remarks=self.remarks(), lang=self.lang
        )

    def to_html(self, path: str | PathLike[str]) -> None:
        """Write the profile as a page of its own; no value of the table is in it."""
        from pathlib import Path

        from piiscrub.render.html import document

        title = say("profile.caption", self.lang, rows=self.rows)
        Path(path).write_text(document(self._repr_html_(), title, lang=self.lang), encoding="utf-8")
