"""Presidio's recognizers in ours: found with the same spans, beside Chinese as well, and nothing that fails is passed over."""

from __future__ import annotations

import pickle
import time

import pytest
import regex
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import EmailRecognizer, SpacyRecognizer, UrlRecognizer

import piiscrub as ps
from piiscrub.errors import DefinitionError, InputError, PolicyError, SourceError, UnknownNameError
from piiscrub.model.finding import UNEXAMINED
from piiscrub.presidio import countries
from piiscrub.presidio.theirs import Theirs
from tests.presidio.engines import plain
from tests.presidio.specimens import recognizers, texts


def spans(recognizer, text):
    return {(f.start, f.end) for f in Theirs([recognizer]).find(text)}


@pytest.mark.parametrize("recognizer", recognizers(), ids=lambda one: one.name)
def test_their_own_examples_have_the_same_spans(recognizer):
    told = 0
    for text, start, end in texts()[recognizer.name]:
        found = recognizer.analyze(text, recognizer.supported_entities, None)  # an older version may cut it elsewhere
        there = {(r.start, r.end) for r in found if r.start < end and start < r.end}
        told += len(there)
        assert there <= spans(recognizer, text)
        if (start, end) in there and text.startswith("Ref ") and text[start:end] == text[start:end].strip():
            assert (3, 3 + end - start) in spans(recognizer, f"证件号{text[start:end]}已登记")
    assert told


def test_a_link_ends_where_chinese_begins():
    assert spans(UrlRecognizer(), "网址https://www.example.com/a已登记") == {(2, 27)}


def test_lists_in_chinese_are_found_inside_chinese():
    listed = PatternRecognizer("TITLE", name="titles", supported_language="zh", deny_list=["经理"])
    assert spans(listed, "请找王经理谈") == {(3, 5)}


def test_context_is_a_word_and_not_a_part_of_one():
    licence = PatternRecognizer("X", name="x", patterns=[Pattern("x", r"\b[A-Z]\d{6}\b", 0.3)], context=["lic"])
    found = {text: next(iter(Theirs([licence]).find(text))) for text in ("duplicate A123456", "lic A123456")}
    assert [(f.score, f.context) for f in found.values()] == [(0.3, ()), (0.65, ("lic",))]


@pytest.mark.parametrize("whole", [False, True])
def test_the_name_of_a_column_is_context(whole):
    badge = PatternRecognizer("BADGE", name="badge", patterns=[Pattern("b", r"\bB\d{4}\b", 0.3)], context=["badge", "工牌"])
    scrubber = ps.Scrubber(presidio=plain([badge]) if whole else badge, policy="review")
    for label in ("badge", "Badge_no", *(() if whole else ("员工工牌",))):  # Presidio's engine has no words in Chinese here
        (found,) = scrubber.scan("B1234", label=label).findings
        assert round(found.score, 2) == 0.65
    assert [round(f.score, 2) for f in scrubber.scan("B1234", label="note").findings] == [0.3]


def test_what_a_finding_says():
    (found,) = ps.Scrubber(presidio=[r for r in recognizers() if r.name == "KrRrnRecognizer"]).scan("RRN 000101-1000000").findings
    assert (found.entity, found.recognizer, found.pattern.split(":")[0]) == ("NATIONAL_ID", "presidio:KrRrnRecognizer", "KR_RRN")


class Failing(EntityRecognizer):
    def load(self):
        pass

    def analyze(self, text, entities, nlp_artifacts):
        raise self.error


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(1)])
def test_one_that_fails_has_not_examined_the_text(error):
    failing = Failing(supported_entities=["X"], name="failing")
    failing.error = error
    result = ps.Scrubber(presidio=failing).scrub("some text 13800138000")
    assert UNEXAMINED in {f.entity for f in result.findings}
    assert "some text" not in result.text


def test_results_outside_the_text_are_a_failure():
    class Outside(Failing):
        def analyze(self, text, entities, nlp_artifacts):
            return [RecognizerResult("X", 0, len(text) + 5, 0.9)]

    assert [f.entity for f in Theirs([Outside(supported_entities=["X"])]).find("text")] == [UNEXAMINED]


@pytest.mark.parametrize("whole", [False, True])
def test_a_pattern_that_runs_out_of_time_has_not_examined_the_text(whole):
    slow = PatternRecognizer("X", name="slow", patterns=[Pattern("slow", r"(?:a|aa)+$", 0.5)])
    text = "a" * 60 + "!"
    with pytest.raises(TimeoutError):  # what Presidio passes over
        next(regex.compile(slow.patterns[0].regex).finditer(text, timeout=0.05))
    from piiscrub.presidio.whole import Whole

    asked = Whole(plain([slow]), seconds=0.05) if whole else Theirs([slow], seconds=0.05)
    assert [(f.entity, f.pattern) for f in asked.find(text)] == [(UNEXAMINED, "timed out")]


def test_one_with_an_analyze_of_its_own_may_not_take_longer_either():
    class Slow(PatternRecognizer):
        def analyze(self, text, entities, nlp_artifacts=None, regex_flags=None):
            time.sleep(0.05)
            return []

    slow = Slow("X", name="slow", patterns=[Pattern("x", "x", 0.5)])
    assert [f.entity for f in Theirs([slow], seconds=0.01).find("text")] == [UNEXAMINED]


