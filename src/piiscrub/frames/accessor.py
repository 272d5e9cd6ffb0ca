"""``df.pii`` and ``s.pii``: the doors as a namespace on frames. Holds the frame and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from piiscrub.keys.bound import Keys
    from piiscrub.model.plan import Basis, TablePlan, Terms
    from piiscrub.model.plan import SharePlan as PlainPlan
    from piiscrub.operate.protocol import VaultScope
    from piiscrub.planner.share import SharePlan
    from piiscrub.risk.report import RiskReport
    from piiscrub.scrubber.pipeline import Scrubber
    from piiscrub.table.applying import PolicyLike
    from piiscrub.table.profile.model import TableProfile
    from piiscrub.table.result import TableScrub
    from piiscrub.table.scanning import TableScan


class Pii:
    """What piiscrub does with this frame. Nothing here changes the frame: every method returns something new.

    >>> import pandas as pd, piiscrub
    >>> df = pd.DataFrame({"电话": ["13800138000", None], "备注": ["写信到 a@example.com", "无"]})
    >>> df.pii.scan().counts
    {'CN_MOBILE': 1, 'EMAIL_ADDRESS': 1}
    """

    __slots__ = ("_frame",)

    def __init__(self, frame: Any) -> None:  # of pandas or polars
        self._frame = frame

    def scan(self, *, policy: PolicyLike | Scrubber = "review", entities: Collection[str] | None = None) -> TableScan:
        """What stands in the cells, header by header; row labels are looked at too. Nothing is changed.

        Args:
            policy: a preset, the path of a policy file, a Policy or a Scrubber; ``review`` reports every kind, however weak.
            entities: report only these and their children.
        """
        from piiscrub.frames.doors import scan

        return scan(self._frame, policy=policy, entities=entities)

    def findings(self, *, policy: PolicyLike | Scrubber = "review", entities: Collection[str] | None = None) -> Any:
        """The findings as a frame of the same library: row position, column, entity, start, end, score, recognizer."""
        from piiscrub.frames.doors import findings

        return findings(self._frame, policy=policy, entities=entities)

    def profile(self, *, sample: int | None = None, lang: str | None = None) -> TableProfile:
        """What each column is: entity, role, sensitivity, confidence and the evidence for it. As ``piiscrub.profile``."""
        from piiscrub.frames.doors import profile

        return profile(self._frame, sample=sample, lang=lang)

    def plan(
        self,
        *,
        purpose: str | None = "",
        recipient: str | None = "",
        policy: PolicyLike | None = None,
        basis: Basis | str = "",
        terms: Terms | None = None,
        as_of: str = "",
        sample: int | None = None,
        lang: str | None = None,
    ) -> SharePlan:
        """A plan for handing this frame over. As ``piiscrub.plan``."""
        from piiscrub.frames.doors import plan

        return plan(
            self._frame, purpose=purpose, recipient=recipient, policy=policy, basis=basis, terms=terms, as_of=as_of,
            sample=sample, lang=lang,
        )  # fmt: skip  # the arguments of the caller

    def apply(self, plan: PlainPlan | TablePlan, *, keys: Keys | None = None, vault: VaultScope | None = None) -> TableScrub:
        """Carry out a plan. As ``piiscrub.apply``."""
        from piiscrub.frames.doors import apply

        return apply(self._frame, plan, keys=keys, vault=vault)

    def assess(
        self,
        *,
        quasi: Sequence[str] | None = None,
        sensitive: Sequence[str] | None = None,
        population: Any = None,
        before: Any = None,
        **more: Any,  # as piiscrub.assess takes them
    ) -> RiskReport:
        """How many people can still be singled out, and by which columns. As ``piiscrub.assess``."""
        from piiscrub.frames.assessing import assess

        return assess(self._frame, quasi=quasi, sensitive=sensitive, population=population, before=before, **more)

    def scrub(self, policy: PolicyLike | Scrubber | PlainPlan | TablePlan = "balanced", *, keys: Keys | None = None) -> Any:
        """A new frame of the same type with personal information handled by a policy, or by a plan.

        With a policy, what each column is decides: a column of one kind is handled cell by cell by the rule of that kind,
        and every other text is searched for what stands inside it. Whoever wants the evidence too takes ``apply``. Names
        inside text are found as well; ``Scrubber(ner=None)`` in place of a policy leaves them out and is much faster.
        """
        from piiscrub.frames.doors import scrub

        return scrub(self._frame, policy, keys=keys).frame


def register_pandas() -> None:
    """Register ``pii`` on DataFrame and Series of pandas; a second time changes nothing."""
    import pandas as pd

    for kind, registered in (
        (pd.DataFrame, pd.api.extensions.register_dataframe_accessor),
        (pd.Series, pd.api.extensions.register_series_accessor),
    ):
        if "pii" not in vars(kind):
            registered("pii")(Pii)


def register_polars() -> None:
    """Register ``pii`` on DataFrame and Series of polars; a second time changes nothing."""
    import polars as pl

    if "pii" not in vars(pl.DataFrame):
        pl.api.register_dataframe_namespace("pii")(Pii)
    if "pii" not in vars(pl.Series):
        pl.api.register_series_namespace("pii")(Pii)
