"""Every example in a docstring runs, in the package as it is installed."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import piiscrub
from tests.sweep import sweep

ROOMS: dict[str, list[str]] = {"piiscrub": ["piiscrub"]}
for found in pkgutil.walk_packages(piiscrub.__path__, "piiscrub."):
    if not found.name.endswith("__main__"):
        ROOMS.setdefault(".".join(found.name.split(".")[:2]), []).append(found.name)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.shows_values("a failing example prints what it got; values in docstrings are published specimens")
def test_examples_of(room, tmp_path, monkeypatch):
    with sweep() as case:
        for name in ROOMS[room]:
            place = tmp_path / name
            place.mkdir()
            monkeypatch.chdir(place)
            with case(name):
                done = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
                assert done.failed == 0, f"{done.failed} of {done.attempted} examples failed, see the output"
