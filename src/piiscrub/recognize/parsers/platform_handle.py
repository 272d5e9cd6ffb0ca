"""Names on platforms where letters, signs or Han characters make the name: ``telegram @kate_ivanova``, ``discord is owl#4821``.

The name of a platform alone is a word of any text, and ``@name`` alone is a decorator or an annotation; both together, or the
platform's name, a sign and a name no sentence holds, are somebody's account. So is ``@name`` with a digit or a low line in it
that begins no line, and ``u/name``.
Sources: the platforms' rules for names. Confidence L.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.text.late import late

NEEDS = (
    "@", "#", "u/", "ash App", "ash app", "ashApp", "ashapp", "ashtag", "itHub", "LINE", "Line", "IG",
)  # fmt: skip  # a list of words; names on Discord end with #0000

_PLATFORM = (
    r"(?:(?<![0-9A-Za-z_.@/$%-])(?:telegram|tg|ins(?:ta(?:gram)?)?|ig|twitter|tik ?tok|snap(?:chat)?|discord|threads|mastodon|"
    r"facebook|fb|skype|venmo|cash ?app|paypal|bluesky|signal|youtube|reddit|github|gitlab|steam|twitch|handle|weibo)"
    r"(?![0-9A-Za-z_@＠])|微博|小红书|抖音|快手|知乎|b站|电报|推特|脸书|领英)"
)
_BETWEEN = r"(?:\s?(?:handle|name|[Ii][Dd]|account|user|账号|号|名|昵称))?(?:\s?(?:is|as|at|是|叫))?\s?[:：,，(（=-]?\s?"
_BEFORE = late(_PLATFORM + _BETWEEN + r"\Z")
_NAMED = late(r"(?P<name>[A-Za-z0-9_](?:[0-9A-Za-z_.-]{1,29}[0-9A-Za-z_])|[0-9A-Za-z_\-\u4e00-\u9fff]{2,30}(?=[\s:：,，。]|\Z))")
_REACH = 30
_SIGN = late("@(?<![0-9A-Za-z@]@)(?!@)")  # no address, and no row of signs: those are passed over at memory speed
_DISCORD = late(r"[Dd]iscord" + _BETWEEN + r"(?P<name>[0-9A-Za-z_.]{2,32}#[0-9]{4})(?![0-9A-Za-z])")
_GITHUB = late(
    r"GitHub\s?(?:\s(?:handle|user|username|account|id))?(?:\sis\s|[:：]\s?)"
    r"(?P<name>[A-Za-z0-9]{2,20}-[0-9A-Za-z]{2,20})(?=\s*(?:\Z|[|,;\n)]))"
)
_BEHIND = late(r"[\s)]{1,2}(?:on|over on|via) (?:my )?" + _PLATFORM)
_HANDLE = late(r"(?P<name>[A-Za-z](?:[A-Za-z0-9.]{0,20}[_0-9])[0-9A-Za-z_]{0,20})(?![0-9A-Za-z_(/@.-])(?!\.[A-Za-z])")
_WITHIN = late(r"[^\s@][ \t]{0,4}\Z")
# Among Chinese, whose mentions a space or a mark ends: @西瓜大王2333 私信, //@风吹麦浪:说得好. One of Han characters alone is
# often somebody's name or a group (@全体成员), so a colon or the sign of a repost must say that it is an account.
_MENTIONED = late(
    r"(?P<name>(?=[0-9A-Za-z_-]{0,12}[\u4e00-\u9fff])[\u4e00-\u9fff0-9A-Za-z_-]{2,14}[0-9_])(?=[\s:：,，。!！?？)）”\"]|\Z)"
)
_REPOSTED = late(r"(?P<name>[\u4e00-\u9fff]{4,14})(?=\s?[:：])")
_BY_REPOST = ("//@", "回复@", "转自@", "来自@")
_FEWEST = 4  # characters of such a name
_REDDIT = late(r"u/(?<![0-9A-Za-z_./-]u/)(?P<name>[A-Za-z0-9_-]{3,20})(?![0-9A-Za-z_/.-])")
_CASH = late(r"[Cc]ash ?(?:[Aa]pp|tag)" + _BETWEEN + r"\$(?P<name>[A-Za-z][0-9A-Za-z_]{1,19})(?![0-9A-Za-z_.])")
# A line of a text and a line on a map are called so, too: Chinese must stand beside it, and the sign be one that names.
_LINE = late(
    r"(?:LINE|Line|IG)(?<![0-9A-Za-z_]LINE)(?<![0-9A-Za-z_]Line)(?<![0-9A-Za-z_]IG) ?(?:(?:ID|id|Id|[帐账]号|名称)[是为]?)?"
    r"(?:[：是为]|(?<=[\u4e00-\u9fff]):|(?<=[帐账]号)|(?= ?@)) ?@?"
    r"(?P<name>(?=[0-9_.]{0,8}[A-Za-z])[0-9A-Za-z_][0-9A-Za-z_.-]{2,28}[0-9A-Za-z_])"
)


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every name of these forms, without the sign before it.

    >>> text = "telegram @kate_ivanova, not @Override"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['kate_ivanova']
    """
    for m in (*_behind_signs(text), *_of_forms(text)):
        after = text[m.end("name") : m.end("name") + 2]
        if not (after[:1] in ("/", "@", "(") or (after[:1] == "." and after[1:].isalnum())):  # a path, an address, a domain
            yield *m.span("name"), "handle", "none"


def _behind_signs(text: str) -> Iterator[re.Match[str]]:
    """Names behind an at sign; one that touches a letter before it belongs to an address."""
    for sign in _SIGN.finditer(text):
        at = sign.start()
        if _BEFORE.search(text[max(0, at - _REACH) : at].lower()) and (m := _NAMED.match(text, at + 1)):
            yield m
        elif (
            (m := _HANDLE.match(text, at + 1))
            and m.end() - m.start() >= _FEWEST
            and _WITHIN.search(text, max(0, at - _REACH), at)
        ):
            yield m  # hey @jane_roe7; in a line of its own a decorator looks so
        elif (
            (m := _MENTIONED.match(text, at + 1))
            or (text.endswith(_BY_REPOST, 0, at + 1) and (m := _REPOSTED.match(text, at + 1)))
            or ((m := _NAMED.match(text, at + 1)) and _BEHIND.match(text[m.end() : m.end() + _REACH].lower()))
        ):
            yield m


def _of_forms(text: str) -> Iterator[re.Match[str]]:
    # One character is looked for at a tenth of the price of several.
    if "/" in text and "u/" in text:
        yield from _REDDIT.finditer(text)
    if "#" in text and "iscord" in text:
        yield from _DISCORD.finditer(text)
    if "H" in text and "itHub" in text:
        yield from _GITHUB.finditer(text)
    if "$" in text and "ash" in text:
        yield from _CASH.finditer(text)
    if ("L" in text and ("LINE" in text or "Line" in text)) or ("G" in text and "IG" in text):
        yield from _LINE.finditer(text)
