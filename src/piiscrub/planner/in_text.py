"""A policy as it works inside free text under a plan: what the purpose needs in another form, or not at all, is handled so."""

from __future__ import annotations

from piiscrub.model import entities
from piiscrub.model.plan import SharePlan
from piiscrub.model.policy import REDACT, OperatorSpec, Policy
from piiscrub.model.purpose import Purpose
from piiscrub.planner.making import of_form, protects
from piiscrub.registry.purposes import known

_NOTHING_LEFT = 3  # rank of an operator that leaves nothing of the value: a tag says of what kind it was, and no more


def in_text(policy: Policy, plan: SharePlan) -> Policy:
    """The policy with the rules of the plan's purpose where those are stricter, or as it is where the plan searches no text.

    Without it an address would be masked in its column and stand whole in the notes beside it.

    >>> from piiscrub.model.plan import ColumnPlan, TablePlan
    >>> from piiscrub.registry.policies import load_policy
    >>> notes = TablePlan(columns=(ColumnPlan(position=0, name="备注", action="spans"),))
    >>> own = load_policy("pipl-entrust")
    >>> own.rule_for("CN_ADDRESS").name
    'keep'
    >>> under = in_text(own, SharePlan(tables=(notes,), purpose="customer-service"))
    >>> under.rule_for("CN_ADDRESS").name, under.rule_for("CN_MOBILE").name, under.rule_for("AGE").name
    ('mask', 'keep', 'redact')
    """
    purpose = known().get(plan.purpose)
    if purpose is None or policy.scan_only or not any(c.action == "spans" for table in plan.tables for c in table.columns):
        return policy
    # One rule for each entity: a rule for a parent alone would reach children whose own rule is stricter.
    rules = tuple((name, _stricter(name, policy.rule_for(name), purpose)) for name in entities.tree())
    return policy.replace(rules=rules)


def _stricter(entity: str, rule: OperatorSpec, purpose: Purpose) -> OperatorSpec:
    form = purpose.form_for(entity)
    if form == "dropped":
        return rule if protects(rule) >= _NOTHING_LEFT else REDACT
    wanted = of_form(form, entity)
    return wanted if protects(wanted) > protects(rule) else rule
