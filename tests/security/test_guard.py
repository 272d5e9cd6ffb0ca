"""The guard itself: it sees a value wherever a test run could show one."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import cast

import pytest

from piiscrub.errors import InputError, SourceError
from tests.security.guard import Guard, shown_in, values

VALUE = "11010519491231002X"


@pytest.fixture
def guard():
    guard = Guard()
    guard.install()
    yield guard
    guard.remove()


def report(nodeid="t", *sections):
    return cast("pytest.TestReport", SimpleNamespace(nodeid=nodeid, when="call", sections=list(sections)))


def test_it_knows_the_values_of_the_packs():
    assert VALUE in values()
    assert len(values()) > 100
    assert shown_in("nothing here") == []


@pytest.mark.shows_values("on purpose: this is what the guard must see")
class TestSees:
    def test_a_test_id(self, guard):
        assert guard.take(report(f"test_x[{VALUE}]"))

    def test_a_printed_line(self, guard):
        assert guard.take(report("t", ("Captured stdout call", f"id {VALUE}\n")))

    def test_a_log_record(self, guard):
        logging.getLogger("piiscrub.recognize").debug("saw %s", VALUE)
        assert guard.take(report()) == [f"the log (recognizer {values()[VALUE]})"]

    def test_an_expected_error(self, guard):
        with pytest.raises(InputError):
            raise InputError(f"cannot read {VALUE}")
        assert guard.take(report())

    def test_the_cause_of_an_error(self, guard):
        with pytest.raises(SourceError):
            try:
                int(VALUE)
            except ValueError as error:
                raise SourceError("not a number") from error
        assert guard.take(report())

    def test_nothing_twice(self, guard):
        logging.getLogger("piiscrub.recognize").debug("saw %s", VALUE)
        assert guard.take(report())
        assert not guard.take(report())


def test_it_is_quiet_about_a_clean_run(guard):
    logging.getLogger("piiscrub.recognize").debug("%d findings", 3)
    assert guard.take(report("tests/x.py::test_y", ("Captured stdout call", "fine"))) == []
