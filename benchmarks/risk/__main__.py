"""Our measures beside pycanon's, values first, then CPU time; and the search for k. ``make bench-risk``.

pycanon comes into an environment of its own, made on first use under ``.venv-pycanon``. A number is the best of three runs
in CPU seconds. With ``--freeze`` the values of pycanon are written to frozen.json, which the tests compare with.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa

import piiscrub as ps
from benchmarks.report import Report, about
from benchmarks.risk import cases
from benchmarks.risk.ours import values
from piiscrub.risk.classes import classes
from piiscrub.risk.coding import coded, columns_of
from piiscrub.risk.disclosure import cells, closeness, diversity
from piiscrub.table.frame import Table

HERE = Path(__file__).parent
ENVIRONMENT = HERE.parent.parent / ".venv-pycanon"
FROZEN = HERE / "frozen.json"
ADULT = (72, 7, 16, 7, 14, 5, 2, 41)


def best(work: Callable[[], object], times: int = 3) -> float:
    took = []
    for _ in range(times):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def peer(*arguments: str) -> dict[str, object]:
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "pycanon==1.3.6"], check=True)
    done = subprocess.run([str(python), str(HERE / "peer.py"), *arguments], check=True, capture_output=True, text=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def equal() -> Report:
    report = Report(name="values beside pycanon's")
    theirs = peer()
    if "--freeze" in sys.argv:
        source = "pycanon 1.3.6 with pandas 2.3.3, by benchmarks/risk/peer.py"
        FROZEN.write_text(json.dumps({"source": source, "cases": theirs}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    same = [number for number in cases.CASES if close(values(number), theirs[str(number)])]
    report.at_least("cases with equal k, l, entropy l, alpha, t", len(same) / len(cases.CASES), 1.0)
    frozen = json.loads(FROZEN.read_text("utf-8"))["cases"]
    report.add("the frozen values are still pycanon's", float(frozen == theirs), ok=frozen == theirs)
    return report


def close(ours: object, theirs: object) -> bool:
    """Equal up to the rounding of floats; what only one side has is not compared."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return all(close(ours[key], theirs[key]) for key in ours)
    assert isinstance(ours, float | int)
    assert isinstance(theirs, float | int)
    return abs(ours - theirs) < 1e-9


def speed() -> Report:
    report = Report(name="CPU seconds")
    million = pa.table(cases.large(1_000_000))
    names = list(million.schema.names)
    assert classes(columns_of(million, names)).rows == 1_000_000

    def k_and_uniqueness() -> tuple[int, int]:
        found = classes(columns_of(million, names))
        return found.k, found.unique

    report.at_most("k and uniqueness, 1,000,000 x 4", best(k_and_uniqueness), 0.3, percent=False)
    wide = pa.table({**cases.large(1_000_000, 3), "q4": np.random.default_rng(4).integers(0, 20_000, 1_000_000)})
    took = best(lambda: classes(columns_of(wide, names)).unique)
    report.at_most("the same where most rows are unique", took, 0.3, percent=False)
    report.add("assess, everything, 1,000,000 x 4", best(lambda: ps.assess(million, quasi=names)), percent=False)
    table = pa.table({**cases.large(100_000), **{name: cases.case(2, 100_000)[name] for name in (cases.NUMBER, cases.WORD)}})
    number, word = coded(table[cases.NUMBER], "number"), coded(table[cases.WORD], "word")

    def groups() -> object:
        return classes(columns_of(table, names))

    for what, attribute in (("word", word), ("number", number)):
        took = best(lambda attribute=attribute: diversity(cells(groups(), attribute)))
        report.at_most(f"l of a {what}, 100,000 x 4", took, 0.3, percent=False)
        took = best(lambda attribute=attribute: closeness(cells(groups(), attribute), attribute))
        report.at_most(f"t of a {what}, 100,000 x 4", took, 1.0, percent=False)
    if "--no-peer" not in sys.argv:
        for name, took in peer("time", "10000").items():
            report.add(f"pycanon {name}, 10,000 x 4 (a tenth of the rows)", float(str(took)), percent=False)
    return report


