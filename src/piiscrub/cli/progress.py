"""A progress bar for long work: on standard error, on a terminal only, gone when done."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from piiscrub.cli.language import word

LONG = 1 << 20  # bytes; less is done before a bar would have been read


@contextlib.contextmanager
def progress(name: str, size: int) -> Iterator[Callable[[int], None] | None]:
    """Gives what is to be told the bytes of each step, or None where no bar is wanted."""
    with table_progress(name, size, rows=False) as step:
        yield None if step is None else lambda size: step(size, 0)


@contextlib.contextmanager
def table_progress(name: str, size: int, *, rows: bool = True) -> Iterator[Callable[[int, int], None] | None]:
    """Gives what is to be told the bytes and rows of each step, or None where no bar is wanted."""
    from piiscrub.cli.show import to_stderr

    console = to_stderr()
    if size < LONG or not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    done = TextColumn("{task.fields[rows]}", markup=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), done, TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(f"{word('cli.reading')} {name}", total=size, rows="")
        count = 0

        def step(size: int, more: int) -> None:
            nonlocal count
            count += more
            bar.update(task, advance=size, rows=word("table.rows-done", n=f"{count:,}") if rows else "")

        yield step
