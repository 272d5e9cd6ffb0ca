"""Text made to be bad, and text in languages no model was made for: bounded, without a crash, and without guesses."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from piiscrub.recognize.ner.tagger import ENTITIES
from piiscrub.scrubber.pipeline import Scrubber

SCRUBBER = Scrubber(policy="review")

OTHER = {
    "Cyrillic": "Встреча назначена на завтра, отчёт будет готов к вечеру.",
    "Greek": "Η συνάντηση θα γίνει αύριο το πρωί στο γραφείο.",
    "Arabic": "الاجتماع غدا صباحا والتقرير جاهز قبل المساء.",
    "Hebrew": "הפגישה תתקיים מחר בבוקר והדוח יהיה מוכן.",
    "Thai": "การประชุมจะมีขึ้นพรุ่งนี้เช้า",
    "Hindi": "बैठक कल सुबह होगी और रिपोर्ट तैयार है।",
    "Korean": "회의는 내일 아침에 열리고 보고서는 준비됩니다.",
    "kana": "あしたのあさにかいぎがあります",
    "emoji": "\U0001f600\U0001f389\U0001f1e8\U0001f1f3 \U0001f44d\U0001f3fd " * 20,
    "figures": "2026-11-21 17 0x3f 4096; " * 20,
}
BAD = {
    "all caps": "PLEASE CONTACT JANE DOE ABOUT THE INVOICE " * 200,
    "no spaces": "然后我就跟他说这个事情不能这么办" * 500,
    "Latin without spaces": "pleasecontactjanedoe" * 1000,
    "capitals alone": "A B C D E F G H " * 500,
    "Han and Latin by turns": "我a" * 4000,
    "right to left marks": "\u202e联系人：王小明\u202c " * 200,
    "combining marks": "a\u0301\u0302\u0303" * 3000,
    "lone surrogates": "\ud800王小明 Jane Doe" * 100,
    "null characters": "\x00" * 500 + "联系人：王小明",
}


@pytest.mark.parametrize("language", OTHER)
def test_other_languages_and_no_language_are_left_alone(language: str) -> None:
    assert [f.entity for f in SCRUBBER.scan(OTHER[language]).findings if f.entity in ENTITIES] == []


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_examined_and_offsets_hold(kind: str) -> None:
    text = BAD[kind]
    findings = SCRUBBER.scan(text).findings
    assert all(0 <= f.start < f.end <= len(text) for f in findings)
    assert "UNEXAMINED" not in {f.entity for f in findings}


def test_names_among_bad_input_are_still_found() -> None:
    for text in (BAD["null characters"], "A B C D " * 500 + "\n联系人：王小明，电话13800138000", BAD["right to left marks"]):
        assert "王小明" in {text[f.start : f.end] for f in SCRUBBER.scan(text).findings if f.entity == "PERSON"}


@pytest.mark.slow
def test_ten_million_characters_in_one_line_take_bounded_memory() -> None:
    code = """
import json, resource
from piiscrub.scrubber.pipeline import Scrubber
scrubber = Scrubber(policy="review")
scrubber.scan("联系人：赵建国，Jane Doe")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
text = "x" * 9_900_000 + "，联系人：赵建国，电话13800138000" * 4_000
found = scrubber.scan(text, entities=["PERSON"]).findings
print(json.dumps([resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, len(found)]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    kilobytes, persons = json.loads(done.stdout)
    assert persons == 4_000
    assert kilobytes < 500_000
