"""Codes of things that look like an address or a firm: model numbers, sums in a ledger, keys of a log, ISBN-13."""

from __future__ import annotations

import re

from piiscrub.parse.address_zh import HAN
from piiscrub.reference.tables import listed
from piiscrub.text.late import late

_SUM = late(r"[0-9]\.[0-9]|[0-9],[0-9]{3}(?![0-9])|[0-9]:[0-9]{2}(?![0-9])|U\+[0-9A-F]{4}")
_MODEL = late(r"[(（][A-Z0-9-]*(?:[A-Z]-?[0-9]|[0-9]-?[A-Z])[A-Z0-9-]*$")
_REGISTER = late(r"[A-Za-z. ]+ [0-9]{8,}")
_GLUED = late(rf"(?<=[{HAN}])[A-Z]{{1,3}}[0-9]")
_KEY = 24  # characters
_KEY_OF_AN_ADDRESS = late(r"(?:addr(?:ess)?|street|location|residence|home|house|city)(?:_?\w{1,6})?=$|[址住]=$", re.IGNORECASE)
_NUMBER_BEHIND = late(r"[-–.][0-9]")
_SHORT = late("[A-Z]?[A-Za-z]{1,5}")
_SENT = late('(?:发送|回复|编辑)[“"]?$')
_STEP_OF_A_PATH = late("[\"' (=]?/$|[a-z0-9]/$")


def of_a_thing(text: str, start: int, end: int) -> bool:
    """Whether what a tagger takes for an address is the name of a model, a line of a ledger, or a key and value of a log.

    >>> [of_a_thing(text, 0, len(text)) for text in ("Nokia 3310 (TA-1030", "1380 Prepaids 4,155.00", "12 Test House")]
    [True, True, False]
    >>> of_a_thing("pool=12 Test House", 5, 18), of_a_thing("home_address=12 Test House", 13, 26)
    (True, False)
    """
    if _SUM.search(text, start, end) or _MODEL.search(text, start, end) or _REGISTER.fullmatch(text, start, end):
        return True
    if text[start - 1 : start] == "=" and not _KEY_OF_AN_ADDRESS.search(text, max(0, start - _KEY), start):
        return True
    return text[end : end + 1] == "=" or _GLUED.match(text, start, end) is not None


def short_form(text: str, start: int, end: int) -> bool:
    """Whether what a tagger takes for an organisation is an abbreviation of a thing, begins a code, or is a step of a path.

    >>> text = "the SSD, ISBN-13, /srv/app, the BBC"
    >>> [short_form(text, a, b) for a, b in ((4, 7), (9, 13), (19, 22), (32, 35))]
    [True, True, True, False]
    """
    if not _SHORT.fullmatch(text, start, end):
        return False
    if _SENT.search(text, max(0, start - 3), start):
        return True  # send CODE to 10086
    if text[start:end].upper() in listed("firm_words", "abbreviation") or _NUMBER_BEHIND.match(text, end):
        return True
    return text.startswith("/", end) and _STEP_OF_A_PATH.search(text, max(0, start - 2), start) is not None
