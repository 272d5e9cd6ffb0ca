"""Operators of other distributions: named in a policy or plan, loaded then and not before, checked like our own."""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path

import pandas as pd
import pytest

import piiscrub as ps
from piiscrub.cli import main
from piiscrub.errors import DefinitionError, OperatorError, PolicyError, UnknownNameError
from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.model.policy import OperatorSpec
from piiscrub.planner.making import protects
from piiscrub.planner.reading import plan_from
from piiscrub.registry import plugins
from piiscrub.registry.operators import operator, operators

CODE = '''
from dataclasses import dataclass
from typing import ClassVar

@dataclass(frozen=True, slots=True, kw_only=True)
class Initials:
    """Keep the first characters."""

    keep: int = 1
    name: ClassVar[str] = "initials"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    streams: ClassVar[bool] = True
    leaks: ClassVar[str] = "The first characters."

    def __post_init__(self):
        if not 0 < self.keep < 4:
            raise ValueError("keep")

    def __call__(self, value, finding, /):
        return value[: self.keep] + "."

class Backwards:
    """The column from its end."""

    shape = "column"
    name, reversible, permissive, streams, leaks = "backwards", False, True, False, "Everything but the rows."

    def column(self, values, context, /):
        return list(values)[::-1]

class Mute:
    name = "mute"

class Idle:
    name, reversible, permissive, streams, leaks = "idle", False, True, False, ""

def factory():
    return Initials()
'''
POINTS = """[piiscrub.operators]
initials = acme_operators:Initials
backwards = acme_operators:Backwards
mute = acme_operators:Mute
idle = acme_operators:Idle
factory = acme_operators:factory
gone = acme_operators:Gone
"""
INITIALS = "dist:acme-operators/initials"


def install(site: Path, name: str, module: str, code: str, points: str) -> None:
    """What pip leaves behind: the module and its .dist-info."""
    info = site / f"{name.replace('.', '_')}-1.2.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(points, encoding="utf-8")
    (info / "RECORD").write_text(f"{module}.py,,\n", encoding="utf-8")
    (site / f"{module}.py").write_text(code, encoding="utf-8")


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    site = tmp_path / "site"
    install(site, "Acme.Operators", "acme_operators", CODE, POINTS)
    install(
        site, "stranger", "stranger_operators", "raise SystemExit('loaded')\n", "[piiscrub.operators]\nx = stranger_operators:X\n"
    )
    monkeypatch.syspath_prepend(str(site))
    plugins.kind_of.cache_clear()
    yield
    plugins.kind_of.cache_clear()
    sys.modules.pop("acme_operators", None)


def policy(tmp_path: Path, rule: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(f'schema = 1\nid = "mine"\ndefault = "redact"\n[rules]\nCN_MOBILE = {rule}\n', encoding="utf-8")
    return path


def test_a_policy_names_it_and_the_evidence_says_where_it_comes_from(tmp_path: Path) -> None:
    scrubber = ps.Scrubber(policy=policy(tmp_path, f'{{ operator = "{INITIALS}", keep = 3 }}'), ner=None)
    done = scrubber.scrub("电话13800138000")
    assert done.text == "电话138."
    assert done.evidence.operators == {INITIALS: 1}
    assert pickle.loads(pickle.dumps(scrubber)).scrub("电话13800138000").text == "电话138."
    assert [one.text for one in scrubber.scrub_many(["电话13800138000"] * 3, workers=2)] == ["电话138."] * 3


def test_a_plan_names_it_and_a_table_is_handled(tmp_path: Path) -> None:
    columns = (
        ColumnPlan(position=0, name="电话", entity="CN_MOBILE", action="transform", operator=OperatorSpec.of(INITIALS, keep=2)),
        ColumnPlan(position=1, name="序", action="transform", operator=OperatorSpec.of("dist:acme-operators/backwards")),
    )
    frame = pd.DataFrame({"电话": ["13800138000", None], "序": [1, 2]})
    plan = ps.plan(frame).replace(tables=(TablePlan(columns=columns),))
    plan.save(tmp_path / "plan.toml")
    loaded = ps.load_plan(tmp_path / "plan.toml")
    assert [one.operator.name for one in loaded.columns] == [INITIALS, "dist:acme-operators/backwards"]
    done = ps.apply(frame, loaded)
    assert done.frame["电话"].tolist()[0] == "13." and done.frame["序"].tolist() == [2, 1]
    assert [one.operator for one in done.evidence.columns] == [INITIALS, "dist:acme-operators/backwards"]
    assert done.evidence.joining.columns == () and "13." in plan._repr_html_()


@pytest.mark.parametrize("name", [INITIALS, "dist:Acme.Operators/initials", "dist:acme_operators/initials"])
def test_spellings_of_a_distribution_are_one(name: str) -> None:
    assert operator(name).name == INITIALS


def test_nothing_is_loaded_that_is_not_named() -> None:
    names = {one.name: one.version for one in plugins.offered()}
    assert names[INITIALS] == "1.2" and "dist:stranger/x" in names
    assert not {"acme_operators", "stranger_operators"} & sys.modules.keys()
    ps.scrub("电话13800138000")
    assert all(not one.name.startswith("dist:") for one in operators())
    assert "acme_operators" not in sys.modules
    operator(INITIALS)
    assert "acme_operators" in sys.modules and "stranger_operators" not in sys.modules


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ('"dist:acme-operators/initial"', "Did you mean 'dist:acme-operators/initials'"),
        ('"dist:nobody/initials"', "No operator 'dist:nobody/initials'"),
        (f'{{ operator = "{INITIALS}", kept = 2 }}', "Did you mean 'keep'"),
        (f'{{ operator = "{INITIALS}", keep = 9 }}', "refuses its parameters: ValueError"),
        (f'{{ operator = "{INITIALS}", key = "x" }}', "handed over in the call"),
        ('"dist:acme-operators/gone"', "cannot be loaded: AttributeError"),
        ('"dist:acme-operators/factory"', "gives no class"),
        ('"dist:acme-operators/mute"', "does not say reversible"),
        ('"dist:acme-operators/idle"', "has no __call__"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_done(tmp_path: Path, rule: str, said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        ps.load_policy(policy(tmp_path, rule))


def test_a_plan_is_refused_likewise() -> None:
    text = 'format = 1\n[[tables]]\n[[tables.columns]]\nposition = 0\nname = "a"\naction = "transform"\noperator = {}\n'
    with pytest.raises(DefinitionError, match="Did you mean"):
        plan_from(text.format('"dist:acme-operators/initals"'))
    with pytest.raises(UnknownNameError):
        operator("dist:")
    with pytest.raises(OperatorError):
        operator(INITIALS, {"keep": "x"})


def test_one_that_leaves_a_part_protects_less_than_a_pseudonym() -> None:
    assert protects(OperatorSpec(INITIALS, (), True)) < protects(OperatorSpec.of("pseudonym"))
    assert protects(OperatorSpec(INITIALS, (), False)) > protects(OperatorSpec.of("pseudonym"))


def test_the_command_lists_them_with_their_distribution(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["policy", "operators", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"mask", INITIALS} <= {row["operator"] for row in rows}
    assert next(row["from"] for row in rows if row["operator"] == INITIALS) == "Acme.Operators 1.2"
    assert "acme_operators" not in sys.modules
