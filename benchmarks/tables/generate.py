"""A table of customers: name, phone, e-mail, address, identity number, note, amount, date; in Chinese, in English, mixed.

Every value is made up from a seed. Mobile numbers and identity numbers have the form of real ones, or nothing would be
measured; they are drawn anew in each run and written nowhere.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

import pandas as pd

from benchmarks.speed.generate import documents

ENTITIES = {
    "zh": ("PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS", "ADDRESS", "NATIONAL_ID", "", "", ""),
    "en": ("PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS", "ADDRESS", "US_SSN", "", "", ""),
}
ENTITIES["mixed"] = ENTITIES["zh"]
"""What each column is, as the nearest entity that all right answers stand below; "" for none (note, amount, date)."""

HEADERS = {
    "zh": ("姓名", "手机号", "邮箱", "地址", "身份证号", "备注", "金额", "日期"),
    "en": ("name", "phone", "email", "address", "ssn", "note", "amount", "date"),
    "mixed": ("客户 name", "mobile 手机", "email", "addr 地址", "id_no 证件号", "note", "金额 amount", "日期"),
}
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华文玉平刚桂"
_FIRST = "James Mary Robert Linda Michael Susan David Karen Thomas Nancy Daniel Laura Kevin Emma Brian Alice".split()
_LAST = "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore Jackson Martin White Harris".split()
_STREETS = "Maple Oak Cedar Pine Elm Washington Lake Hill Park Main".split()
_CITIES = ("Springfield, IL", "Portland, OR", "Austin, TX", "Denver, CO", "Madison, WI")
_DISTRICTS = {"110105": "北京市朝阳区", "310104": "上海市徐汇区", "440106": "广州市天河区", "330106": "杭州市西湖区"}
_ROADS = "建设路 人民路 解放路 中山路 文化路 和平路 新华路 学院路".split()


def table(language: str, rows: int = 100_000, *, seed: int = 0, headers: bool = True) -> pd.DataFrame:
    """The table; without ``headers`` its columns are col0 … col7."""
    chance = random.Random(f"{language} {seed}")
    notes = _notes(chance)
    made = []
    for _ in range(rows):
        chinese = language == "zh" or (language == "mixed" and chance.random() < 0.6)
        person = _chinese(chance) if chinese else _english(chance, ids=language == "en")
        day = date(2022, 1, 1) + timedelta(chance.randrange(1400))
        made.append((*person, chance.choice(notes), round(chance.uniform(1, 9999), 2), day.isoformat()))
    return pd.DataFrame(made, columns=list(HEADERS[language]) if headers else [f"col{i}" for i in range(8)])


def notes(rows: int = 100_000, *, seed: int = 0) -> list[str]:
    """Distinct notes of about 100 characters, 7 candidates per kB; a number in front of each would double that."""
    found = list(dict.fromkeys(_notes(random.Random(seed), rows // 6 + 10)))
    return found[:rows]


def _notes(chance: random.Random, count: int = 300) -> list[str]:
    texts = [doc.text for doc in documents(7, count)]
    cut = [text[i : i + 100] for text in texts for i in range(0, len(text) - 50, 100)]
    chance.shuffle(cut)
    return cut


def _chinese(chance: random.Random) -> tuple[str, str, str, str, str]:
    region = chance.choice(list(_DISTRICTS))
    born = date(1950, 1, 1) + timedelta(chance.randrange(20_000))
    body = f"{region}{born:%Y%m%d}{chance.randrange(1000):03d}"
    check = "10X98765432"[sum(int(d) * 2 ** (17 - i) for i, d in enumerate(body)) % 11]
    name = chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))
    road, house, room = chance.choice(_ROADS), chance.randrange(1, 400), chance.randrange(101, 2000)
    place = f"{_DISTRICTS[region]}{road}{house}号{room}室"
    return name, f"1{chance.choice('35789')}{chance.randrange(10**9):09d}", _mail(chance), place, body + check


def _english(chance: random.Random, *, ids: bool) -> tuple[str, str, str, str, str]:
    name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
    phone = f"({chance.randrange(212, 980)}) 555-{chance.randrange(100, 200):04d}" if ids else f"139{chance.randrange(10**8):08d}"
    place = (
        f"{chance.randrange(1, 9999)} {chance.choice(_STREETS)} St, {chance.choice(_CITIES)} {chance.randrange(10_000, 99_999)}"
    )
    number = f"{chance.randrange(100, 665):03d}-{chance.randrange(1, 99):02d}-{chance.randrange(1, 9999):04d}"
    return name, phone, _mail(chance), place, number if ids else _chinese(chance)[4]


def _mail(chance: random.Random) -> str:
    return f"{chance.choice(_FIRST).lower()}.{chance.choice(_LAST).lower()}{chance.randrange(10**5)}@example.com"
