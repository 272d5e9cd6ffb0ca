"""What the characters around a tagger's Chinese span say about it: a mountain, a noodle shop, a storm is no person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.parse.names_zh import HAN
from piiscrub.recognize.ner.gate import has_han
from piiscrub.recognize.ner.tagger import LOCATION, ORGANIZATION, PERSON, Span
from piiscrub.reference.places import places
from piiscrub.reference.tables import listed
from piiscrub.text.late import late

_GEOGRAPHY = late(
    "山脉|山区|山脈|半岛|群岛|群島|岛(?!主)|島|海峡|海湾|湾(?!仔)|河谷|河流|大河|湖(?!人)|盆地|高原|平原|沙漠|冰川|峡谷|地区|地區|古城|古镇|古战道"
    "|火车站|车站|机场|大桥|大街|大道|公路|自治州|共和国|王国|公国|州|县(?![长令])|縣(?![長令])|省(?!长)|市(?![长民场])|镇(?!长)|村(?![长民])"
)
_BUSINESS = late(
    "公司|集团|集成|证券|基金(?!经理)|银行(?![卡账帐预存])|(?:夫人)?蜡像馆|面馆|饭庄|饭店|饭馆|酒店|酒家|酒楼|餐厅|食府|火锅|烧烤|烤[鸭羊肉鱼全]|自助|驴肉|面包|蛋糕|烘焙|私房菜"
    "|老号|老店|茶馆|茶楼|包子|卤煮|豆腐|小吃|海鲜|羊肉|牛肉|凉皮|米线|饺子|馄饨|麻辣|炸酱|老爷新疆|老北京|平价|串吧|串串|记[火面饭粥茶小牛羊卤烧]"
    "|(?:[（(][^（()）]{1,12}店[)）])"
)
_THING = late(
    "[轻重]?机枪|步枪|冲锋枪|手枪|坦克|战机|战车|飓风|台风|效应|定律|定理|公式|指数|综合征|病毒|杆菌|蛋白|杯(?!具)|剧场版|系列(?![杀剧])|车型|轿车|手表"
    f"|品牌|软件|框架|协议书|登陆(?!后)|族(?![{HAN}]?长)|部落|语(?=[和与、，。族系的])|教派|教徒|人(?=入侵|部落|[、，。；]|$)|松(?=[（(、，。是])"
    "|之[战戰役乱亂围圍盟变變争爭](?![了时更议議执執])|[0-9]+(?:株|丛|克(?!拉)|毫升|ml|mL|g(?![A-Za-z]))"
)
_BEFORE = late(
    "(?:台风|颱風|飓风|热带风暴|强热带风暴|品牌|股票|型号|种植|栽种|服用|宠物(?:名字?|昵称)?[：:] ?|[忽突]然一声|一[阵缕抹股])"
    '[“"‘「]?$'
)
_ENDS_AS_SHOP = late("(?:家菜|饭庄|卤煮|面馆|火锅|烤鸭|烧烤|小吃|包子|驴肉|[·.](?:南北菜|川驻|[無无]山))$")
_NOT_A_PLACE = late(
    "语(?![言文音])|话(?=[、，。；和与的是属也中]|$)|官话|方言(?=[、，。；])|菜(?=[、，。；和与的]|$)|犬|猫(?=[、，。；])"
)
_REGION = late("地区|地區")
_ERA = late("民[国國] ?[0-9元前〇一二三四五六七八九十百]")
_RESULTS = ("阳性", "阴性", "陽性", "陰性")  # of a test; 阳 and 阴 are surnames
_LEAD = 3
_SHORT_SCHOOL = 3
_SCHOOLS = frozenset("医大 师大 科大 农大 工大 财大 理工 师院 医学院".split())  # 安医大
_SHORTEST = 2


def corrected(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, each under the label that its surroundings leave it; those that can be none of the four are left out.

    >>> text = "史旺森山脉和台风“卡莱尔”"
    >>> [(text[s.start : s.end], s.label) for s in corrected(text, [Span(0, 3, "PERSON", 0.8), Span(8, 11, "PERSON", 0.8)])]
    [('史旺森山脉', 'LOCATION')]
    """
    if not has_han(text):
        yield from spans
        return
    for span in _before_years(text, spans):
        if not has_han(text[span.start : span.end]):
            chat = span.label == PERSON and text[span.start : span.end].islower()
            if not chat:
                yield span
        elif span.label == PERSON:
            yield from _person(text, span)
        elif span.label == LOCATION:
            yield from _place(text, span)
        else:
            yield span


def _before_years(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, cut where a year of the republic begins: 民國79年 is no place, and no end of a name."""
    for span in spans:
        era = _ERA.search(text, max(0, span.start - 1), span.end + 3)
        cut = span if era is None or era.start() >= span.end else span._replace(end=era.start())
        if cut is span or cut.end - cut.start >= _SHORTEST:
            yield cut


_MIXED = late(f"[{HAN}][ ]?[A-Z][a-z]{{2,12}}")
_CHAT_END = late("[A-Za-z0-9]+$")


def _person(text: str, span: Span) -> Iterator[Span]:
    if _MIXED.fullmatch(text, span.start, span.end):  # 李Eric
        yield span
        return
    if m := _CHAT_END.search(text, span.start, span.end):  # 王小明hhh
        span = span._replace(end=m.start())
        if span.end - span.start < _SHORTEST:
            return  # the front of a number plate
    start, end = span.start, span.end
    if _BEFORE.search(text, max(0, start - 6), start) or _THING.match(text, end) or text.startswith(_RESULTS, start):
        return
    if _counts_years(text, start, end):
        return
    if m := _GEOGRAPHY.match(text, end):
        yield Span(start, m.end(), LOCATION, span.score)
    elif _ENDS_AS_SHOP.search(text, start, end) or (end - start == _SHORT_SCHOOL and text[end - 2 : end] in _SCHOOLS):
        yield span._replace(label=ORGANIZATION)
    elif m := _BUSINESS.match(text, end):
        yield Span(start, m.end() if text[m.end() - 1] not in ")）" else end, ORGANIZATION, span.score)
    else:
        yield span


def no_person(text: str, start: int, end: int) -> bool:
    """Whether what stands around a stretch of Han characters says that it is no person.

    >>> no_person("去杜莎夫人蜡像馆", 1, 3), no_person("佟四十来岁", 0, 3), no_person("王小明说", 0, 3)
    (True, True, False)
    """
    after = end + 2 if text.startswith(("夫人", "先生", "太太"), end) else end
    return (
        _counts_years(text, start, end)
        or any(pattern.match(text, at) for pattern in (_THING, _GEOGRAPHY, _BUSINESS) for at in {end, after})
        or (_BEFORE.search(text, max(0, start - 6), start) is not None)
    )


_YEARS = late("[多几来余]?岁")
_TENS = frozenset("十百")


def _counts_years(text: str, start: int, end: int) -> bool:
    """Whether a stretch ends with the numeral of an age: 佟四十 in 佟四十来岁."""
    return end - start > 1 and text[end - 1] in _TENS and _YEARS.match(text, end) is not None


def _place(text: str, span: Span) -> Iterator[Span]:
    if _NOT_A_PLACE.match(text, span.end) or text[span.start : span.end] in listed("place_cues_zh", "any"):
        return
    known = places()
    for start in range(span.start - 1, max(span.start - _LEAD, 0) - 1, -1):
        if text[start : span.end] in known:  # 屏东县, of which the tagger saw 东县
            yield span._replace(start=start)
            return
    region = _REGION.match(text, span.end)
    yield span._replace(end=region.end()) if region else span
