"""Matrix products in one thread: those of the taggers are too small to gain from more.

numpy's matrix library starts a thread per core, and they wait for each other at every product by spinning: on two busy cores
that took eight times the processor time and six times as long. Whoever has cores to spare uses ``workers``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

_free = Lock()


@contextmanager
def one_thread() -> Iterator[None]:
    """A context in which the matrix library runs in one thread; at its end it has as many as before.

    The limit may hold for the whole process meanwhile. Only one thread sets it and undoes it; others that come meanwhile go on
    as it is: two that undo each other's limit would leave it behind.
    """
    if not _free.acquire(blocking=False):
        yield
        return
    try:
        with _controller().limit(limits=1, user_api="blas"):
            yield
    finally:
        _free.release()


def processors() -> set[str]:
    """What kinds of processor the matrix library takes this one for: its own names, such as ``SkylakeX``."""
    return {str(library.get("architecture")) for library in _controller().info()}


@cache
def _controller() -> ThreadpoolController:
    """Looks once for the libraries that are loaded, numpy's among them."""
    import numpy as np  # noqa: F401  # loads its matrix library
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