def adult(rows: int = 30_162) -> Table:
    """Eight columns, Zipf-skewed, of as many values as the Adult data set's."""
    chance = np.random.default_rng(7)
    columns = []
    for at, size in enumerate(ADULT):
        share = 1 / np.arange(1, size + 1)
        codes = chance.permutation(size)[chance.choice(size, rows, p=share / share.sum())]
        columns.append(pa.array(codes + 17 if at == 0 else [f"{at}-{code:02d}" for code in codes]))
    return Table(tuple(f"c{at}" for at in range(len(ADULT))), tuple(columns))


def ladders(folder: Path) -> dict[str, str]:
    """Hierarchies that join three (of 41 values: four) at a time."""
    made = {"c0": "age"}
    for at, size in enumerate(ADULT[1:], 1):
        join = 4 if size == 41 else 3
        lines = []
        for code in range(size):
            line, above, most = [f"{at}-{code:02d}"], code, size - 1
            while most >= join:
                above, most = above // join, most // join
                line.append(f"{at}.{len(line)}.{above}")
            lines.append(",".join(line))
        if size > join:
            path = folder / f"c{at}.csv"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            made[f"c{at}"] = str(path)
    return made


def reach_k() -> Report:
    import tempfile

    report = Report(name="generalize to k = 5, 30,162 x 8")
    table = adult().to_arrow()
    names = list(table.schema.names)
    ps.profile(table.slice(0, 10))  # the recognizers are loaded once in a process
    with tempfile.TemporaryDirectory() as folder:
        steps = ladders(Path(folder))

        secret = pa.array(np.random.default_rng(8).choice(["a", "b", "c"], table.num_rows, p=[0.6, 0.3, 0.1]))
        with_secret = table.append_column("secret", secret)

        def row(what: str, most: float, **asked: object) -> None:
            def plan() -> ps.SharePlan:
                return ps.generalize(
                    with_secret, quasi=names, k=5, hierarchies=steps, max_suppression=most, sensitive=["secret"], **asked
                )

            report.at_most(f"{what} at most {most:.0%}", best(plan), 3.0, percent=False)
            start = time.process_time()
            done = ps.apply(with_secret, plan())
            report.add(f"{what} at most {most:.0%}: made and carried out", time.process_time() - start, percent=False)
            left = [name for name in names if name in done.frame.schema.names]
            groups = done.frame.select(left).group_by(left).aggregate([([], "count_all")])["count_all"].to_pylist()
            report.at_least(f"k reached, counted by Arrow, {what} {most:.0%}", min(groups), 5, percent=False)
            emptied = sum(column.emptied for column in done.evidence.columns)
            report.at_most(f"rows left out, {what} {most:.0%}", 1 - sum(groups) / table.num_rows, most)
            report.add(f"cells emptied, {what} {most:.0%}", emptied / (len(left) * table.num_rows))
            found = ps.assess(done, quasi=names, sensitive=["secret"], before=with_secret)
            report.add(f"loss (NCP), {what} {most:.0%}", found.utility.ncp if found.utility else 0.0)
            if "t" in asked:
                report.at_most(f"t reached, {what} {most:.0%}", found.t or 0.0, float(str(asked["t"])), percent=False)

        for most in (0.0, 0.02, 0.1):
            row("rows left out", most)
        for most in (0.02, 0.1):
            row("cells emptied", most, suppress="cells")
        row("t = 0.3, cells emptied", 0.1, t=0.3)
        row("t = 0.3, nothing left out", 0.1, t=0.3, suppress="rows")
    return report


def main() -> int:
    """1 if a bound is missed."""
    reports = [*(() if "--no-peer" in sys.argv else (equal(),)), speed(), reach_k()]
    for made in reports:
        print(made.markdown(about(), "make bench-risk") if "--markdown" in sys.argv else made.text(details=0))
    return int(any(row.ok is False for made in reports for row in made.rows))


if __name__ == "__main__":
    raise SystemExit(main())
