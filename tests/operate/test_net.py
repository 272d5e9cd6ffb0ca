"""Addresses of the net and of devices: nobody's, never an original, and no two of a table share one."""

from __future__ import annotations

import ipaddress
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.model.policy import OperatorSpec
from piiscrub.operate import net
from piiscrub.operate.protocol import DocumentState, start
from piiscrub.operate.pseudonym import Pseudonym
from piiscrub.table.applying import apply
from piiscrub.table.frame import Table
from piiscrub.table.streaming import Stream
from tests.operate.held import KEYS, OTHERS, document, finding

RESERVED, DOCUMENTATION = ipaddress.ip_network("240.0.0.0/4"), ipaddress.ip_network("2001:db8::/32")


def made(values: list[str], entity: str = "IP_ADDRESS", held: DocumentState | None = None) -> list[str]:
    return Pseudonym().many(values, entity, held or document())


def different(count: int, top: int = 224 << 24) -> list[str]:
    """Invented addresses, all different; drawn from all that can be given out."""
    return [str(ipaddress.IPv4Address(number)) for number in random.Random(7).sample(range(1 << 24, top), count)]


def test_ranges_that_are_not_routed() -> None:
    assert ipaddress.ip_address(made(["192.0.2.17"])[0]) in RESERVED
    assert ipaddress.ip_address(made(["2606:4700::1111"])[0]) in DOCUMENTATION
    assert made(["not an address"])[0].startswith("<IP_ADDRESS_")
    assert made(["192.0.2.17"]) == made(["１９２.0.2.17"]) != Pseudonym().many(["192.0.2.17"], "IP_ADDRESS", document(OTHERS))


def test_a_hundred_thousand_never_meet_and_what_would_is_counted() -> None:
    held = document()
    values = different(100_000)
    results = made(values, held=held)
    assert len(set(results)) == len(values)
    tags = [one for one in results if one.startswith("<")]
    assert 0 < len(tags) < 60  # about 19: birthdays among 2^28
    assert (held.widened["IP_ADDRESS"], held.collisions.total()) == (len(tags), 0)
    assert all(ipaddress.ip_address(one) in RESERVED for one in results if not one.startswith("<"))


def test_order_parts_and_texts_make_no_difference() -> None:
    values = different(20_000)
    whole = dict(zip(values, made(values), strict=True))
    turned = values[::-1]
    assert made(turned) == [whole[value] for value in turned]
    held = document()
    parts = [one for at in range(0, len(values), 5_000) for one in made(values[at : at + 5_000], held=held)]
    assert len(set(parts)) == len(values)
    assert sum(one != whole[value] for one, value in zip(parts, values, strict=True)) <= 10  # only who came first of two
    work = start(Pseudonym(), document())
    assert [work(value, finding("IP_ADDRESS")) for value in values[:50]] == [whole[value] for value in values[:50]]


@given(st.sets(st.integers(0, 2**32 - 1), min_size=1, max_size=30))
def test_no_original_comes_out_even_of_the_range_itself(numbers: set[int]) -> None:
    values = [str(ipaddress.IPv4Address(number | (240 << 24 if number % 2 else 0))) for number in numbers]
    results = made(list(dict.fromkeys(values)))
    assert not set(results) & set(values)
    assert len(set(results)) == len(set(values))
    assert "255.255.255.255" not in results


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net, "KEPT", 100)
    held = document()
    results = made(different(150), held=held)
    assert sum(one.startswith("<IP_ADDRESS_") for one in results) == held.widened["IP_ADDRESS"] == 50
    assert len(set(results)) == 150
    assert made(different(150), held=held) == results


def test_a_table_says_what_was_widened_also_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net, "KEPT", 10)
    table = Table.of({"ip": different(30), "名": ["甲"] * 30}, name="log")
    operator = OperatorSpec.of("pseudonym")
    plan = TablePlan(
        columns=(
            ColumnPlan(position=0, name="ip", entity="IP_ADDRESS", action="transform", operator=operator),
            ColumnPlan(position=1, name="名", action="keep"),
        )
    )
    done = apply(table, plan, keys=KEYS)
    assert [(one.widened, one.collisions) for one in done.evidence.columns] == [(20, 0), (0, 0)]
    arrow = table.to_arrow()
    batches = arrow.to_batches(max_chunksize=7)
    stream = Stream(lambda: iter(batches), arrow.schema, plan, keys=KEYS)
    cells = [cell for batch, _ in stream for cell in batch.column(0).to_pylist()]
    assert len(set(cells)) == 30
    assert stream.evidence.columns[0].widened == 20


@pytest.mark.parametrize(("first", "bits"), [("00", 2), ("a4", 2), ("02", 3), ("f6", 3)])
def test_device_addresses_never_meet(first: str, bits: int) -> None:
    values = [f"{first}:1b:{n >> 8 & 255:02x}:{n & 255:02x}:3a:b7" for n in range(3_000)]
    results = made(values, "MAC_ADDRESS")
    assert len(set(results)) == len(values) and not set(results) & set(values)
    assert {int(one[:2], 16) & 3 for one in results} == {bits}
    assert all(one.count(":") == 5 and len(one) == 17 for one in results)


def test_device_addresses_keep_how_they_are_written() -> None:
    dashes, capitals = made(["00-1b-44-11-3a-b7", "00:1B:44:11:3A:B7"], "MAC_ADDRESS")
    assert (dashes.count("-"), capitals) == (5, dashes.upper().replace("-", ":"))
    assert made(["ff:ff:ff:ff:ff:ff"], "MAC_ADDRESS")[0].startswith("<MAC_ADDRESS_")
