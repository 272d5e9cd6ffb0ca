"""Where Chinese addresses and places begin and end: labels, names of divisions, roads with a number, spans of a tagger.

A place is never searched for character by character: three searches of one pass each say where one may begin, and the
grammar (parse/address_zh.py) reads on from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from piiscrub.model.finding import Finding
from piiscrub.parse.address_zh import HAN, Component, components, division_at, fine, levels, stops_before
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.addresses_rooms import onwards, rooms
from piiscrub.recognize.addresses_spoken import corps, grown, joined_lines, landmarks, spaced, spots
from piiscrub.recognize.addresses_tagged import both_ends, tidied
from piiscrub.recognize.near import Near
from piiscrub.recognize.ner.tagger import ADDRESS, LOCATION, MAYBE, PERSON, Span
from piiscrub.reference.places import lengths, places
from piiscrub.reference.tables import alternatives
from piiscrub.reference.words import is_common
from piiscrub.text.late import late

_BETWEEN = r"(?:[：:是为為在於于：\s\"'“”「【\[]|位于|位於|就在|就是|已?(?:变更|更改|修改|改)(?:为|成|到)){0,5}"
_LABEL = late(rf"[地住居籍所位门單单][ ]?(?:址|住地|在地|所地|置|点|牌号)(?:信息|详情)?(?P<joint>{_BETWEEN})")
_WORD = late(
    r"[住位坐寄送邮快家搬迁收发配出前去到租](?:在|于|於|到|至|往|落于|落在|住在|住于|送至|送到|差[：:]|址|达|货至|租"
    r"房在)(?:了)?(?!地址|地点)(?:旁边|对面|隔壁|附近|[那这]个)?的?[：:\s]?"
)
_NUMBER = late(
    r"[路街巷弄道同里村园苑区庄屯城厦场寓湾府院营坊街段條条港园園區廈場灣莊邨庭墅轩阁](?=\s?[东西南北中東]?[段侧]?\s?[甲乙丙丁A-H负]?(?:[0-9]|[一二"
    r"三四五六七八九十百]{1,4}(?:号|號|弄|巷|组|队|栋|幢|单元|层)))"
    r".{0,3}?[0-9一二三四五六七八九十百]{1,5}[A-Za-z]?(?:\s?[-、~/]\s?[0-9]{1,5}){0,2}\s?(?:号|號|弄|栋|棟|幢|座|组|"
    r"队|单元|楼|巷)"
)
_CHUNK = late(
    rf"[。；;！!？?\n，,、]|\s(?=[^\s]{{0,4}}(?:电话|手机|姓名|联系|邮编|收件)|(?:找|交给|由|叫|收货|寄给)[^号室栋]|[{HAN}]{{2,6}}[：:])"
    "|电话|手机|评分|价格|人均|门票|营业时间|邮编|联系"
)
_SPOKEN = late("[的了吧呢吗您我你请有]|可以|没有|什么|哪|吗|怎么|一下|知道|推荐|周边|多少|谢谢|如何|不错")
_COMES = late("师傅|先生|女士|小姐|工程师|骑手|司机|[上下]午|上门|[今明后]天|周[一二三四五六日]")  # who comes there, and when
_ORG = late(
    rf"[{HAN}A-Za-z]{{0,14}}?(?:公司|集团|银行|大学|学院|医院|法院|检察院|公安局|派出所|委员会|政府|协会|学校|中学|小"
    rf"学|幼儿园|研究院|研究所|出版社|事务所|交易所|电视台|日报|晚报|晨报|时报|卫视"
    rf"|俱乐部|足球队|合作社|基金会|有限|股份|分行|支行|分局|[市区县省]委|[人民]大|厅|局)"
)
_PERMIT = late("(?:居民)?(?:来往|往来)?(?:内地|大陆)?(?:通行证|居住证|签注)")  # 港澳通行证 is a document
_OWN = frozenset("省市区县")
_DIVISIONS = frozenset(("province", "city", "district"))


class _Seed(NamedTuple):
    start: int
    labelled: str  # the words that announce an address, "" if none
    back: bool  # the start must be looked for before this place
    division: bool = False  # begins like one


class AddressRecognizer:
    """Chinese addresses (CN_ADDRESS) and places (LOCATION) by rule, joined with the places of a tagger.

    >>> [(f.entity, f.start, f.end) for f in AddressRecognizer().find("家住海淀区测试路12号3栋502室。")]
    [('CN_ADDRESS', 2, 17)]
    """

    id = "addresses_zh"
    entities = ("CN_ADDRESS", "LOCATION")

    def find(self, text: str, spans: Sequence[Span] = ()) -> list[Finding]:
        if text.isascii():
            return []
        places_tagged = [
            t for s in spans if s.label == LOCATION for p in both_ends(text, s) if (t := tidied(text, p)) is not None
        ]
        found: list[Finding] = []
        done = 0
        for seed in _seeds(text, places_tagged):
            if seed.start < done:
                continue
            result, done = _read(text, seed, done, found)
            if result is not None:
                found.append(result)
        whole = [t for s in spans if s.label == ADDRESS for p in _cut(text, s) if (t := tidied(text, p)) is not None]
        names = Near(s for s in spans if s.label in (PERSON, MAYBE))
        known = Near(_behind_name(text, f, names) for f in _with_whole(text, found, whole))
        for room in (*rooms(text), *landmarks(text), *spots(text), *corps(text), *spaced(text)):
            if not any(f.entity == room.entity for f in known(room.start, room.end)):
                before = known(room.start - 1, room.start)
                within = [f for f in before if f.entity == "LOCATION" and f.end == room.start][:1]  # 北京市100871信箱
                known.put(room._replace(start=min([room.start, *(f.start for f in within)])), within)
        out: list[Finding] = []
        for f in _with_tagged(text, known, places_tagged):
            if f.entity == "LOCATION" and _PERMIT.match(text, f.end):
                continue
            out.append(grown(text, onwards(text, f), out[-1].end if out else 0))
        return joined_lines(text, out) if "\n" in text else out


def _behind_name(text: str, f: Finding, names: Near[Span]) -> Finding:
    """The finding from behind a name that begins before it: 王和平住测试路1号."""
    for s in names(f.start, f.start + 1):
        if s.start < f.start < s.end < f.end:
            m = _left_words().match(text, s.end, f.end)
            return f._replace(start=m.end() if m else s.end)
    return f


@cache
def _pairs() -> re.Pattern[str]:
    """First two characters of every name: a position that can begin one."""
    by_first: dict[str, set[str]] = {}
    for name in places():
        by_first.setdefault(name[0], set()).add(name[1])
    first = "".join(sorted(by_first))
    second = "".join(sorted({c for tail in by_first.values() for c in tail}))
    return re.compile(f"[{first}](?=[{second}])")


def _seeds(text: str, tagged: Sequence[Span]) -> list[_Seed]:
    seeds = [_Seed(m.end(), m.group().replace(" ", "")[:2], False) for m in _LABEL.finditer(text)]
    seeds += [_Seed(m.end(), "", False) for m in _WORD.finditer(text)]
    seeds += [_Seed(m.start() + 1, "", True) for m in _NUMBER.finditer(text)]
    known = lengths()
    for m in _pairs().finditer(text):
        at = m.start()
        if text[at : at + 2] in known:
            seeds.append(_Seed(at, "", False, division=True))
    seeds += [_Seed(s.start, "", False) for s in tagged]
    seeds.sort(key=lambda seed: (seed.start, not seed.labelled))
    return seeds


def _read(text: str, seed: _Seed, done: int, found: list[Finding]) -> tuple[Finding | None, int]:
    """A finding that begins at the seed, and where to go on."""
    start = seed.start
    if seed.back:
        start = max(_left_edge(text, start), done)
        if start >= seed.start - 1:
            return None, done
    parts = components(text, start)
    if seed.division and parts and parts[0].level not in _DIVISIONS and stops_before(text, start, 1) < start:
        return None, done  # 锦湖南路: a road whose name goes on to the left
    if seed.labelled:
        labelled = _labelled(text, seed, parts)
        if labelled is not None:
            return labelled, labelled.end
    if not parts:
        return None, done
    result = _weigh(text, parts, seed)
    if result is None:
        return None, max(done, parts[0].end if not seed.back else seed.start)
    return result, max(result.end, done) if result.entity == "CN_ADDRESS" else max(done, result.end)


@cache
def _left_words() -> re.Pattern[str]:
    return re.compile(alternatives("place_cues_zh", "left"))


def _left_edge(text: str, end: int) -> int:
    low = stops_before(text, end, 10)
    for m in _left_words().finditer(text, low, end):
        low = m.end()
    return low


_ITS_OFFICE = late("(?:人民)?(?:法院|检察院|政府|公安|仲裁|税务|派出所|街道办|社区(?:居|服务))")  # 甲方所在地人民法院


def _labelled(text: str, seed: _Seed, parts: list[Component]) -> Finding | None:
    """Behind 地址： stands an address: up to the end of the phrase, if the grammar knows some of it."""
    start = seed.start
    stop = _phrase_end(text, start)
    if stop - start < 3 or stop - start > 90 or _ITS_OFFICE.match(text, start):
        return None
    end = max((c.end for c in parts), default=start)
    known = levels(parts)
    if known == {"road"} and end == stop and len(parts) == 1:
        return None  # a street alone says no more than a place
    if not known or not (fine(parts) or len(known) > 1 or "town" in known):
        return None
    ended = known & {"number", "building", "unit", "room", "floor"} and text[end : end + 1].isspace()  # another field follows
    if end < stop and not ended and not _SPOKEN.search(text, end, stop):
        end = stop
    while end > start and (text[end - 1] in "」】]）) \t\"'”" and not _opened(text, start, end)):
        end -= 1
    more = _next_phrase(text, end)
    return Finding("CN_ADDRESS", start, more, worth.ADDRESS_LABEL, AddressRecognizer.id, "label", context=(seed.labelled,))


def _opened(text: str, start: int, end: int) -> bool:
    piece = text[start : end - 1]
    return text[end - 1] in "）)" and any(c in piece for c in "(（")


def _phrase_end(text: str, start: int) -> int:
    """The end of the phrase; commas within brackets do not end it."""
    at = start
    while True:
        m = _CHUNK.search(text, at, start + 100)
        stop = m.start() if m else min(len(text), start + 100)
        piece = text[start:stop]
        if m and m.group() in "，,、" and piece.count("(") + piece.count("（") > piece.count(")") + piece.count("）"):
            at = m.end()
            continue
        return stop


def _next_phrase(text: str, end: int) -> int:
    """An address may go on behind a comma, if all of the next phrase is one."""
    if end < len(text) and text[end] in "，,":
        stop = _phrase_end(text, end + 1)
        if _LABEL.search(text, end + 1, stop):
            return end  # another address
        parts = components(text, end + 1, stop)
        told = _SPOKEN.search(text, end + 1, stop) or _COMES.search(text, end + 1, stop)
        if parts and fine(parts) and parts[-1].end == stop and not told:
            return _next_phrase(text, stop)
    return end


def _weigh(text: str, parts: list[Component], seed: _Seed) -> Finding | None:
    known = levels(parts)
    start, end = parts[0].start, parts[-1].end
    words = tuple(sorted(known))
    if not known:
        return None
    division = known & {"province", "city", "district"}
    numbered = known & {"number", "building", "unit", "room", "floor", "group"}
    named = known & {"road", "estate", "village", "town"}
    score = 0.0
    if numbered and named:
        score = worth.ADDRESS_FULL if division else worth.ADDRESS_ROAD
        if not division and not known & {"number", "building", "unit", "room", "group"}:
            shown = "road" in known or any(_SHOWN.match(text, part.start, part.end) for part in parts)
            score = worth.ADDRESS_LOOSE if "estate" in known and shown else 0.0  # 商场三层
    elif (numbered and division and known & {"number", "building"}) or (
        known & {"province", "city", "district", "town"} and len(known) >= 3 and fine(parts) and _lived_in(text, parts)
    ):
        score = worth.ADDRESS_LOOSE
    if (
        score
        and "road" not in known
        and not numbered & {"number", "building", "unit", "room"}
        and _ORG.match(text, parts[0].start)
    ):
        score = 0.0
    roads = [part for part in parts if part.level == "road"]
    if not score and len(roads) > 1 and _CORNER.search(text, roads[-1].start, end):
        score = worth.ADDRESS_ROAD
    if score:
        return Finding("CN_ADDRESS", start, end, score, AddressRecognizer.id, "grammar", context=words)
    return _place(text, parts)


_SHOWN = late("的?那(?:一)?[个栋幢座]")
_CORNER = late("路口|交[叉汇界口]|街口|[路街道巷]口")
_LODGING = late(
    "(?:大厦|小区|花园|公寓|广场|家园|苑|新村|府|院|路|街|巷|村|社区|胡同|弄|大楼|里|坊|屯|庄|寨|堡|嘎查|村民小组|[科产工][技业][园区])$"
)


def _lived_in(text: str, parts: list[Component]) -> bool:
    """An address without a number: it ends with a road, a house or a village, and not as the name of a branch."""
    end = parts[-1].end
    last = next(c for c in reversed(parts) if c.level != "relative")
    return _LODGING.search(text, last.start, last.end) is not None and not text.startswith(("店", "站", "分"), end)


def _place(text: str, parts: list[Component]) -> Finding | None:
    """Divisions alone: a place, unless an organisation's name goes on from there."""
    own: list[Component] = []
    for part in parts:
        listed = part.level in ("province", "city", "district") and text[part.start : part.end] in places()
        town = part.level == "town" and part.end - part.start < 6 and own and not own[-1].short
        if not (listed or town) or (own and part.start != own[-1].end):
            break
        own.append(part)
    if not own:
        return None
    start, end = own[0].start, own[-1].end
    if _ORG.match(text, end):
        return None
    if text[end - 1] in _OWN and is_common(text[end - 1 : end + 1]) and text[own[-1].start : end - 1] in places():
        end -= 1  # 温州市民: the city is 温州
        own[-1] = own[-1]._replace(short=True)
    first = division_at(text, start)
    if first is None:
        return None
    full = any(not part.short for part in own)
    if len(own) == 1 and own[0].short and (first[1].doubtful or first[1].level == "district"):
        return None
    score = worth.PLACE_FULL if full or len(own) > 1 else worth.PLACE_SHORT
    return Finding("LOCATION", start, end, score, AddressRecognizer.id, "division")


