"""What stands for digits behind a label is read as digits, and plain figures are left to the patterns."""

import pytest

from piiscrub.parse.disguised import behind, in_front, labels
from tests.growth import LINEAR, growth

NUMBER = labels(("号码",))


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        pytest.param("138-OO13-8OOO", "13800138000", id="the letter O"),
        pytest.param("(2l2) 555-0l43", "2125550143", id="the letter l, brackets"),
        pytest.param("1З80О1З8ООО", "13800138000", id="Cyrillic"),
        pytest.param("1*3*8*0*0*1*3*8*0*0*0", "13800138000", id="stars between"),
        pytest.param("138|0013|8000", "13800138000", id="bars of a table"),
        pytest.param("138\n0013\r\n8000", "13800138000", id="broken lines"),
        pytest.param("138,嗯,0013,那个,8000", "13800138000", id="fillers in Chinese"),
        pytest.param("212, uh, 555, um, 0143", "2125550143", id="fillers in English"),
        pytest.param("212 dash 555 dash 0143", "2125550143", id="the sign said"),
        pytest.param("two one two double five five oh one four three", "2125550143", id="words"),
        pytest.param("2one2-555-01four3", "2125550143", id="words among figures"),
        pytest.param("1三8零零1三8零零零", "13800138000", id="numerals among figures"),
        pytest.param("11O1O5 1949l231 OO2x", "11010519491231002X", id="a check letter"),
    ],
)
def test_what_stands_for_digits_is_read(written, digits):
    text = f"号码是{written}，略"
    assert next(behind(text, NUMBER)) == (3, 3 + len(written), digits)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("号码13800138000", id="plain"),
        pytest.param("号码 138 0013 8000", id="groups"),
        pytest.param("号码1 3 8 0 0 1 3 8 0 0 0", id="boxes"),
        pytest.param("号码：略 138-OO13-8OOO", id="something else follows the label"),
        pytest.param("138-OO13-8OOO 号码", id="the label behind"),
        pytest.param("号码138-OO13-8OOOkg", id="a word goes on"),
    ],
)
def test_the_rest_is_left_to_the_patterns(text):
    assert not list(behind(text, NUMBER))


@pytest.mark.parametrize("goes_on", [" I think", ", one of us", " oh thanks"])
def test_words_that_follow_may_belong_to_the_sentence(goes_on):
    rows = behind(f"call 138-OO13-8OOO{goes_on}", labels(("call",)))
    assert (5, 18, "13800138000") in list(rows)


def test_a_number_may_always_begin_with_one_digit():
    first = labels(("号码",), "1")
    assert [digits for *_, digits in behind("号码l38-OO13，号码幺38-OO13，号码one38-OO13，号码238-OO13", first)] == [
        "1380013"
    ] * 3


def test_a_row_in_front_of_its_word():
    assert [digits for _, _, digits in in_front("138零零138零零零 加我，138零零 略 加我", ("加我",))] == ["13800138000"]


@pytest.mark.parametrize("part", ["号码1O ", "号码1\n1\n", "号码one double ", "1嗯，", "号码：", "加我1l1l1l1l1l"])
def test_time_grows_with_the_text_only(part):
    def read(size):
        text = part * (size // len(part))
        return list(behind(text, NUMBER)) + list(in_front(text, ("加我",)))

    assert growth(read, 80_000) < LINEAR
