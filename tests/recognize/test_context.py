"""Words near a span: Chinese in raw characters, Latin as whole words, the nearest wins."""

import pytest

from piiscrub import Scrubber
from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.hits import bit
from piiscrub.recognize.occurrences import Occurrences
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.together import Together

PHONE, ID, ORDER = 0, 1, -1
index = ContextIndex(
    {
        PHONE: ["手机", "手机号", "phone", "tel", "contact no"],
        ID: ["身份证", "id card", "ID号", "sfz"],
        ORDER: ["订单号", "order no", "order"],
    }
)


def near(text, value="12345"):
    start = text.index(value)
    return {owner: word for owner, (_, word) in index.near(text, start, start + len(value)).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("手机12345", {PHONE: "手机"}),
        ("手机号码12345", {PHONE: "手机号"}),
        ("12345是他的手机", {PHONE: "手机"}),
        ("Phone: 12345", {PHONE: "phone"}),
        ("PHONES 12345", {PHONE: "phone"}),
        ("mobilePhone=12345", {PHONE: "phone"}),
        ("user_id_card: 12345", {ID: "id card"}),
        ("ID号12345", {ID: "ID号"}),
        ("id号12345", {ID: "id号"}),
        ("microphone 12345", {}),
        ("reorder 12345", {}),
        ("contact no. 12345", {PHONE: "contact no"}),
        ("contact 12345", {}),
        ("order no 12345", {ORDER: "order no"}),
    ],
)
def test_words_near(text, expected):
    assert near(text) == expected


def test_han_words_reach_twenty_characters_before_and_ten_behind():
    assert near("手机" + "一" * 20 + "12345") == {}
    assert near("手机" + "一" * 18 + "12345") == {PHONE: "手机"}
    assert near("12345" + "一" * 9 + "手机") == {}
    assert near("12345" + "一" * 8 + "手机") == {PHONE: "手机"}


def test_latin_words_reach_six_words_before():
    assert near("phone a b c d e 12345") == {PHONE: "phone"}
    assert near("phone a b c d e f 12345") == {}


def test_the_word_right_before_a_value_is_its_label_whatever_stands_further_off():
    assert near("订单号98765，手机12345") == {PHONE: "手机"}
    assert near("手机号（订单号）：12345") == {ORDER: "订单号"}
    assert near('{"tel": "12345"}') == {PHONE: "tel"}
    assert near("身份证手机号：12345") == {ID: "身份证", PHONE: "手机号"}


def test_without_a_label_distance_tells_which_word_is_nearer():
    text = "订单号是客户张三的，手机尾数12345"
    hits = index.near(text, text.index("12345"), len(text))
    assert hits[PHONE][0] < hits[ORDER][0]


def test_a_column_name_counts_as_the_nearest_word():
    assert index.named("手机号")[PHONE][0] == 0
    assert index.named("user_id_card")[ID][0] == 0
    assert index.named("amount") == {}


def occurrences(words, *texts):
    readings = [Reading(text, [], index) for text in texts]
    found = Occurrences(words)(Together(readings))
    return [(readings.index(r), end, {owner for owner in (PHONE, ID) if owners & bit(owner)}) for r, end, owners in found]


def test_occurrences_end_behind_each_word_of_the_owner():
    words = {PHONE: ["手机", "phone"], ID: ["手机号"]}
    found = occurrences(words, "手机 or Phone or microphone 手机号")
    assert found == [(0, 2, {PHONE}), (0, 29, {PHONE, ID}), (0, 11, {PHONE})]
    assert occurrences(words, "", "a 手机", "", "phone", "x") == [(1, 4, {PHONE}), (3, 5, {PHONE})]


def test_a_phrase_is_found_behind_its_first_word_however_it_is_joined():
    words = {PHONE: ["number plate", "place of work"]}
    assert occurrences(words, "the number of a plate", "numbers", "number 1") == []
    for text in ("a number plate", "a numberplate", "NUMBER_PLATE", "Place of Work", "place ofwork", "place_of_work"):
        assert occurrences(words, text) == [(0, len(text), {PHONE})]
        assert occurrences(words, "the number of places", text) == [(1, len(text), {PHONE})]


def test_a_word_behind_the_end_of_the_sentence_says_nothing():
    assert near("12345 x. The phone rang") == {}
    assert near("12345 is the phone") != {}


def test_no_word_reaches_from_one_text_into_the_next():
    assert occurrences({PHONE: ["手机", "contact no", "phone"]}, "手", "机 contact", "no pho", "ne") == []


def test_words_of_another_sentence_or_line_do_not_count_but_a_label_above_does():
    assert near("版本的手机说明。12345") == {}
    assert near("my phone is broken. See 12345") == {}
    assert near("手机说明\n共 12345") == {}
    assert near("Phone:\n12345") == {PHONE: "phone"}
    assert near("12345。手机") == {}


def test_what_is_shown_is_a_listed_word_and_never_one_of_the_text():
    assert near("WangXiaomingPhone 12345") == {PHONE: "phone"}


def test_a_word_whose_capitals_are_ascii_counts_in_either_case():
    street = ContextIndex({ID: ["straße"]})
    assert street.near("Straße: straße 12345", 15, 20) == {ID: (1, "straße")}
    assert street.near("STRASSE 12345", 8, 13) == {ID: (1, "STRASSE")}


@pytest.mark.parametrize(
    ("text", "entity", "values"),
    [
        ("学号：20250001、20250002和20250003已缴费", "CN_STUDENT_ID", 3),
        ("employee ids 100234, 100235, and 100236", "CN_EMPLOYEE_ID", 3),
        ("账号：55779911，66880022", "BANK_ACCOUNT", 2),
        ("学号：20250001、2025，20250002", "CN_STUDENT_ID", 1),  # another length is another thing
        ("学号：20250001；20250002", "CN_STUDENT_ID", 1),
        ("订单号：20250001、20250002", "CN_STUDENT_ID", 0),
        ("既往：高血压、糖尿病、痛风和甲亢", "MEDICAL_CONDITION", 4),
        ("Diagnosis: asthma, eczema, gout and migraine", "MEDICAL_CONDITION", 4),
        ("入院诊断：1.右侧测试部位癌 2.2型糖尿病；3、痛风", "MEDICAL_CONDITION", 3),  # by its ending, then by names
    ],
    ids=["three", "english", "comma", "length", "stop", "against", "conditions", "conditions-english", "numbered"],
)
def test_values_listed_together_share_the_word_before_the_first(text, entity, values):
    found = [f for f in Scrubber(policy="review", ner=None).scan(text).findings if f.entity == entity]
    assert len(found) == values


def test_a_cell_below_a_label_may_hold_a_list():
    found = Scrubber(policy="review", ner=None).scan("高血压、糖尿病、痛风", label="诊断").findings
    assert [f.entity for f in found] == ["MEDICAL_CONDITION"] * 3


def test_the_label_of_something_else_hides_no_other_word():
    texts = ("联系人：刘女士，87654321", "【支付宝】384920（登录验证码）", "账　号：6222020200112233445")
    found = [{f.entity for f in Scrubber(policy="review", ner=None).scan(text).findings} for text in texts]
    assert found == [{"CN_LANDLINE"}, {"VERIFICATION_CODE"}, {"BANK_ACCOUNT"}]
