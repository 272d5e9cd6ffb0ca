"""Names to log in with, where letters alone are certain: beside the password, in logs and commands, as a field of a log line.

``user = db_user`` is code and ``username: required`` a form, so a name without a digit needs more than its label: a password's
label right behind it (``login: jsmith / pass: …``), the words of a system log (``Invalid user tgarcia from …``), other fields
of the same line (``user=mkowalski src=…``), who asked in the log of a web server,
who an entry of a directory is (``uid=mkowalski,ou=…``), or the flag of a client (``mysql -u …``,
``curl -u …``, ``ssh name@host``), who used sudo, or whose folder a path leads through (``/Users/mkowalski/…``). Formats:
auth.log of OpenSSH and PAM, key=value logs; manuals of the clients.
Confidence L.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.reference.labels import label_words
from piiscrub.text.late import late

NEEDS = ("=", "密", "口令", "assw", "ass:", "sshd[", "sudo", "mysql", "curl ", "ssh ", '] "', "/home/", "sers/", "sers\\")

_NAME = r"(?P<name>[A-Za-z][0-9A-Za-z_.-]{1,30}[0-9A-Za-z_])"
_KEY = (
    r"(?:[A-Za-z]{1,12}[_.-])?(?:[Uu]ser(?:[ _]?[Nn]ame|[ _]?[Ii][Dd])?|USER(?:_?NAME|_?ID)?|[Ll]ogin(?:[ _]?name)?|LOGIN|uname"
    r"|usr|[Aa]ccount)"
)
_WORD = r"(?:[A-Za-z]{1,12}[_.-])?(?:[Pp]ass(?:w(?:or)?d|phrase|code)?|PASS(?:WORD|WD)?|[Pp]wd|PWD|pw|密码|密碼|口令)"
_SIGN = r"""["']?\s{0,2}(?:[:=：]|是|为)\s{0,2}["']?"""

# A name and its password. Looked for before each word for a password, which is rare: the words for a user are not.
_PASS = ("ass", "PASS", "密码", "密碼", "口令")
_ASKS = late(r"(?:ass(?:w(?:or)?d|phrase|code)?|PASS(?:WORD|WD)?|密[码碼]|口令)(?:" + _SIGN + r"|(?<=[码令]))")
_BACK = 90
_PAIRS = (
    late(
        rf"""(?<![0-9A-Za-z])(?:{_KEY}|(?:登录|用户|管理员)?(?:账号|帐号|账户|用户名|登录名|用户)){_SIGN}{_NAME}["']?"""
        rf"""[ \t]{{0,3}}[\n\r,，;；、/|&]?\s{{0,8}}(?:and |和)?["'-]{{0,2}}{_WORD}{_SIGN}"""
    ),
    late(rf"""(?:账号|帐号|用户名|登录名)\s?{_NAME}\s{{0,2}}[,，/、]?\s{{0,2}}(?:密码|口令)"""),
)
_KEYS = ("ser", "ogin", "USER", "LOGIN", "uname", "usr", "ccount", "账", "帐", "用户", "登录")  # each pair holds one of these
# What OpenSSH and PAM write before a name, and behind it.
_HEADS = ("assword for ", "ublickey for ", "failed for ", "ed for user ", "nvalid user ", "ticating user ")
_LOGGED = late(rf"{_NAME}(?= (?:from|by|port)|\(uid)")
# One field among others; no comma and no bracket behind: that is code.
_FIELDS = ("user", "username", "login", "usr", "uname", "account", "acct")
_FIELD_ENDS = frozenset(field[-2:] for field in _FIELDS)
_FIRST = late(rf"{_NAME}(?=[ \t]{{1,2}}[A-Za-z_.]{{1,24}}=[^\s=])")
_LATER = late(rf"{_NAME}(?=\s|\Z)")
_ANOTHER = late(r"[A-Za-z_.]{1,24}=[^\s=,()]{1,60}")

_ENTRY = late(rf"(?<![A-Za-z])(?:uid|UID|sAMAccountName)={_NAME}(?=, ?(?:ou|cn|dc|o|OU|CN|DC|O)=)")  # of a directory
_REQUEST = late(rf" {_NAME} \[[0-9]{{2}}/[A-Z][a-z]{{2}}/[0-9]{{4}}:[0-9:]{{8}} [+-][0-9]{{4}}$")  # Apache, nginx: who asked

# Who connects.
_CLIENTS = {
    "curl ": late(rf"(?<![0-9A-Za-z_.-])curl\s[^\n|;]{{0,80}}?(?<=\s)(?:-u\s?|--user[= ])['\"]?{_NAME}(?=:)"),
    "sudo": late(rf"(?<![0-9A-Za-z_.-])sudo(?:\[[0-9]+\])?: {{1,6}}{_NAME}(?= : )"),
    "mysql": late(
        rf"(?<![0-9A-Za-z_.-])mysql(?:dump|admin|import)?\s[^\n|;]{{0,80}}?(?<=\s)(?:-u\s?|--user[= ]){_NAME}(?=\s|\Z)"
    ),
    "ssh ": late(rf"(?<![0-9A-Za-z_.-])ssh\s(?:-[A-Za-z](?:\s?[0-9]{{2,5}}|\s[^\s@]{{1,60}})?\s){{0,4}}{_NAME}@"),
}
# Whose folder it is. An address on the web may have a part called home or users too.
_FOLDER = late(rf"(?:(?<![0-9A-Za-z_.~/-])/(?:home|Users)/|(?<![0-9A-Za-z])[A-Za-z]:(?:\\\\?|/)Users(?:\\\\?|/)){_NAME}(?=[\\/])")
_ASKED = ("GET ", "POST ", "PUT ", "PATCH ", "DELETE ", "HEAD ", "OPTIONS ")


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every name of these forms.

    >>> text = "May 2 web1 sshd[2211]: Invalid user tgarcia from 192.0.2.7"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['tgarcia']
    """
    seen: set[int] = set()
    for m in (*_pairs(text), *_logged(text), *_fields(text), *_requests(text), *_entries(text), *_clients(text), *_folders(text)):
        if m.start("name") not in seen and m["name"].lower() not in label_words("no_name"):
            seen.add(m.start("name"))
            yield *m.span("name"), "login", "none"


def _pairs(text: str) -> Iterator[re.Match[str]]:
    for word in _PASS:
        at = text.find(word) if word[-1] in text else -1  # one character is looked for at a tenth of the price of several
        while at >= 0:
            low = max(0, at - _BACK)
            if any(text.find(key, low, at) >= 0 for key in _KEYS) and (asks := _ASKS.match(text, at)):
                for form in _PAIRS:
                    if m := form.search(text, low, asks.end()):
                        yield m
            at = text.find(word, at + 1)


def _logged(text: str) -> Iterator[re.Match[str]]:
    if " from " not in text and not ("(" in text and "(uid" in text):
        return
    for head in _HEADS:
        at = text.find(head)
        while at >= 0:
            if m := _LOGGED.match(text, at + len(head)):
                yield m
            at = text.find(head, at + 1)


def _fields(text: str) -> Iterator[re.Match[str]]:
    at = text.find("=")
    while at >= 0:
        if text[at - 2 : at] in _FIELD_ENDS and text.endswith(_FIELDS, max(0, at - 10), at):
            key = at
            while key and text[key - 1].isalpha() and at - key < 10:
                key -= 1
            if (not key or text[key - 1] in " \t\n[") and (m := _FIRST.match(text, at + 1) or _later(text, key, at + 1)):
                yield m
        at = text.find("=", at + 1)


def _later(text: str, at: int, end: int) -> re.Match[str] | None:
    """The name in a field behind another one."""
    before = text[max(0, at - 86) : at].split()
    return _LATER.match(text, end) if before and _ANOTHER.fullmatch(before[-1]) else None


def _requests(text: str) -> Iterator[re.Match[str]]:
    at = text.find('] "') if "]" in text else -1
    while at >= 0:
        if m := _REQUEST.search(text, max(0, at - 64), at):
            yield m
        at = text.find('] "', at + 1)


def _entries(text: str) -> Iterator[re.Match[str]]:
    may = "=" in text and ("uid=" in text or ("U" in text and "UID=" in text) or ("A" in text and "AccountName=" in text))
    return _ENTRY.finditer(text) if may else iter(())


def _clients(text: str) -> Iterator[re.Match[str]]:
    for word, form in _CLIENTS.items():
        if word in text:
            for m in form.finditer(text):
                if m["name"].lower() not in label_words("service"):
                    yield m


def _folders(text: str) -> Iterator[re.Match[str]]:
    if "/home/" in text or "Users/" in text or "Users\\" in text:
        for m in _FOLDER.finditer(text):
            if m["name"].lower() not in label_words("no_folder") and not text.endswith(_ASKED, 0, m.start()):
                yield m
