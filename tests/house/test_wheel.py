"""What the wheel carries: every pack and policy of the checkout, byte for byte, and nothing that only looks so."""

from __future__ import annotations

from importlib.metadata import distribution, entry_points
from pathlib import Path

import pytest

import piiscrub
from piiscrub.packs.index import NAME, dumps
from piiscrub.packs.load import load_folder
from tests.house.checkout import ROOT, needs_wheel

pytestmark = needs_wheel
INSTALLED = Path(piiscrub.__file__).parent


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("here", "there"), [("recognizers", "_packs"), ("policies", "_policies")])
def test_data_equals_the_checkout(here, there):
    wanted, got = contents(ROOT / here), contents(INSTALLED / there)
    got.pop(NAME, None)  # made when the wheel is built, see below
    assert sorted(got) == sorted(wanted)
    assert [name for name in wanted if got[name] != wanted[name]] == []
    assert len(wanted) >= 4


def test_the_index_says_what_the_files_say():
    """It would not be used for a file whose hash differs; here every file must be in it."""
    made = dumps(load_folder(ROOT / "recognizers"))
    assert (INSTALLED / "_packs" / NAME).read_text(encoding="utf-8") == made


def test_code_and_tables_equal_the_checkout():
    source = {name: data for name, data in contents(ROOT / "src" / "piiscrub").items() if "__pycache__" not in name}
    got = {name: data for name, data in contents(INSTALLED).items() if "__pycache__" not in name}
    got = {name: data for name, data in got.items() if not name.startswith(("_packs/", "_policies/"))}
    assert sorted(got) == sorted(source)
    assert [name for name in source if got[name] != source[name]] == []


def test_it_is_typed_and_licensed():
    assert (INSTALLED / "py.typed").is_file()
    licences = {Path(file).name for file in distribution("piiscrub").files or () if "licenses" in Path(file).parts}
    assert licences == {"LICENSE", "NOTICE"}


def test_it_brings_the_command():
    (script,) = entry_points(group="console_scripts", name="piiscrub")
    assert callable(script.load())