def test_nothing_asks_the_network(monkeypatch):
    import tldextract

    def fetched(*args, **kwargs):
        raise AssertionError("asked the network")

    monkeypatch.setattr(tldextract, "extract", fetched)
    assert spans(EmailRecognizer(), "邮箱info@example.com好") == {(2, 18)}


def test_a_missing_model_is_an_error_and_not_the_end_of_the_program():
    with pytest.raises(InputError, match="not installed"):
        ps.Scrubber(presidio=SpacyNlpEngine([{"lang_code": "en", "model_name": "en_no_such_model"}]))
    with pytest.raises(InputError, match="NLP engine"):
        ps.Scrubber(presidio=SpacyRecognizer(supported_language="en"))


def test_an_nlp_engine_names_people():
    from piiscrub.presidio import nlp_engine

    class Tags:
        def needs(self, text):
            return True

        def tag(self, texts):
            from piiscrub.recognize.ner.tagger import Span

            return [[Span(0, 3, "PERSON", 0.9)] for _ in texts]

    engine = nlp_engine(["zh"], tagger=Tags())
    assert [(f.entity, f.start, f.end) for f in ps.Scrubber(presidio=engine).scan("王小明来了").findings] == [("PERSON", 0, 3)]


def test_an_engine_keeps_its_context_and_thresholds_and_is_not_changed():
    engine = plain([PatternRecognizer("BADGE", name="badge", patterns=[Pattern("b", r"\bB\d{4}\b", 0.3)], context=["badge"])])
    engine.log_decision_process = True
    before = list(engine.registry.recognizers)
    (found,) = ps.Scrubber(presidio=engine, policy="review").scan("the badge B1234").findings
    assert (found.entity, round(found.score, 2), found.context) == ("BADGE", 0.65, ("badge",))
    assert engine.registry.recognizers == before
    assert engine.log_decision_process


def test_countries():
    rows = list(countries())
    assert {row["country"] for row in rows} >= {"kr", "in", "uk", "us"}
    scrubber = ps.Scrubber(presidio={"countries": ["KR", "gb"]})
    assert scrubber.scrub("韩国居民号000101-1000000").text == "韩国居民号<NATIONAL_ID_1>"
    assert pickle.loads(pickle.dumps(scrubber)).scrub("韩国居民号000101-1000000").text == "韩国居民号<NATIONAL_ID_1>"
    with pytest.raises(UnknownNameError):
        ps.Scrubber(presidio={"countries": ["xx"]})


YAML = """
recognizers:
  - name: badge
    supported_entity: BADGE
    supported_language: en
    patterns: [{name: badge, regex: '\\bB\\d{4}\\b', score: 0.6}]
  - name: UsSsnRecognizer
    type: predefined
    supported_languages: [en]
"""


def test_registry_files(tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text(YAML, encoding="utf-8")
    assert ps.Scrubber(presidio=path).scrub("工牌B1234").text == "工牌<BADGE_1>"
    (tmp_path / "policy.toml").write_text(
        'schema = 1\nid = "mine"\nextends = "balanced"\n[presidio]\ncountries = ["kr"]\nregistries = ["ours.yaml"]\n', "utf-8"
    )
    policy = ps.load_policy(tmp_path / "policy.toml")
    assert ps.Scrubber(policy=policy).scrub("工牌B1234，000101-1000000").text == "工牌<BADGE_1>，<NATIONAL_ID_1>"
    assert policy.hash != ps.load_policy("balanced").replace(id="mine").hash
    path.write_text(YAML.replace("0.6", "0.7"), encoding="utf-8")
    assert ps.load_policy(tmp_path / "policy.toml").hash != policy.hash
    with pytest.raises(InputError, match="changed"):
        ps.Scrubber(policy=policy)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("recognizers: [{name: NoSuchRecognizer, type: predefined}]", UnknownNameError),
        ("recognizers: [{name: x, class_name: os.system, type: predefined}]", UnknownNameError),
        ("recognizers: [{name: HuggingFaceNerRecognizer, type: predefined}]", DefinitionError),
        ("recognizers: !!python/object/apply:os.getcwd []", DefinitionError),
        ("patterns: []", DefinitionError),
        ("recognizers: [{name: x, supported_entity: X, patterns: [{name: p, regex: '(', score: 0.5}]}]", DefinitionError),
    ],
)
def test_files_name_what_presidio_registers_and_nothing_else(tmp_path, text, error):
    path = tmp_path / "theirs.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(error):
        ps.Scrubber(presidio=path)


def test_what_is_wrong_is_said(tmp_path):
    for given in (42, EmailRecognizer, "kr", {"nations": ["kr"]}, {"countries": "kr"}):
        with pytest.raises(InputError):
            ps.Scrubber(presidio=given)
    with pytest.raises(SourceError):
        ps.Scrubber(presidio=tmp_path / "none.yaml")
    (tmp_path / "p.toml").write_text('schema = 1\nid = "p"\nextends = "balanced"\npresidio = {nations = ["kr"]}\n', "utf-8")
    with pytest.raises(PolicyError, match="presidio"):
        ps.load_policy(tmp_path / "p.toml")


def test_a_registry_is_taken_as_well():
    registry = RecognizerRegistry([EmailRecognizer()], supported_languages=["en"])
    assert ps.Scrubber(presidio=registry).scan("a@example.com").findings[0].entity == "EMAIL_ADDRESS"
