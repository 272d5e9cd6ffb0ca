"""A hand-over of three tables, made from a seed, whose texts name the people of their rows in every form people use.

Each mention is known: whom it means (a column of its row), or that it may mean two of them, or that it means neither.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from pypinyin import Style, lazy_pinyin

SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高"
POLYPHONIC = {"单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou"}
SAME_SOUND = {"解": "谢", "仇": "邱", "区": "欧"}
ALIKE = ("伟", "威"), ("静", "敬"), ("军", "君"), ("芳", "方")
GIVEN = "建国 秀英 晓明 丽华 志强 海燕 文博 雅琴 俊杰 春梅 德胜 玉兰 伟 芳 磊 静 强 敏 军 娜".split()
WORDS = "高兴 光明 和平 幸福 健康 平安".split()
FIRST = "John James Robert Mary Linda Susan Karen Peter Kevin Laura".split()
LAST = "Smith Johnson Brown Miller Wilson Taylor".split()
TITLES = "先生 女士 经理 老师 医生 小姐".split()

ZH = (
    "{}来电投诉，说快递还没到。", "已联系{}，约定明天回访。", "请{}补充材料后再办理。", "{}的订单需要退款。",
    "接线员告知{}稍后处理，{}表示同意。",
    "据{}反映，商品有破损；{}要求换货。", "今天{}到店，{}陪同。", "付款人是{}。", "转交{}处理", "客户：{}，备注：尽快回电。",
)  # fmt: skip  # a sentence each
EN = (
    "Spoke with {} this morning about the refund.", "Parcel handed to {} at the door.",
    "{} asked to call back; told {} it takes a week.",
    "Please forward the invoice to {}.", "Complaint raised by {}, copied to {}.",
)  # fmt: skip
WORD_TEXTS = "他很{}，感谢客服。", "祝您{}！", "住在{}路的老人来取件。"


@dataclass(frozen=True)
class Name:
    """A person as the columns have it; ``said`` is surname and syllables of the given name in pinyin, or the English words."""

    full: str
    surname: str
    given: str
    said: tuple[str, ...]
    toned: tuple[str, ...] = ()

    @property
    def han(self) -> bool:
        return not self.full.isascii()


@dataclass
class Mention:
    """``whose``: the column of names whose person is meant; "" for nobody here; "?" for two of them."""

    text: str
    kind: str
    whose: str


@dataclass
class Row:
    """The cells of a row, whom its columns of names hold, and what its text is made of."""

    cells: dict[str, str]
    people: dict[str, Name]
    pieces: list[str] = field(default_factory=list)  # the text around the mentions
    mentions: list[Mention] = field(default_factory=list)
    pinyin: dict[str, str] = field(default_factory=dict)  # column in letters → column of the same person


def chinese(chance: random.Random, surname: str = "", given: str = "") -> Name:
    surname = surname or chance.choice(SURNAMES)
    given = given or chance.choice(GIVEN)
    family = POLYPHONIC.get(surname) or lazy_pinyin(surname)[0]
    toned = (family.capitalize(), *lazy_pinyin(given, style=Style.TONE))
    return Name(surname + given, surname, given, (family, *lazy_pinyin(given)), toned)


def english(chance: random.Random) -> Name:
    given, surname = chance.choice(FIRST), chance.choice(LAST)
    return Name(f"{given} {surname}", surname, given, (surname.lower(), given.lower()))


def in_letters(chance: random.Random, name: Name) -> str:
    surname, given = name.said[0].capitalize(), "".join(name.said[1:]).capitalize()
    return chance.choice((
        f"{surname} {given}", f"{given} {surname}", f"{surname.upper()} {given}", f"{given} {surname.upper()}",
        f"{surname}, {given}", f"{surname} {'-'.join(one.capitalize() for one in name.said[1:])}",
        f"{name.toned[0]} {''.join(name.toned[1:]).capitalize()}" if name.toned else f"{surname} {given}",
    ))  # fmt: skip


def mail(chance: random.Random, name: Name) -> str:
    surname, given = name.said[0], "".join(name.said[1:])
    short = "".join(one[0] for one in name.said[1:])
    forms = [f"{surname}.{given}", f"{given}.{surname}", f"{surname}_{given}{chance.randint(1, 99)}", f"{given}-{surname}"]
    if name.han:
        forms.append(f"{surname}{given}{chance.randint(1, 99)}")
    if chance.random() < 0.1 and len(surname + short) > 3:
        forms = [f"{short}{surname}", f"{surname}{short}"]
    return f"{chance.choice(forms)}@example.{chance.choice(('com', 'org'))}"


def mention(chance: random.Random, name: Name, *, en: bool) -> tuple[str, str]:
    """A form of a name and its kind."""
    if not name.han:
        return chance.choice((
            (name.full, "full"), (f"{chance.choice(('Mr', 'Ms', 'Dr'))} {name.surname}", "title"),
            (f"{name.given[0]}. {name.surname}", "letters"),
            (f"{name.surname}, {name.given}", "letters"), (name.full.upper(), "letters"), (mail(chance, name), "mail"),
        ))  # fmt: skip
    kinds = ["letters", "mail"] if en else ["full", "title", "title", "old", "given", "letters", "mail"]
    cannot = {"given"} if len(name.given) < 2 or name.given in WORDS else set()
    cannot |= {"old"} if name.surname == "区" else set()  # 小区 and 老区 are words
    kind = chance.choice([one for one in kinds if one not in cannot])
    made = {
        "full": name.full,
        "title": name.surname + chance.choice(TITLES),
        "old": chance.choice("老小") + name.surname,
        "given": name.given,
        "letters": in_letters(chance, name),
        "mail": mail(chance, name),
    }[kind]
    if en and chance.random() < 0.3:
        return f"{chance.choice(('Mr', 'Ms'))} {name.said[0].capitalize()}", "title"
    return made, kind


def ambiguous(chance: random.Random, columns: tuple[str, str]) -> tuple[dict[str, Name], Mention]:
    """Two people of a row and a mention that may be either of them."""
    way = chance.randrange(4)
    first, second = columns
    if way == 0:  # the same surname twice
        surname = chance.choice(SURNAMES)
        one, two = (chinese(chance, surname, given) for given in chance.sample(GIVEN, 2))
        text = chance.choice((surname + chance.choice(TITLES), f"老{surname}"))
        return {first: one, second: two}, Mention(text, "title", "?")
    if way == 1:  # the same given name twice
        given = chance.choice([one for one in GIVEN if len(one) > 1])
        one, two = (chinese(chance, surname, given) for surname in chance.sample(SURNAMES, 2))
        return {first: one, second: two}, Mention(given, "given", "?")
    if way == 2:  # names that sound alike: 解 and 谢 are both Xie, 曾伟 and 曾威 both Zeng Wei
        surname = chance.choice(list(POLYPHONIC))
        given, alike = (given := chance.choice(GIVEN), given) if surname in SAME_SOUND else chance.choice(ALIKE)
        one, two = chinese(chance, surname, given), chinese(chance, SAME_SOUND.get(surname, surname), alike)
        return {first: one, second: two}, Mention(in_letters(chance, one), "letters", "?")
    one = chinese(chance, given=chance.choice(WORDS))  # a given name that is a word, in a sentence with the word
    return {first: one, second: chinese(chance)}, Mention(one.given, "word", "?")


def row(chance: random.Random, columns: tuple[str, ...], *, share: float) -> Row:
    """One row whose text, by the given share, holds a mention that nobody can resolve."""
    first, second = columns[0], columns[-1]
    if len(columns) == 2 and chance.random() < share:
        people, unclear = ambiguous(chance, (first, second))
        text = chance.choice(WORD_TEXTS) if unclear.kind == "word" else chance.choice([one for one in ZH if one.count("{}") == 1])
        return Row({}, people, text.split("{}"), [unclear])
    polyphonic = chance.random() < 0.1
    make = english if chance.random() < 0.25 else chinese
    people = {first: chinese(chance, chance.choice(list(POLYPHONIC))) if polyphonic else make(chance)}
    if len(columns) == 2:
        other = chinese(chance)
        while other.said[0] == people[first].said[0] or other.given == people[first].given:
            other = chinese(chance)
        people[second] = other
    en = not people[first].han or chance.random() < 0.2
    text = chance.choice(EN if en else ZH)
    made: list[Mention] = []
    for _ in range(text.count("{}")):
        if chance.random() < 0.1:
            stranger = Name("钱多多", "钱", "多多", ("qian", "duo", "duo"))
            made.append(Mention("Mr Qian" if en else "钱先生", "title", ""))
            assert all(one.surname != stranger.surname for one in people.values())
            continue
        whose = chance.choice(list(people))
        written, kind = mention(chance, people[whose], en=en)
        made.append(Mention(written, kind, whose))
    return Row({}, people, text.split("{}"), made)


def table(chance: random.Random, size: int, name: str) -> list[Row]:
    """``customers`` (name, name in letters, mailbox), ``orders`` (name, note) or ``tickets`` (customer, agent, text)."""
    columns = {"customers": ("姓名",), "orders": ("收货人", "付款人"), "tickets": ("客户姓名", "经办人姓名")}[name]
    rows = [row(chance, columns, share=0.6) for _ in range(size)]
    for one in rows:
        one.cells = {column: person.full for column, person in one.people.items()}
        if name == "customers":
            one.cells["英文名"] = in_letters(chance, one.people["姓名"]) if one.people["姓名"].han else one.people["姓名"].full
            one.cells["邮箱"] = mail(chance, one.people["姓名"])
            one.pinyin = {"英文名": "姓名", "邮箱": "姓名"}
        one.cells["备注"] = "".join(a + b for a, b in zip(one.pieces, [*(m.text for m in one.mentions), ""], strict=True))
    return rows
