"""The number under which other tables name the rows of a table: what orders call ``customer_id`` is the ``id`` of customers."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import PurePosixPath

from piiscrub.model import entities
from piiscrub.table.profile.header_lists import units_of
from piiscrub.table.profile.headers import read
from piiscrub.table.profile.model import ColumnProfile, TableProfile

# Kinds of headers under which one table names the rows of another. Not phones or identity cards: a row that has one says
# itself who it is about.
_ENTITIES = ("MEMBER_NUMBER", "HEALTH_NUMBER", "ACCOUNT", "FINANCIAL_ACCOUNT")
_KINDS = ("order", "code", "row")
_SURE = 0.3
_TAILS = frozenset("id no number num code key uuid 编 号 代 码".split())
# What the name of a table says of it being one: tbl_customers, dim_customer, 客户信息表, 客户名单.
_HEADS_OF_TABLES = frozenset("t tb tbl dim".split())
_TAILS_OF_TABLES = frozenset("表 名 单 信 息 资 料 info list table".split())
_SINGLE = 0.95  # of the rows have a value of their own: the counts of a long table are estimates


def numbers_rows(header: str) -> bool:
    """Whether a header is one of numbers that stand for rows.

    >>> [numbers_rows(header) for header in ("id", "customer_id", "phone", "编号")]
    [True, True, False, True]
    """
    hit = next(iter(read(header)), None)
    if hit is None or hit.strength < _SURE:
        return False
    return _names_rows(hit.kind) if hit.personal else hit.kind in _KINDS


def stem(header: str) -> str:
    """Whose numbers they are: customer of customerId and of customer no; "" for a bare id.

    >>> [stem(header) for header in ("customerId", "customer no", "客户编号", "客户ID", "id", "编号")]
    ['customer', 'customer', '客户', '客户', '', '']
    """
    return "".join(_without(units_of(header), _TAILS))


def stem_of_table(table: str) -> str:
    """What a row of it is: customer of shop/customers.csv.

    >>> [stem_of_table(name) for name in ("shop/customers.csv", "t_company", "companies", "客户信息表", "信息表")]
    ['customer', 'company', 'company', '客户', '信息']
    """
    units = units_of(PurePosixPath(table).name.partition(".")[0])
    while len(units) > 1 and units[0] in _HEADS_OF_TABLES:
        units = units[1:]
    units = _without(units, frozenset("表")) if units else units
    found = "".join(_without(units, _TAILS_OF_TABLES) or units)
    return found[:-3] + "y" if found.endswith("ies") else found.removesuffix("s")


def referred(profiles: Sequence[TableProfile]) -> tuple[TableProfile, ...]:
    """The profiles of tables of one plan, where a column that numbers the rows of a table, and of which its own table says
    no more, is what the tables that name those rows say of it.

    Without that a plan would keep the ``id`` of customers as row numbers, and hash the ``customer_id`` of their orders: a number
    of a person goes out as it is, and nobody can say whose an order is.

    >>> key = ColumnProfile(position=0, name="id", role="none", rows=9, distinct=9)
    >>> names = ColumnProfile(position=1, name="customer_id", entity="MEMBER_NUMBER", role="direct", rows=20, distinct=8)
    >>> tables = [TableProfile(columns=(key,), rows=9, name="customers"), TableProfile(columns=(names,), rows=20, name="orders")]
    >>> [column.entity for table in referred(tables) for column in table.columns]
    ['MEMBER_NUMBER', 'MEMBER_NUMBER']
    """
    named: dict[str, ColumnProfile] = {}
    for one in (column for table in profiles for column in table.columns):
        if one.role == "direct" and _names_rows(one.entity) and not one.renamed and numbers_rows(one.name):
            named.setdefault(stem(one.name), one)
    named.pop("", None)
    return tuple(_of_table(table, named.get(stem_of_table(table.name))) for table in profiles)


def _of_table(table: TableProfile, naming: ColumnProfile | None) -> TableProfile:
    if naming is None or stem(naming.name) in {stem(one.name) for one in table.columns}:  # its rows have that number already
        return table
    keys = [one for one in table.columns if _is_key(one)]
    if len(keys) != 1:
        return table
    clue = ("profile.referred", {"column": naming.name})
    known = dataclasses.replace(
        keys[0], entity=naming.entity, role=naming.role, confidence=naming.confidence, abstained=False,
        clues=(clue, *keys[0].clues), found=(),
    )  # fmt: skip  # what is taken over in one line
    return dataclasses.replace(table, columns=tuple(known if one is keys[0] else one for one in table.columns))


def _is_key(one: ColumnProfile) -> bool:
    plain = not one.entity and one.role in ("none", "unknown") and not one.renamed and not one.empty and not one.blind
    return plain and one.uniqueness >= _SINGLE and bool(one.name) and not stem(one.name) and numbers_rows(one.name)


def _names_rows(entity: str) -> bool:
    return bool(entity) and any(entities.is_a(entity, one) for one in _ENTITIES)


def _without(units: list[str], tails: frozenset[str]) -> list[str]:
    while units and units[-1] in tails:
        units = units[:-1]
    return units
