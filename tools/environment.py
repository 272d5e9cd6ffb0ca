"""Make a virtual environment from the project's files and put this checkout's wheel into it.

The dependencies are installed again only when those in pyproject.toml, or the interpreter, changed (a stamp file holds
their hash), or with ``--fresh``. The wheel is always built anew and always reinstalled: checks never run on stale code.
Uses the standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def _project() -> dict[str, Any]:
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"])


def stamp_of(extras: str, oldest: list[str]) -> str:
    """Return what the installed dependencies depend on, as one hash."""
    project = _project()
    facts = [project["dependencies"], project["optional-dependencies"], extras, *oldest, sys.version]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def pinned(name: str) -> str:
    """The oldest version of a dependency that pyproject.toml allows, as a requirement."""
    for wanted in _project()["dependencies"]:
        if wanted.startswith(f"{name}>="):
            return str(wanted).replace(">=", "==")
    sys.exit(f"pyproject.toml names no oldest version of {name}.")


def call(*command: str | Path) -> None:
    """Run a command in the checkout; if it fails, show what it said and end this program with its exit status."""
    said = subprocess.run(
        [str(part) for part in command], cwd=ROOT, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if said.returncode:
        print(said.stdout)
        sys.exit(said.returncode)


def build_wheel(python: Path, folder: Path) -> Path:
    """Build the wheel as a stranger would, in an isolated build environment."""
    call(python, "-m", "build", "--wheel", "--outdir", folder, ".")
    (wheel,) = folder.glob("*.whl")
    return wheel


def main() -> None:
    """Read the command line and make the environment."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the environment goes")
    parser.add_argument("--extras", default="", help="extras of pyproject.toml to install, comma-separated")
    parser.add_argument("--oldest", default="", help="dependencies to install in the oldest version allowed, comma-separated")
    parser.add_argument("--fresh", action="store_true", help="start from nothing")
    options = parser.parse_args()

    folder = (ROOT / options.folder).absolute()
    oldest = [pinned(name) for name in filter(None, options.oldest.split(","))]
    stamp, wanted = folder / "piiscrub-stamp", stamp_of(options.extras, oldest)
    python = folder / "bin" / "python"
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    reuse = not options.fresh and stamp.is_file() and stamp.read_text(encoding="ascii") == wanted
    start = time.monotonic()
    if not reuse:
        print(f"Making {options.folder} (installs the dependencies; minutes the first time) …", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        call(*pip, "install", "build")
    with tempfile.TemporaryDirectory() as made:
        wheel = build_wheel(python, Path(made))
        if not reuse:
            call(*pip, "install", f"{wheel}[{options.extras}]" if options.extras else wheel, *oldest)
            stamp.write_text(wanted, encoding="ascii")
        else:
            call(*pip, "install", "--no-deps", "--no-index", "--force-reinstall", wheel)
    print(f"{options.folder} holds {wheel.name} ({time.monotonic() - start:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
