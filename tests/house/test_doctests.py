"""Every example in a docstring runs, in the package as it is installed."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import piiscrub

MODULES = ["piiscrub", *(found.name for found in pkgutil.walk_packages(piiscrub.__path__, "piiscrub."))]


@pytest.mark.parametrize("module", [m for m in MODULES if not m.endswith("__main__")])
@pytest.mark.shows_values("a failing example prints what it got; values in docstrings are published specimens")
def test_examples_of(module, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = doctest.testmod(importlib.import_module(module), optionflags=doctest.ELLIPSIS)
    assert done.failed == 0, f"{done.failed} of {done.attempted} examples failed, see the output"
