"""Policies looked at: what a file would do that its writer may not have meant, and how two differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from piiscrub.model import entities
from piiscrub.model.policy import OperatorSpec, Policy
from piiscrub.planner.making import rule_of

Row = Mapping[str, object]

_SWITCHES = ("ner", "organisation_addresses")


def lint(policy: Policy) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Each remark as a key of the wording and what fills it. A policy that cannot be loaded has raised before.

    >>> from piiscrub.registry.policies import load_policy
    >>> [key for key, _ in lint(load_policy("balanced"))]
    []
    """
    if policy.scan_only:
        return
    readable = [
        name
        for name, about in entities.tree().items()
        if about.identifier == "direct" and policy.rule_for(name).name == "keep" and name != "UNEXAMINED"
    ]
    if readable:
        yield "policy.keeps-direct", {"n": len(readable), "entities": ", ".join(readable[:5])}
    secret = [name for name, about in entities.tree().items() if about.jrt0171 == "C3" and policy.rule_for(name).permissive]
    if secret:
        yield "policy.keeps-secrets", {"n": len(secret), "entities": ", ".join(secret[:5])}
    if policy.unexamined == "keep":
        yield "policy.keeps-unexamined", {}
    if policy.default.permissive:
        yield "policy.open-default", {"operator": policy.default.name}
    if not (policy.title_en and policy.title_zh and policy.as_of):
        yield "policy.no-title", {}
    written = dict(policy.rules)
    for name, spec in written.items():
        rest = policy.replace(rules=tuple(pair for pair in policy.rules if pair[0] != name))
        line = (name, *entities.descendants(name))
        if all(rest.rule_for(one) == policy.rule_for(one) for one in line):
            yield "policy.idle-rule", {"entity": name, "operator": spec.name}


def table_of(policy: Policy, *, below: str = "") -> list[Row]:
    """One row per entity, or per entity below one: what happens to it and which line of the file says so.

    Without ``below`` the switches of the policy, which hold for no entity alone, stand first.
    """
    names = entities.tree() if not below else (entities.get(below).name, *entities.descendants(below))
    switches: list[Row] = [
        {"entity": key, "identifier": "", "operator": str(getattr(policy, key)) or "default", "threshold": "", "rule": policy.id}
        for key in (() if below else _SWITCHES)
    ]
    return switches + [
        {
            "entity": name,
            "identifier": entities.get(name).identifier,
            "operator": shown(policy.rule_for(name)),
            "threshold": policy.threshold_for(name),
            "rule": "" if policy.scan_only else rule_of(policy, name),
        }
        for name in names
    ]


def diff(one: Policy, other: Policy) -> list[Row]:
    """One row per entity, or key of the head, that two policies handle differently."""
    rows: list[Row] = [
        {"entity": key, "before": str(getattr(one, key)), "after": str(getattr(other, key))}
        for key in ("id", "version", "as_of", "unexamined", *_SWITCHES)
        if getattr(one, key) != getattr(other, key)
    ]
    for name in entities.tree():
        before, after = (f"{shown(p.rule_for(name))} ≥ {p.threshold_for(name):g}" for p in (one, other))
        if before != after:
            rows.append({"entity": name, "before": before, "after": after})
    return rows


def shown(spec: OperatorSpec) -> str:
    """An operator with its parameters; "report" for a policy that only looks."""
    inside = ", ".join(f"{key}={value}" for key, value in spec.params)
    return (f"{spec.name}({inside})" if inside else spec.name) or "report"
