"""From a profile to a plan: the policy's rules and the purpose's needs decide, column by column; the stricter of the two wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from os import PathLike
from typing import Any

from piiscrub.errors import InputError, UnknownNameError, nearest
from piiscrub.model import entities
from piiscrub.model.plan import BASES, EMPTY, Action, Basis, ColumnPlan, TablePlan, Terms
from piiscrub.model.policy import NO_OPERATOR, OperatorSpec, Policy
from piiscrub.model.purpose import Form, Purpose
from piiscrub.planner.share import SharePlan, as_table
from piiscrub.registry.operators import spec
from piiscrub.registry.policies import load_policy, policy_names
from piiscrub.registry.purposes import known
from piiscrub.registry.purposes import purpose as purpose_of
from piiscrub.registry.recognizers import builtin_packs, packs_hash
from piiscrub.render.catalogue import listed, say
from piiscrub.table.frame import Table
from piiscrub.table.linking import group_of
from piiscrub.table.profile.model import ColumnProfile, TableProfile
from piiscrub.table.profile.referred import referred

# How much an operator protects: a rule of a policy and the form of a purpose are compared by it. 1 leaves a part or a coarser
# value, 2 a stand-in that is the same for the same value, 3 nothing of the value, 4 nothing at all.
_PROTECTS = {
    "keep": 0,
    "mask": 1, "truncate": 1, "generalise": 1, "time_part": 1, "date_shift": 1, "noise": 1, "microaggregate": 1, "shuffle": 1,
    "swap": 1, "pram": 1, "choose": 1, "min_group": 1, "suppress_cells": 1, "regions": 1, "sample": 0, "suppress_rows": 0,
    "fpe": 2, "hash": 2, "token": 2, "encrypt": 2, "pseudonym": 2,
    "replace": 3,
    "redact": 4, "suppress": 4,
}  # fmt: skip  # a line for each rank
_PART, _UNKNOWN = 1, 3
_SLIP = 0.8  # likeness of two names (difflib) from which one is the other, written wrong
# What a value can be invented for that is nobody's; of the rest a pseudonym is a keyed hash.
_INVENTED = (
    "PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS", "ADDRESS", "LOCATION", "ORGANIZATION", "EMPLOYER", "CN_ID_CARD", "CREDIT_CARD",
    "IBAN_CODE", "IP_ADDRESS", "MAC_ADDRESS", "ACCOUNT",
)  # fmt: skip  # a list reads best


def make(
    profile: TableProfile | Sequence[TableProfile],
    *,
    purpose: str | None = "",
    recipient: str | None = "",
    policy: str | PathLike[str] | Policy | None = None,
    basis: Basis | str = "",
    terms: Terms | None = None,
    as_of: str = "",
    lang: str | None = None,
    views: Sequence[str] = (),
    opener: Callable[[Any], Table] = as_table,
) -> SharePlan:
    """A plan for one or several tables.

    Each column gets an action, a reason and the rule it comes from. An entity takes the operator of the policy's rule; free
    text is handled span by span; what could not be told has to be decided by a person. Where ``purpose`` is the id of a known
    purpose (``registry/purposes.py``), what it does not need is dropped, and of purpose and policy the stricter wins; without
    a policy the purpose decides alone, and ``balanced`` handles what is found in text. Any other purpose is recorded only,
    unless its name is nearly that of a known one: that is a slip of the pen, which would drop nothing without a word. What
    other tables name the rows of a table by has the same rule there as here (``table/profile/referred.py``).

    Args:
        profile: of each table.
        purpose: what the data is for.
        recipient: who gets it; keys are derived from it.
        policy: name, path or Policy; None takes the purpose alone, or ``balanced`` where the purpose is not a known one.
        basis: why it may leave: a Basis, or the word for its kind.
        terms: on which terms the recipient gets it; ``handover`` asks for them.
        as_of: the date of the plan, such as 2026-11-22; nothing here reads the clock.
        lang: language of the reasons, that of the profile unless given.
        views: what is left out of a database.
        opener: turns what is handed to ``plan.check`` into a Table.

    Raises:
        InputError: a policy that only looks; no table, or two of one name.
        UnknownNameError: no such policy or basis; a purpose with nearly the name of a known one.

    >>> from piiscrub.table.profile.profile import profile as look
    >>> plan = make(look(Table.of({"手机号": ["13800138000", "13912345678"]})), policy="display")
    >>> plan.columns[0].action, plan.columns[0].operator.name, plan.columns[0].rule
    ('transform', 'mask', 'display: rules.CONTACT')
    """
    purpose, recipient = purpose or "", recipient or ""
    profiles = [profile] if isinstance(profile, TableProfile) else list(profile)
    if not profiles:
        raise InputError("a plan needs at least one table.")
    names = [one.name for one in profiles]
    if len({*names}) < len(names):  # a plan finds its tables by their names
        raise InputError("tables of a plan would share a name: give each its own, one that is no personal information.")
    rules = load_policy("balanced" if policy is None else policy)
    if rules.scan_only:
        raise InputError(f"policy {rules.id!r} only looks. Take one that changes values, such as 'balanced'.")
    needs = purpose_of(purpose) if purpose in known() or _slip(purpose) else None
    reasons = Basis(kind=basis) if isinstance(basis, str) else basis
    for what, given, kind in (("basis", reasons, Basis), ("terms", terms or Terms(), Terms)):
        if not isinstance(given, kind):
            raise InputError(f"{what} takes a piiscrub.{kind.__name__}, not {type(given).__name__}.")
    _no_slips(terms or Terms())
    if reasons.kind and reasons.kind not in BASES:
        raise UnknownNameError("basis", reasons.kind, BASES)
    strict = policy is not None or needs is None
    tables = tuple(
        TablePlan(
            name=one.name, columns=tuple(column(c, rules, needs, strict=strict, lang=lang or one.lang) for c in one.columns)
        )
        for one in referred(profiles)
    )
    return SharePlan(
        tables=tables,
        purpose=purpose,
        recipient=recipient,
        policy=rules.id if rules.id in policy_names() else rules.path or rules.id,
        policy_hash=rules.hash,
        packs_hash=packs_hash(builtin_packs()),
        basis=reasons,
        terms=terms or Terms(),
        as_of=as_of,
        views=tuple(views),
        opener=opener,
    )


def _slip(purpose: str) -> bool:
    """Whether a purpose nobody knows is most likely a known one, written wrong.

    >>> _slip("delivry"), _slip("Delivery"), _slip("support"), _slip("配送")
    (True, True, False, False)
    """
    return bool(nearest(purpose.strip().casefold(), known(), at_least=_SLIP))


def _no_slips(terms: Terms) -> None:
    """Raises InputError for what no hand-over could take: it is said when the plan is made, not when all is done."""
    if not re.fullmatch("[A-Z]{2}", terms.country):
        raise InputError("terms.country takes the two letters of a country, such as CN, HK or DE.")
    if terms.until:
        try:
            date.fromisoformat(terms.until)
        except ValueError:
            raise InputError("terms.until takes a date such as 2027-12-31.") from None


def column(
    profile: ColumnProfile, policy: Policy, purpose: Purpose | None = None, *, strict: bool = True, lang: str = "en"
) -> ColumnPlan:
    """What happens to one column, by policy and purpose; where not ``strict``, by the purpose alone."""
    action, operator, reason, rule = _decided(profile, policy, purpose, strict, lang)
    why = listed((part for part in (reason, *profile.why(lang)) if part), lang, sentences=True)
    return ColumnPlan(
        position=profile.position,
        name=profile.name,
        dtype=profile.dtype,
        entity=profile.entity,
        role=profile.role,
        action=action,
        operator=operator,
        group=group_of(profile.entity) if action == "transform" and profile.role == "direct" else "",
        confidence=round(profile.confidence, 2),
        reason=why,
        rule=rule,
        renamed=profile.renamed,
    )


def _decided(
    c: ColumnProfile, policy: Policy, purpose: Purpose | None, strict: bool, lang: str
) -> tuple[Action, OperatorSpec, str, str]:
    if c.abstained:
        return "decide", NO_OPERATOR, say("plan.decide", lang), "profile: abstained"
    if not c.entity:
        if c.empty:
            return "keep", NO_OPERATOR, say("plan.empty", lang), EMPTY
        if c.role != "text":
            return "keep", NO_OPERATOR, say("plan.nothing", lang), "profile: none"
        if purpose and not purpose.text:
            return "drop", NO_OPERATOR, say("plan.no-text", lang, purpose=purpose.id), f"{purpose.id}: text"
        text = say("plan.text-purpose", lang, purpose=purpose.id) if purpose else say("plan.text", lang)
        return "spans", NO_OPERATOR, text, f"{policy.id}: text"
    ruled = policy.rule_for(c.entity)
    form = purpose.form_for(c.entity) if purpose else None
    if purpose and form == "dropped":
        return "drop", NO_OPERATOR, say("plan.not-needed", lang, purpose=purpose.id), f"{purpose.id}: dropped"
    if purpose and form and (not strict or protects(of_form(form, c.entity)) > protects(ruled)):
        wanted = of_form(form, c.entity)
        reason = say(f"plan.form-{form}", lang, purpose=purpose.id)
        return ("keep" if wanted.name == "keep" else "transform"), _real(wanted), reason, f"{purpose.id}: {form}"
    kept = ruled.name == "keep"
    reason = say("plan.kept" if kept else "plan.rule", lang, entity=c.entity, title=entities.get(c.entity).title(lang))
    return "keep" if kept else "transform", NO_OPERATOR if kept else ruled, reason, rule_of(policy, c.entity)


def _real(operator: OperatorSpec) -> OperatorSpec:
    return NO_OPERATOR if operator.name == "keep" else operator


def of_form(form: Form, entity: str) -> OperatorSpec:
    """The operator that gives an entity the form in which a purpose needs it."""
    if form == "masked":
        return spec("mask", {"style": "display"})
    if form == "pseudonym":
        return spec("pseudonym" if any(entities.is_a(entity, one) for one in _INVENTED) else "hash")
    return spec({"clear": "keep", "generalised": "generalise", "dropped": "redact"}[form])


def protects(operator: OperatorSpec) -> int:
    """A rank: the more an operator hides, the higher. One of the caller or of a plug-in hides a part if it says that it leaves
    something readable, and else all."""
    return _PROTECTS.get(operator.name, _PART if operator.permissive else _UNKNOWN)


def rule_of(policy: Policy, entity: str) -> str:
    """The rule that an operator comes from, as it is written in the policy file.

    >>> rule_of(load_policy("balanced"), "AGE"), rule_of(load_policy("balanced"), "CN_MOBILE")
    ('balanced: rules.AGE', 'balanced: default')
    """
    rules = dict(policy.rules)
    wanted = policy.rule_for(entity)
    for name in (entity, *entities.ancestors(entity)):
        if rules.get(name) == wanted:
            return f"{policy.id}: rules.{name}"
    return f"{policy.id}: default" if wanted == policy.default else f"{policy.id}: fail closed"
