"""Operators by name: what can be named, and what is said about a wrong name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pytest

from piiscrub.errors import OperatorError, UnknownNameError
from piiscrub.model.finding import Finding
from piiscrub.registry.operators import build, operator, operators, spec


@dataclass(frozen=True)
class Shout:
    name: ClassVar[str] = "shout"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    streams: ClassVar[bool] = True
    leaks: ClassVar[str] = "Everything."

    def __call__(self, value: str, finding: Finding, /) -> str:
        return value.upper()


def test_operators_are_listed_with_what_they_are() -> None:
    assert [one.name for one in operators()][:5] == ["keep", "redact", "replace", "mask", "hash"]
    assert {one.shape for one in operators()} <= {"value", "column", "table"}
    assert all(one.summary and one.leaks for one in operators())
    assert "key" not in [param for one in operators() for param, _ in one.params]


def test_a_spec_builds_the_operator_it_was_made_from() -> None:
    rule = spec("mask", {"keep_last": 4, "char": "#"})
    assert rule.permissive
    assert build(rule) == operator("mask", {"char": "#", "keep_last": 4})
    assert not spec("mask", {"style": "full"}).permissive
    assert not spec("replace").permissive


def test_a_key_comes_from_the_caller_only() -> None:
    with pytest.raises(OperatorError, match=r"hash: key is not written in a policy"):
        operator("hash", {"key": "0" * 32})


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("mask", {"keep_frist": 1}, "mask: there is no parameter 'keep_frist'. Did you mean 'keep_first'?"),
        ("replace", {"zzz": 1}, "replace: there is no parameter 'zzz'. It takes numbered, text."),
        ("keep", {"zzz": 1}, "keep: there is no parameter 'zzz'. It takes none."),
        ("hash", {"bits": 64}, "hash: bits takes a whole number, 80 to 256, not 64."),
    ],
)
def test_wrong_parameters_say_what_is_right(name: str, params: dict[str, int], message: str) -> None:
    with pytest.raises(OperatorError) as caught:
        operator(name, params)
    assert str(caught.value) == message


def test_wrong_names_say_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"No operator 'redcat'\. Did you mean 'redact'"):
        operator("redcat")


def test_operators_of_the_caller_go_by_their_name() -> None:
    own = Shout()
    assert operator("shout", extra=[own]) is own
    assert spec("shout", extra=[own]).permissive
    with pytest.raises(OperatorError, match="takes no parameters from a policy"):
        operator("shout", {"loud": 1}, extra=[own])
    with pytest.raises(UnknownNameError, match="Did you mean 'shout'"):
        operator("shuot", extra=[own])
