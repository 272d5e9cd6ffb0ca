"""A sweep looks at every case, names all that fail, and is no success where there was nothing to look at."""

from __future__ import annotations

import pytest

from tests.sweep import sweep


def look(cases, **known):
    with sweep() as case:
        for name, right in cases.items():
            with case(name, known.get(name, "")):
                assert right, f"{name} is wrong"


def test_all_that_fail_are_named_and_the_others_are_not():
    with pytest.raises(AssertionError) as caught:
        look({"a": False, "b": True, "c": False})
    said = str(caught.value)
    assert "2 of 3" in said and "- a: a is wrong" in said and "- c: c is wrong" in said and "- b" not in said
    assert str(caught.value.__cause__).startswith("a is wrong")


def test_an_error_and_a_missing_error_are_failures():
    with pytest.raises(AssertionError, match=r"2 of 2(.|\n)*- one: broken(.|\n)*- two: DID NOT RAISE"), sweep() as case:
        with case("one"):
            raise ValueError("broken")
        with case("two"), pytest.raises(ValueError):
            pass


def test_what_is_known_to_fail_must():
    look({"a": True, "b": False}, b="the rule is not built")
    with pytest.raises(AssertionError, match="b: is known to fail"):
        look({"a": True, "b": True}, b="the rule is not built")


def test_nothing_to_look_at_is_no_success():
    with pytest.raises(AssertionError, match="no case"):
        look({})


def test_a_sweep_that_is_stopped_stops():
    with pytest.raises(KeyboardInterrupt), sweep() as case, case("a"):
        raise KeyboardInterrupt
