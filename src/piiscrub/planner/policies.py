"""The policy a plan speaks of."""

from __future__ import annotations

from os import PathLike

from piiscrub.errors import PlanError
from piiscrub.model.plan import SharePlan
from piiscrub.model.policy import Policy
from piiscrub.registry.policies import load_policy


def policy_of(plan: SharePlan, given: str | PathLike[str] | Policy | None = None) -> Policy:
    """The policy a plan was made with.

    Raises:
        PlanError: it has changed since.
    """
    policy = load_policy(given if given is not None else plan.policy or "balanced")
    if plan.policy_hash and plan.policy_hash != policy.hash:
        raise PlanError(
            [f"policy {policy.id!r} is not the one the plan was made with. Make the plan again, or hand that one in."]
        )
    return policy
