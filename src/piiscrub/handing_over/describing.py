"""What a hand-over says of itself: to the recipient without anything that was held back, to its owner in full."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from piiscrub.evidence.canonical import digest
from piiscrub.evidence.entry import Head
from piiscrub.handing_over.assessment import draft
from piiscrub.handing_over.crossborder import Route
from piiscrub.handing_over.leaks import Residual
from piiscrub.handing_over.manifest import Listed, Manifest, fingerprint, hashed
from piiscrub.model import entities
from piiscrub.model.plan import SharePlan, TablePlan
from piiscrub.model.policy import Policy
from piiscrub.planner.writing import text as plan_text
from piiscrub.registry.operators import build
from piiscrub.registry.purposes import purpose
from piiscrub.render.handover import recipient_html, recipient_markdown, record_html
from piiscrub.table.result import ColumnEvidence, TableEvidence

if TYPE_CHECKING:
    from piiscrub.keys.bound import BoundKeys
    from piiscrub.keys.ring import KeyRing
    from piiscrub.risk.report import RiskReport

SMALL = 11
"""Counts below this in sensitive cells are not told (CMS cell size)."""
Files = Sequence[tuple[str, Sequence[TablePlan], Sequence[TableEvidence]]]


def about(
    plan: SharePlan, policy: Policy, evidence: Sequence[TableEvidence], ring: KeyRing, *, now: datetime, head: Head | None
) -> dict[str, Any]:
    """The part of the manifest on the whole bundle. Nothing of it says what was left out, or how an operator was set."""
    from importlib.metadata import version

    wanted = purpose(plan.purpose)
    return {
        "made": now.isoformat(timespec="seconds"),
        "tool": f"piiscrub {version('piiscrub')}",
        "recipient": plan.recipient,
        "purpose": {"id": wanted.id, "en": wanted.title_en, "zh": wanted.title_zh},
        "basis": plan.basis.kind,
        "recipient_kind": plan.terms.kind,
        "country": plan.terms.country,
        "until": plan.terms.until,
        "contact": plan.terms.contact,
        "policy": {"id": policy.id, "version": policy.version, "hash": policy.hash},
        "packs_hash": evidence[0].packs_hash if evidence else "",
        "key": {"id": ring.id, "epoch": ring.epoch, "signer": fingerprint(ring.public_key)},
        "ledger": head.to_dict() if head else None,
    }


def listed(bundle: Path, files: Files) -> Iterator[Listed]:
    """Every file of the bundle with its hash and, for tables, what is in them."""
    tables = {name: (plans, evidence) for name, plans, evidence in files}
    for path in sorted(p for p in bundle.rglob("*") if p.is_file()):
        name = path.relative_to(bundle).as_posix()
        with path.open("rb") as stream:
            sha, size = hashed(stream)
        told = {"tables": [_table(plan, one) for plan, one in zip(*tables[name], strict=True)]} if name in tables else {}
        yield Listed(name=name, sha256=sha, size=size, about=told)


def _table(plan: TablePlan, evidence: TableEvidence) -> dict[str, Any]:
    going = {column.position: column for column in plan.columns if column.action != "drop"}
    return {
        "rows": evidence.rows_out,
        "columns": [
            {
                "name": one.name,
                "type": one.dtype_after,
                "entity": one.entity,
                "protection": protection(going[one.position].action, one),
                "found": {entity: counted(entity, n) for entity, n in one.found.items()} if one.action == "spans" else {},
            }
            for one in evidence.columns
            if one.position in going
        ],
    }


def protection(action: str, column: ColumnEvidence) -> str:
    """The family of what was done to a column, without a parameter: ``pseudonymisation …``, ``text``, ``none``."""
    if action == "transform":
        try:
            return str(getattr(build_named(column.operator), "family", "")) or column.operator
        except (LookupError, ValueError):  # an operator of the caller: only its name is known
            return column.operator
    return "text" if action == "spans" else "none"


def _delivered(tables: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Entity → how its columns were protected: what the recipient has."""
    held: dict[str, set[str]] = {}
    for table in tables:
        for column in table["columns"]:
            for entity in (column["entity"], *column["found"]):
                if entity:
                    held.setdefault(entity, set()).add(column["protection"])
    return {entity: sorted(how) for entity, how in sorted(held.items())}


def build_named(name: str) -> object:
    """The operator of this name with its defaults."""
    from piiscrub.model.policy import OperatorSpec

    return build(OperatorSpec.of(name))


