"""How much the values of a column look like names, addresses, places, organisations, occupations: shares from dictionaries."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files

from piiscrub.parse import address_en, address_zh, names_zh, organisations, pinyin
from piiscrub.parse.names_en import NAME, suffixes, titles
from piiscrub.reference.places import countries, places
from piiscrub.reference.tables import rows
from piiscrub.reference.words import latin_names, street_words

_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_PARTS = re.compile(r"[\s,/\-]+")
# What the last word of a job, of a company says.
_JOBS = frozenset(
    "manager engineer specialist analyst assistant clerk technician teacher officer director consultant supervisor operator"
    " worker nurse designer developer administrator coordinator accountant representative agent mechanic driver scientist"
    " attendant inspector planner aide secretary cashier instructor researcher attorney lawyer architect editor writer"
    " reporter therapist"
    " physician surgeon dentist pharmacist programmer tester examiner investigator educator trainer counselor advisor adviser"
    " buyer broker dealer salesperson assembler repairer installer tender setter cutter helper laborer maker machinist welder"
    " electrician plumber carpenter painter drafter surveyor actor artist musician producer photographer chef cook baker waiter"
    " waitress bartender janitor maid cleaner guard firefighter pilot superintendent professor lecturer librarian economist"
    " psychologist biologist chemist physicist auditor teller underwriter estimator recruiter consultant executive chief head"
    " president intern lead foreman judge midwife optometrist veterinarian translator interpreter farmer fisherman soldier"
    " receptionist typist collector estimator adjuster controller treasurer strategist marketer".split()
)
_JOB_ENDINGS = ("ist", "ician", "ologist", "grapher", "keeper", "worker", "maker", "person", "woman", "operator")
_FIRMS = frozenset(
    "inc llc ltd limited corp corporation co company gmbh ag sa plc group holdings bank university hospital foundation institute"
    " college school services service solutions systems technologies technology partners associates industries enterprises"
    " international consulting markets market stores store shop realty designs design investments investment properties foods"
    " restaurant restaurants hotel club plan plus electronics furniture clothes auto parts center centre warehouse media"
    " financial insurance logistics labs studio studios agency pharmacy motors clinic".split()
)
_JOB_HAN = re.compile(
    "(?:经理|总监|主管|主任|专员|助理|工程师|设计师|会计|出纳|顾问|司机|代表|教师|老师|教授|讲师|"
    "医生|医师|护士|律师|厨师|员|师|工|长|总裁|董事|秘书|主播|警察|军人|农民|学生|自由职业者?|个体户|"
    "退休|待业|公务员|程序员|客服|保安|保洁|文员|销售|运营)$"
)
_ORG_HAN = re.compile(
    "(?:公司|集团|银行|支行|分行|大学|学院|中学|小学|学校|幼儿园|医院|诊所|药房|药店|酒店|饭店|宾馆|"
    "旅馆|客栈|公寓|餐厅|餐馆|饭馆|酒楼|酒家|食府|小吃店?|烤鸭店|火锅|美食城|超市|商场|商店|门店|书店|"
    "工厂|厂|研究院|研究所|事务所|中心|委员会|局|厅|法院|检察院|派出所|协会|基金会|出版社|博物馆|图书馆|"
    "美术馆|公园|影院|剧院|体育馆|[^地专手]店|店[)）]|馆)$"
)
_PLACE_HAN = re.compile(
    "[\u3400-\u9fff]{1,8}(?:街道|街道办|乡|镇|村(?:[0-9]{1,3}[组队社])?|社区|小区|新区|开发区|胡同|自治州|地区|盟|旗)"
)
# What a medicine is called by: its form, its strength.
_MEDICINE = re.compile(
    r"[\u3400-\u9fff]{2,14}(?:胶囊|[^图卡照名芯唱]片|颗粒|注射液|口服液|冲剂|软膏|滴眼液|糖浆|喷雾剂|丸|栓|疫苗)"
    r"|[A-Za-z][A-Za-z -]{3,40}? ?(?:\d+(?:\.\d+)? ?(?:mg|mcg|µg|ml|IU)\b.*|inhaler|tablets?|capsules?|injection|ointment)",
    re.IGNORECASE,
)
# Firms called after several people: Smith, Jones and Brown.
_SURELY = 0.9
_PARTNERS = re.compile(r"[A-Z][\w'’-]+(?:, [A-Z][\w'’-]+)*,? (?:and|&) (?:[A-Z][\w'’-]+)|[A-Z][\w'’]+-[A-Z][\w'’]+")
_COLOURS = frozenset(
    "black white red green blue yellow orange purple pink brown grey gray silver gold navy olive teal maroon beige ivory cyan"
    " magenta violet indigo turquoise khaki coral salmon crimson lavender amber charcoal burgundy rose tan aqua lime plum".split()
)
_PEOPLES = "汉蒙回藏维苗彝壮满侗瑶白傣黎畲土羌佤水京怒"
_ICD = re.compile(r"[A-TV-Z]\d{2}(?:\.\d{1,4})?(?:x\d{3})?")
_ZIP_BEHIND = re.compile(r"(?<=[A-Z]{2}) \d{5}(?:-\d{4})?$")  # Boston, MA 02110
_NO_PLACES = ("城镇", "农村", "乡村", "乡镇", "集镇")
_HOUSE = re.compile(
    r"(?:\d+[A-Za-z]?(?:[-/]\d+)?,?\s+\D{3,}.*"
    r"|\D{3,}[ ,]\s?(?:no\.? ?|č\.? ?|#)?\d+\s?[A-Za-z]?[.,]?(?:[/-]\s?\d+\s?[A-Za-z]?)?(?:[ ,]+\D+.*)?)",
    re.IGNORECASE,
)


def share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    """The share of values a predicate holds for."""
    return sum(map(test, values)) / max(1, len(values))


def plain(word: str) -> str:
    """Small letters without accents."""
    return "".join(ch for ch in unicodedata.normalize("NFKD", word.casefold()) if ch.isascii() and ch.isalpha())


def han_name(value: str) -> bool:
    """Whether it can well be a Chinese name of a person."""
    if "·" in value:
        return names_zh.dotted_end(value, 0) == len(value) and names_zh.by_sound(value) >= 0.7
    return bool(_HAN_NAME.fullmatch(value)) and names_zh.possible(value) and not names_zh.ordinary(value)


def han_names(values: Sequence[str]) -> float:
    """How much a column looks like Chinese names: 0 to 1. One surname in a word proves nothing; the column as a whole does."""
    if not values:
        return 0.0
    possible = share(values, han_name)
    shown = [value for value in values if han_name(value)]
    if not shown:
        return 0.0
    frequent = share(shown, names_zh.frequent_surname)
    usual = sum(map(names_zh.typical, shown)) / len(shown)
    jobs = share(values, lambda value: bool(_JOB_HAN.search(value)) and len(value) > 2 and value[-2:] != "学员")
    firms = share(values, lambda value: bool(_ORG_HAN.search(value) or _PLACE_HAN.fullmatch(value)))
    return max(0.0, possible * min(1.0, 0.35 + 0.45 * frequent + 0.35 * usual) - max(0.0, jobs - 0.3) - firms)


@cache
def _title_words() -> frozenset[str]:
    return frozenset(word.lower() for word in titles() | suffixes())


def latin_name(value: str) -> bool:
    """Whether it can well be a full name in Latin letters."""
    parts = [word for word in _PARTS.split(value) if word]
    known = _title_words()
    words = [word for word in parts if word.strip(".").lower() not in known]
    if len(words) == 1 < len(parts) and words[0].isalpha() and words[0].istitle():
        return True  # Dr. Smith
    if len(words) > 2 and len(words[-1].strip(".")) == 1:
        words.pop()  # Smith, Anne J.
    if not 2 <= len(words) <= 5 or any(ch.isdigit() for ch in value):
        return False
    names = [plain(word) for word in words]
    if pinyin.split(" ".join(words)) is not None:
        return True
    given, surname = latin_names("given"), latin_names("surname")
    first, last = (names[-1], names[0]) if "," in value or "/" in value else (names[0], names[-1])
    backwards = last in given and first in surname and len(words) == 2
    return (
        (first in given and last in surname)
        or backwards
        or (bool(NAME.fullmatch(value)) and first in given and last not in _FIRMS and last not in _JOBS)
    )


def full_name(value: str) -> bool:
    """Whether it is a name and hardly anything else: both its words are in the lists, or its surname is frequent in China.

    >>> full_name("Fiona Crane"), full_name("Jasper Candle"), full_name("陈国栋"), full_name("金卡")
    (True, False, True, False)
    """
    if value.isascii():
        return latin_name(value) and all(given_name(word) or len(word.strip(".")) == 1 for word in value.split())
    return han_names((value,)) >= _SURELY


def given_name(value: str) -> bool:
    """Whether one word is a given name or surname of the lists."""
    word = plain(value)
    if not word or " " in value:
        return False
    return word in latin_names("given") or word in latin_names("surname") or pinyin.is_surname(value)


def address(value: str) -> bool:
    """Whether it is an address finer than a town, in either language."""
    if re.search(r"[\u3400-\u9fff]", value):
        parts = address_zh.components(value, 0)
        levels = address_zh.levels(parts)
        if not levels & {"road", "number", "village", "group", "building", "unit", "room", "floor", "town"}:
            return False
        covered = parts[-1].end >= 0.5 * len(value)
        numbered = bool(levels & {"number", "building", "unit", "room", "floor", "group"}) and len(levels) > 1
        return covered and (
            numbered or (bool(levels & {"province", "city", "district"}) and bool(levels & {"road", "village", "town"}))
        )
    if not any(ch.isalpha() for ch in value):
        return False
    found = address_en.read(value, 0)
    strong = found is not None and found.end >= 0.5 * len(value) and (found.suffix or found.foreign or found.box or found.unit)
    return strong and any(ch.isdigit() for ch in value)


def house(value: str) -> bool:
    """Whether letters and a house number stand together: Tompa u. 49."""
    return len(value) >= 6 and bool(_HOUSE.fullmatch(value))


@cache
def _named(kind: str) -> frozenset[str]:
    """States, towns, origins or groups, in small letters."""
    raw = tomllib.loads(files("piiscrub.table.profile").joinpath("places.toml").read_text(encoding="utf-8"))
    return frozenset(name.strip().casefold() for name in raw[kind].replace("\n", " ").split("|"))


@cache
def _places() -> frozenset[str]:
    listed = {cell.casefold() for row in rows("country_codes") for cell in row}
    listed |= {name.casefold() for name in (*countries(), *street_words("region"))} | _named("states") | _named("towns")
    return frozenset(listed | {row[1] for row in rows("countries") if row[1] != "-"})


def place(value: str) -> bool:
    """Whether it is a division of China, a country, a town, a state or its code.

    >>> place("海淀区"), place("广东佛山"), place("石桥镇"), place("Leeds"), place("张小明")
    (True, True, True, True, False)
    """
    name = _ZIP_BEHIND.sub("", value.strip())
    if name in _NO_PLACES:
        return False
    if name in places() or name.casefold() in _places() or _PLACE_HAN.fullmatch(name):
        return True
    pieces = re.split(r"[/\s,，-]+", name)
    if len(pieces) > 1:
        return all(piece in places() or piece.casefold() in _places() for piece in pieces if piece)
    return len(name) > 3 and any(name[:at] in places() and name[at:] in places() for at in range(2, len(name) - 1))


def origin(value: str) -> bool:
    """Whether it is what the people of a country are called, in English."""
    return value.casefold() in _named("origins")


def group(value: str) -> bool:
    """Whether it is an ethnic group, as forms in English list them or by the one character of a Chinese one."""
    return value.casefold() in _named("groups") or (len(value) == 1 and value in _PEOPLES)


def colour(value: str) -> bool:
    """Whether it names a colour.

    >>> colour("玫瑰红色"), colour("DarkBlue"), colour("Rose Smith")
    (True, True, False)
    """
    if value.endswith("色"):
        return len(value) <= 6
    last = re.findall(r"[A-Z]?[a-z]+", value)[-1:]
    return bool(last) and last[0].lower() in _COLOURS


def icd(value: str) -> bool:
    """Whether it has the form of a code of ICD-10 (rule book A6)."""
    return bool(_ICD.fullmatch(value))


def medicine(value: str) -> bool:
    """Whether it is called as medicines are: by its form or strength.

    >>> medicine("阿莫西林胶囊"), medicine("Metformin 500mg"), medicine("机械键盘")
    (True, True, False)
    """
    return bool(_MEDICINE.fullmatch(value))


def occupation(value: str) -> bool:
    """Whether it ends as jobs do."""
    words = value.lower().split()
    if not words or any(ch.isdigit() for ch in value):
        return False
    if re.search(r"[\u3400-\u9fff]", value):
        return 2 <= len(value) <= 10 and bool(_JOB_HAN.search(value))
    last = plain(words[-1])
    return last in _JOBS or last.rstrip("s") in _JOBS or (len(last) > 5 and last.endswith(_JOB_ENDINGS))


def names_with_jobs(values: Sequence[str]) -> float:
    """How much a column looks like Chinese names with what their bearers are behind.

    >>> names_with_jobs(["李娜律师", "张建国医生"]) > 0.8, names_with_jobs(["高级律师", "安全工程师", "主任医师"])
    (True, 0.0)
    """
    bare = [value[: m.start()] for value in values if (m := _JOB_HAN.search(value)) and m.start() > 1]
    return han_names(bare) * len(bare) / len(values) if len({*bare}) > 1 else 0.0


def organisation(value: str) -> bool:
    """Whether it ends as companies, schools, shops and offices do."""
    if re.search(r"[\u3400-\u9fff]", value):
        return 3 <= len(value) <= 40 and bool(_ORG_HAN.search(value.rstrip())) and not re.search("[；;]", value)
    return bool(organisations.latin().fullmatch(value) or _PARTNERS.fullmatch(value)) or (
        len(words := value.split()) > 1 and plain(words[-1]) in _FIRMS
    )
