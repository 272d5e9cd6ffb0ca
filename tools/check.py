"""Run every check of the project in the environment this script was started with.

All checks run even when an early one fails, so one run shows everything; the exit status says whether all passed.
The tests come last and run on the installed wheel, never on ``src/``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

LINT: dict[str, list[str]] = {
    "ruff check": [str(BIN / "ruff"), "check", "--quiet", "."],
    "ruff format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    "mypy --strict": [str(BIN / "mypy")],
    "import contracts": [str(BIN / "lint-imports")],
}
# Each process begins with a half of the files, so what a file makes for all its tests is made once, and none waits for the other.
TESTS = [sys.executable, "-P", "-m", "pytest", "-n", "2", "--dist", "worksteal", "-q"]


def run(name: str, command: list[str], *, quiet: bool) -> bool:
    """Run one check; its output is shown when it fails, or when it is not ``quiet``."""
    start = time.monotonic()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment["PIISCRUB_TEST_WHEEL"] = "1"
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, text=True, stdin=subprocess.DEVNULL, capture_output=quiet
    )
    passed = done.returncode == 0
    if quiet and not passed:
        print(done.stdout, done.stderr, sep="\n")
    print(f"{'ok    ' if passed else 'FAILED'} {name} ({time.monotonic() - start:.0f} s)", flush=True)
    return passed


def main() -> None:
    """Run the checks asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lint", action="store_true", help="leave the tests out")
    options = parser.parse_args()
    passed = [run(name, command, quiet=True) for name, command in LINT.items()]
    if not options.lint:
        passed.append(run("tests", TESTS, quiet=False))
    sys.exit(0 if all(passed) else 1)


if __name__ == "__main__":
    main()
