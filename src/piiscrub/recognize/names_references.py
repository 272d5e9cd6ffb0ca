"""Forms of address: 张经理, 王总, 老李, and a surname alone where somebody says it is one: 我姓鲍, 张姓租客."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.parse.names_zh import HAN, han_at, ordinary, split, typical
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.names_behind import word_behind
from piiscrub.recognize.names_edges import announced, begins_here
from piiscrub.reference.places import places
from piiscrub.reference.surnames import common, compound, single
from piiscrub.reference.words import given_characters, is_common, name_words
from piiscrub.text.late import late

_ID = "names"
_SAYS_NAME = late("[找叫让跟给派问请喊]$")
_HAN_ONLY = late(f"[{HAN}]+")


def hailed(text: str, start: int, end: int) -> bool:
    """Whether a tagger took a form of address and the next character for a name: 张总好, 让小郑顶一下.

    >>> hailed("张总好", 0, 3), hailed("让小郑顶一下", 2, 4), hailed("王总一", 0, 3)
    (True, True, False)
    """
    if end - start == 3:
        if text[end - 1] in single() and word_behind(text, end) == worth.TITLE_AFTER and announced(text, end - 1):
            return True  # 楼长耿大爷
        if text[start + 1] in "老小" and text[end - 1] in _usual() and _POST.search(text, max(0, start - 1), start + 1):
            return True  # 门卫老唐
        if text[end - 1] in "好您你" and text[start + 1] in "总哥姐叔姨工董":
            return True
    if end - start == _TWO and text[start] in "老小" and text[start + 1] in single() and _behind_role(text, start):
        return True  # 徒弟小翁
    if (
        end - start == _TWO
        and text[start] in "和与跟"
        and text[end - 1] in single()
        and word_behind(text, end) == worth.TITLE_AFTER
    ):
        return True  # 和石经理
    if end - start == _TWO and text[end - 1] == "副" and word_behind(text, end) == worth.TITLE_AFTER:
        return True  # 梁副局长
    if end - start not in (2, 3) or text[start - 1 : start] not in ("小", "老") or text[start] not in _usual():
        return False
    return typical(text[start:end]) < 1 and _CALLED.search(text, max(0, start - 3), start - 1) is not None


@cache
def _usual() -> frozenset[str]:
    """Surnames that stand behind 老 and 小: the frequent ones, and those that are hardly ever a word of their own."""
    return common() | name_words("clearly")


@cache
def _addressed() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """张经理 and 王总; 老李. Both begin with a set of characters, so the search runs at memory speed."""
    surnames = "".join(sorted(single() | {name[-1] for name in compound()}))
    titles = "|".join(sorted(name_words("title"), key=lambda w: (-len(w), w)))
    short = "".join(sorted(name_words("short")))
    given = "".join(sorted(given_characters()))
    behind = "".join(sorted({title[0] for title in name_words("title")} | name_words("short")))
    return re.compile(f"[{surnames}](?=[ {behind}])(?:[ ]?(?P<title>{titles})|(?P<short>[{short}]))"), re.compile(
        f"[老小阿大](?:(?<=小)(?P<kin>[{given}](?<![表师学堂小大])[姐哥妹])|(?P<old>[{''.join(sorted(single()))}](?:(?<=老.)头(?![儿子发疼痛像]))?)|(?<=阿)(?P<pet>[{given}]))|(?P<twice>[{given}朵妞豆果糖圆毛安乐甜萌贝米琪笑])(?P=twice)"
    )


_SPEAKS = late(
    r"$|[，。！？、：；,!?:;\s）)（(~…@\"”]|说|在|去|来|和|跟|的|您|你|你好|吗|呢|吧|今天|明天|昨天|已|也|都|打|发|给|把"
    r"|让|叫|要|有|没|不|会|能|好(?=[，,。！!？?～~ 的])|[0-9]{1,2}[月日号点:]|前天|汇报|通过"
    r"|电话|手机|那边|这边|他|她|拿|取|收|签|领|帮|上门|上午|中午|下午|晚上|今晚|明早|后天|刚[才刚]|周[一二三四五六日末]|下周|上周"
    r"|星期|马上|请|到|过来|那里|这里|家|做|看|问|送|接|写|买|带|留|负责|安排|处理|确认|同意|推荐|建议|觉得|约"
    r"|反映|举报|投诉|承认|主持|审[批核阅]|批[准复]|参加|出席|讲话|发言|牵头|带队|介绍|陪同|指出|要求|表示|强调|提[出到过]|亲自|本人|办公室|微信|邮箱|[找喊]|联系|对接|沟通|跟进|值班|组织|主动|专门|特意|批了|签了|发话|定夺|拍板"
)
_POST = late(
    "司机|门卫|物业|保洁|前台|店家|师傅|隔壁|楼[上下]|对门|[绍责系明证办接报填申收寄]人|护士|民警|客服|老板|房东|邻居|同事|同学|保安|护工|骑手|员工|租客|业主|辅警|[木瓦油电]工"
    "|厨师|导游|中介|社区|街道|学校|公司|支书|[部处科组店的者员村局厂]$"
)
_AT_WORK = late("(?:司机|门卫|物业|保洁|前台|护士|民警|客服|房东|同事|保安|护工|骑手|租客|辅警|[木瓦油电]工|厨师|导游|中介)$")
_OF_A_FIRM = late("部$|[方司户]的$")
_TWO = 2
_TOOK_OFFICE = late("(?:入职|毕业|[年月日起后间]|工作|调[入任至])[，,、]$")
_PARENTS = ("妈妈", "爸爸")
_NO_PARENT = frozenset("和从于向为与同及对由成常时安任")
_WORK = ("作", "程", "业", "厂", "人", "资", "会", "地", "种", "期", "具", "艺", "商")
_WORDS = frozenset("和从与同及对由为")
_WORN = ("服", "装", "内", "鞋", "包", "香", "们")
_COLONS = ("：", ":")
_HOLDS = frozenset("并曾兼担现历出首继接连留调升改后又均共同聘委时原拟")
_NO_ROLES = frozenset(
    "信息 资料 名单 代表 复核 审核 批准 校对 编制 审定 制单 制表 见证 受益 投保 寄件 收件 委托 承办 所有 爱人".split()
)
"""Words in front of names that are as often something else than a person."""
_REPORTS = late("汇报|汇总了|会上|会议")
_AS_COLLEAGUE = late("态度|服务|人[很不挺真]|[很挺真特超]|一[直问说]|不[理给让肯]|就|还|又|只|跟")
"""What is said of somebody who serves: 前台小汤态度差."""
_CIVIL = frozenset("先生 女士 小姐 太太 老太太 老太 老汉 老爷子 老伯 老先生 老奶奶 大妈 大爷 大叔 大婶 大伯 大娘".split())
_JOINS = frozenset("和从于向为与同及对由")
"""Surnames that join words much more often: 经理和主管."""
_TOWARDS = late("汇报|反映|申请|请示|报告|说明|请假|联系|沟通|商量|问好|道歉|道谢|优先|一起|协商|对接|反馈|提出")
_NAMES_ALL_THE_SAME = frozenset(("老张", "小张"))  # lists of words hold them because so many people are called so
_CALLED = late(
    '(?:^|[，。！？、：；,!?:;\\s）)（(~…@"“]|派|放|喊|转|嗯|喂|哎|啊|哦|一下|您好|你好|找|叫|让|给|和|跟|问|联系|请|由|是|向|对|被|把|告诉|通知|到|为|同|拜访|约|陪|见|等|们|[今昨明]天|[上下]午|刚才)$'
)


def references(text: str, persons: Sequence[Finding]) -> Iterator[Finding]:
    """张经理, 王总, 老李, 我姓鲍. Surnames of persons named in the text make it sure.

    >>> text = "我姓鲍，是张姓租客的邻居，百姓王府井"
    >>> [text[f.start : f.end] for f in references(text, [])]
    ['鲍', '张姓']
    """
    if "姓" in text:
        yield from _surnames(text, persons)
    titled, old = _addressed()
    covered: set[int] = set()
    for f in persons:
        covered.update(range(f.start, f.end))
    yield from _by_given_name(text, covered)
    called_so = [*titled.finditer(text), *old.finditer(text)]
    if not called_so:
        return
    known: set[str] = set()
    for f in persons:
        parts = split(text[f.start : f.end])
        if parts:
            known.add(parts.surname)
    children: set[str] = set()  # 糖糖妈妈: who is called so once is called so elsewhere in the text
    for m in called_so:
        if m.lastgroup == "twice" and _little(text, *m.span()):
            children.add(m.group())
    for m in called_so:
        start, end = m.span()
        kind = m.lastgroup
        called = kind in ("old", "pet", "twice", "kin")
        if not called and start and text[start - 1 : start + 1] in compound():
            start -= 1
        if start in covered or (not called and text[start] not in single() and text[start : start + 2] not in compound()):
            continue
        if kind == "title":
            if not _with_title(text, start, m["title"]):
                continue
            surname = text[start : start + 2] if text[start : start + 2] in compound() else text[start]
            score = worth.REFERENCE_KNOWN if surname in known else worth.REFERENCE
        else:
            if not (m.group() in children if kind == "twice" else _called(text, start, end, kind or "")):
                continue
            surname = text[start] if kind == "short" else text[start + 1]
            score = worth.REFERENCE_KNOWN - 0.1 if surname in known else worth.REFERENCE_OLD
            if kind == "twice" and _CHILD.match(text, end):
                score = worth.REFERENCE
        yield Finding("PERSON_REFERENCE", start, end, score, _ID, kind or "", context=("title",))


def _with_title(text: str, start: int, title: str) -> bool:
    """Whether a surname with a title behind it begins where another word does not: 李主任, but no 就诊单医生."""
    first = text[start]
    end = text.index(title, start) + len(title)
    if first == "任" and (text[start - 1 : start] in _HOLDS or _TOOK_OFFICE.search(text, max(0, start - 12), start)):
        return False  # 2019年入职，任会计; 并任会长
    if (first == "班" and text[start - 1 : start] == "同") or (first == "原" and han_at(text, start - 1)):
        return False  # 同班同学, 某村原村支书
    if title == "工" and text[end : end + 1] in _WORK:
        return False  # 博士后工作站
    if title in _PARENTS:
        return first in common() and first not in _NO_PARENT and not (start and is_common(text[start - 1 : start + 1]))
    asked = title in _CIVIL and announced(text, start)  # 致电从女士
    if first in _WORDS and not asked and (title.startswith("大") or text[end : end + 1] in _WORN):
        return False  # 和大妈跳舞, 从女士服装到男装
    if first in _JOINS and not asked and (han_at(text, start - 1) or _TOWARDS.match(text, end)):
        return False
    if ordinary(text[start:end]):
        return False
    if start and is_common(text[start - 1 : start + 1]) and not announced(text, start):
        return False
    if first in common():
        return True
    if is_common(text[start : start + 2]) or text[start - 1 : start + 1] in places():
        return False
    before = text[max(0, start - 2) : start]
    alone = not start or not _HAN_ONLY.match(text[start - 1]) or _CALLED.search(before) or _POST.search(before)
    return bool(alone) or begins_here(text, start) or title in _CIVIL or _no_word(text, start, end)


def _no_word(text: str, start: int, end: int) -> bool:
    """Whether a rare surname before a title is the end of no other word: 挂岳医生的号, but no 昆明民警, 华荣律师事务所."""
    if text[start] in name_words("word_too") or text[start] in name_words("no_callable") or end - start <= _TWO:
        return False
    for word in (text[start - 1 : start + 1], text[max(0, start - 2) : start + 1]):
        if word in places() or is_common(word):
            return False
    return not text.startswith(("事务所", "处", "长", "会"), end)


def _called(text: str, start: int, end: int, kind: str) -> bool:
    """Whether 老李, 小段, 阿珍 or 王总 stands where somebody is called, at work or spoken of."""
    before = text[max(0, start - 2) : start]
    old, behind = kind == "old", text[start + 1 if kind == "old" else end - 1]
    at_work = old and text[start] == "小" and _AT_WORK.search(before) is not None  # 客服小段
    small = old and text[start] in "老小"
    role = (small or kind == "short") and _behind_role(text, start)  # 徒弟小翁, 客户郎总
    speaks = (
        small
        and text[end : end + 1] in _COLONS
        and (start == 0 or text[start - 1] == "\n")
        and not text[end + 1 : end + 2].isdigit()
    )
    if speaks and not ordinary(text[start:end]):
        return True  # 小盛：明天能到吗
    if old and not (at_work or role) and behind not in (_callable() if small else _usual()):
        return False
    clearly = old and behind in name_words("clearly") and (role or _SAYS_NAME.search(before) is not None)
    listed = text[start:end] in _NAMES_ALL_THE_SAME
    if not (at_work or listed) and ordinary(text[start:end]) and not (clearly and text[start] == "老"):
        return False  # 康师傅
    word = not (clearly or at_work or listed) and is_common(text[start:end])
    rare = kind == "short" and text[start] not in _usual() and not (behind == "总" and begins_here(text, start)) and not role
    goes_on = is_common(text[end - 1 : end + 1]) and not (kind == "short" and _REPORTS.match(text, end))  # 项总汇报
    if word or rare or goes_on or (end - start > _TWO and is_common(text[start + 1 : end])):
        return False  # 老石头
    spoken_of = role or _CALLED.search(before) or (_POST if kind != "short" else _OF_A_FIRM).search(before)
    told = clearly or (at_work and _AS_COLLEAGUE.match(text, end)) or _SPEAKS.match(text, end)
    return bool(spoken_of and told)


def _behind_role(text: str, start: int) -> bool:
    """Whether a word for what somebody is stands right before: 村医老邱, 他徒弟小翁."""
    roles = _roles()
    return any(text[max(0, start - size) : start] in roles for size in (2, 3, 4))


@cache
def _roles() -> frozenset[str]:
    return frozenset(word for role in ("role", "title") for word in name_words(role) if len(word) > 1) - _NO_ROLES


@cache
def _callable() -> frozenset[str]:
    """Surnames that may stand behind 老 and 小: the usual ones, and rare ones that make no other word with these."""
    return _usual() | (single() - name_words("word_too") - name_words("no_callable"))


def _little(text: str, start: int, end: int) -> bool:
    """朵朵发烧了: one character twice, called so by a parent."""
    if is_common(text[end - 1 : end + 1]) or text[start:end] in name_words("twice"):
        return False
    if text[max(0, start - 2) : start] in _AT_HOME and _AGED.match(text, end):
        return True
    if (ordinary(text[start:end]) and not _CHILD.match(text, end)) or not _LITTLE.match(text, end):
        return False  # 糖糖妈妈, whatever word it is
    if text[start - 1 : start] == "天" or text[max(0, start - 2) : start] in _AT_HOME:
        return True
    return _CALLED.search(text[max(0, start - 2) : start]) is not None


_CHILD = late("妈妈|爸爸|奶奶|爷爷|外婆|家长")
_AGED = late("[0-9一二三四五六七八九十]{1,2}(?:岁|个月)")
_AT_HOME = frozenset("我家 俺家 咱家 你家 他家 她家 您家".split())


_LITTLE = late(
    "[0-9一二三四五六七八九十]{1,2}(?:岁|个月)|爸|妈|奶奶|爷爷|外婆|家长|同学|小朋友|宝贝|发烧|感冒|生病|咳嗽|说|的(?:妈|爸|作业|生日|书包|老师|家长)"
)
"""What stands behind a pet name made of one character twice: 朵朵发烧了."""

_SURNAME = late(
    rf"姓(?<![百同异改随小大老复單单种尊更]姓)(?<!(?<!免)贵姓)(?![名氏甚什啥])(?:[是为][“\"「]?)?(?=(?P<surname>[{HAN}]{{1,2}}))"
)
_SAYS_MORE = late(
    rf"$|[^{HAN}]|[您你我他她它叫名的是住在了吧啊呀呢吗对那这家有也就不没可和跟说想要来]|不是|电话|手机|先生|女士|小姐"
)
_OF_NAME = late(
    r"姓(?=男|女|租[客户]|业主|患者|病人|客[户人]|司机|老[人板师]|同[学事]|员工|学生|村民|市民|居民|嫌[疑犯]|青年|少年|乘客|旅客|夫妇|夫妻|兄弟|姐妹"
    r"|负责人|工作人员|经理|主任|房东|顾客|店主|车主|户主|网友|家长|工人|小伙|姑娘|大爷|大妈|阿姨|师傅|医生|护士|律师|老太|一家)"
)


_ELDERS = late("[姐哥叔姨婶]")


def _by_given_name(text: str, covered: set[int]) -> Iterator[Finding]:
    """晓燕姐, 阿强哥: a given name and what one calls somebody a little older, where somebody is called or spoken of."""
    for m in _ELDERS.finditer(text):
        start, end = m.start() - _TWO, m.end()
        name = text[max(start, 0) : m.start()]
        if (
            start < 0
            or start in covered
            or name[-1] in "小大老表师学"
            or not given_characters().issuperset(name[1:])
            or not _SPEAKS.match(text, end)
        ):
            continue
        usual = name[0] == "阿" or (name[0] in given_characters() and name[0] not in "小大老表师学")
        called = start == 0 or not han_at(text, start - 1) or _CALLED.search(text, max(0, start - _TWO), start)
        if (
            usual
            and called
            and not ordinary(name)
            and not is_common(text[start + 1 : end])
            and not is_common(text[end - 1 : end + 1])
        ):
            yield Finding("PERSON_REFERENCE", start, end, worth.REFERENCE_OLD, _ID, "given", context=("title",))


def _surnames(text: str, persons: Sequence[Finding]) -> Iterator[Finding]:
    """A surname of which the text says that it is one: 房东姓沈, 免贵姓柯, 张姓男子."""
    starts = {f.start for f in persons}
    for m in _SURNAME.finditer(text):
        start = m.end()
        size = 2 if m["surname"] in compound() else 1
        end = start + size
        if start in starts or (size == 1 and (text[start] not in single() or is_common(text[start : start + 2]))):
            continue
        if _SAYS_MORE.match(text, end) or text[end] == text[start]:  # 我姓牟牟取暴利的牟
            yield Finding("PERSON_REFERENCE", start, end, worth.REFERENCE_KNOWN, _ID, "surname", context=("姓",))
    for m in _OF_NAME.finditer(text):
        start = max(0, m.start() - 2)
        if text[start : m.start()] not in compound():
            start = m.start() - 1
        if start >= 0 and (text[start] in single() or m.start() - start > 1):
            yield Finding("PERSON_REFERENCE", start, m.end(), worth.REFERENCE_KNOWN, _ID, "surname", context=("姓",))
