"""A plan shows what its operators do on invented values, the same every time."""

from __future__ import annotations

import pytest

from piiscrub.model import entities
from piiscrub.model.plan import ColumnPlan, SharePlan, TablePlan
from piiscrub.model.policy import OperatorSpec
from piiscrub.planner.specimens import _specimens, samples
from piiscrub.registry.operators import operators


def plan(operator, *, entity="CN_MOBILE", action="transform"):
    column = ColumnPlan(position=0, name="x", entity=entity, action=action, operator=OperatorSpec.of(operator))
    return SharePlan(tables=(TablePlan(columns=(column,)),))


@pytest.mark.parametrize("name", [one.name for one in operators()])
@pytest.mark.parametrize("entity", ["CN_MOBILE", "PERSON", "DATE_OF_BIRTH", "AGE", "CN_ADDRESS"])
def test_every_operator_is_shown_the_same_twice_or_not_at_all(name, entity):
    first = samples(plan(name, entity=entity))
    assert first == samples(plan(name, entity=entity))
    for ((before, after),) in first.values():
        assert before.startswith(f"‹{entity}·")
        assert after != ""


def test_what_is_shown():
    assert samples(plan("mask"))["", 0] == [("‹CN_MOBILE·11›", "138****8000")]
    assert samples(plan("replace"))["", 0] == [("‹CN_MOBILE·11›", "<CN_MOBILE_1>")]
    assert samples(plan("hash"))["", 0] == [("‹CN_MOBILE·11›", "•" * 12)]
    assert samples(plan("keep", action="keep"))["", 0] == [("‹CN_MOBILE·11›",) * 2]
    assert samples(plan("redact", action="drop"))["", 0] == [("‹CN_MOBILE·11›", "–")]
    assert samples(plan("mask", entity="")) == samples(plan("mask", action="spans")) == {}


def test_specimens_stand_under_names_of_the_tree():
    assert [name for name in _specimens() if name not in entities.tree()] == []
