"""The checkout keeps the house rules that no linter knows."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import tomllib
from typing import ClassVar

import pytest

from tests.house.checkout import ROOT, SOURCE, tracked_files, tracked_text

MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 400


def name(path):
    return path.relative_to(ROOT).as_posix()


def python_files():
    return [(file, text) for file, text in tracked_text() if file.endswith(".py")]


def test_no_source_file_is_longer_than_one_job():
    long = [name(path) for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST]
    assert long == []


def test_every_module_says_what_it_is():
    silent = [name(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []


def test_every_room_has_something_in_it():
    rooms = [path for path in SOURCE.iterdir() if path.is_dir() and path.name.isidentifier() and not path.name.startswith("_")]
    assert [name(room) for room in rooms if not any(room.rglob("*.py"))] == []


class TestExceptionsHaveReasons:
    """`noqa`, `type: ignore` and ignore lists say why, on the same line."""

    COMMENT = re.compile(r"#\s*(?:noqa(?::\s*[A-Z]+[0-9]+(?:[, ]+[A-Z]+[0-9]+)*)?|type:\s*ignore(?:\[[^\]]*\])?)(?P<rest>.*)$")
    REASON = re.compile(r"\w+\W+\w+|[\u4e00-\u9fff]{4,}")

    @staticmethod
    def comments(text):
        # Only comments count, not the words inside a string such as this file's own patterns.
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string

    def test_in_code(self):
        bare = []
        for file, text in python_files():
            for line, comment in self.comments(text):
                found = self.COMMENT.search(comment)
                if found and not self.REASON.search(found["rest"]):
                    bare.append(f"{file}:{line}")
        assert bare == []

    def test_a_bare_exception_is_seen(self):
        for comment in (
            "# noqa",
            "# noqa: E501",
            "# noqa: E501, S101",
            "# type: ignore",
            "# type: ignore[misc]",
            "# noqa: S101 -",
        ):
            found = self.COMMENT.search(comment)
            assert found and not self.REASON.search(found["rest"]), comment
        found = self.COMMENT.search("# type: ignore[misc]  # the stub is wrong")
        assert found and self.REASON.search(found["rest"])

    def test_in_the_project_file(self):
        bare, inside = [], False
        table = ""
        for number, line in enumerate((ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("["):
                table, inside = line.strip("[]"), False
            says_why = self.REASON.search(line.partition("#")[2]) is not None
            opens = re.match(r"(ignore|ignore_imports|ignore_missing_imports|disable_error_code)\b", line)
            excepted = (inside and table == "tool.ruff.lint" and re.match(r'\s+"', line)) or (
                table == "tool.ruff.lint.per-file-ignores" and line.startswith('"')
            )
            single = opens and not line.rstrip().endswith("[") and "[" not in line.partition("#")[0]
            if (excepted or single or (opens and table != "tool.ruff.lint")) and not says_why:
                bare.append(number)
            if opens:
                inside = True
            if line.startswith("]"):
                inside = False
        assert bare == []


class TestNothingOfThisMachine:
    # Written so that these patterns do not match themselves.
    PATTERNS: ClassVar[dict[str, str]] = {
        "a path of a machine": r"(?:^|[^A-Za-z0-9_.<])/(?:wor[k]|roo[t]|tm[p]|hom[e])/[A-Za-z0-9_.]",
        "the host of a package registry": r"py[p]i\.org|pythonhoste[d]\.org|np[m]js\.(?:org|com)|debian\.or[g]/debian",
        "an install from a registry": r"(?:pip|uv|uv pip|pipx) (?:install|add) (?:-\S+ )*[\"']?piiscru[b]\b",
    }

    @pytest.mark.parametrize("what", PATTERNS)
    def test_no_tracked_file_names(self, what):
        pattern = re.compile(self.PATTERNS[what], re.MULTILINE)
        found = [
            f"{file}:{text.count(chr(10), 0, hit.start()) + 1}" for file, text in tracked_text() for hit in pattern.finditer(text)
        ]
        assert found == []


def test_change_notes_have_a_type():
    known = {
        kind["directory"] for kind in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["towncrier"]["type"]
    }
    notes = [
        path for path in tracked_files() if path.parent.name == "changes" and path.suffix == ".md" and path.name != "README.md"
    ]
    assert [path.name for path in notes if path.suffixes[-2:-1] == [] or path.suffixes[-2].lstrip(".") not in known] == []


def test_the_changelog_tells_detection_apart():
    assert "### Detection changes" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_licence_is_whole():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_notice_names_the_data_of_others():
    """Every table after somebody's package, and every file of weights, by its name."""
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    licence = re.compile(r"\b(MIT|BSD|Apache|CC[ -]BY|ODbL)\b")
    weights = [path.name for path in tracked_files() if "weights" in path.parts]
    tables = [
        file.rpartition("/")[2]
        for file, text in tracked_text()
        if file.endswith(".tsv") and any(licence.search(line) for line in text.splitlines() if line.startswith("#"))
    ]
    assert [name for name in sorted({*weights, *tables}) if name not in notice] == []
