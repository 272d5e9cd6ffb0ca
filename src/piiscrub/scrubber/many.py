"""Many texts: in order, with workers if asked, with a progress callback."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Any

from piiscrub.errors import InputError

if TYPE_CHECKING:
    from piiscrub.scrubber.pipeline import Scrubber

Progress = Callable[[int], None] | None
"""Called with the number of texts done so far."""

_CHUNK = 64
_worker: dict[str, Any] = {}  # filled in each worker process only


def map_texts(
    scrubber: Scrubber, method: str, texts: Iterable[str], *, entities: Collection[str] | None, workers: int, progress: Progress
) -> Iterator[Any]:
    """Apply ``scrubber.scan`` or ``scrubber.scrub`` to each text, keeping the order.

    Raises:
        InputError: for an item that is no str, with its position; ``texts`` that is itself a str.
    """
    if isinstance(texts, str | bytes):
        raise InputError(f"{method}_many takes an iterable of str, not one {type(texts).__name__}; call {method} for a single text.")
    if workers < 1:
        raise InputError(f"workers must be at least 1, not {workers}.")
    if workers == 1:
        return _alone(scrubber, method, texts, entities, progress)
    return _together(scrubber, method, texts, entities, workers, progress)


def _alone(scrubber: Scrubber, method: str, texts: Iterable[str], entities: Collection[str] | None, progress: Progress) -> Iterator[Any]:
    call = getattr(scrubber, method)
    for i, text in enumerate(texts):
        yield call(_checked(text, i), entities=entities)
        if progress:
            progress(i + 1)


def _together(
    scrubber: Scrubber, method: str, texts: Iterable[str], entities: Collection[str] | None, workers: int, progress: Progress
) -> Iterator[Any]:
    source = enumerate(texts)
    done = 0
    pending: deque[Future[list[Any]]] = deque()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(scrubber,)) as pool:

        def submit() -> bool:
            chunk = [_checked(text, i) for i, text in islice(source, _CHUNK)]
            if chunk:
                pending.append(pool.submit(_work, method, chunk, entities))
            return bool(chunk)

        while len(pending) < workers * 2 and submit():
            pass
        while pending:
            results = pending.popleft().result()
            submit()
            for result in results:
                yield result
                done += 1
                if progress:
                    progress(done)


def _checked(text: object, position: int) -> str:
    if not isinstance(text, str):
        raise InputError.not_text(text, where=f"item {position}")
    return text


def _start(scrubber: Scrubber) -> None:
    _worker["scrubber"] = scrubber


def _work(method: str, chunk: list[str], entities: Collection[str] | None) -> list[Any]:
    call = getattr(_worker["scrubber"], method)
    return [call(text, entities=entities) for text in chunk]
