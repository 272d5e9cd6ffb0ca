"""Names of organisations taken apart: where they begin, and the form or kind they end with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from piiscrub.parse.address_zh import HAN
from piiscrub.parse.names_en import TITLES
from piiscrub.reference.words import is_listed

_FORMS = (
    "股份有限公司|有限责任公司|有限公司|集团有限公司|集团公司|分公司|子公司|总公司|公司|律师事务所|会计师事务所|事"
        "务所|人民法院|人民检察院|公安局|派出所|公安分局"
    "|人民政府|人民医院|中心医院|医院|卫生院|卫生服务中心|诊所|大学|职业技术学院|学院|实验小学|中学|小学|幼儿园|学"
        "校|研究院|研究所|支行|分行|银行|出版社|电视台"
    "|委员会|居委会|村委会|街道办事处|管理局|税务局|监督局|教育局|交通局|民政局|财政局|管委会|基金会|合作社|商会|协"
        "会|学会|工会|交易所|门诊部|股份公司|加工厂|制造厂|机械厂|经销处|经营部|经销部|服务部|旅行社|药房|药店|商行|超市|工作室|看守所|监狱|敬老院|养老院|福利院|车行|培训中心|检测中心|区公所|事務所|公所|醫院|診所|銀行|學校|大學|小學|中學|幼兒園|法院|警察局|派出所|分局"
)  # fmt: skip


def _ending_search() -> re.Pattern[str]:
    """A search whose first element is a set of characters: then it runs at memory speed."""
    tails: dict[str, list[str]] = {}
    for form in _FORMS.split("|"):
        tails.setdefault(form[0], []).append(form[1:])
    each = "|".join(f"(?<={first})(?:{'|'.join(sorted(rest, key=len, reverse=True))})" for first, rest in sorted(tails.items()))
    second = "".join(sorted({rest[0] for tail in tails.values() for rest in tail}))
    return re.compile(f"[{''.join(sorted(tails))}](?=[{second}])(?:{each})(?<!银行(?=[卡账帐预存转贷储流]))")


HAN_WORDS = _ending_search()
"""The word that the name of an organisation ends with."""
SURE = re.compile("有限公司$|有限责任公司$|股份公司$|派出所$|事务所$|人民法院$|人民检察院$|[支分]行$")
COMPANY = re.compile("公司$|事务所$|[支分]行$|银行$|法院$|派出所$|检察院$|合作社$")
_FORM_EN = (
    "Inc|Incorporated|LLC|L\\.L\\.C|Ltd|Limited|LLP|PLLC|L\\.P|PLC|plc|P\\.C|FZE|FZCO|S\\.r\\.l|Srl|Corp|Corporation|GmbH|AG|S\\.A|SAS|SARL|BV|B\\.V|NV|N\\.V|P"
    "ty|Co\\., Ltd|Co|AB|Oy|A/S|ApS|KG|SpA|S\\.p\\.A|Pte|KK|Company|Group|Holdings|Bank|University|Hospital|Foundation|"
    "Institute|College|Co-operative|Cooperative"
)
# The other forms leave the dot to the sentence.
_DOTTED = "Inc|Ltd|Corp|Co|Pte|Pty|LLC|L\\.L\\.C|L\\.P|P\\.C|S\\.A|S\\.p\\.A|S\\.r\\.l|N\\.V|B\\.V"
_PART_EN = r"(?:[A-Z][A-Za-z0-9À-ž'’.&-]{0,24}|&|and|of|the|for)"
LATIN = re.compile(
    rf"[A-Z](?<![A-Za-z0-9À-ž@/][A-Z])[A-Za-z0-9À-ž'’&-]{{0,24}}(?:,?[ ]{_PART_EN}){{0,5}}?,?[ ](?:(?:{_DOTTED})\."
    rf"|(?:{_FORM_EN})(?![A-Za-z0-9]|-[a-z]))(?:[ ](?:Ltd|Inc|LLC|Limited)\.?(?![A-Za-z]))?"
)
_FORMS_ONLY = re.compile(rf"(?:{_FORM_EN}|and|&)(?:[ .](?:{_FORM_EN}))*\.?$")
_PARTNERS = re.compile(r"(?:^|[ ])(?:&|and)[ ]")


def latin_start(text: str, start: int, end: int, persons: Sequence[tuple[int, int]] = ()) -> int:
    """Where the name of a firm begins of which the words before its form were read: behind the last comma that parts it from
    a person or a department. Commas between partners and before the form stay.

    >>> text = "Jane Doe, Testco Widgets Inc."
    >>> latin_start(text, 0, len(text))
    10
    >>> latin_start("Doe, Roe & Poe LLP", 0, 18), latin_start("Testco, Inc.", 0, 12)
    (0, 0)
    """
    for low, high in persons:
        if start <= low and high < end and " " in text[low:high] and (behind := _BEHIND_PERSON.match(text, high, end)):
            start = behind.end()
    at = text.rfind(", ", start, end)
    while at >= 0 and _FORMS_ONLY.match(text[at + 2 : end]):
        at = text.rfind(", ", start, at)
    if at >= 0 and not _PARTNERS.search(text, at + 2, end):
        start = at + 2
    lead = _LEAD_EN.match(text, start)
    return lead.end() if lead else start


_BEHIND_PERSON = re.compile(",? (?:of|from|at|and|with|for|by) |, ")
_LEAD_EN = re.compile("(?:(?:of|the|for|and|by|with|from|at|to|is|was)[ ])+")


_STEM = re.compile(rf"[{HAN}A-Za-z0-9·&（）()]*\Z")
_STOP = re.compile(
    "就职于|任职于|毕业于|就读于|工作于|供职于|隶属于|位于|来自|单位|公司名称|名称|甲方|乙方|丙方|开户行|收款方|付"
    "款方|购买方|销售方|承包方|发包方|委托方|受托方|原告|被告|上诉人|申请人|被申请人"
    "|成立|担任|创办|加入|进入|前往|去过|送往|送到|转入|考入|考上|收到|通知|联系|以及|还有|或者|目前在|现在|一家|这"
    "家|那家|该|本|我|你|他|她|们|的|了|是|在|从|到|去|由|与|和|及|给|向|对|被|把|让|为|跟|等|于|往|并|将"
    "|请核对|绑定|使用"
)
_KEEP = re.compile("和平|和谐|和睦|在线|在田|与爱|为民|对外|于都|于洪|和田|和县|共和|人和|永和|太和|安在|到家|到位|及时")
_GENERAL = frozenset(
    (
        "该公司 本公司 贵公司 我公司 总公司 分公司 子公司 母公司 某公司 各公司 上市公司 有限公司 保险公司 物业公司 快递公司"
        " 外贸公司 人民医院 中心医院 综合医院 定点医院 公立医院 私立医院"
    ).split()
)
_ADJECTIVES = re.compile(
    "^(?:县区|区县|市县|一|家|所|个|间|座|两|二|三|多|几|各|某|每|该|本|这|那|全|新|老|大|小|好|名牌|重点|知名|国内|国外|当地|所在|附近|上市|国有|民"
    "营|外资|合资|附属|综合|定点|商业|中央|地方|有关|相关|上级|下级|外地|本地|公立|私立|三甲|互联网|科技|房地产|保险|物业|快递|贸易|普通)*"
)


def han_start(text: str, end: int, low: int = 0) -> int:
    """Where the name begins that ends with the word at ``end``.

    Behind the nearest mark or word of a sentence, 20 characters back at most.

    >>> han_start("他在测试科技有限公司", 6)
    2
    """
    stem = _STEM.search(text, max(low, end - 20), end)
    at = stem.start() if stem else end
    if text[at : at + 1] in "）)":
        at += 1
    begin = at
    for m in _STOP.finditer(text, at, end):
        if m.start() >= begin and not _KEEP.match(text, m.start()) and not (m.start() and _KEEP.match(text, m.start() - 1)):
            begin = m.end()
    inside = text[begin:end]
    if inside.count("(") + inside.count("（") != inside.count(")") + inside.count("）"):
        begin = max(text.rfind(mark, begin, end) for mark in "()（）") + 1
    return begin


def too_general(name: str, form: str) -> bool:
    """Whether the words say only the kind: 一家科技公司, 名牌大学.

    >>> too_general("一家互联网公司", "公司"), too_general("测试科技有限公司", "有限公司")
    (True, False)
    """
    stem = name[: len(name) - len(form)]
    if name in _GENERAL:
        return True
    m = _ADJECTIVES.match(stem)
    rest = stem[m.end() :] if m else stem
    return len(rest.strip("家所个间座")) < 2


_CHAT = (
    frozenset("FYI ASAP OK PS CC email Email EMAIL info contact haha hhh QQ VIP APP WIFI DNA GDP PDF USB CEO CFO HR IT".split())
    | {"P.O. Box", "PO Box", "P.O", "Ret", "有限责任公司", "股份有限公司", "有限公司", "CV", "Unassigned", "Pending", "TBC"}
    | frozenset(
        (
            "Party|Parties|Disclosing Party|Receiving Party|Neither Party|Either Party|Each Party|Other Party|Third Party"
            "|Company|The Company|Supplier|Licensor|Licensee|Contractor|Subcontractor|Premises|Buyer|Seller|Lessor|Lessee"
            "|Processor|Controller"
        ).split("|")
    )
)
_THING = re.compile("(?:单号|编号|号码|号|卡|单|账户|账号|手机|电话|邮箱|微信|网址|地址|族|家属院|家属楼|宿舍|小区|花园|公寓)$")


def no_organisation(name: str) -> bool:
    """What taggers take for organisations now and then: e-mail addresses, plates, accounts, words of chat, labels.

    >>> no_organisation("FYI"), no_organisation("快递单号"), no_organisation("Acme")
    (True, True, False)
    """
    if name in _CHAT or _THING.search(name) or name.rstrip(".") in TITLES:
        return True
    if name.isascii():
        plate = name.isupper() and any(c.isdigit() for c in name) and any(c.isalpha() for c in name)
        return plate or any(c in "@_" for c in name) or (name.islower() and "." in name) or _CLASS.fullmatch(name) is not None
    return False


_CODE = re.compile(r"\.[A-Za-z_]\w*\(|\.(?:java|kt|scala|cs|py|go|rb|js|ts)\b|\(\)|::")
_STOCK = re.compile("(?<=[0-9]{3}[.])[A-Z]{1,3}$")  # 00700.HK
_ATTRIBUTE = re.compile("(?<=[A-Za-z0-9_)][.])[a-z]|(?<=`)(?:[a-z_]|[A-Z][a-z]+[A-Z])")
_MODULE = re.compile(r"[a-z]+\.[A-Za-z_]")  # np.pi, but john.smith is a login
_CLASS = re.compile(
    "[A-Za-z0-9]*[a-z0-9](?:Error|Exception|Warning|Types?|Base|Class|Factory|Handler|Service|Controller|Builder|Parser|Loader|Test"
    "|TestCase|Runner|Meta|Impl|Adapter|Listener|Config|Protocol|Record|Screen|Decoder|Encoder|Formatter|Socket|Enum|Reader|Writer"
    "|Buffer|Container|Manager|Repository|Request|Response|Context|Thread|Worker|Node|Array|Frame|Utils?|Helper|Bean|Dto|DTO|Mapper"
    "|Proxy)"
)


def _within_code(text: str, start: int, end: int) -> bool:
    return (
        _STOCK.match(text, start, end) is not None
        or _ATTRIBUTE.match(text, start, end) is not None
        or (text[end : end + 1] == "." and _MODULE.match(text, start) is not None and not is_listed(text[start:end], "given"))
    )


_PLATES = frozenset("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新")


def part_of_token(text: str, start: int, end: int) -> bool:
    """Whether Latin letters are the front of an account or an e-mail address, a name in code, or end a plate or stock code.

    >>> part_of_token("acme675@example.com", 0, 4), part_of_token("车牌京ABCDEF，", 3, 9), part_of_token("at Acme now", 3, 7)
    (True, True, False)
    >>> part_of_token("at TestService.run(Test.java:7)", 3, 14), part_of_token("00700.HK", 6, 8)
    (True, True)
    """
    if not text[start:end].isascii():
        return False
    after = text[end : end + 1]
    if after and (after in "@_" or (after.isascii() and after.isalnum())):
        return True
    if (after and after in ".(:" and _CODE.match(text, end)) or _within_code(text, start, end):
        return True
    return start > 0 and text[start - 1] in _PLATES and end - start in (6, 7) and text[start:end].isalnum()
