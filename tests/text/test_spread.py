"""Words whose characters stand apart are read as words, and their findings lead back to where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.text.folding import fold, read_each


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        pytest.param("姓 名：张 三 丰", "姓名：张三丰", id="a label of two before a colon, a value of three"),
        pytest.param("姓 名：张 三 丰 性 别：男", "姓名：张三丰 性别：男", id="the next label is not part of the value"),
        pytest.param("公 民 身 份 号 码：略", "公民身份号码：略", id="a label by itself is one word"),
        pytest.param("出 生 1 9 9 0 年 1 月 2 日", "出生1990年1月2日", id="figures between"),
        pytest.param("王　小　明，略", "王小明，略", id="full-width spaces"),
        pytest.param("王  小  明，略", "王小明，略", id="two spaces each"),
    ],
)
def test_spread_words_are_read_as_words(raw, folded):
    assert fold(raw).folded == folded
    assert read_each([raw, "略"])[0].folded == folded


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("张三 李四 王五", id="words of two are words"),
        pytest.param("张三  李 四", id="uneven"),
        pytest.param("李某 男 汉 未婚", id="the sex is a cell of its own"),
        pytest.param("甲 乙", id="two characters, no colon"),
        pytest.param("1 3 8 0 0 1 3 8 0 0 0", id="figures alone stay as they are"),
        pytest.param("甲 1 3 8 0 0 1 3 8 0 0 0 乙", id="a long row of figures between"),
        pytest.param("A 甲 B 乙 C 丙", id="letters between"),
    ],
)
def test_what_is_no_spread_word_stays(raw):
    assert fold(raw).folded == raw


@given(st.text(alphabet="甲乙丙男1 ：a\u200b　"))
def test_only_spaces_and_zero_width_characters_are_taken_out_and_offsets_lead_back(raw):
    text = fold(raw)
    kept = [text.original(k, k + 1) for k in range(len(text.folded))]
    assert all(end == start + 1 for start, end in kept)
    assert [start for start, _ in kept] == sorted({start for start, _ in kept})
    assert all(fold(raw[start]).folded == text.folded[k] for k, (start, _) in enumerate(kept))
    assert {raw[i] for i in set(range(len(raw))) - {start for start, _ in kept}} <= {" ", "　", "\u200b"}


def test_many_texts_are_read_as_one_by_one():
    lone = ["姓 名：略", "王    明 ：", "出 生 1 9 9 0 年", "张三 李四", "共 3 件，单价 5 元", "住   址 :", "a b c", "末 尾"]
    texts = [text + "，无甚可说" * (step % 3) for step in range(4_000) for text in lone]
    assert [text.folded for text in read_each(texts)] == [fold(text).folded for text in texts]
