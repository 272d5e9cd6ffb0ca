"""Many texts: in order, with workers if asked, with a progress callback."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from piiscrub.errors import InputError, PiiscrubError
from piiscrub.scrubber.vaulted import Secrets

if TYPE_CHECKING:
    from piiscrub.keys.bound import HandedKeys
    from piiscrub.model.finding import Finding
    from piiscrub.scrubber.pipeline import Scrubber
    from piiscrub.text.folding import Text

Progress = Callable[[int], None] | None
"""Called with the number of texts done so far."""

Done = tuple[list[Any], PiiscrubError | None]
"""The results of a run of texts, up to the one that failed."""

_CHUNK = 64
_worker: dict[str, Scrubber] = {}  # filled in each worker process only


class Job(NamedTuple):
    """What is done to each text: ``scan`` or ``scrub``, for which entities, in which scope of a vault."""

    method: str
    entities: Collection[str] | None
    scope: str | None = None

    def each(self, scrubber: Scrubber, numbered: Iterable[tuple[int, str]], *, first: int = 1) -> Iterator[Any]:
        """Do it to each of these texts, ``first`` of them together at first."""
        from piiscrub.scrubber.ahead import found_ahead

        positions: deque[int] = deque()

        def texts() -> Iterator[str]:
            for position, text in numbered:
                positions.append(position)
                yield text

        for text, found in found_ahead(scrubber, texts(), scrubber._wanted(self.entities), first=first):
            yield self.do(scrubber, text, positions.popleft(), found)

    def do(self, scrubber: Scrubber, text: Text, position: int, found: list[Finding] | None) -> Any:
        """Do it. Whatever fails is told with the position and without the text, which its message may hold."""
        try:
            if self.method == "scan":
                return scrubber._scan(text, self.entities, found=found)
            return scrubber._scrub(text, self.entities, scrubber.document(scope=self.scope), found=found)
        except PiiscrubError as error:
            raise PiiscrubError(f"item {position}: {error}") from None
        except Exception as error:  # noqa: BLE001  # its own message may hold the text
            raise PiiscrubError(f"item {position} failed: {type(error).__name__}") from None

    def numbered(self, texts: Iterable[object]) -> Iterator[tuple[int, str]]:
        """Each text with its position."""
        for position, text in enumerate(texts):
            if not isinstance(text, str):
                raise InputError.not_text(text, where=f"{self.method}_many, item {position},")
            yield position, text


def map_texts(scrubber: Scrubber, job: Job, texts: Iterable[str], *, workers: int, progress: Progress) -> Iterator[Any]:
    """Do the job on each text, keeping the order.

    Raises:
        InputError: for an item that is no str, with its position; for ``texts`` that is itself a str; for fewer than one worker.
        PiiscrubError: for an item that failed, with its position.
    """
    method = job.method
    if isinstance(texts, str | bytes):
        raise InputError(f"{method}_many takes an iterable of str, not one {type(texts).__name__}; use {method} for one text.")
    if workers < 1:
        raise InputError(f"workers must be at least 1, not {workers}.")
    results = _alone(scrubber, job, texts) if workers == 1 else _together(scrubber, job, texts, workers)
    return _told(results, progress) if progress else results


def _told(results: Iterator[Any], progress: Callable[[int], None]) -> Iterator[Any]:
    for done, result in enumerate(results, 1):
        yield result
        progress(done)


def _alone(scrubber: Scrubber, job: Job, texts: Iterable[str]) -> Iterator[Any]:
    return job.each(scrubber, job.numbered(texts))


def _together(scrubber: Scrubber, job: Job, texts: Iterable[str], workers: int) -> Iterator[Any]:
    source = job.numbered(texts)
    pending: deque[tuple[int, Future[Done]]] = deque()
    stop: PiiscrubError | None = None
    context = multiprocessing.get_context("spawn")
    secrets = scrubber._secrets.hand_over() if job.method == "scrub" else None
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(scrubber, secrets)) as pool:

        def submit() -> bool:
            nonlocal stop
            chunk: list[tuple[int, str]] = []
            try:
                chunk.extend(islice(source, _CHUNK))
            except InputError as error:  # told when all before it is done, as it would be without workers
                stop = error
            if chunk:
                pending.append((chunk[0][0], pool.submit(_work, job, chunk)))
            return bool(chunk)

        while len(pending) < workers * 2 and submit():
            pass
        while pending:
            first, future = pending.popleft()
            try:
                results, error = future.result()
            except BrokenProcessPool:
                raise PiiscrubError(f"a worker process ended by itself; the first item without a result is {first}.") from None
            submit()
            yield from results
            if error:
                raise error
    if stop:
        raise stop


def _start(scrubber: Scrubber, secrets: tuple[HandedKeys, str | None] | None) -> None:
    _worker["scrubber"] = scrubber if secrets is None else scrubber._with(Secrets.received(secrets))


def _work(job: Job, chunk: list[tuple[int, str]]) -> Done:
    results: list[Any] = []
    try:
        for result in job.each(_worker["scrubber"], chunk, first=_CHUNK):
            results.append(result)  # those before a failure count
    except PiiscrubError as error:
        return results, error
    return results, None
