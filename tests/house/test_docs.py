"""What the documents show is what happens: every example of the READMEs and of docs/ runs.

In a ```python block, the lines after ``#>`` are what it prints. In a ```console block, a line after ``$`` is a command
that must succeed, and the lines below it are what it prints; a block without such lines shows no output, and none is
compared. A line … stands for any lines. Blocks of one document run one after the other in one folder, which has the
files of docs/examples in it. The commands of all documents share the reading of the packs (tests/house/warm.py).
"""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from piiscrub.registry.purposes import known
from tests.house.checkout import ROOT
from tests.house.warm import commands
from tests.sweep import sweep

DOCUMENTS = ["README.md", "README.zh.md", *(p.relative_to(ROOT).as_posix() for p in sorted((ROOT / "docs").rglob("*.md")))]
BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")
PURPOSE = re.compile(r"""(?:--purpose |\bpurpose=)["']?([\w-]+)""")
SLIP = "delivry"  # what the documents show as one
CODE = re.compile(r"(`+)(?:(?!\1).)+\1")  # a regular expression between back quotes may look like a link


def blocks(document, *languages):
    text = (ROOT / document).read_text(encoding="utf-8")
    return [
        (text[: found.start()].count("\n") + 2, found[1], found[2]) for found in BLOCK.finditer(text) if found[1] in languages
    ]


def run_python(code, namespace):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "<document>", "exec", dont_inherit=True), namespace)  # as a reader would run it
    wanted = [line.strip()[2:].strip() for line in code.splitlines() if line.strip().startswith("#>")]
    got = [line.rstrip() for line in out.getvalue().splitlines()]
    compare([line.strip() for line in got], wanted)


def compare(got, wanted):
    """A line that is only … stands for any lines."""
    pattern = "".join("(?:.*\n)*" if line == "…" else re.escape(line) + "\n" for line in wanted)
    if not re.fullmatch(pattern, "".join(f"{line}\n" for line in got)):
        raise AssertionError("\n".join(difflib.unified_diff(wanted, got, "the document says", "it prints", lineterm="", n=0)))


@pytest.fixture(scope="module")
def environment():
    """Where a shell finds the command, warm where a process can be forked."""
    with commands() if hasattr(os, "fork") else contextlib.nullcontext(Path(sys.executable).parent) as folder:
        places = [str(folder), str(Path(sys.executable).parent), os.environ["PATH"]]
        yield os.environ | {"PATH": os.pathsep.join(places), "COLUMNS": "100"}


def run_console(block, folder, environment):
    steps = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    for step in steps:
        command, _, wanted = step.partition("\n")
        while command.endswith("\\"):
            more, _, wanted = wanted.partition("\n")
            command = command[:-1] + more
        if not re.search(r"\bpiiscrub\b", command):
            continue
        done = subprocess.run(
            ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, f"`{command}` ended with {done.returncode}: {done.stderr}"
        if wanted.strip():
            compare([line.strip() for line in done.stdout.strip().splitlines()], [w.strip() for w in wanted.strip().splitlines()])


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if blocks(d, "python", "console", "toml")])
@pytest.mark.shows_values("documents show published specimens")
def test_examples_run(document, tmp_path, monkeypatch, environment):
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples", dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {"__name__": "__document__"}
    for line, language, text in blocks(document, "python", "console", "toml"):
        try:
            if language == "python":
                run_python(text, namespace)
            elif language == "console":
                run_console(text, tmp_path, environment)
            elif named := re.match(r"# (\S+\.toml)\n", text):
                (tmp_path / named[1]).write_text(text, encoding="utf-8")
        except AssertionError as error:
            raise AssertionError(f"{document}, line {line}: {error}") from None


def test_examples_name_purposes_that_there_are():
    with sweep() as case:
        for document in DOCUMENTS:
            with case(document):
                named = {one for _, _, text in blocks(document, "python", "console") for one in PURPOSE.findall(text)}
                assert named <= {*known(), SLIP}


def test_links_lead_somewhere():
    with sweep() as case:
        for document in [*DOCUMENTS, "CHANGELOG.md", "changes/README.md"]:
            text = (ROOT / document).read_text(encoding="utf-8")
            here = (ROOT / document).parent
            with case(document):
                assert [link for link in LINK.findall(CODE.sub("", text)) if not (here / link).exists()] == []
