"""Names in Chinese that people go by on a platform, behind their label: 昵称：爱吃鱼的猫, 用户昵称「小土豆本豆」.

Any words can be one, so a colon, a bracket or a quote must stand between; 昵称不能超过20个字 is a rule of the platform.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.text.late import late

NEEDS = ("昵称", "暱称", "网名", "微信名", "旺旺", "账号", "帐号")

_NAMED = late(
    r"(?:[昵暱]称|网名|微信名)[\"']?\s?(?:[:：=]\s?[\"'「『“【]?|[「『“【])(?P<name>[^\s\"'「」『』“”【】，,。；;：:（(）)|/<>\\]{2,20})"
)
_PLATFORM = "(?:微博|抖音|快手|小红书|B站|知乎|豆瓣|贴吧|旺旺|淘宝|闲鱼|微信|视频号|公众号|平台|社交|其|您的?|名下|个人)"
# An account in quotes, and one whose digits behind Han characters say that no sentence goes on.
_QUOTED = late(rf"{_PLATFORM}[账帐]号名?(?:为|是)?[“\"「『](?P<name>@?[^\s“”\"「」『』，。；：]{{2,20}})[”\"」』]")
_WITH_DIGITS = late(
    r"(?:旺旺名?|网名|微信名|[昵暱]称)(?:叫|是|为)?(?P<name>(?!\d)[\u4e00-\u9fff0-9A-Za-z_]{2,16}[\u4e00-\u9fff][0-9]{2,8})(?=[，。,;；、\s]|\Z)"
)
_HAN = late("[\u4e00-\u9fff]")
_NO_NAME = late("(?:无|暂无|未设置|未填写?|空|不详|匿名(?:用户)?|已注销|默认昵称|请输入.*|不能.*|必填|选填)\\Z")


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every name with a Chinese character in it; those of letters and digits are the pack account_name's.

    >>> text = "用户昵称「爱吃鱼的猫」，网名：小土豆本豆 昵称不能超过20个字"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['爱吃鱼的猫', '小土豆本豆']
    """
    for m in (*_NAMED.finditer(text), *_QUOTED.finditer(text), *_WITH_DIGITS.finditer(text)):
        if _HAN.search(m["name"]) and not _NO_NAME.match(m["name"]):
            yield *m.span("name"), "labelled", "none"
