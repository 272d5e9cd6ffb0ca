"""What is wrong with a file is said without its name where that is personal information, whichever command meets it."""

from __future__ import annotations

import pytest

import piiscrub as ps
from piiscrub.cli import main
from piiscrub.errors import PiiscrubError

PHONE = "13800138000"
DAMAGED = {
    "jsonl": b'{"a": \n', "xlsx": b"PK\x03\x04 nothing", "parquet": b"PAR1 nothing PAR1",
    "csv": b'a,b\n"' + b"x" * 200_000 + b"\n", "csv.gz": b"\x1f\x8b\x08 nothing",
    "feather": b"ARROW1\0\0 nothing",
}  # fmt: skip  # kind by kind


@pytest.fixture(params=sorted(DAMAGED))
def folder(request, tmp_path):
    """A folder with a damaged file of such a name, and a plan made before it was damaged."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "ok.csv").write_text("a,closed\nx,2015-01-01\n", encoding="utf-8")
    assert main(["plan", str(made), "-o", str(tmp_path / "plan.toml"), "--policy", "balanced"]) == 0
    (made / f"{PHONE}.{request.param}").write_bytes(DAMAGED[request.param])
    return made


def test_apply_names_the_file_by_its_place(folder, tmp_path, capsys):
    assert main(["apply", str(folder), "--plan", str(tmp_path / "plan.toml"), "-o", str(tmp_path / "out")]) == 2
    said = "".join(capsys.readouterr())
    assert "file_01" in said and PHONE not in said


def test_python_does_too(folder):
    (damaged,) = folder.glob(f"{PHONE}.*")
    for look in (ps.profile, ps.plan, ps.assess):
        with pytest.raises(PiiscrubError) as caught:
            look(damaged)
        assert PHONE not in str(caught.value)


def test_a_hand_over_does_too(folder, tmp_path):
    plan = ps.plan(folder / "ok.csv", purpose="analytics", recipient="Example Ltd", policy="pipl-share",
                   basis=ps.Basis(kind="contract", reference="C-1", responsible="Data office"),
                   terms=ps.Terms(until="2099-12-31", contact="privacy@example.com"))  # fmt: skip  # what a hand-over asks for
    with pytest.raises(PiiscrubError) as caught:
        ps.handover(folder, plan, out=tmp_path / "out", keys=ps.KeyRing.new(tmp_path / "keys"))
    assert PHONE not in str(caught.value)
