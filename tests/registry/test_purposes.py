"""Purposes: what is not named is dropped, and a wide word never opens what is more sensitive."""

from __future__ import annotations

import pytest

from piiscrub.errors import PolicyError, UnknownNameError
from piiscrub.model import entities
from piiscrub.model.purpose import FORMS, Purpose
from piiscrub.registry.purposes import known, purpose, purposes, read

IDS = ("delivery", "customer-service", "billing", "succession", "analytics", "research", "model-training", "software-test",
       "llm-prompt", "legal-claim", "audit")  # fmt: skip
ONE = 'schema = 1\n[purposes.x]\nen = "X"\nzh = "某"\n'


def test_the_purposes_of_the_design_are_there() -> None:
    assert tuple(known()) == IDS and len(purposes()) == len(IDS)


@pytest.mark.parametrize("id", IDS)
def test_every_entity_has_a_form_and_none_is_reached_by_chance(id: str) -> None:
    one = purpose(id)
    written = dict(one.forms)
    for name in entities.tree():
        form = one.form_for(name)
        assert form in FORMS
        if form in ("clear", "masked", "generalised") and name not in written:
            source = next(above for above in entities.ancestors(name) if written.get(above) == form)
            assert not entities.exceeds(name, source)


@pytest.mark.parametrize("id", IDS)
def test_secrets_and_biometrics_are_needed_for_nothing(id: str) -> None:
    for name in ("SECRET", *entities.descendants("SECRET"), "BIOMETRIC", "FACE_IMAGE"):
        assert purpose(id).form_for(name) == "dropped"


def test_what_is_not_named_is_dropped() -> None:
    empty = Purpose(id="x", title_en="X", title_zh="某", forms=())
    assert {empty.form_for(name) for name in entities.tree()} == {"dropped"}
    assert empty.form_for("NO_SUCH_THING") == "dropped"


def test_an_unknown_purpose_says_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="analytics"):
        purpose("analytic")


@pytest.mark.parametrize(
    ("line", "key"),
    [('clear = ["PERSN"]', "PERSON"), ("klar = []", "klar"), ('clear = ["PERSON"]\nmasked = ["CN_PERSON_NAME"]', "two forms")],
)
def test_a_wrong_file_says_where(line: str, key: str) -> None:
    with pytest.raises(PolicyError, match=key):
        read(ONE + line, "purposes.toml")
