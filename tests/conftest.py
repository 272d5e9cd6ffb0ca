"""What every test shares: hypothesis profiles, key rings made alike in every CI run, and a guard that no test shows a value."""

from __future__ import annotations

import os
import random
from collections.abc import Generator
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings

import piiscrub.keys.ring
from tests.security.guard import Guard

settings.register_profile("dev", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("dev"), derandomize=True, print_blob=False)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "dev")

GUARD = pytest.StashKey[Guard]()
CHANCE = random.Random("collection")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[GUARD] = guard = Guard()
    guard.install()
    if os.environ.get("CI") == "true":  # a drawn surrogate may be a word that a test looks for: red or green must not be luck
        stand_in = SimpleNamespace(**vars(os) | {"urandom": CHANCE.randbytes})
        vars(piiscrub.keys.ring)["os"] = stand_in


def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest) -> None:
    """A fixture of a module is made alike whichever of its tests a worker happens to run first."""
    CHANCE.seed(f"{request.node.nodeid} {fixturedef.argname}")


def pytest_runtest_call(item: pytest.Item) -> None:
    CHANCE.seed(item.nodeid)


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[GUARD].remove()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that showed a value: in its id, on a stream, in a log record, in the text of an exception."""
    report = yield
    guard = item.config.stash[GUARD]
    shown = guard.take(report)
    if shown and not report.failed and item.get_closest_marker("shows_values") is None:
        report.outcome = "failed"
        report.longrepr = "This test shows values:\n" + "\n".join(f"- {line}" for line in shown)
    return report