def counted(entity: str, n: int) -> int | str:
    """A count as it may be told: small ones of sensitive entities as a range.

    >>> counted("MEDICAL_CONDITION", 3), counted("MEDICAL_CONDITION", 11), counted("CN_MOBILE", 3)
    ('1–10', 11, 3)
    """
    sensitive = entity in entities.tree() and entities.get(entity).sensitive
    return f"1–{SMALL - 1}" if sensitive and 0 < n < SMALL else n


def report(
    bundle: Path,
    record: Path,
    plan: SharePlan,
    told: Mapping[str, Any],
    files: Files,
    inputs: Sequence[str],
    residual: Residual,
    left_out: Mapping[str, int],
    route: Route | None,
    risks: Mapping[str, RiskReport | None],
    canaries: int = 0,
    age_unknown: int = 0,
    beyond: int = 0,
    unremembered: int = 0,
) -> None:
    """Write the recipient's report into the bundle, and the plan and the full report into the record.

    Every recipient is told that rows may be invented, whether some are or not: that some are would say which copies to clean.
    """
    delivered = [
        {"name": name, "tables": [_table(one, evidence) for one, evidence in zip(plans, evidences, strict=True)]}
        for name, plans, evidences in files
    ]
    (bundle / "report.html").write_text(recipient_html(told, delivered), encoding="utf-8")
    (bundle / "report.md").write_text(recipient_markdown(told, delivered), encoding="utf-8")
    (record / "plan.toml").write_text(plan_text(plan), encoding="utf-8")
    full = {
        **told,
        "plan_sha256": digest(plan_text(plan).encode("utf-8")),
        "reference": plan.basis.reference,
        "responsible": plan.basis.responsible,
        "tables": [json.loads(one.to_json()) for _, _, evidences in files for one in evidences],
        "inputs": [{"name": name, "hmac_sha256": one} for (name, _, _), one in zip(files, inputs, strict=True)],
        "left_out": dict(left_out),
        "age_unknown": age_unknown,
        "beyond": beyond,
        "unremembered": unremembered,
        "canaries": canaries,
        "residual": dataclasses.asdict(residual),
        "route": dataclasses.asdict(route) if route else None,
        "risk": {name: json.loads(one.to_json()) if one else None for name, one in risks.items()},
    }
    (record / "assessment.md").write_text(draft(full, delivered), encoding="utf-8")
    (record / "report.json").write_text(json.dumps(full, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    (record / "report.html").write_text(record_html(full, {name: one for name, one in risks.items() if one}), encoding="utf-8")


def entry_fields(
    plan: SharePlan,
    manifest: Manifest,
    files: Files,
    inputs: Sequence[str],
    residual: Residual,
    left_out: Mapping[str, int],
    route: Route | None,
    approver: str,
    keys: BoundKeys,
) -> dict[str, Any]:
    """The ledger entry (rule book B7): who got what, for what, why, how protected, until when."""
    found: dict[str, int] = {}
    evidence = [one for _, _, evidences in files for one in evidences]
    tables = [_table(plan, one) for _, plans, evidences in files for plan, one in zip(plans, evidences, strict=True)]
    for table in evidence:
        for column in table.columns:
            for entity, n in column.found.items():
                found[entity] = found.get(entity, 0) + n
    return {
        "recipient": plan.recipient,
        "recipient_kind": plan.terms.kind,
        "country": plan.terms.country,
        "purpose": plan.purpose,
        "basis": plan.basis.kind,
        "reference": plan.basis.reference,
        "responsible": plan.basis.responsible,
        "approver": approver,
        "until": plan.terms.until,
        "policy": plan.policy,
        "policy_hash": plan.policy_hash,
        "packs_hash": plan.packs_hash,
        "plan": digest(plan_text(plan).encode("utf-8")),
        "manifest": digest(manifest.to_bytes()),
        "inputs": list(inputs),
        "files": len(manifest.files),
        "rows_in": sum(table.rows for table in evidence),
        "rows_out": sum(table.rows_out for table in evidence),
        "left_out": dict(left_out),
        "entities": dict(sorted(found.items())),
        "delivered": _delivered(tables),
        "operators": sorted({column.operator for table in evidence for column in table.columns if column.operator}),
        "unexamined": sum(table.unexamined for table in evidence),
        "coincidences": dict(residual.coincidences),
        "route": dataclasses.asdict(route) if route else None,
        "key": {"id": keys.id, "epoch": keys.epoch},
    }
