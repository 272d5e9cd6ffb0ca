"""Abroad persons are counted by ``terms.subject``: in every table that may be of persons, and in no other."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pyarrow as pa
import pytest

import piiscrub as ps
from piiscrub.errors import PlanError

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
CUSTOMERS = pa.table({"customer_no": ["C-1", "C-2", "C-2"], "price": [12.5, 30.0, 30.0]})
PRICES = pa.table({"price": [12.5, 30.0], "stock": [4, 11]})
NOTES = pa.table({"note": ["asked for a new address", "will call again"], "stock": [4, 11]})


@pytest.fixture
def hand(tmp_path):
    ring = ps.KeyRing.new(tmp_path / "keys")
    terms = ps.Terms(until="2027-12-31", contact="privacy@example.com", country="HK", subject="customer_no")
    basis = ps.Basis(kind="contract", reference="C-1", responsible="Data office")

    def made(tables):
        plan = ps.plan(
            tables,
            purpose="analytics",
            recipient="Example Ltd",
            policy="pipl-export",
            basis=basis,
            terms=terms,
            as_of="2026-11-22",
        )
        kept = {"text": "spans", "none": "keep"}
        changed = tuple(
            dataclasses.replace(one, columns=tuple(dataclasses.replace(c, action=kept.get(c.role, "drop")) for c in one.columns))
            for one in plan.tables
        )
        return ps.handover(tables, plan.replace(tables=changed), out=tmp_path / "out", keys=ring, now=NOW)

    return made


def test_a_table_about_nobody_needs_no_such_column(hand):
    route = hand({"customers": CUSTOMERS, "prices": PRICES}).route
    assert route.ordinary + route.sensitive == 2 and not route.upper_bound


def test_a_table_with_text_does(hand):
    with pytest.raises(PlanError, match=r"'notes': terms\.subject: .*nobody can tell whose rows they are"):
        hand({"customers": CUSTOMERS, "notes": NOTES})
