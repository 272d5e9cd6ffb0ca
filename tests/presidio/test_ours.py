"""Our recognizers in Presidio: the findings of piiscrub itself, under Presidio's names."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider
from presidio_anonymizer import AnonymizerEngine, DeanonymizeEngine
from presidio_anonymizer.entities import InvalidParamError, OperatorConfig, RecognizerResult

import piiscrub as ps
from piiscrub import presidio
from piiscrub.errors import InputError, OperatorError
from piiscrub.model.finding import UNEXAMINED, Finding

ENGINE = presidio.analyzer()
TEXT = "王小明，手机13800138000，身份证号11010519491231002X，a@example.com"


def there_and_back(text, engine=ENGINE, language="zh"):
    return sorted(presidio.from_presidio(engine.analyze(text, language=language)), key=lambda f: f.start)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_findings_of_piiscrub_itself(language):
    assert there_and_back(TEXT, language=language) == list(ps.scan(TEXT).findings)


@given(
    st.lists(
        st.sampled_from(
            ["😀", "é", "e\u0301", "𝟙", "\u200b", "手机", "13800138000", "，", " a@example.com ", "１３８００１３８０００"]
        )
    )
)
@settings(max_examples=60, deadline=None)
def test_offsets_are_those_of_the_text(parts):
    text = "".join(parts)
    result = ps.scan(text)
    assert there_and_back(text) == list(result.findings)
    for one, finding in zip(result.to_presidio(), result.findings, strict=True):
        assert text[one.start : one.end] == result.value(finding)


def test_a_column_name_counts_as_a_label():
    assert ENGINE.analyze("12345678", language="zh") == []
    assert [r.entity_type for r in ENGINE.analyze("12345678", language="zh", context=["QQ号"])] == ["QQ_NUMBER"]
    only = ENGINE.analyze("12345678", language="zh", context=["QQ号"], entities=["PHONE_NUMBER"])
    assert only == []


def test_entities_that_were_asked_for():
    assert {r.entity_type for r in ENGINE.analyze(TEXT, language="zh", entities=["PHONE_NUMBER"])} == {"PHONE_NUMBER"}


class Fails:
    id = "fails"
    entities = ("PERSON",)

    def find(self, text):
        raise ValueError


def test_what_could_not_be_examined_is_told_whatever_was_asked_for():
    recognizer = presidio.PiiscrubRecognizer("en")
    recognizer._scrubber = ps.Scrubber(policy="review", recognizers=[Fails()])
    assert [r.entity_type for r in recognizer.analyze("some text", ["PHONE_NUMBER"])] == [UNEXAMINED]


def test_explanations():
    (one,) = ENGINE.analyze("手机13800138000", language="zh", return_decision_process=True)
    assert one.analysis_explanation.validation_result is True
    assert "13800138000" not in str(one.analysis_explanation)


def test_one_per_pack_for_their_own_settling():
    split = presidio.recognizers("zh", countries=["cn"], split=True)
    by_name = {one.name: one for one in split}
    card = by_name["Piiscrub:cn_id_card"]
    assert (card.country_code(), card.supported_entities[0], "身份证" in card.context) == ("cn", "CN_ID_CARD", True)
    assert not any(one.country_code() == "us" for one in split)
    assert {"CN_ID_CARD", "PHONE_NUMBER"} <= {r.entity_type for r in presidio.analyzer(split=True).analyze(TEXT, language="zh")}


def test_a_pickled_recognizer_keeps_its_countries():
    one = presidio.PiiscrubRecognizer(countries=["kr"], ner=None)
    again = pickle.loads(pickle.dumps(one))
    assert one.analyze("电话13800138000", []) == again.analyze("电话13800138000", []) == []


def test_other_countries_are_left_out():
    (only_cn,) = presidio.recognizers("en", countries=["cn"], ner=None)
    assert only_cn.analyze("SSN 078-05-1120, SSN: 536-90-4399", None) == []
    with pytest.raises(InputError):
        presidio.recognizers("fr")
    for slip in ("cn", ["china"], [86]):  # each was taken for a country without packs: nothing of China was found
        with pytest.raises(InputError, match="two letters"):
            presidio.recognizers("zh", countries=slip)


def test_a_registry_file_that_presidio_loads():
    registry = RecognizerRegistryProvider(conf_file=str(presidio.registry_file())).create_recognizer_registry()
    engine = AnalyzerEngine(
        registry=registry, nlp_engine=presidio.nlp_engine(tagger=None), supported_languages=list(registry.supported_languages)
    )
    assert there_and_back(TEXT, engine) == list(ps.scan(TEXT).findings)


def test_their_context_step_works_on_chinese():
    weak = PatternRecognizer(
        "BADGE", supported_language="zh", patterns=[Pattern("b", r"(?<!\d)\d{6}(?!\d)", 0.1)], context=["身份证"]
    )
    registry = RecognizerRegistry([weak], supported_languages=["zh"])
    engine = AnalyzerEngine(registry=registry, nlp_engine=presidio.nlp_engine(["zh"], tagger=None), supported_languages=["zh"])
    assert [round(r.score, 2) for r in engine.analyze("他的身份证是123456", language="zh")] == [0.45]
    assert [round(r.score, 2) for r in engine.analyze("他的编号是123456", language="zh")] == [0.1]


def test_names_of_the_tagger_reach_the_nlp_recognizer():
    engine = presidio.nlp_engine(["zh"])
    (batch,) = engine.process_batch(["王小明住在北京市海淀区"], "zh")
    assert {e.label_ for e in batch[1].entities} <= {"PERSON", "LOCATION", "ORGANIZATION"}
    assert "PERSON" in {e.label_ for e in engine.process_text("王小明住在北京市海淀区", "zh").entities}


def test_nothing_is_downloaded_and_nobody_is_told():
    code = (
        "import socket\n"
        "def no(*a, **k): raise AssertionError('network')\n"
        "socket.socket.connect = no\n"
        "import piiscrub.presidio as p\n"
        "e = p.analyzer()\n"
        "assert e.analyze('邮箱a@example.com', language='zh')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with pytest.raises(InputError, match="not installed"):
        presidio.nlp_engine(["en"], models={"en": "en_no_such_model"})


def test_there_and_back_for_what_presidio_found():
    engine = presidio.analyzer(countries=["kr"])
    results = engine.analyze("RRN 000101-1000000", language="en", return_decision_process=True)
    korean = next(r for r in results if r.entity_type == "KR_RRN")
    (finding,) = presidio.from_presidio([korean])
    assert (finding.entity, finding.pattern.split(":")[0]) == ("NATIONAL_ID", "KR_RRN")
    from piiscrub.presidio.results import of_finding

    assert of_finding(finding).entity_type == "KR_RRN"


def test_results_of_the_anonymizer_there_and_back():
    text = "😀手机13800138000，邮箱a@example.com"
    done = ps.scrub(text)
    result = presidio.to_engine_result(text, done)
    assert [result.text[i.start : i.end] for i in result.items] == ["<CN_MOBILE_1>", "<EMAIL_ADDRESS_1>"]
    again, findings = presidio.from_engine_result(result)
    assert again == done.text
    assert [again[f.start : f.end] for f in findings] == ["<CN_MOBILE_1>", "<EMAIL_ADDRESS_1>"]
    with pytest.raises(InputError):
        presidio.to_engine_result("another text", done)


MAILS = "a@example.com b@example.com c@example.com"


def test_three_addresses_are_three():
    results = ENGINE.analyze(MAILS, language="en")
    assert presidio.anonymizer().anonymize(MAILS, results).text.count("<EMAIL_ADDRESS>") == 3
    assert AnonymizerEngine().anonymize(MAILS, results).text.count("<EMAIL_ADDRESS>") == 1  # what is avoided
    assert ps.scrub(MAILS).text.count("<EMAIL_ADDRESS") == 3


def test_the_callers_table_and_results_are_not_changed():
    results = ENGINE.analyze(MAILS, language="en")
    table, kept = {"PERSON": OperatorConfig("redact")}, copy.deepcopy(results)
    presidio.anonymizer().anonymize(MAILS, results, table)
    assert list(table) == ["PERSON"]
    assert results == kept


@pytest.mark.parametrize("name", ["encrypt", "hash"])
def test_weak_operators_are_refused(name):
    with pytest.raises(InvalidParamError, match="piiscrub_"):
        presidio.anonymizer().anonymize("x", [], {"DEFAULT": OperatorConfig(name, {"key": "0" * 16})})


def test_encryption_there_and_back():
    keys = ps.KeyRing.ephemeral()
    text = "手机13800138000和13800138000"
    for name in ("piiscrub_encrypt", "piiscrub_fpe"):
        sealed = presidio.anonymizer(keys=keys).anonymize(
            text, ENGINE.analyze(text, language="zh"), {"DEFAULT": OperatorConfig(name)}
        )
        assert "13800138000" not in sealed.text
        back = DeanonymizeEngine()
        presidio.operators(back, keys=keys)
        assert back.deanonymize(sealed.text, sealed.items, {"DEFAULT": OperatorConfig(name)}).text == text
        other = DeanonymizeEngine()
        presidio.operators(other, keys=ps.KeyRing.ephemeral())
        if name == "piiscrub_encrypt":
            with pytest.raises(Exception, match="encrypt"):
                other.deanonymize(sealed.text, sealed.items, {"DEFAULT": OperatorConfig(name)})


def test_tokens_from_a_vault_there_and_back(tmp_path):
    text = "手机13800138000和13800138000，邮箱a@example.com"
    chosen = {"DEFAULT": OperatorConfig("piiscrub_token")}
    with ps.Vault(tmp_path / "vault.db", ps.KeyRing.new(tmp_path / "keys.json")) as vault:
        scope = vault.scope("case")
        done = presidio.anonymizer(vault=scope).anonymize(text, ENGINE.analyze(text, language="zh"), chosen)
        assert done.text == "手机<PHONE_NUMBER_1>和<PHONE_NUMBER_1>，邮箱<EMAIL_ADDRESS_1>"
        assert scope.get("<PHONE_NUMBER_1>") == "13800138000"
        back = DeanonymizeEngine()
        presidio.operators(back, vault=scope)
        assert back.deanonymize(done.text, done.items, chosen).text == text
        other = DeanonymizeEngine()
        presidio.operators(other, vault=vault.scope("other"))
        with pytest.raises(OperatorError, match="no such token"):
            other.deanonymize(done.text, done.items, chosen)
    with pytest.raises(OperatorError, match="vault"):
        presidio.anonymizer().anonymize(text, ENGINE.analyze(text, language="zh"), chosen)


def test_parameters_are_checked():
    safe = presidio.anonymizer()
    results = ENGINE.analyze("13800138000", language="zh")
    with pytest.raises(InvalidParamError, match="no parameter"):
        safe.anonymize("13800138000", results, {"DEFAULT": OperatorConfig("piiscrub_mask", {"keep": 4})})


def test_finding_by_finding():
    finding = Finding("CN_MOBILE", 0, 11, 0.9, "cn_mobile", "plain", "passed", ("手机",))
    assert presidio.from_presidio(presidio.to_presidio([finding])) == [finding]


def test_an_engine_of_the_default_kind_can_be_made_without_models():
    engine = AnalyzerEngine(nlp_engine=presidio.nlp_engine(["en"], tagger=None), supported_languages=["en"])
    assert "CREDIT_CARD" in {r.entity_type for r in engine.analyze("card 4111 1111 1111 1111", language="en")}


def test_dates_of_one_subject_move_alike_and_a_subject_is_needed():
    from datetime import date

    from piiscrub.keys.ring import KeyRing

    engine = AnonymizerEngine()
    presidio.operators(engine, keys=KeyRing.ephemeral())
    text = "2024-03-01/2024-03-31"  # Presidio joins results with only a space between
    spans = [RecognizerResult("DATE_TIME", 0, 10, 1.0), RecognizerResult("DATE_TIME", 11, 21, 1.0)]

    def moved(**params):
        config = {"DEFAULT": OperatorConfig("piiscrub_date_shift", {"days": 90, **params})}
        return engine.anonymize(text, spans, config).text

    first, last = (date.fromisoformat(part) for part in moved(subject="a").split("/"))
    assert (last - first).days == 30 and first != date(2024, 3, 1)
    assert moved(subject="a") == moved(subject="a")
    for params in ({}, {"subject": ""}, {"subject": "a", "days": 0}):
        with pytest.raises(InvalidParamError):
            moved(**params)
