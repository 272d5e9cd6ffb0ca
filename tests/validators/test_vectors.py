"""Known answers: published specimens and invented numbers (birth years 1900 to 1905), valid and not, for every check."""

import importlib
import json
from pathlib import Path

import pytest

from piiscrub.validators._base import ValidationError
from tests.sweep import sweep
from tests.validators.modules import FREE_FORMS, NAMES

VECTORS = [json.loads(line) for line in (Path(__file__).parent / "vectors.jsonl").read_text(encoding="utf-8").splitlines()]


def _value(vector):
    # a value in parts looks like a secret; whole, it would be stopped by scanners of repositories
    return vector["value"] if isinstance(vector["value"], str) else "".join(vector["value"])


def look(vector):
    check = importlib.import_module(f"piiscrub.validators.{vector['check']}")
    value = _value(vector)
    assert check.is_valid(value) is vector["valid"], vector["why"]
    if vector["valid"]:
        compact = check.validate(value)
        assert check.is_valid(compact), "the compact form is valid too"
        assert check.validate(compact) == compact, "and stays as it is"
    else:
        with pytest.raises(ValidationError) as caught:
            check.validate(value)
        assert value not in str(caught.value)


@pytest.mark.parametrize("check", sorted({vector["check"] for vector in VECTORS}))
def test_vectors(check):
    with sweep() as case:
        for place, vector in enumerate(VECTORS):
            if vector["check"] == check:
                with case(f"line {place + 1}"):  # never the value
                    look(vector)


@pytest.mark.parametrize("valid", [True, False])
def test_every_check_has_vectors_of_both_kinds(valid):
    missing = set(NAMES) - FREE_FORMS - {v["check"] for v in VECTORS if v["valid"] is valid}
    assert not missing, "add lines to vectors.jsonl"
