r"""Characters that a program has written out as codes: ``\u5f20`` in JSON, ``%E5%BC%A0`` in a query, ``\xE5\xBC\xA0`` in a log.

A name or an address of which every character is written so is none to any pattern, and the last digit of a code touches the
number behind it. Each code is read as the character that it stands for, and a map leads back to the whole of it. What stands
for nothing (a control character, half of a pair, bytes that are no UTF-8) stays as it is. Mail breaks its lines behind ``=``, in
the middle of a name: read as one with the character that goes on with it. A digit on a key (``1️⃣``) is the digit.
"""

from __future__ import annotations

import re

CODE_SIGNS = "\\%"
"""One of these begins nearly every code."""

_HEX = "[0-9A-Fa-f]"
_SLASH = r"\\{1,4}"  # JSON within JSON, within a log


def _utf8(lead: str, *, least: int = 2) -> str:
    """A character beyond ASCII, its bytes in hexadecimal behind ``lead``."""
    more = f"{lead}[89ABab]{_HEX}"
    two = f"[Cc][2-9A-Fa-f]{more}|[Dd]{_HEX}{more}|" if least == 2 else ""
    return f"{lead}(?:{two}[Ee]{_HEX}(?:{more}){{2}}|[Ff][0-4](?:{more}){{3}})"


# Signs that queries encode. Behind a digit one may be no code at all: 增长5%20元.
_SIGN = "(?:2[02-9A-Fa-f]|3[A-Fa-f]|40|5[BDbd]|7[B-Db-d])"
_PERCENT = f"{_utf8('%')}|(?<![0-9])%{_SIGN}|%{_SIGN}(?=[A-Za-z%])|(?<=[0-9]{{3}})%2[0Dd](?=[0-9])"
_UNIT = f"{_SLASH}u(?:[Dd][89ABab]{_HEX}{{2}}{_SLASH}u[Dd][C-Fc-f]{_HEX}{{2}}|(?![Dd][89A-Fa-f]|00[0189]){_HEX}{{4}})"
_OCTET = rf"{_SLASH}3[45][0-7](?:{_SLASH}2[0-7]{{2}}){{2}}"
# The end of a line, a tab and a slash within a quoted text; \new in a path and \theta in a formula are none.
_WHITE = {"n": "\n", "r": "\r", "t": "\t", "/": "/"}
_LINE = rf"{_SLASH}[nrt/]"
_PATH = re.compile(r"(?:(?:(?<![A-Za-z])[A-Za-z]:|\\\\[\w.$-]+|(?<![\w.])\.{1,2}|%\w+%)(?:\\[^\s\"'<>|]*)?|~\\[^\s\"'<>|]*)$")
_LONGEST_PATH = 80
_REFERENCE = rf"&#(?:[0-9]{{2,6}}|[Xx]{_HEX}{{2,5}});"
_KEY = "[0-9#*]\ufe0f?\u20e3"
# Mail breaks a line when it grows long. In the middle of a word, and not where a field without a value ends.
_SOFT = "(?<=[^\n]{60})(?<=[0-9A-Za-z.@_-])=\r?\n(?P<soft>[a-z0-9.@](?=[a-z0-9.@-]{0,20}(?:[\\s,;:)>\"'!?]|\\Z)))"
_CODE = re.compile(
    f"(?P<unit>{_UNIT})|(?P<octet>{_OCTET})|{_utf8(_SLASH + 'x')}|(?P<line>{_LINE})|(?P<reference>{_REFERENCE})"
    f"|{_PERCENT}|{_utf8('=', least=3)}|{_SOFT}|(?P<key>{_KEY})"
)
_NUMBERS = re.compile(f"{_HEX}{{2}}")
_UNITS = re.compile(f"{_HEX}{{4}}")
_OCTETS = re.compile("[0-7]{3}")


def may_hold_codes(raw: str) -> bool:
    """Whether it is worth asking: one sign is looked for at memory speed, two at a tenth of it.

    >>> may_hold_codes("联系电话13800138000"), may_hold_codes("name=%E5%BC%A0")
    (False, True)
    """
    return "\\" in raw or "%" in raw or may_hold_lettered_codes(raw)


def may_hold_lettered_codes(raw: str) -> bool:
    r"""The same for the codes that take two signs to tell.

    >>> [may_hold_lettered_codes(text) for text in ("&#24352;", "=E5=BC=A0", "ex=\nample", "%E5%BC%A0")]
    [True, True, True, False]
    """
    return ("&" in raw and "&#" in raw) or ("=" in raw and ("=E" in raw or "=\n" in raw or "=\r\n" in raw)) or "\u20e3" in raw


def without_codes(raw: str) -> tuple[str, tuple[int, ...]]:
    r"""The text with each code read, and for every further character of a code the place of what it became.

    >>> without_codes(r"\u5f20 %40")
    ('张 @', (0, 0, 0, 0, 0, 2, 2))
    """
    quoted = raw.find('"')
    pieces: list[str] = []
    further: list[int] = []
    last = place = 0
    for code in _CODE.finditer(raw):
        start, end = code.span()
        if code.lastgroup != "line":
            meant = _meant(code)
        elif 0 <= quoted < start and not _PATH.search(raw, max(last, start - _LONGEST_PATH), start):
            meant = _WHITE[raw[end - 1]]
        else:
            continue
        if meant:
            place += start - last
            further += [place] * (end - start - 1)
            pieces += raw[last:start], meant
            last, place = end, place + 1
    if not pieces:
        return raw, ()
    return "".join((*pieces, raw[last:])), tuple(further)


def _meant(code: re.Match[str]) -> str:
    """The one character that a code stands for, or nothing."""
    written, kind = code.group(), code.lastgroup
    if kind == "key":
        return written[0]
    if kind == "soft":
        return written[-1]
    if kind == "reference":
        number = int(written[3:-1], 16) if written[2] in "Xx" else int(written[2:-1])
        return chr(number) if 0x20 <= number < 0x7F or 0xA0 <= number < 0xD800 or 0xE000 <= number < 0x110000 else ""
    if kind == "unit":
        units = [int(unit, 16) for unit in _UNITS.findall(written)]
        return chr(units[0] if len(units) == 1 else 0x10000 + (units[0] - 0xD800 << 10) + units[1] - 0xDC00)
    if kind == "octet":
        octets = bytes(int(octet, 8) for octet in _OCTETS.findall(written))
    else:
        octets = bytes(int(octet, 16) for octet in _NUMBERS.findall(written))
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return ""
