r"""Machine readable zones of passports and cards (ICAO Doc 9303): two lines of 44 or 36 characters, or three of 30.

In code because the block spans lines: where one line fits, the parser looks for the others and takes all or nothing.
Line ends inside may be real, written out (``\n``, as in JSON), spaces, or lost; ``<`` may have become full-width.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.text.late import late
from piiscrub.validators import mrz_td1, mrz_td2, mrz_td3

NEEDS = ("<<", "＜")
_SIGN = "A-Z0-9<＜"
_JOINT = r"(?:[ \t]{0,3}(?:\r?\n|\\r\\n|\\n)[ \t]{0,8}| {1,2})?"
_NUMBER, _DATE = f"[{_SIGN}]{{9}}[0-9<＜]", r"\d{6}[0-9]"
_STATE, _SEX, _NAME = "[A-Z<＜]{3}", "[MFX<＜]", "A-Z<＜"
_PERSON = f"{_DATE}{_SEX}{_DATE}"

# Document and state open a block; nothing of the alphabet may stand before it.
_BEGIN = late(f"(?<![{_SIGN}])[PACI][{_SIGN}]{_STATE}[{_SIGN}]{{25}}")
_FORMS = (
    ("TD3", mrz_td3.is_valid, f"P[{_SIGN}]{_STATE}[{_NAME}]{{39}}{_JOINT}{_NUMBER}{_STATE}{_PERSON}[{_SIGN}]{{14}}[0-9<＜][0-9]"),
    ("TD2", mrz_td2.is_valid, f"[ACI][{_SIGN}]{_STATE}[{_NAME}]{{31}}{_JOINT}{_NUMBER}{_STATE}{_PERSON}[{_SIGN}]{{7}}[0-9]"),
    (
        "TD1",
        mrz_td1.is_valid,
        f"[ACI][{_SIGN}]{_STATE}{_NUMBER}[{_SIGN}]{{15}}{_JOINT}{_PERSON}{_STATE}[{_SIGN}]{{11}}[0-9]{_JOINT}[{_NAME}]{{30}}",
    ),
)
_COMPILED = tuple((name, is_valid, late(f"{form}(?![{_SIGN}])")) for name, is_valid, form in _FORMS)


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    r"""Every block, whole, with the outcome of all its check digits.

    >>> list(find("MRZ: P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"))
    [(5, 94, 'TD3', 'passed')]
    """
    begin = _BEGIN.search(text)
    while begin:
        after = start = begin.start()
        for name, is_valid, form in _COMPILED:
            if block := form.match(text, start):
                lines = block.group().replace("＜", "<").replace("\\r", "").replace("\\n", "")
                after = block.end()
                yield start, after, name, "passed" if is_valid(lines) else "failed"
                break
        begin = _BEGIN.search(text, after + 1)
