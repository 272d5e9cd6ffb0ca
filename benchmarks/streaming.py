"""A CSV file larger than memory should be: profile it and carry out a plan, and say how much memory and time that took.

    python -m benchmarks.streaming --gb 1        # makes the file in a temporary folder and deletes it again

Peak memory is that of the whole child process (interpreter, Arrow and recognizers included). At 0.1 GB the output is also
compared, row by row, with the one made in one piece.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SURNAMES, GIVEN = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文辉"
HEADER = "姓名,手机号,邮箱,地址,身份证号,备注,金额,日期\n"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(chance: random.Random) -> str:
    """A number that passes its check; its place is a county of Beijing, its date by chance."""
    born = f"{chance.randrange(1950, 2005)}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}"
    head = f"110105{born}{chance.randrange(1000):03d}"
    return head + "10X98765432"[sum(int(a) * b for a, b in zip(head, _WEIGHTS, strict=True)) % 11]


def row(chance: random.Random, number: str) -> str:
    """One line; three notes in ten hold a number, one in ten a quoted line break."""
    mobile = f"1{chance.choice((38, 39, 58, 77, 99))}{chance.randrange(10**8):08d}"
    name = chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)
    kind = chance.random()
    note = "客户反馈设备运行正常，已安排回访，请继续跟进"
    if kind < 0.3:
        note = f"请联系电话{mobile}处理售后，谢谢配合"
    elif kind < 0.4:
        note = '"第一次来电未接，\n第二次说明了情况"'
    address = f"北京市朝阳区幸福路{chance.randrange(1, 300)}号{chance.randrange(1, 9)}单元{chance.randrange(101, 2000)}室"
    money, day = f"{chance.random() * 1000:.2f}", f"2024-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
    return f"{name},{mobile},user{number}@example.com,{address},{identity(chance)},{note},{money},{day}\n"


def generate(path: Path, size: int) -> int:
    """Write about ``size`` bytes; returns the rows. 100,000 invented rows come again and again, with other mail addresses."""
    chance = random.Random(1)
    before, after = zip(*(row(chance, "\0").split("\0") for _ in range(100_000)), strict=True)
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        written = out.write(HEADER)
        while written < size:
            block = "".join([f"{a}{n}{b}" for n, (a, b) in enumerate(zip(before, after, strict=True), rows)])
            written += len(block.encode())
            out.write(block)
            rows += len(before)
    return rows


def measured(*arguments: str | Path) -> tuple[float, float, float]:
    """Run the command line; returns seconds, CPU-seconds and the peak of its memory in MB."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "piiscrub.cli", *map(str, arguments)], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"piiscrub {arguments[0]} ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Print one JSON line per step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gb", type=float, default=1.0)
    parser.add_argument("--folder", type=Path, help="where the file goes; a temporary folder if left out")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        folder = Path(name)
        big, out, plan = folder / "big.csv", folder / "out.csv", folder / "plan.toml"
        rows = generate(big, int(asked.gb * 1e9))
        size = big.stat().st_size / 1e6
        print(json.dumps({"step": "generate", "rows": rows, "megabytes": round(size)}))
        whole = ("--no-numbers", "--no-names", "--keys", folder / "key")
        from piiscrub.keys.ring import KeyRing

        KeyRing.new(folder / "key")
        steps: list[tuple[str, tuple[str | Path, ...]]] = [
            ("plan", ("plan", big, "-o", plan, "--purpose", "benchmark", "--recipient", "Example Ltd")),
            ("apply", ("apply", big, "--plan", plan, "-o", out, *whole)),
        ]
        if asked.gb <= 0.1:
            steps.append(("in one piece", ("apply", big, "--plan", plan, "-o", folder / "one.csv", "--in-memory", *whole)))
        for step, arguments in steps:
            seconds, cpu, peak = measured(*arguments)
            print(
                json.dumps(
                    {
                        "step": step,
                        "seconds": round(seconds, 1),
                        "cpu_seconds": round(cpu, 1),
                        "megabytes_per_cpu_second": round(size / cpu, 1),
                        "peak_megabytes": round(peak),
                    }
                ),
                flush=True,
            )
        if asked.gb <= 0.1:
            print(json.dumps({"step": "compare", "same": out.read_bytes() == (folder / "one.csv").read_bytes()}))


if __name__ == "__main__":
    main()
