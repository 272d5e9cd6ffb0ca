"""The functions behind ``ps.profile``, ``ps.plan``, ``ps.apply`` and ``df.pii``: what the caller hands in, the same comes out."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from os import PathLike
from typing import TYPE_CHECKING, Any

from piiscrub.errors import InputError, PlanError
from piiscrub.frames.opening import must_open
from piiscrub.model.plan import ColumnPlan, SharePlan, TablePlan
from piiscrub.model.policy import Policy
from piiscrub.registry.policies import load_policy, policy_names
from piiscrub.scrubber.pipeline import Scrubber

if TYPE_CHECKING:
    from piiscrub.keys.bound import Keys
    from piiscrub.operate.protocol import VaultScope
    from piiscrub.table.applying import PolicyLike
    from piiscrub.table.result import TableScrub
    from piiscrub.table.scanning import TableScan


def scan(source: Any, *, policy: PolicyLike = "review", entities: Collection[str] | None = None) -> TableScan:
    """What stands in the cells of a frame. See ``df.pii.scan``."""
    from piiscrub.table.scanning import scan as scan_table

    return scan_table(must_open(source, where="scan").table, scrubber_for(policy), entities=entities)


def findings(source: Any, *, policy: PolicyLike = "review", entities: Collection[str] | None = None) -> Any:
    """The findings in the cells of a frame, as a frame of the same library."""
    from piiscrub.table.scanning import scan as scan_table

    frame = must_open(source, where="findings")
    return frame.show(scan_table(frame.table, scrubber_for(policy), entities=entities).findings())


def apply(source: Any, plan: SharePlan | TablePlan, *, keys: Keys | None = None, vault: VaultScope | None = None) -> TableScrub:
    """Carry out a plan on a table; the caller's object stays as it is.

    Args:
        source: a frame or series of pandas or polars, a pyarrow Table, or anything with the Arrow C stream interface.
        plan: from ``piiscrub.plan`` or ``piiscrub.load_plan``, or made by hand. It says what happens to each column; the
            policy it names, to what stands inside free text.
        keys: a KeyRing. Without one, keyed operators share random keys for this call only, and the evidence says so.
        vault: a scope of a Vault, for operators that put values there.

    Raises:
        PlanError: the plan has undecided columns, names another policy than there is now, or the table has changed since: a
            column is new, missing, of another type, or holds something else.
        InputError: ``source`` is no table.

    >>> import pandas as pd
    >>> from piiscrub.model.policy import OperatorSpec
    >>> df = pd.DataFrame({"phone": ["13800138000", None]})
    >>> mask = ColumnPlan(position=0, name="phone", entity="CN_MOBILE", action="transform", operator=OperatorSpec.of("mask"))
    >>> apply(df, TablePlan(columns=(mask,))).frame["phone"][0]
    '138****8000'
    """
    from piiscrub.table.applying import apply as apply_table

    frame = must_open(source, where="apply")
    share = plan if isinstance(plan, SharePlan) else SharePlan(tables=(plan,))
    if len(share.tables) != 1:
        raise PlanError([f"it has {len(share.tables)} tables; a frame is one. Pass one of plan.tables."])
    done = apply_table(
        frame.table,
        share.tables[0],
        scrubber_for(policy_of(share)),
        keys=keys,
        vault=vault,
        purpose=share.purpose,
        recipient=share.recipient,
    )
    return frame.finished(done)


def scrub(source: Any, policy: PolicyLike | SharePlan | TablePlan = "balanced", *, keys: Keys | None = None) -> TableScrub:
    """A frame with personal information handled by a policy, or by a plan. See ``df.pii.scrub``."""
    if isinstance(policy, SharePlan | TablePlan):
        return apply(source, policy, keys=keys)
    from piiscrub.table.applying import apply as apply_table

    frame = must_open(source, where="scrub")
    scrubber = scrubber_for(policy)
    if scrubber.policy.scan_only:
        raise InputError(f"scrub takes a policy that changes cells; {scrubber.policy.id!r} only looks. Use scan, or 'balanced'.")
    return frame.finished(apply_table(frame.table, _by_policy(frame.table, scrubber.policy), scrubber, keys=keys))


def policy_of(plan: SharePlan) -> Policy:
    """The policy a plan was made with.

    Raises:
        PlanError: it has changed since.
    """
    policy = load_policy(plan.policy or "balanced")
    if plan.policy_hash and plan.policy_hash != policy.hash:
        raise PlanError([f"policy {policy.id!r} is not what it was when the plan was made. Make the plan again, or check it."])
    return policy


def scrubber_for(policy: str | PathLike[str] | Policy) -> Scrubber:
    """The text pipeline of a policy; that of a preset, or of a Policy object, is built once."""
    return _kept(policy) if isinstance(policy, Policy) or policy in policy_names() else Scrubber(policy=policy)


@lru_cache(maxsize=8)
def _kept(policy: str | Policy) -> Scrubber:
    return Scrubber(policy=policy)


def _by_policy(table: Any, policy: Policy) -> TablePlan:
    """Every column as free text."""
    return TablePlan(columns=tuple(ColumnPlan(position=i, name=name, action="spans") for i, name in enumerate(table.names)))
