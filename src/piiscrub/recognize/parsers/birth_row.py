"""Birth dates that no label names: 1983年11月30日生, the date behind the sex in a row of particulars, one with its digits apart.

``被告王某，男，1983年11月30日生，汉族`` (courts), ``王某，女，1991-02-17，本科`` (lists), ``出 生 1 9 8 6 年 4 月 1 2 日``
(scans). 生 counts where its clause ends, so that 2024年3月生产 is no birth. A date in a list whose header names another date
stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from piiscrub.model.finding import Check
from piiscrub.reference.words import name_words
from piiscrub.text.late import late

NEEDS = ("生", "男", "女")

_HAN_DIGITS = "〇零○一二三四五六七八九"
_WHOLE = (
    r"(?:[0-9]{4}|[0-9]{2}) ?年 ?(?:1[0-2]|0?[1-9]) ?月(?: ?(?:3[01]|[12][0-9]|0?[1-9]) ?[日号號])?"
    rf"|(?:[{_HAN_DIGITS}]{{4}}|[{_HAN_DIGITS}]{{2}})年[一二三四五六七八九十]{{1,2}}月(?:[一二三四五六七八九十廿卅]{{1,3}}[日号號])?"
)
_FIGURES = (
    r"(?:18|19|20)[0-9]{2}"
    r"(?:([-/.])(?:1[0-2]|0?[1-9])(?:\1(?:3[01]|[12][0-9]|0?[1-9]))?|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))"
)
# Years of the republic, which may stand alone, and days of the moon.
_MONTH = "(?:闰?(?:十[一二]?|[一二三四五六七八九正冬腊])月(?:[初十廿卅二三]{1,2}[一二三四五六七八九十]?[日号]?)?)"
_DAY = r"(?:1[0-2]|0?[1-9]) ?月(?: ?(?:3[01]|[12][0-9]|0?[1-9]) ?[日号])?"
_BRANCH = "[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年"
_OTHER_CALENDAR = (
    rf"民国 ?(?:[0-9]{{1,3}}|元|[〇零一二三四五六七八九十百]{{1,5}}) ?年 ?(?:{_DAY}|{_MONTH})?"
    rf"|[农阴旧夏]历(?:{_BRANCH}|[{_HAN_DIGITS}]{{4}}年|[0-9]{{4}}年)?{_MONTH}"
)
_BETWEEN = r"[ ，,、；;|\t]{1,3}"


@cache
def _sex() -> re.Pattern[str]:
    group = rf"(?:[\u4e00-\u9fff]{{1,4}}族|{'|'.join(sorted(name_words('people')))})"
    return re.compile(rf"(?<![\u4e00-\u9fff])(?:性别[:：]? ?)?[男女]性?{_BETWEEN}(?:{group}{_BETWEEN})?(?P<at>)(?=[0-9])")


_DATE = late(rf"(?:{_FIGURES}|{_WHOLE})(?=\s*(?:[，,、；;。|）)\n\t]|\Z)|\s)(?![0-9])")
# What a date behind the sex may be the day of instead, if the words right behind say so.
_OTHER = late(
    r"[\s，,、；;|]{0,3}(?:[入出]院|入[职学校住库]|就[诊医]|住院|[离到报签办开登]|因|于|起|止|手术|死|卒|去世|加入|参加"
    r"|[0-9]{1,2}[:：时点])"
)
_HEADER = late(r"(?<!出生)(?:日期|时间|時間|年月)(?![：: ]?[0-9])|[_ ](?:date|time)\b", re.IGNORECASE)
_APART = late(
    r"出 ?生 ?(?:日 ?期|年 ?月(?: ?日)?)?[ :：]{0,3}"
    r"(?P<date>[0-9](?: ?[0-9]){3} ?年 ?[0-9](?: ?[0-9])? ?月(?: ?[0-9](?: ?[0-9])? ?[日号號])?)"
)


@cache
def _born() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![0-9{_HAN_DIGITS}])(?P<date>(?<!民国)(?<!民国 )(?:{_WHOLE})|{_OTHER_CALENDAR})"
        r" ?生(?=[人的]?(?:[\s，,。；;、）)\]】]|\Z))"
    )


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every birth date told so.

    >>> text = "甲，男，1983年11月30日生。乙，女，1991-02-17，本科。丙，四七年三月生的。2024年3月生产，男，2024-05-01入院"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['1983年11月30日', '四七年三月', '1991-02-17']
    """
    from piiscrub.validators import birth_date  # loaded with the first text that may hold one

    if "生" in text:
        for m in _born().finditer(text):
            read: Check = "passed" if birth_date.is_valid(m["date"]) else "none"  # a year of two numerals is not
            yield *m.span("date"), "born behind", read
        for m in _APART.finditer(text):
            date = m["date"]
            if birth_date.is_valid(date.replace(" ", "")):
                yield *m.span("date"), "digits apart", "passed"
    header = _HEADER.search(text)
    for m in _sex().finditer(text, 0, header.start() if header else len(text)):
        found = _DATE.match(text, m.start("at"))
        if found and birth_date.is_valid(found.group()) and not _OTHER.match(text, found.end()):
            yield *found.span(), "behind the sex", "passed"
