"""Sentences with marked names, places, addresses and organisations, from templates and invented values.

Run as ``python training/zh/generate.py OUT.jsonl --number 2000 --seed 1 [--kind held-out]``. Held-out text has
templates, surnames and roads that training never sees; development text has templates that rules may be written against.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import lexicon as lx

Marked = tuple[str, list[tuple[int, int, str]]]
_SLOT = re.compile(r"\{([A-Za-z]+)\}")
_HERE = Path(__file__).parent


class Values:
    """Invented values; ``held`` chooses which half of the surnames and roads they are made of."""

    def __init__(self, chance: random.Random, *, held: bool) -> None:
        self._chance = chance
        self._held = held
        choose = lambda words: [word for word in words if lx.held_out(word) == held] or list(words)  # noqa: E731 - one line, used thrice
        self._common, self._other, self._compound = choose(lx.COMMON), choose(lx.OTHER), choose(lx.COMPOUND)
        self._words = choose(lx.WORDS_AND_NAMES)
        self._counties = lx.COUNTIES

    def one(self, words: list[str] | str) -> str:
        return self._chance.choice(words)

    def number(self, least: int, most: int) -> str:
        return str(self._chance.randint(least, most))

    def odds(self, share: float) -> bool:
        return self._chance.random() < share

    # -- people
    def surname(self) -> str:
        kind = self._chance.random()
        return self.one(self._common if kind < 0.62 else self._other if kind < 0.93 else self._compound)

    def chinese(self) -> str:
        first = self.surname()
        if self.odds(0.02):
            first += self.surname()
        given = self.one(lx.GIVEN)
        if self.odds(0.78):
            given += given if self.odds(0.06) else self.one(lx.GIVEN)
        return first + given

    def foreign(self) -> str:
        return "·".join(self.foreign_word() for _ in range(self._chance.choice((1, 2, 2, 2, 3))))

    def foreign_word(self) -> str:
        return "".join(self.one(lx.SYLLABLES) for _ in range(self._chance.choice((1, 1, 2)))) + self.one(lx.ENDINGS)

    def person(self) -> str:
        kind = self._chance.random()
        if kind < 0.86:
            return self.chinese()
        if kind < 0.90:
            return self.one(lx.MINORITY) + "·" + self.one(lx.MINORITY)
        if kind < 0.92:
            return self.one(lx.TIBETAN) + self.one(lx.TIBETAN)
        if kind < 0.97:
            return self.foreign()
        return self.one(lx.JAPANESE) + self.one(lx.JAPANESE_GIVEN)

    def called(self) -> str:
        """Anybody by whatever name: words that people are called by too, given names and pet names alone."""
        kind = self._chance.random()
        if kind < 0.50:
            return self.person()
        if kind < 0.66:
            return self.one(self._words)
        if kind < 0.78:
            return self.surname() + self.one(self._words)
        if kind < 0.88:
            given = self.one(lx.GIVEN)
            return given + (given if self.odds(0.3) else self.one(lx.GIVEN))
        if kind < 0.94:
            return self.one(lx.PET)
        return self._chance.choice(("小", "老", "阿")) + self.one((*self._common, *lx.GIVEN))

    def office(self) -> str:
        """A school, a hospital or an office under the short name that people use."""
        number, kind = self.one("一二三四五六七八九"), self._chance.random()
        if kind < 0.3:
            return self.one(["", "市", "区", "县"]) + number + self.one("中 小 中学 医院 院 附院 幼".split())
        where = (
            lx.short(self.one(lx.CITIES))[:2] if self.odds(0.6) else self.one(lx.ROAD_CHARACTERS) + self.one(lx.ROAD_CHARACTERS)
        )
        ends = "中学 小学 一中 二中 大学 理工 师大 医院 派出所 支行 社区居委会 幼儿园 物业 汽修 烧烤 超市 药房 门诊 驾校".split()
        return where + self.one(ends)

    def world(self) -> str:
        """A person of news and history."""
        kind = self._chance.random()
        if kind < 0.45:
            return self.chinese()
        if kind < 0.82:
            return self.foreign()
        return self.one(lx.JAPANESE) + (self.one(lx.JAPANESE_GIVEN) if self.odds(0.8) else "")

    def latin(self) -> str:
        return self.one(lx.LATIN) + (" " + self.one(lx.LATIN_LAST) if self.odds(0.5) else "")

    # -- places
    def place(self) -> str:
        kind = self._chance.random()
        if kind < 0.25:
            return self.one(lx.COUNTRIES)
        if kind < 0.40:
            return self.one(lx.PLACES)
        province, city, county = self._chance.choice(self._counties)
        if kind < 0.70:
            return self._chance.choice((lx.short(province), province, city or county, lx.short(city or province), county))
        if kind < 0.80:
            return lx.short(province) + (lx.short(city) if city else "") + (county if self.odds(0.5) else "")
        if kind < 0.86:
            return self.foreign_word() + self.one("州 县 镇 岛 河 湾 城 港 堡 群岛 半岛 海峡".split())
        return self.one(lx.PLACE_CHARACTERS) + self.one(lx.PLACE_CHARACTERS) + self.one(lx.GEOGRAPHY)

    def road(self) -> str:
        while True:
            name = self.one(lx.ROAD_CHARACTERS) + self.one(lx.ROAD_CHARACTERS)
            if lx.held_out(name) == self._held:
                break
        if self.odds(0.12):
            name = lx.short(self.one(lx.CITIES))[:3]
        ends = "路 街 大道 东路 西路 南路 北路 大街 中路 二路 巷 一路 胡同 里 东大街 西街 前街 三路 环路 支路 道".split()
        return name + self.one(ends)

    def house(self) -> str:
        number = self.number(1, 999)
        return self._chance.choice(
            (
                number + "号",
                number + "号",
                number + "号",
                number + "号院",
                "甲" + number + "号",
                number + "-" + self.number(1, 30) + "号",
                number + "弄" + self.number(1, 90) + "号",
            )
        )

    def unit(self) -> str:
        room = self.number(1, 32) + "0" + self.number(1, 9)
        building = self.number(1, 40) + self.one("栋 号楼 幢 座 楼 #".split()) if self.odds(0.8) else self.one("ABCDE") + "座"
        stair = self.number(1, 6) + self.one(["单元", "单元", "门", "梯"]) if self.odds(0.5) else ""
        return building + stair + room + self.one(["室", "", "房", "号", "户"])

    def estate(self) -> str:
        return (
            self.one(lx.ESTATES)
            + (self.one(lx.ESTATES)[:1] if self.odds(0.5) else "")
            + self.one("花园 小区 苑 家园 城 公馆 新村 雅苑 公寓 庭 府 湾 里 一期 名邸 社区".split())
        )

    def tower(self) -> str:
        name = (
            self.one(lx.BRANDS)
            + self.one(lx.BRANDS)
            + self.one("大厦 国际中心 广场 科技园 商务楼 写字楼 产业园 创业园 金融中心".split())
        )
        return (
            name
            + self._chance.choice(("", self.one("AB") + "座", self.number(1, 9) + "号楼"))
            + self._chance.choice(
                ("", self.number(2, 40) + "层", self.number(2, 40) + "楼" + self.number(1, 40) + "室", self.number(201, 4012))
            )
        )

    def address(self) -> str:
        province, city, county = self._chance.choice(self._counties)
        head = self._chance.random()
        if head < 0.5:
            front = province + city + county
        elif head < 0.72:
            front = city + county if city else county
        elif head < 0.84:
            front = lx.short(province) + lx.short(city) + county
        elif head < 0.92:
            front = county
        else:
            front = ""
        if front and self.odds(0.28):
            front += (
                self.one(lx.PLACE_CHARACTERS)
                + self.one(lx.PLACE_CHARACTERS)
                + self.one("街道 镇 乡 街道 镇 开发区 高新区 工业园".split())
            )
        tail = self._chance.random()
        if tail < 0.14 and front:
            village = self.one(lx.PLACE_CHARACTERS) + self.one(lx.PLACE_CHARACTERS) + self.one("村 庄 屯 湾 家沟 坝 寨".split())
            return (
                front
                + village
                + self._chance.choice(
                    (
                        "",
                        self.number(1, 12) + "组",
                        self.number(1, 12) + "组" + self.number(1, 200) + "号",
                        "三组",
                        self.number(1, 300) + "号",
                        "五社",
                        "二队",
                    )
                )
            )
        if tail < 0.30:
            return front + self.estate() + self.unit()
        street = self.road() + (self.house() if self.odds(0.9) else "与" + self.road() + "交叉口")
        if tail < 0.55:
            street += self.estate() + self.unit()
        elif tail < 0.66:
            street += self.tower()
        elif tail < 0.72:
            street += self._chance.choice(("附近", "(地铁站旁)", "（农贸市场对面）", "底商", "院内", "东侧"))
            return front + street
        elif tail < 0.80:
            street += self.unit()
        return front + street

    def spaced(self) -> str:
        """An address typed with spaces or commas between its levels."""
        province, city, county = self._chance.choice(self._counties)
        gap = self._chance.choice((" ", " ", ",", "，", "/"))
        parts = [
            province,
            city,
            county,
            self.road() + self.house(),
            self._chance.choice((self.unit(), self.estate() + self.unit(), "")),
        ]
        return gap.join(part for part in parts if part)

    # -- organisations
    def organization(self) -> str:
        kind = self._chance.random()
        _, city, county = self._chance.choice(self._counties)
        where = self._chance.choice((city, lx.short(city), county, "")) if city else self._chance.choice((county, ""))
        if kind < 0.45:
            brand = "".join(self.one(lx.BRANDS) for _ in range(self._chance.choice((2, 2, 2, 3, 4))))
            return where + brand + (self.one(lx.INDUSTRY) if self.odds(0.85) else "") + self.one(lx.COMPANY)
        if kind < 0.78:
            return (where or lx.short(self.one(lx.CITIES))) + self.one(lx.BODIES)
        if kind < 0.90:
            return self.one(lx.KNOWN)
        if kind < 0.95:
            return self.foreign_word() + self.one(
                "大学 公司 集团 银行 乐队 俱乐部 基金会 出版社 学院 航空公司 实验室 唱片公司".split()
            )
        return self.one(lx.COUNTRIES) + self.one(
            "政府 海军 陆军 国家银行 外交部 国会 奥委会 足球协会 科学院 大使馆 总领事馆 航空".split()
        )

    def shop(self) -> str:
        if self.odds(0.6):
            return (
                self._chance.choice((self.surname(), self.surname(), "老" + self.surname()))
                + self.one(lx.SHOP_PEOPLE)
                + self.one(lx.FOOD)
            )
        name = "".join(self.one(lx.BRANDS + lx.GIVEN) for _ in range(self._chance.choice((1, 2, 2)))) + self.one(lx.HOUSES)
        return name + (self.one(lx.FOOD) if self.odds(0.5) else "")

    def thing(self) -> str:
        """What is called by a word that is written like a foreign name or like a surname and a given name."""
        word = self.foreign_word() if self.odds(0.7) else self.surname() + self.one(lx.GIVEN)
        return word + self.one(lx.NAMED_AFTER)

    def species(self) -> str:
        front = self._chance.choice(
            (
                self.one(lx.PLACE_CHARACTERS) + self.one("山水江南东"),
                self.surname(),
                self.one("白 金 黄 马 云 华山 石 花".split()),
            )
        )
        return front + self.one(lx.SPECIES)

    # -- the rest
    def phone(self) -> str:
        digits = "1" + self.one("3 5 7 8 9".split()) + self.number(100000000, 999999999)
        return self._chance.choice(
            (
                digits,
                digits,
                digits,
                f"{digits[:3]} {digits[3:7]} {digits[7:]}",
                f"{digits[:3]}-{digits[3:7]}-{digits[7:]}",
                "0" + self.number(10, 999) + "-" + self.number(2000000, 88888888),
            )
        )

    def identity(self) -> str:
        return (
            self.number(110000, 659999)
            + self.number(1950, 2010)
            + self.number(10, 12)
            + self.number(10, 28)
            + self.number(100, 999)
            + self.one("0123456789X")
        )

    def date(self) -> str:
        year, month, day = self.number(1950, 2026), self.number(1, 12), self.number(1, 28)
        return self._chance.choice(
            (
                f"{year}-{month:0>2}-{day:0>2}",
                f"{year}年{month}月{day}日",
                f"{month}月{day}日",
                f"{year}/{month}/{day}",
                f"{month}月{day}号",
                f"{year}.{month}.{day}",
            )
        )


_SLOTS: dict[str, tuple[str, Callable[[Values], str]]] = {  # slot: label ("" = none) and how to fill it
    "P": ("PERSON", Values.person),
    "e": ("PERSON", Values.called),
    "Q": ("PERSON", Values.world),
    "K": ("PERSON", Values.latin),
    "S": ("PERSON", Values.surname),
    "L": ("LOCATION", Values.place),
    "A": ("ADDRESS", lambda v: v.address() if v.odds(0.88) else v.spaced()),
    "O": ("ORGANIZATION", Values.organization),
    "X": ("ORGANIZATION", Values.shop),
    "F": ("LOCATION", lambda v: v.foreign_word() + (v.one(lx.ENDINGS) if v.odds(0.3) else "")),
    "V": ("", Values.thing),
    "U": ("", Values.species),
    "m": ("ORGANIZATION", Values.office),
    "w": ("", lambda v: v.one(lx.WORDS_AND_NAMES)),
    "r": ("", lambda v: v.one(lx.WHO)),
    "d": ("", lambda v: v.one(lx.DID)),
    "t": ("", lambda v: v.one(lx.TOLD)),
    "o": ("", lambda v: v.one(lx.ORDINARY_ACTS)),
    "B": ("", lambda v: v.one(lx.SCRIPTS)),
    "H": ("", lambda v: v.one(lx.TITLES)),
    "J": ("", lambda v: v.one(lx.JOBS)),
    "C": ("", lambda v: v.one(lx.CONFUSING)),
    "G": ("", lambda v: v.one(lx.GOODS)),
    "Z": ("", lambda v: v.one(lx.DISEASES)),
    "T": ("", Values.phone),
    "I": ("", Values.identity),
    "D": ("", Values.date),
    "Y": ("", lambda v: v.number(1600, 2026)),
    "N": ("", lambda v: v.number(1, 99)),
    "M": ("", lambda v: v.number(10, 99999) + v.one(["元", "万元", ".00", ""])),
    "W": ("", lambda v: v.one(["SF", "YT", "JD", "ZTO", ""]) + v.number(100000000000, 999999999999)),
    "R": ("", lambda v: v.one("男女")),
    "E": ("", lambda v: v.one("abcdefgh") + v.number(10, 9999) + "@example.com"),
}


_FILES = {
    "training": "templates.txt",
    "anybody": "templates_anybody.txt",
    "development": "templates_development.txt",
    "held-out": "templates_held_out.txt",
}


@cache
def templates(kind: str) -> list[str]:
    """Templates of a file; line ends and tabs, written as in Python strings, become real. ``anybody`` adds to ``training``."""
    lines = (_HERE / _FILES[kind]).read_text(encoding="utf-8").splitlines()
    before = templates("training") if kind == "anybody" else []
    return before + [line.replace("\\n", "\n").replace("\\t", "\t") for line in lines if line and not line.startswith("#")]


def fill(template: str, values: Values) -> Marked:
    """One template with values in its slots."""
    text, spans, at = "", [], 0
    for slot in _SLOT.finditer(template):
        text += template[at : slot.start()]
        label, make = _SLOTS[slot.group(1)]
        value = make(values)
        if label == "PERSON" and len(value) in (2, 3) and values.odds(0.015):
            value = values.one([" ", "　"]).join(value)  # as typed into forms to fill the width
        if label:
            spans.append((len(text), len(text) + len(value), label))
        text += value
        at = slot.end()
    return text + template[at:], spans


def _swap(text: str, table: dict[str, str]) -> str:
    return text.translate(str.maketrans(table))


def noisy(marked: Marked, values: Values) -> Marked:
    """As people type and scanners read: half-width punctuation, no separators, other ends; offsets follow."""
    text, spans = marked
    kind = values._chance.random()
    if kind < 0.12:
        text = _swap(text, {"，": ",", "：": ":", "。": ".", "（": "(", "）": ")", "；": ";"})
    elif kind < 0.20:
        text = _swap(text, {"，": " ", "：": " ", "。": " "})
    elif kind < 0.25 and text.endswith(("。", "！", "？")):
        text = text[:-1]
    elif kind < 0.30:
        lead = values._chance.choice(("【通知】", "> ", "1. ", "（一）", "- ", "[10:32] ", "A: ", "客户：", "#", "备注 "))
        return lead + text, [(start + len(lead), end + len(lead), label) for start, end, label in spans]
    elif kind < 0.34:
        return _drop(text, spans, values)
    return text, spans


def _drop(text: str, spans: list[tuple[int, int, str]], values: Values) -> Marked:
    """Lose a separator outside the values, as fast typing does."""
    places = [
        at
        for at, character in enumerate(text)
        if character in "：，:, " and not any(start <= at < end for start, end, _ in spans)
    ]
    if not places:
        return text, spans
    at = values._chance.choice(places)
    return text[:at] + text[at + 1 :], [(start - (start > at), end - (end > at), label) for start, end, label in spans]


def generate(number: int, seed: int, *, kind: str = "training") -> list[Marked]:
    """So many texts of a kind (``training``, ``anybody``, ``development``, ``held-out``); the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - text, not secrets
    values = Values(chance, held=kind == "held-out")
    known = templates(kind)
    texts = []
    for _ in range(number):
        marked = fill(chance.choice(known), values)
        if chance.random() < 0.2:
            text, spans = fill(chance.choice(known), values)
            glue = chance.choice(("\n", " ", "", "。"))
            shift = len(marked[0]) + len(glue)
            marked = marked[0] + glue + text, marked[1] + [(start + shift, end + shift, label) for start, end, label in spans]
        texts.append(noisy(marked, values))
    return texts


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--number", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=_FILES, default="training")
    options = parser.parse_args()
    with options.out.open("w", encoding="utf-8") as file:
        for number, (text, spans) in enumerate(generate(options.number, options.seed, kind=options.kind)):
            marks = [{"start": start, "end": end, "label": label} for start, end, label in spans]
            file.write(
                json.dumps({"id": f"generated-{number}", "text": text, "lang": "zh", "spans": marks}, ensure_ascii=False) + "\n"
            )


if __name__ == "__main__":
    main()
