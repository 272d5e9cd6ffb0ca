"""Tokens that carry the mark of their issuer: does the rest have the length and the letters that the mark promises?

Forms as published by the issuers or by gitleaks and detect-secrets; most hold no check digit, so this is a check of form only.
Confidence M.

>>> validate("AKIA" + "SYNTHETICKEY2345")
'AKIASYNTHETICKEY2345'
>>> validate("AKIA" + "SYNTHETIC")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
>>> is_valid("npm_" + "A" * 36), is_valid("npx_" + "A" * 36)
(True, False)
"""

from __future__ import annotations

import re

from piiscrub.validators._base import LONGEST, InvalidFormat, InvalidLength, passes

_WORD = "[0-9A-Za-z]"
_URL_SAFE = "[0-9A-Za-z_-]"
_FORMS = (
    r"(?:A3T[0-9A-Z]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}",  # Amazon: account number and base 32
    rf"gh[pousr]_{_WORD}{{36}}|github_pat_[0-9A-Za-z_]{{82}}",
    rf"gl(?:pat|dt|rt|ft|soat|imt|agent|cbt|ptt|oas)-{_URL_SAFE}{{20,300}}(?:\.[0-9a-z]{{2}}\.?[0-9a-z]{{7}})?",
    rf"AIza{_URL_SAFE}{{35}}|GOCSPX-{_URL_SAFE}{{28}}",
    rf"sk-{_URL_SAFE}{{20,100}}T3BlbkFJ{_URL_SAFE}{{20,100}}",  # OpenAI: its name in base 64 in the middle
    rf"sk-ant-[a-z]{{3,5}}[0-9]{{2}}-{_URL_SAFE}{{80,120}}",
    rf"xox[abeoprs]-[0-9A-Za-z-]{{10,250}}|xapp-[0-9]-{_WORD}{{8,14}}-[0-9]{{10,13}}-[0-9a-f]{{64}}",
    rf"(?:https://)?hooks\.slack\.com/services/T[0-9A-Z]{{8,12}}/B[0-9A-Z]{{8,12}}/{_WORD}{{24}}",
    rf"(?:[sr]k_(?:live|test|prod)|whsec)_{_WORD}{{10,120}}",
    rf"npm_{_WORD}{{36}}",
    rf"pypi-AgEIcHlwaS5vcmc{_URL_SAFE}{{50,300}}",  # the index's name in base 64
    rf"hf_{_WORD}{{34}}",
    r"do[opr]_v1_[0-9a-f]{64}",
    rf"LTAI{_WORD}{{12,20}}",
    rf"AKID{_WORD}{{32}}",
)
_FORM = re.compile("|".join(_FORMS))


def compact(number: str) -> str:
    """The token as it stands; capital and small letters differ."""
    return number


def validate(number: str) -> str:
    """Return the token, or raise InvalidLength or InvalidFormat."""
    if len(number) > LONGEST:
        raise InvalidLength
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return number


def is_valid(number: str) -> bool:
    """Whether this is the form of one of the known issuers."""
    return passes(validate, number)
