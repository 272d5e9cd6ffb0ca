"""What happens to every column of a hand-over, for this purpose and this recipient, and why. Plain frozen data.

``planner`` makes a plan and reads and writes its TOML; ``table`` carries it out. Making and applying are separate, so that
a person can read the plan in between.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from piiscrub.model.policy import NO_OPERATOR, OperatorSpec

FORMAT = 1

Role: TypeAlias = Literal["direct", "quasi", "sensitive", "text", "none", "unknown"]
"""Direct identifier, quasi-identifier, sensitive attribute, free text, none of these, or: it could not be told."""

Action: TypeAlias = Literal["keep", "transform", "spans", "drop", "decide"]
"""Keep as it is · the operator works on each whole cell · findings inside the text are handled by the policy · leave the
column out · a person has to decide before the plan can be applied."""


EMPTY = "profile: empty"
"""The rule of a column that is kept because it held no value: what comes into it later, nobody has decided about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPlan:
    """What happens to one column.

    ``position`` counts from 0 and is what the plan goes by. ``name`` is the header as it may be shown: a header that is
    itself personal information reads ``column_07`` here and in the output. ``dtype`` is the Arrow type as text.
    ``group`` names the linkage group: columns of one group name the same subjects and get the same pseudonyms.
    ``by`` names a second column that an operator looks at (the subject of a date shift). ``reason`` and ``rule`` say why.
    """

    position: int
    name: str
    dtype: str = ""
    entity: str = ""
    role: Role = "unknown"
    action: Action = "decide"
    operator: OperatorSpec = NO_OPERATOR
    group: str = ""
    by: str = ""
    confidence: float = 0.0
    reason: str = ""
    rule: str = ""
    renamed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What whoever holds the original can still join to what goes out: shares of rows, from 0 to 1. Holds no value.

    ``rows`` were measured, the first of the table. ``columns`` stay readable whole or in part and say something of a person;
    ``linked`` is the share of rows that are alone in them, ``linked_by_any`` in every column that goes out unchanged or
    coarser, order numbers and amounts too. ``matched`` are columns where one value always becomes the same pseudonym, each
    with the share of rows whose value its frequency tells. ``bound`` is the share from which the policy warns, 0 if it
    promises nothing.
    """

    rows: int
    columns: tuple[str, ...] = ()
    linked: float = 0.0
    linked_by_any: float = 0.0
    matched: tuple[tuple[str, float], ...] = ()
    bound: float = 0.0

    @property
    def warns(self) -> bool:
        """Whether more can be joined than the policy promises."""
        return 0 < self.bound < self.linked


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlan:
    """What happens to one table: its columns, then whole rows. ``name`` is that of its source ("" for a frame).

    ``joining`` is what could be joined when the plan was made from the table; None where it was made from a profile alone.

    ``canaries``: so many invented rows go among the delivered ones of a hand-over, so that a copy can be traced.
    """

    columns: tuple[ColumnPlan, ...]
    name: str = ""
    rows: tuple[OperatorSpec, ...] = ()
    joining: Joining | None = None
    canaries: int = 0

    def column(self, name: str) -> ColumnPlan:
        """The first column of this name. Raises ``KeyError`` if there is none."""
        for one in self.columns:
            if one.name == name:
                return one
        raise KeyError(name)


BASES = ("consent", "contract", "hr", "statutory-duty", "emergency", "public-information", "succession")
"""Why personal information may be processed (PIPL 13), and the transfer of a whole business (PIPL 22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Why the data may leave (rule book B1). ``kind`` is one of consent, contract, hr, statutory-duty, emergency,
    public-information, succession; consent names its column or file, every other kind a reference and a responsible person.
    """

    kind: str = ""
    reference: str = ""
    responsible: str = ""
    consent: str = ""


Recipient: TypeAlias = Literal["processor", "handler", "successor", "public", "foreign-authority"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On which terms the data goes to its recipient; ``handover`` asks for them.

    Attributes:
        kind: what the recipient is under PIPL 21–25. To a foreign authority (PIPL 41) nothing is handed over.
        country: where the recipient is, as an ISO code. CN is the mainland; HK, MO and TW count as abroad.
        until: the last day on which the recipient may hold the data, as an ISO date.
        contact: whom the recipient may ask.
        subject: the column by which two rows are known to be about the same person.
        guardian: the column that says whether a guardian has agreed; needed for children under 14.
        exemption: the legal ground on which the persons are not counted when the route abroad is worked out.
        critical: whether the data comes from critical information infrastructure (PIPL 40).
        important: whether the data is important data (DSL 21).
    """

    kind: Recipient = "handler"
    country: str = "CN"
    until: str = ""
    contact: str = ""
    subject: str = ""
    guardian: str = ""
    exemption: str = ""
    critical: bool = False
    important: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePlan:
    """A plan: for whom, for what, on which basis, by which policy, and per table and column what happens.

    ``views`` names the views of a database: they are left out, for what they show stands in its tables.

    ``policy_hash`` and ``packs_hash`` name exactly what it was made with. ``as_of`` is the date it was made, given by the
    caller: nothing here reads the clock.
    """

    tables: tuple[TablePlan, ...]
    purpose: str = ""
    recipient: str = ""
    policy: str = ""
    policy_hash: str = ""
    packs_hash: str = ""
    basis: Basis = Basis()
    terms: Terms = Terms()
    as_of: str = ""
    views: tuple[str, ...] = ()
    format: int = FORMAT

    @property
    def columns(self) -> tuple[ColumnPlan, ...]:
        """The columns of the only table. Raises ``ValueError`` if there are several: ask ``tables`` then."""
        if len(self.tables) != 1:
            raise ValueError(f"This plan has {len(self.tables)} tables; ask plan.tables.")
        return self.tables[0].columns

    def undecided(self) -> tuple[tuple[str, ColumnPlan], ...]:
        """Table name and column of everything a person still has to decide."""
        return tuple((table.name, column) for table in self.tables for column in table.columns if column.action == "decide")

    def replace(self, **changes: Any) -> SharePlan:  # Any: the same as dataclasses.replace takes
        """The same plan with some fields changed."""
        return dataclasses.replace(self, **changes)
