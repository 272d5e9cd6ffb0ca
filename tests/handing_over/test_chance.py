"""What may rightly equal a removed value in a kept column, and what may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from piiscrub.errors import HandoverError
from piiscrub.handing_over.handing import handover
from piiscrub.keys.ring import KeyRing
from tests.handing_over import making
from tests.handing_over.making import HEADER, NOW

KEPT = {"手机号": "keep", "姓名": "drop", "客户编号": "drop", "邮箱": "drop"}


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.new(tmp_path / "keys")


def given(tmp_path: Path, column: str, row: int, value: str, *, amounts: bool = False) -> tuple[Path, list[list[str]]]:
    """Customers numbered with seven digits; ``value`` stands in one cell; amounts are large or small."""
    body = making.rows(200)
    for i, one in enumerate(body):
        one[0] = str(3_000_000 + i * 7919 % 1000)
        one[5] = str(3_000_000 + (i * 31 + 1) % 1000) if amounts and i % 9 else one[5]
    body[row][HEADER.index(column)] = value
    return making.write(tmp_path / "customers.csv", body), body


def outcome(source: Path, ring: KeyRing, out: Path, **actions: str) -> str:
    try:
        done = handover(source, making.plan(source, **actions), out=out, keys=ring, now=NOW)
    except HandoverError as error:
        return str(error)
    return str(dict(done.residual.coincidences))


def test_a_short_number_that_is_a_stranger_in_its_column_fails_anywhere(tmp_path: Path, ring: KeyRing) -> None:
    source, body = given(tmp_path, "金额", 3, "1")
    body[3][5] = body[150][0]  # the number of a customer of another row, among amounts of two and three digits
    source = making.write(source, body)
    assert "row 4" in outcome(source, ring, tmp_path / "out", **KEPT)


def test_a_short_number_that_is_at_home_in_its_column_is_counted(tmp_path: Path, ring: KeyRing) -> None:
    source, body = given(tmp_path, "备注", 0, "无", amounts=True)
    assert {row[0] for row in body} & {row[5] for row in body}
    assert not [row for row in body if row[0] == row[5]]
    assert "short number" in outcome(source, ring, tmp_path / "out", **KEPT)


def test_in_its_own_row_a_short_number_fails_even_there(tmp_path: Path, ring: KeyRing) -> None:
    source, body = given(tmp_path, "备注", 0, "无", amounts=True)
    body[7][5] = body[7][0]
    assert "row 8" in outcome(making.write(source, body), ring, tmp_path / "out", **KEPT)


def test_a_sum_with_its_fraction_is_no_code(tmp_path: Path, ring: KeyRing) -> None:
    source, body = given(tmp_path, "金额", 3, "1")
    code = body[150][0]
    body[3][5] = f"{code[:-2]}.{code[-2:]}"
    assert "short number" in outcome(making.write(source, body), ring, tmp_path / "out", **KEPT)


def test_what_the_plan_gives_away_passes_and_what_is_written_otherwise_does_not(tmp_path: Path, ring: KeyRing) -> None:
    source, body = given(tmp_path, "备注", 0, "无")
    body[5][4] = f"请致电{body[9][2]}"  # cleared of it in the note, kept in its column
    body[6][2] = f"+86 {body[6][2]}"
    body[7][4] = f"电话{body[6][2]}"
    assert "something" not in outcome(making.write(source, body), ring, tmp_path / "out", **KEPT, 备注="spans")
    for bad in ("KH777777", f"{body[8][2]} KH777777"):
        body[8][2], body[20][0] = bad, "KH777777"
        said = outcome(making.write(source, body), ring, tmp_path / f"out{len(bad)}", **KEPT, 备注="spans")
        assert "row 9" in said, bad
