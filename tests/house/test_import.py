"""What `import piiscrub` does, and what it does not."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import piiscrub
from tests.house.checkout import needs_wheel, python

HEAVY = (
    "pandas", "polars", "pyarrow", "numpy", "spacy", "jieba", "faker", "presidio_analyzer", "presidio_anonymizer",
    "onnxruntime", "phonenumbers", "stdnum", "rich", "typer", "click", "jinja2", "cryptography", "pypinyin",
)  # fmt: skip


@needs_wheel
def test_the_installed_wheel_is_tested():
    assert "site-packages" in Path(piiscrub.__file__).parts


def test_it_loads_nothing_heavy():
    loaded = json.loads(python("import json, sys, piiscrub; print(json.dumps(sorted(sys.modules)))").stdout)
    assert [name for name in HEAVY if name in loaded] == []


def test_it_prints_nothing_and_configures_no_logging():
    code = (
        "import logging, piiscrub; root = logging.getLogger(); mine = logging.getLogger('piiscrub');"
        "assert root.handlers == [], root.handlers; assert root.level == logging.WARNING;"
        "assert all(type(h) is logging.NullHandler for h in mine.handlers), mine.handlers;"
        "assert mine.level == logging.NOTSET and mine.propagate"
    )
    done = python(code)
    assert (done.stdout, done.stderr) == ("", "")


def test_all_names_what_is_offered():
    code = (
        "import json, types, piiscrub\n"
        "got = {name: getattr(piiscrub, name) for name in piiscrub.__all__}\n"
        "seen = {n: getattr(piiscrub, n) for n in dir(piiscrub) if not n.startswith('_')}\n"
        "offered = [n for n, thing in seen.items() if not isinstance(thing, types.ModuleType)]\n"
        "print(json.dumps([list(piiscrub.__all__), sorted(offered)]))"
    )
    listed, offered = json.loads(python(code).stdout)
    assert sorted(name for name in listed if not name.startswith("_")) == offered


def test_a_name_that_does_not_exist_is_an_attribute_error():
    assert not hasattr(piiscrub, "scann")
    done = python("import piiscrub\npiiscrub.scann", check=False)
    assert "AttributeError" in done.stderr


def test_every_name_says_what_it_is():
    undocumented = [name for name in piiscrub.__all__ if not name.startswith("_") and not getattr(piiscrub, name).__doc__]
    assert undocumented == []


def test_type_checkers_see_the_same_names():
    tree = ast.parse(Path(piiscrub.__file__).read_text(encoding="utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {alias.asname or alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen | {"__version__"} == set(piiscrub.__all__)
