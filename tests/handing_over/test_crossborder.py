"""Routes out of the mainland, at and around every threshold of the provisions."""

from __future__ import annotations

import pytest

from piiscrub.errors import InputError, UnknownNameError
from piiscrub.handing_over.crossborder import exemption, route


@pytest.mark.parametrize(
    ("ordinary", "sensitive", "id"),
    [
        (0, 0, "exempt"), (99_999, 0, "exempt"), (100_000, 0, "contract"), (0, 1, "contract"), (999_999, 9_999, "contract"),
        (1_000_000, 0, "assessment"), (0, 10_000, "assessment"), (5_000_000, 50_000, "assessment"),
    ],
)  # fmt: skip
def test_thresholds(ordinary: int, sensitive: int, id: str) -> None:
    found = route(ordinary, sensitive)
    assert found.id == id and found.title("zh") != found.title("en")


def test_important_data_and_critical_infrastructure_are_always_assessed() -> None:
    assert route(1, 0, critical=True).id == route(1, 0, important=True).id == "assessment"


def test_the_next_threshold_is_reached_by_exactly_so_many() -> None:
    for ordinary, sensitive in ((10, 0), (500_000, 3)):
        here = route(ordinary, sensitive)
        assert here.to_next is not None and here.to_next_sensitive is not None
        assert route(ordinary + here.to_next, sensitive).id != here.id == route(ordinary + here.to_next - 1, sensitive).id
        assert route(ordinary, sensitive + here.to_next_sensitive).id != here.id
    assert route(2_000_000, 0).to_next is None


def test_what_is_not_counted_has_a_ground() -> None:
    assert "art. 5(1)" in exemption("contract")
    with pytest.raises(UnknownNameError, match="emergency"):
        exemption("emergancy")
    with pytest.raises(InputError):
        route(-1, 0)