_ADDRESS_SIGN = late(
    "[0-9一二三四五六七八九十][0-9A-Za-z-]*(?:号|號|弄|栋|棟|幢|座|室|组|队|社|楼|层|单元|门|房|户|#)|[路街巷弄村庄屯镇乡]"
)
_FRONT = late(rf"[{HAN}0-9A-Za-z#（()）·，,/ -]*")
_TAIL = late(
    rf"\s?[,，/]?\s?[{HAN}A-Z#（()）·-]*"
    rf"(?:[0-9][{HAN}0-9A-Za-z#（()）·-]*|[村组队社号室苑园城府庭院湾坝沟屯庄寨口楼厦场邸])"
)
_MORE_ROOM = late(
    r"(?:\s?[A-Z0-9]{1,3}(?:座|栋|幢|区|号楼|单元|楼|层))*\s?[A-Z]?[0-9]{3,4}[A-Z]?(?:室|房|户|号)?(?![0-9A-Za-z年月日元块个-])"
)
_NEXT_FIELD = late("[，,、；;。\\s][^，,：:0-9\\s]{0,6}[：:]|[；;。\\n]")


def _cut(text: str, span: Span) -> Iterator[Span]:
    """The span up to where the label of the next field begins, and what follows that label."""
    start = span.start
    for m in _NEXT_FIELD.finditer(text, span.start, span.end):
        yield span._replace(start=start, end=m.start())
        start = m.end()
    if start < span.end:
        yield span._replace(start=start)


