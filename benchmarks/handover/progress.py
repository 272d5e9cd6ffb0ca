"""Says on standard error how far a part has come and how long it may still take."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def progress(items: Sequence[T], what: str) -> Iterator[T]:
    """The items; a line about every ten seconds, and one at the end."""
    began = told = time.monotonic()
    for done, item in enumerate(items, 1):
        yield item
        now = time.monotonic()
        if now - told > 10 or done == len(items):
            left = (now - began) / done * (len(items) - done)
            print(f"{what}: {done} of {len(items)}, {now - began:.0f} s, about {left:.0f} s to go", file=sys.stderr, flush=True)
            told = now
