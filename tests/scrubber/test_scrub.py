"""From text to scrubbed text."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import piiscrub as ps
from piiscrub.errors import InputError
from piiscrub.model.policy import OperatorSpec

ID, MOBILE, MAIL, CARD = "11010519491231002X", "13800138000", "zhang.san@example.com", "4111 1111 1111 1111"


def spans(text, **how):
    return [(f.entity, text[f.start : f.end]) for f in ps.scan(text, **how).findings]


def test_chinese_and_english_in_one_sentence():
    text = f"客户手机{MOBILE}，ID card {ID}，mail {MAIL}，credit card {CARD}。"
    assert spans(text) == [("CN_MOBILE", MOBILE), ("CN_ID_CARD", ID), ("EMAIL_ADDRESS", MAIL), ("CREDIT_CARD", CARD)]


def test_scrub_numbers_per_document_and_repeats_the_number_for_the_same_value():
    result = ps.scrub(f"手机{MOBILE}，再拨{MOBILE}，身份证{ID}")
    assert result.text == "手机<CN_MOBILE_1>，再拨<CN_MOBILE_1>，身份证<CN_ID_CARD_1>"
    assert result.evidence.entities == {"CN_ID_CARD": 1, "CN_MOBILE": 2}


@given(st.text(alphabet="中文 ab，。\n12@./-*：", max_size=40), st.text(alphabet="中文 ab，。\n：", max_size=20))
def test_text_outside_the_findings_is_untouched(before, after):
    text = f"{before}，手机{MOBILE}，{after}"
    result = ps.scrub(text)
    rest, at = [], 0
    for d in result.decisions:
        if d.kept:
            rest.append(text[at : d.finding.start])
            at = d.finding.end
    rest.append(text[at:])
    position = 0
    for piece in rest:
        position = result.text.index(piece, position) + len(piece)
    assert MOBILE not in result.text


@pytest.mark.parametrize("policy", ["balanced", "strict", "display"])
def test_scrubbing_twice_changes_nothing_more(policy):
    once = ps.scrub(f"手机{MOBILE}，身份证{ID}，邮箱{MAIL}，卡号{CARD}", policy=policy).text
    assert ps.scrub(once, policy=policy).text == once


def test_full_width_and_zero_width_values_are_found_at_their_original_offsets():
    text = "手机１３８００\u200b１３８０００已绑定"
    [finding] = ps.scan(text).findings
    assert (finding.start, finding.end) == (2, 14)
    assert ps.scrub(text).text == "手机<CN_MOBILE_1>已绑定"


def test_a_value_its_label_gave_away_is_found_everywhere_in_the_document():
    text = "QQ号：10000。请加10000，谢谢。"
    assert spans(text, entities=["QQ_NUMBER"]) == [("QQ_NUMBER", "10000")] * 2
    assert spans("请加10000，谢谢。", entities=["QQ_NUMBER"]) == []


def test_a_column_name_is_context():
    assert spans("10000") == []
    assert spans("10000", label="QQ号") == [("QQ_NUMBER", "10000")]


def test_entities_select_with_their_children():
    text = f"手机{MOBILE}，身份证{ID}"
    assert spans(text, entities=["PHONE_NUMBER"]) == [("CN_MOBILE", MOBILE)]


def test_an_unknown_entity_fails_with_the_nearest_name():
    with pytest.raises(ps.PiiscrubError, match="Did you mean 'CN_ID_CARD'"):
        ps.scan("x", entities=["CN_IDCARD"])


@pytest.mark.parametrize("value", [None, 1, b"x", ["x"]])
def test_what_is_no_text_is_refused_by_type_and_not_by_value(value):
    with pytest.raises(InputError) as caught:
        ps.scan(value)
    assert "13800138000" not in str(caught.value)


def test_a_recognizer_that_fails_is_reported_as_not_examined_and_redacted():
    class Broken:
        id = "broken"
        entities = ("PERSON",)

        def find(self, text):
            raise RuntimeError("value in the message")

    scrubber = ps.Scrubber(recognizers=[Broken()])
    result = scrubber.scrub("你好，世界")
    assert [f.entity for f in result.findings] == ["UNEXAMINED"]
    assert "世界" not in result.text
    assert result.evidence.unexamined == 1


def test_a_failing_operator_redacts_and_says_so():
    def broken(value, finding):
        raise ValueError(value)

    policy = ps.load_policy("balanced").replace(default=OperatorSpec("broken"))
    scrubber = ps.Scrubber(policy=policy, operators={"broken": broken})
    result = scrubber.scrub(f"手机{MOBILE}")
    assert MOBILE not in result.text
    assert result.evidence.failures
    assert not any(MOBILE in failure for failure in result.evidence.failures)


def test_results_show_no_value():
    result = ps.scan(f"手机{MOBILE}")
    assert MOBILE not in repr(result)
    assert MOBILE not in result._repr_html_()
    assert MOBILE not in str(result.decisions)
    assert result.value(result.findings[0]) == MOBILE


def test_value_refuses_a_finding_of_another_text():
    finding = ps.scan(f"手机{MOBILE}").findings[0]
    with pytest.raises(InputError):
        ps.scan("nothing here").value(finding)


def test_results_and_scrubbers_pickle():
    result = ps.scan(f"手机{MOBILE}")
    again = pickle.loads(pickle.dumps(result))
    assert again.findings == result.findings
    scrubber = pickle.loads(pickle.dumps(ps.Scrubber(policy="display")))
    assert scrubber.scrub(f"手机{MOBILE}").text == "手机138****8000"


def test_many_keeps_the_order_and_reports_progress():
    seen = []
    results = list(ps.scan_many([f"手机{MOBILE}", "无", MAIL], progress=seen.append))
    assert [[f.entity for f in r.findings] for r in results] == [["CN_MOBILE"], [], ["EMAIL_ADDRESS"]]
    assert seen == [1, 2, 3]


def test_workers_give_the_same_results():
    texts = [f"第{i}位 手机{MOBILE}" for i in range(150)]
    alone = [r.text for r in ps.scrub_many(texts)]
    assert [r.text for r in ps.scrub_many(texts, workers=2)] == alone


def test_many_names_the_position_of_a_bad_item():
    with pytest.raises(InputError, match="item 1"):
        list(ps.scan_many(["a", None]))
    with pytest.raises(InputError, match="one text"):
        ps.scan_many("abc")


def test_explain_says_why_and_why_not():
    found = ps.explain(f"手机{MOBILE}", 2, 13)
    assert found.found and "CN_MOBILE" in str(found)
    text = "订单110105194912310021"
    missed = ps.explain(text, 2, 20)
    assert not missed.found
    assert "cn_id_card" in str(missed) and "check" in str(missed)
    assert "110105" not in str(missed)
    touching = ps.explain(f"流水99{ID}77", 4, 22)
    assert not touching.found and "boundary" in str(touching)
    bare = ps.explain("请加10000，谢谢", 2, 7)
    assert not bare.found and "context" in str(bare)
