"""Kill -9 at points drawn by chance, look, do it again, look again.

Each run is a process of its own that ends itself with SIGKILL before the n-th line of the modules that write; n is drawn over
all such lines of a run that is left alone.

    python -m benchmarks.crash --points 200
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import FrameType
from typing import Any

import pyarrow as pa
import pyarrow.compute  # this and the next ones loaded once, before the children are made
import pyarrow.csv
import pypinyin  # noqa: F401  # for the loading alone
import sqlalchemy  # noqa: F401  # the same

from benchmarks.crash.scenes import SCENES, Scene
from piiscrub.lifecycle.subjects import find
from piiscrub.table.headers import personal

_TRACED = tuple(
    f"{os.sep}{name}.py"
    for name in (
        "places", "tablefiles", "journal", "destroying", "retention", "stores", "on_files", "on_rows", "on_keys", "ledger",
        "running", "choosing", "on_edits", "on_database_edits", "on_texts", "erasing", "sealing", "due",
        "keyfile", "ceremony", "scope", "vault", "vault_file", "database_rows",
    )
)  # fmt: skip  # where something is written, or decided to be


@cache
def traced(where: str) -> bool:
    """Whether the lines of a file are counted; asked at every call of the run."""
    return "piiscrub" in where and where.endswith(_TRACED)


def in_child(scene: Scene, folder: Path, stop: int) -> tuple[str, int]:
    """Run the scene in a process that dies before line ``stop`` (0: never). How it ended, and how many lines it ran."""
    back, forth = os.pipe()
    child = os.fork()
    if child == 0:
        count = 0

        def local(frame: FrameType, event: str, _: object) -> Any:
            nonlocal count
            if event == "line":
                count += 1
                if count == stop:
                    os.kill(os.getpid(), signal.SIGKILL)
            return local

        def lines(frame: FrameType, event: str, _: object) -> Any:
            return local if traced(frame.f_code.co_filename) else None

        code = 1
        try:
            sys.settrace(lines)
            scene.act(folder)
            code = 0
        finally:
            sys.settrace(None)
            os.write(forth, str(count).encode())
            os._exit(code)
    os.close(forth)
    _, status = os.waitpid(child, 0)
    count_told = os.read(back, 32)
    os.close(back)
    ended = "killed" if os.WIFSIGNALED(status) else "done" if os.WEXITSTATUS(status) == 0 else "failed"
    return ended, int(count_told or 0)


def looked(scene: Scene, folder: Path) -> list[str]:
    """What is wrong, looked at in another process, so that this one holds no thread when it forks."""
    back, forth = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            told = "\n".join([*scene.whole(folder), *([] if scene.finished(folder) else ["unfinished"])])
        except BaseException as error:  # whatever it is, it is told
            told = f"looking failed: {error!r}"
        os.write(forth, told.encode()[:4000])
        os._exit(0)
    os.close(forth)
    os.waitpid(child, 0)
    with os.fdopen(back, "rb") as stream:
        return [line for line in stream.read().decode().split("\n") if line]


def prepared(scene: Scene, folder: Path) -> None:
    folder.mkdir()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            scene.set_up(folder)
            code = 0
        finally:
            os._exit(code)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        raise SystemExit(f"{scene.name}: cannot be set up")


def crashes(scene: Scene, points: int, seed: int, work: Path) -> list[str]:
    """Everything that went wrong at that many points of one scene."""
    draw = random.Random(f"{scene.name} {seed}")
    template = work / "template"
    prepared(scene, work / "alone")
    ended, total = in_child(scene, work / "alone", 0)
    wrong = [f"{scene.name}, left alone: {what}" for what in looked(scene, work / "alone")]
    if ended != "done":
        return [f"{scene.name}, left alone: {ended}"]
    for n in range(points):
        at = draw.randint(1, total)
        folder = work / f"run {n}"
        prepared(scene, folder)
        ended, _ = in_child(scene, folder, at)
        wrong += [f"{scene.name}, killed at {at}: {what}" for what in looked(scene, folder) if what != "unfinished"]
        again, _ = in_child(scene, folder, 0)
        if again != "done":
            wrong.append(f"{scene.name}, killed at {at}: the second run {again}")
        wrong += [f"{scene.name}, killed at {at}, done again: {what}" for what in looked(scene, folder)]
        left = [p.name for p in folder.rglob(".*.tmp")] + [p.name for p in folder.rglob("journal.jsonl")]
        wrong += [f"{scene.name}, killed at {at}, done again: left behind {name}" for name in left]
        shutil.rmtree(folder)
    shutil.rmtree(template, ignore_errors=True)
    print(f"{scene.name}: {points} points of {total} lines, {len(wrong)} wrong")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=200, help="over all scenes")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    begun = time.perf_counter()
    # What every child would load for itself otherwise.
    for room in ("evidence", "keys", "lifecycle", "render", "sources", "table"):
        for module in walk_packages(import_module(f"piiscrub.{room}").__path__, f"piiscrub.{room}."):
            import_module(module.name)
    personal("warm.csv")
    find(pa.table({"手机号": ["14200000001"], "备注": ["张伟"]}), {"name": "张伟", "phone": "14200000001"})
    wrong: list[str] = []
    for n, scene in enumerate(SCENES):
        points = asked.points // len(SCENES) + (n < asked.points % len(SCENES))
        with tempfile.TemporaryDirectory() as work:
            wrong += crashes(scene, points, asked.seed, Path(work))
    for one in wrong:
        print("  -", one)
    print(f"{asked.points} points, {len(wrong)} wrong, {time.perf_counter() - begun:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
