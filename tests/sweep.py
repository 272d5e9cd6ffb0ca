"""Many cases in one test: each is looked at, and all that fail are named.

A test item costs some milliseconds of bookkeeping, more than most checks of one value; thousands of them took minutes. As with
parametrised tests, one failing case keeps no other from being looked at. Names of cases are ids, never values.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import pytest


class Case(Protocol):
    """Around the checks of one case."""

    def __call__(self, name: str, known: str = "") -> AbstractContextManager[None]:
        """``known`` says why this one is known to fail: it then must, as under a strict ``xfail``."""


@contextmanager
def sweep() -> Iterator[Case]:
    """Fail at the end if a case failed, with the names of all of them; the first one's traceback stands above.

    A sweep without a case fails too: a list that became empty is no success.
    """
    __tracebackhide__ = True
    seen: list[str] = []
    failed: dict[str, BaseException] = {}

    @contextmanager
    def case(name: str, known: str = "") -> Iterator[None]:
        __tracebackhide__ = True
        seen.append(name)
        try:
            yield
        except (Exception, pytest.fail.Exception) as error:
            if not known:
                failed[f"{name}: {str(error).partition(chr(10))[0] or type(error).__name__}"] = error
        else:
            if known:
                failed[f"{name}: is known to fail ({known}), but does not"] = AssertionError(name)

    yield case
    assert seen, "no case was looked at"
    if failed:
        names = "\n".join(f"- {line}" for line in failed)
        raise AssertionError(f"{len(failed)} of {len(seen)} cases failed:\n{names}") from next(iter(failed.values()))
