"""The Chinese tagger as others use it: what it finds, where, and that it is the same however it is asked."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from piiscrub.recognize.ner.chunks import chunks
from piiscrub.recognize.ner.gate import foreign_stretches, has_han
from piiscrub.recognize.ner.tagger import LABELS, PERSON, Span, Tagger, default_tagger
from piiscrub.recognize.ner.zh import ChineseTagger
from tests.growth import LINEAR
from tests.house.checkout import ROOT

TAGGER = ChineseTagger()
TEXTS = [
    "联系人：赵建国，电话13800000000，住深圳市南山区。",
    "会议由钱小芳主持，孙志强、李雪梅、周文博参加。",
    "姓名\t部门\n吴海燕\t财务部\n郑一鸣\t研发部",
    "今天天气很好，我们去公园散步吧。",
    "北京大学教授王立新到上海出差",
    "收件人 冯晓东",
    "",
    "no Han here",
    "陈",
]


def places(spans: list[Span]) -> list[tuple[int, int, str]]:
    return [span[:3] for span in spans]


def names(text: str) -> list[str]:
    return [text[span.start : span.end] for span in TAGGER.tag([text])[0] if span.label == PERSON]


def test_it_is_a_tagger_with_known_labels_and_sorted_spans() -> None:
    assert isinstance(TAGGER, Tagger)
    assert isinstance(default_tagger(), Tagger)
    assert default_tagger() is default_tagger()
    for text, spans in zip(TEXTS, TAGGER.tag(TEXTS), strict=True):
        assert all(span.label in LABELS and 0 <= span.start < span.end <= len(text) and 0 <= span.score <= 1 for span in spans)
        assert all(one.end <= two.start for one, two in pairwise(spans))


def test_names_in_forms_sentences_lists_and_tables() -> None:
    assert names(TEXTS[0]) == ["赵建国"]
    assert names(TEXTS[1]) == ["钱小芳", "孙志强", "李雪梅", "周文博"]
    assert names(TEXTS[2]) == ["吴海燕", "郑一鸣"]
    assert names(TEXTS[3]) == []
    assert names(TEXTS[5]) == ["冯晓东"]


def test_traditional_script_reads_as_simplified_does() -> None:
    assert names("聯絡人：趙建國，請於週五前聯繫陳麗華經理。") == ["趙建國", "陳麗華"]


def test_full_width_and_upper_case_change_nothing() -> None:
    assert places(TAGGER.tag(["联系人：赵建国,ＩＤ１２"])[0]) == places(TAGGER.tag(["联系人:赵建国，id12"])[0])


def test_batched_equals_single() -> None:
    texts = TEXTS * 40 + [text * 3 for text in TEXTS]
    together = TAGGER.tag(texts)
    alone = [TAGGER.tag([text])[0] for text in texts]
    assert [places(spans) for spans in together] == [places(spans) for spans in alone]
    for one, two in zip(together, alone, strict=True):
        assert [span.score for span in one] == pytest.approx([span.score for span in two], abs=0.0011)


def test_the_same_every_time_and_in_every_order() -> None:
    assert TAGGER.tag(TEXTS) == TAGGER.tag(TEXTS)
    assert [places(spans) for spans in TAGGER.tag(TEXTS[::-1])] == [places(spans) for spans in TAGGER.tag(TEXTS)][::-1]


def test_threads_share_one_tagger() -> None:
    expected = [places(spans) for spans in TAGGER.tag(TEXTS)]
    fresh = ChineseTagger()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: fresh.tag(TEXTS), range(32)))
    assert all([places(spans) for spans in answer] == expected for answer in answers)


def test_offsets_hold_in_long_text() -> None:
    filler = "本产品质量不错，物流也快，值得购买。"
    text = ""
    expected = []
    for number in range(40):
        text += filler * (number % 7) + "\n联系人：赵建国。"
        expected.append(len(text) - 4)
    found = [span.start for span in TAGGER.tag([text])[0] if text[span.start : span.end] == "赵建国"]
    assert found == expected


def test_names_survive_the_seams_of_text_without_breaks() -> None:
    text = "然后我就跟赵建国说这个事情不能这么办" * 60
    starts = [span.start for span in TAGGER.tag([text])[0] if text[span.start : span.end] == "赵建国"]
    assert len(starts) >= 58
    assert len(starts) == len(set(starts))


@pytest.mark.parametrize("text", ["短", "一句话。" * 500, "没有标点" * 500, "行\n" * 900, "字" * 193, "a" * 5000])
def test_chunks_own_every_character_once(text: str) -> None:
    pieces = list(chunks(text))
    assert [piece.own_start for piece in pieces] == [0, *(piece.own_end for piece in pieces[:-1])]
    assert pieces[-1].own_end == len(text)
    assert all(piece.start <= piece.own_start < piece.own_end <= piece.end <= piece.start + 192 for piece in pieces)


def test_the_gate() -> None:
    assert TAGGER.needs("姓名 Zhang")
    assert not any(map(TAGGER.needs, ["", "12345", "plain words", "Привет", "ｆｕｌｌ", "ひらがな"]))
    assert has_han("\U00020000")
    assert TAGGER.tag(["", "12345", "John Smith"]) == [[], [], []]
    assert foreign_stretches("abc") == [(0, 3)]


def test_nothing_is_loaded_without_han() -> None:
    code = (
        "import sys; from piiscrub.recognize.ner.zh import ChineseTagger; ChineseTagger().tag(['plain', '']);"
        "print('piiscrub.recognize.ner.zh_network' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


JUNK = [
    "\ud800张",
    "\U0001f600" * 300,
    "مرحبا 你好 שלום",
    "\u202e张三\u202c",
    "\x00" * 50 + "张",
    "，。、" * 99,
    " " * 400 + "王",
    "İ张ß",
    "·" * 20 + "中",
]


@pytest.mark.parametrize("number", range(len(JUNK)))
def test_junk_neither_crashes_nor_breaks_offsets(number: int) -> None:
    text = JUNK[number]
    for span in TAGGER.tag([text])[0]:
        assert 0 <= span.start < span.end <= len(text)


def test_a_very_long_line_takes_time_in_proportion_and_little_memory() -> None:
    code = """
import json, resource
from tests.growth import growth
from piiscrub.recognize.ner.zh import ChineseTagger
tagger = ChineseTagger()
tagger.tag(["联系人：赵建国"])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
spans = []
grown = growth(lambda size: spans.append(len(tagger.tag(["x" * size * 950 + "联系人：赵建国，字节不断" * size])[0])), 10_000)
print(json.dumps([resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, grown, max(spans)]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    kilobytes, grown, spans = json.loads(done.stdout)
    assert kilobytes < 150_000
    assert grown < LINEAR
    assert spans >= 9_000