def _with_whole(text: str, found: list[Finding], spans: Iterable[Span]) -> list[Finding]:
    """The addresses of the tagger: they begin or end what a rule saw only in part, and stand alone where no rule saw one."""
    out = Near(found)
    for span in spans:
        near = out(span.start, span.end)
        rules = [f for f in near if f.entity == "CN_ADDRESS"]
        start = min([span.start, *(f.start for f in near)])
        if rules:
            first, last = rules[0], rules[-1]
            grows = span.end > last.end and span.score >= worth.TAGGED_END and _TAIL.fullmatch(text, last.end, span.end)
            end = span.end if grows else last.end
            front = _FRONT.fullmatch(text, start, first.start) and not _LABEL.search(text, start, first.start)
            if start < first.start and not (span.score >= worth.TAGGED_END and front):
                start = first.start
            if (start, end) == (first.start, first.end):
                continue
            new = first._replace(start=start, end=end)
        else:
            end = span.end
            if end < len(text) and text[end] in ")）" and _opened(text, start, end + 1):
                end += 1
            if more := _MORE_ROOM.match(text, end):
                end = more.end()
            known = end - start >= 5 and text[end - 1] not in "店站" and _ADDRESS_SIGN.search(text, start, end)
            if span.score < worth.TAGGED_WHOLE or not known:
                continue
            new = Finding("CN_ADDRESS", start, end, span.score * worth.TAGGED_ADDRESS, AddressRecognizer.id, "tagger")
        out.put(new, out(new.start, new.end))
    return list(out)


def _with_tagged(text: str, found: Near[Finding], tagged: Iterable[Span]) -> list[Finding]:
    """The places of the tagger that no rule covers; one that a rule extends is the rule's."""
    out = Near(found)
    for span in tagged:
        covering = found(span.start, span.end)
        if any(f.entity == "CN_ADDRESS" or (f.start <= span.start and f.end >= span.end) for f in covering):
            continue
        reported = span.score * 0.95 >= worth.PLACE_REPORT
        lost = [f for f in out(span.start, span.end) if f in covering and (reported or f.score < worth.PLACE_FULL)]
        out.take_out(lost)
        if reported:
            out.put(Finding("LOCATION", span.start, span.end, min(span.score, 1.0) * 0.95, AddressRecognizer.id, "tagger"))
    return _joined(text, out)


def _joined(text: str, found: Iterable[Finding]) -> list[Finding]:
    """Neighbouring places are one: 广东省 and 深圳市."""
    out: list[Finding] = []
    for f in sorted(found, key=lambda f: (f.start, f.end)):
        if out and f.entity == out[-1].entity == "LOCATION" and out[-1].end == f.start:
            out[-1] = out[-1]._replace(end=f.end, score=max(out[-1].score, f.score))
        else:
            out.append(f)
    return out
