"""Whether a plan may be carried out at all: basis and consent, purpose, recipient, term, and nothing left to decide."""

from __future__ import annotations

from datetime import date

from piiscrub.errors import UnknownNameError, nearest
from piiscrub.handing_over.crossborder import exemption
from piiscrub.model.plan import BASES, SharePlan
from piiscrub.registry.purposes import known

KINDS = ("processor", "handler", "successor", "public", "foreign-authority")


def obstacles(plan: SharePlan, *, today: date, vault: bool = True) -> list[str]:
    """Every rule that the plan does not meet, as a sentence; empty if it may be carried out. ``vault``: whether there is one.

    >>> obstacles(SharePlan(tables=()), today=date(2026, 1, 1))[0]
    'purpose: the plan names none; say what the data is for (PIPL 6).'
    """
    return [
        *_purpose(plan),
        *_recipient(plan),
        *_basis(plan),
        *_terms(plan, today),
        *_columns(plan),
        *([] if vault else _vault(plan)),
    ]


def _purpose(plan: SharePlan) -> list[str]:
    if not plan.purpose:
        return ["purpose: the plan names none; say what the data is for (PIPL 6)."]
    if plan.purpose not in known():
        unknown = UnknownNameError("purpose", plan.purpose, known())
        return [f"purpose: {unknown} A hand-over takes a known one, which says what is needed; make the plan again with it."]
    return []


def _recipient(plan: SharePlan) -> list[str]:
    terms = plan.terms
    if terms.kind not in KINDS:
        return [f"terms.kind: there is no recipient of kind {terms.kind!r}; it is one of {', '.join(KINDS)}."]
    if terms.kind == "foreign-authority":
        return ["terms.kind: nothing goes to a foreign judicial or law enforcement authority without approval (PIPL 41, DSL 36)."]
    if not plan.recipient and terms.kind != "public":
        return ["recipient: the plan names none; people are told who gets their data (PIPL 22, 23)."]
    return []


def _basis(plan: SharePlan) -> list[str]:
    basis = plan.basis
    if not basis.kind:
        return [f"basis: the plan names none; it is one of {', '.join(BASES)} (PIPL 13)."]
    if basis.kind not in BASES:
        near = nearest(basis.kind, BASES)
        return [f"basis.kind: there is no basis {basis.kind!r}." + (f" Did you mean {near!r}?" if near else "")]
    if basis.kind == "consent":
        if not basis.consent:
            return ["basis.consent: consent needs the column that says who gave it; rows without it are left out."]
        return []
    missing = [name for name in ("reference", "responsible") if not getattr(basis, name)]
    return [f"basis.{name}: basis {basis.kind!r} needs it (which document; who answers for it)." for name in missing]


def _terms(plan: SharePlan, today: date) -> list[str]:
    terms, found = plan.terms, []
    if terms.kind not in ("public", "successor"):
        if not terms.until:
            found.append("terms.until: say until when the recipient may hold the data (PIPL 19, 21).")
        else:
            try:
                over = date.fromisoformat(terms.until) < today
            except ValueError:
                found.append("terms.until: takes a date such as 2027-12-31.")
            else:
                if over:
                    found.append("terms.until: that day is over.")
    if not terms.contact:
        found.append("terms.contact: say whom the recipient and the persons concerned may ask (PIPL 17, 23).")
    if len(terms.country) != 2 or not terms.country.isalpha() or not terms.country.isupper():
        found.append("terms.country: takes the two letters of a country, such as CN, HK or DE.")
    if terms.exemption:
        try:
            exemption(terms.exemption)
        except UnknownNameError as error:
            found.append(f"terms.exemption: {error}")
    return found


def _vault(plan: SharePlan) -> list[str]:
    return [
        f"column {one.position} {one.name!r}{f' of {table.name!r}' if table.name else ''}: token puts the values into a vault; "
        "hand one over as well."
        for table in plan.tables
        for one in table.columns
        if one.action == "transform" and one.operator.name == "token"
    ]


def _columns(plan: SharePlan) -> list[str]:
    return [
        f"column {column.position} {column.name!r}{f' of {table!r}' if table else ''}: a person has to decide what happens to it."
        for table, column in plan.undecided()
    ]
