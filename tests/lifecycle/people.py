"""Invented people in tables and letters, and whose each row and letter is: what a search is measured against.

Chinese and English people; namesakes; a phone of a family; presents sent to somebody else; contacts, agents and masked names
beside other people's data; notes that name people in other ways.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from pyarrow import csv as arrow_csv

from tests.table.made import FIRST, GIVEN, LAST, SURNAMES, cn_id

GOODS = ("蓝牙耳机", "机械键盘", "Desk Lamp", "Yoga Mat", "保温杯")


@dataclass(frozen=True)
class Person:
    number: int
    name: str
    phone: str
    mail: str
    id: str
    birth: str
    chinese: bool

    @property
    def shares(self) -> bool:
        """Has no phone of its own: the customer table holds that of the family, which is another customer's."""
        return self.number % 17 == 0

    @property
    def customer(self) -> str:
        return f"KH{self.number:06d}"

    def spelled(self, chance: random.Random) -> str:
        if self.chinese:
            p = self.phone
            return chance.choice((p, f"{p[:3]}-{p[3:7]}-{p[7:]}", f"+86 {p[:3]} {p[3:7]} {p[7:]}", p))
        return self.phone

    def alias(self, chance: random.Random) -> str:
        if self.chinese:
            return chance.choice((self.name, self.name[0] + chance.choice(("先生", "女士")), self.name))
        first, last = self.name.split()
        return chance.choice((self.name, f"Mr. {last}", f"{last}, {first}"))


@dataclass
class World:
    """``owners``: table → per row the number of the person it is about. ``letters``: name → (text, person)."""

    people: list[Person]
    tables: dict[str, dict[str, list[str]]]
    owners: dict[str, list[int]]
    letters: dict[str, tuple[str, int]] = field(default_factory=dict)
    mentions: dict[tuple[str, int], int] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name, columns in self.tables.items():
            arrow_csv.write_csv(pa.table(columns), folder / f"{name}.csv")
        for name, (text, _) in self.letters.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        return folder


def people(n: int, chance: random.Random) -> list[Person]:
    made: list[Person] = []
    for i in range(n):
        chinese = i % 3 != 2
        if chinese:
            name = chance.choice(SURNAMES[:60]) + "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))
            phone = f"142{10_000_000 + i * 7919 % 89_999_999:08d}"
        else:
            name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
            phone = f"({chance.choice(('212', '415', '312'))}) 555-{i:04d}"
        if i % 20 == 19:
            name = made[i - 19].name if made[i - 19].chinese == chinese else name  # a namesake
        number = cn_id(chance)
        birth = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
        made.append(Person(i + 1, name, phone, f"u{i + 1:04d}x@example.com", number, birth, chinese))
    return made


def world(n: int = 120, seed: int = 3) -> World:
    chance = random.Random(seed)
    every = people(n, chance)
    agents = [f"E{i:05d}" for i in range(8)]
    lent = {every[one.number % n].number for one in every if one.shares}  # a number alone says neither the one nor the other
    rows: dict[str, list[dict[str, str]]] = {"customers": [], "orders": [], "tickets": [], "staff": [], "crm": []}
    owners: dict[str, list[int]] = {name: [] for name in rows}
    mentions: dict[tuple[str, int], int] = {}

    def add(table: str, owner: int, **cells: str) -> None:
        rows[table].append(cells)
        owners[table].append(owner)

    for one in every:
        family = every[one.number % n]
        add("customers", one.number, 客户编号=one.customer, 姓名=one.name, 手机号=family.phone if one.shares else one.phone,
            邮箱=one.mail, 身份证号=one.id, 出生日期=one.birth, 紧急联系人=family.name, 紧急联系人电话=family.phone)  # fmt: skip
        for _ in range(chance.randrange(4)):
            note = chance.choice(("无", "尽快发货", f"请联系{one.alias(chance)}", f"{one.alias(chance)}要求开发票"))
            add("orders", one.number, 订单号=f"DD{chance.randrange(10**12):012d}", 客户编号=one.customer,
                商品=chance.choice(GOODS), 客服工号=chance.choice(agents), 备注=note)  # fmt: skip
        if chance.random() < 0.6 and not one.shares:
            text = chance.choice(("来电咨询退款", "Asked for an invoice", f"本人{one.name}，回电{one.spelled(chance)}"))
            add("tickets", one.number, 来电号码=one.spelled(chance), 称呼=one.name, 内容=text, 处理人=chance.choice(agents))
        if chance.random() < 0.4:
            add("crm", one.number, customer_email=one.mail.upper(), full_name=one.name, stage=chance.choice(("new", "won")))
    for _ in range(n // 3):
        writer, named = chance.sample([p for p in every if not p.shares and p.number not in lent], 2)
        text = f"由朋友推荐，对方电话{named.spelled(chance)}，可致电了解。"
        mentions["tickets", len(rows["tickets"])] = named.number
        add("tickets", writer.number, 来电号码=writer.spelled(chance), 称呼=writer.name, 内容=text, 处理人=chance.choice(agents))
    for i, agent in enumerate(agents):
        add("staff", -1 - i, 工号=agent, 姓名=f"{SURNAMES[70 + i]}{GIVEN[i]}{GIVEN[i + 9]}", 手机=f"149{i:08d}")
    letters: dict[str, tuple[str, int]] = {}
    for one in chance.sample([p for p in every if not p.shares], n // 4):
        other = chance.choice([p for p in every if p.name != one.name])
        if one.chinese:
            text = f"尊敬的{one.name}：\n您的手机{one.spelled(chance)}已登记。{one.name[0]}先生请回信。\n抄送{other.name}。\n"
        else:
            text = f"Dear {one.name},\nwe have your e-mail {one.mail} on file. Thank you, Mr. {one.name.split()[1]}.\n"
        letters[f"letter_{len(letters):03d}"] = (text, one.number)
    tables = {name: {key: [row[key] for row in body] for key in body[0]} for name, body in rows.items()}
    return World(every, tables, owners, letters, mentions)
