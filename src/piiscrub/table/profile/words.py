"""How much the values of a column look like names, addresses, places, organisations, occupations: shares from dictionaries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

from piiscrub.parse import address_en, address_zh, names_zh, organisations, pinyin
from piiscrub.parse.names_en import NAME, SUFFIXES, TITLES
from piiscrub.reference.places import countries, places
from piiscrub.reference.tables import rows
from piiscrub.reference.words import street_words

_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_TITLE_WORDS = frozenset(word.lower() for word in (*TITLES, *SUFFIXES))
_PARTS = re.compile(r"[\s,\-]+")
_STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas"
    "|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada"
    "|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island"
    "|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming"
    "|Ontario|Quebec|British Columbia|Alberta|Manitoba|Nova Scotia|Queensland|New South Wales|Victoria|England|Scotland|Wales"
    "|New York City|Los Angeles|Chicago|Houston|Phoenix|Philadelphia|San Antonio|San Diego|Dallas|San Jose|Austin|Seattle|Denver"
    "|Boston|Portland|Las Vegas|Detroit|Memphis|Baltimore|Milwaukee|Atlanta|Miami|San Francisco|London|Manchester|Birmingham"
    "|Liverpool|Leeds|Glasgow|Edinburgh|Bristol|Toronto|Vancouver|Montreal|Sydney|Melbourne|Brisbane|Perth|Auckland|Dublin"
    "|Paris|Berlin|Munich|Hamburg|Madrid|Barcelona|Rome|Milan|Vienna|Zurich|Geneva|Amsterdam|Brussels|Stockholm|Oslo|Copenhagen"
    "|Beijing|Shanghai|Guangzhou|Shenzhen|Chengdu|Hangzhou|Wuhan|Nanjing|Tianjin|Chongqing|Xi'an|Suzhou|Qingdao|Dalian|Xiamen"
    "|Hong Kong|Singapore|Tokyo|Osaka|Seoul|Taipei|Mumbai|Delhi|Bangalore|Dubai|Springfield"
).split("|")
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
_HOUSE = re.compile(
    r"(?:\d+[A-Za-z]?(?:[-/]\d+)?,?\s+\D{3,}.*"
    r"|\D{3,}[ ,]\s?(?:no\.? ?|č\.? ?|#)?\d+\s?[A-Za-z]?[.,]?(?:[/-]\s?\d+\s?[A-Za-z]?)?(?:[ ,]+\D+.*)?)",
    re.IGNORECASE,
)


def share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    """The share of values a predicate holds for."""
    return sum(map(test, values)) / max(1, len(values))


@cache
def _latin(kind: str) -> frozenset[str]:
    return frozenset(name for row in rows("latin_names") if row[0] == kind for name in row[1].split())


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
    firms = share(values, lambda value: bool(_ORG_HAN.search(value)))
    return max(0.0, possible * min(1.0, 0.35 + 0.45 * frequent + 0.35 * usual) - max(0.0, jobs - 0.3) - firms)


def latin_name(value: str) -> bool:
    """Whether it can well be a full name in Latin letters."""
    words = [word for word in _PARTS.split(value) if word and word.strip(".").lower() not in _TITLE_WORDS]
    if not 2 <= len(words) <= 5 or any(ch.isdigit() for ch in value):
        return False
    names = [plain(word) for word in words]
    if pinyin.split(" ".join(words)) is not None:
        return True
    given, surname = _latin("given"), _latin("surname")
    first, last = (names[-1], names[0]) if "," in value else (names[0], names[-1])
    return (first in given and last in surname) or (
        bool(NAME.fullmatch(value)) and first in given and last not in _FIRMS and last not in _JOBS
    )


def given_name(value: str) -> bool:
    """Whether one word is a given name or surname of the lists."""
    word = plain(value)
    return bool(word) and " " not in value and (word in _latin("given") or word in _latin("surname") or pinyin.is_surname(value))


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
    found = address_en.read(value, 0)
    strong = found is not None and found.end >= 0.5 * len(value) and (found.suffix or found.foreign or found.box or found.unit)
    return strong and any(ch.isdigit() for ch in value)


def house(value: str) -> bool:
    """Whether letters and a house number stand together: Tompa u. 49."""
    return len(value) >= 6 and bool(_HOUSE.fullmatch(value))


@cache
def _places() -> frozenset[str]:
    listed = {cell.casefold() for row in rows("country_codes") for cell in row}
    listed |= {name.casefold() for name in (*countries(), *street_words("region"), *_STATES)}
    return frozenset(listed | {row[1] for row in rows("countries") if row[1] != "-"})


def place(value: str) -> bool:
    """Whether it is a division of China, a country, a state or its code."""
    name = value.strip()
    if name in places() or name.casefold() in _places():
        return True
    pieces = re.split(r"[/\s,，-]+", name)
    return len(pieces) > 1 and all(piece in places() or piece.casefold() in _places() for piece in pieces if piece)


def occupation(value: str) -> bool:
    """Whether it ends as jobs do."""
    words = value.lower().split()
    if not words or any(ch.isdigit() for ch in value):
        return False
    if re.search(r"[\u3400-\u9fff]", value):
        return 2 <= len(value) <= 10 and bool(_JOB_HAN.search(value))
    last = plain(words[-1])
    return last in _JOBS or last.rstrip("s") in _JOBS or (len(last) > 5 and last.endswith(_JOB_ENDINGS))


def organisation(value: str) -> bool:
    """Whether it ends as companies, schools, shops and offices do."""
    if re.search(r"[\u3400-\u9fff]", value):
        return 3 <= len(value) <= 40 and bool(_ORG_HAN.search(value.rstrip())) and not re.search("[；;]", value)
    return bool(organisations.LATIN.fullmatch(value)) or (len(words := value.split()) > 1 and plain(words[-1]) in _FIRMS)
