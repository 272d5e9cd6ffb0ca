"""fast(engine) says what the engine says: on specimens of every recognizer, on strings of every pattern, on anything."""

from __future__ import annotations

import inspect
import random
from re import _parser as parser

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine, Pattern, PatternRecognizer
from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from piiscrub.errors import InputError
from piiscrub.presidio import fast
from piiscrub.presidio.heads import head
from piiscrub.presidio.plan import Plan
from tests.presidio.engines import plain, told
from tests.presidio.specimens import recognizers, sample, texts

ENGINE = plain(recognizers())
FAST = fast(ENGINE)


def same(text, engine=ENGINE, quick=FAST, **options):
    options = {"language": "en", "return_decision_process": True, **options}
    assert told(quick.analyze(text=text, **options)) == told(engine.analyze(text=text, **options))


@pytest.mark.parametrize("name", [one.name for one in recognizers()])
def test_specimens(name):
    for text, start, end in texts()[name]:
        assert any(r.start < end and start < r.end for r in FAST.analyze(text, "en"))
        same(text)


def test_strings_of_every_pattern_in_business_text():
    rng = random.Random(7)
    words = "the card number 12 of passport call 555 claim: tax id no. tel".split()
    for recognizer in recognizers():
        for pattern in getattr(recognizer, "patterns", ()):
            if recognizer.name == "EmailRecognizer":
                continue
            before, value = sample(parser.parse(pattern.regex.replace("(?i)", "")), rng)
            same(f"{rng.choice(words)} {before}{value}{rng.choice(' .,;x9')}{rng.choice(words)}")


@given(st.text(alphabet="aAzZ09 18-+./:@#_()\n身é😀ſıKſ６", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text(text):
    same(text)


@pytest.mark.parametrize(
    "options",
    [
        {"entities": ["CREDIT_CARD", "US_SSN"]},
        {"context": ["passport"]},
        {"score_threshold": 0.4},
        {"allow_list": ["4111 1111 1111 1111"]},
        {
            "ad_hoc_recognizers": [
                PatternRecognizer("ZIP", name="zip", patterns=[Pattern("zip", r"\b\d{5}\b", 0.1)], context=["zip"])
            ]
        },
    ],
    ids=lambda options: next(iter(options)),
)
def test_options_of_analyze(options):
    same("my zip 90210, credit card 4111 1111 1111 1111, ssn 078-05-1120, passport 912803456", **options)


def test_the_context_step_may_be_set_otherwise():
    enhancer = LemmaContextAwareEnhancer(context_prefix_count=2, context_suffix_count=3, context_similarity_factor=0.2)
    engine = plain(recognizers(), context_aware_enhancer=enhancer)
    same("passport 912803456 is the number of my bank account 945456787654", engine, fast(engine))


def test_a_recognizer_with_a_context_step_of_its_own_is_always_asked():
    class Adds(PatternRecognizer):
        def enhance_using_context(self, text, raw_recognizer_results, other_raw_recognizer_results, nlp_artifacts, context=None):
            return self.analyze("00000", ["X"])

    engine = plain([Adds("X", name="adds", patterns=[Pattern("x", r"\b\d{5}\b", 0.5)])])
    same("no digits", engine, fast(engine))


def test_recognizers_added_and_removed_later():
    engine = plain([PatternRecognizer("A", name="a", patterns=[Pattern("a", "aaa", 0.5)])])
    quick = fast(engine)
    same("aaa bbb", engine, quick)
    engine.registry.add_recognizer(PatternRecognizer("B", name="b", deny_list=["bbb"]))
    same("aaa bbb", engine, quick)
    engine.registry.remove_recognizer("a")
    same("aaa bbb", engine, quick)


def test_the_callers_recognizers_stay_as_they_were():
    recognizer = PatternRecognizer("A", name="a", patterns=[Pattern("a", r"\baaa\b", 0.5)])
    before = dict(vars(recognizer)), dict(vars(recognizer.patterns[0]))
    fast(plain([recognizer])).analyze("aaa", "en")
    assert (dict(vars(recognizer)), dict(vars(recognizer.patterns[0]))) == before


def test_it_is_an_analyzer_engine_with_the_same_signature():
    assert isinstance(FAST, AnalyzerEngine)
    assert inspect.signature(FAST.analyze) == inspect.signature(ENGINE.analyze)
    assert FAST.get_supported_entities("en").sort() == ENGINE.get_supported_entities("en").sort()
    with pytest.raises(ValueError):
        FAST.analyze("text", "xx")


def test_batches():
    many = [text for one in sorted(texts()) for text, _, _ in texts()[one][:1]]
    one_by_one = [told(ENGINE.analyze(text, "en")) for text in many]
    assert [told(r) for r in FAST.analyze_many(many, "en", batch_size=16)] == one_by_one
    assert [told(r) for r in BatchAnalyzerEngine(FAST).analyze_iterator(many, "en")] == one_by_one


def test_only_engines_that_are_presidios_own():
    class Other(AnalyzerEngine):
        def analyze(self, text, language):
            return []

    other = object.__new__(Other)
    with pytest.raises(InputError):
        fast(other)
    with pytest.raises(InputError):
        fast("engine")


@pytest.mark.parametrize(
    ("regex", "because"),
    [
        (r"(?:foo){e<=1}", "fuzzy"),
        (r"[[:alpha:]]+", "POSIX"),
        (r"\p{L}+", "property"),
        (r"a*", "nothing"),
        (r"(a.)\1", "reference"),
    ],
)
def test_what_python_reads_otherwise_has_no_head(regex, because):
    assert head(regex, 26) is None, because


SHAPES = (
    r"\b[A-Z]{1,3}\s[A-Z]{1,2}\s\d{1,4}\b",
    r"\d{3} ?\d{3}",
    r"\b(?=[^x]*\d)\w{2,4}",
    r"\b[A-Z]{2}\d{1,3}\b",
    r"(?<!\d)\d{3}-\d{2}",
    r"[ab]+\d",
    r"(?<![A-Z0-9])[ab]\d?",
    r"(?=\w*\d)\w{3}",
    r"\d([-])\d",
)
SHAPED = plain([PatternRecognizer(f"E{i}", name=f"r{i}", patterns=[Pattern("p", one, 0.5)]) for i, one in enumerate(SHAPES)])
QUICK = fast(SHAPED)


@given(st.from_regex(r"[ab1\-]{0,3}(?:[abAB]{2,3}[0-9]{1,3}|[0-9]{3}-[0-9]{2})[ab1\- ]{0,4}", fullmatch=True))
@settings(max_examples=200, deadline=None)
def test_candidates_lose_no_match(text):
    same(text, SHAPED, QUICK)


@pytest.mark.parametrize("region", ["US", "GB", "DE", "FR", "IN", "BR", "ZA", "CN", "IT", "AR", "MX"])
def test_numbers_of_every_kind_as_they_are_dialled(region):
    recognizer = PhoneRecognizer(supported_regions=(region, "US", "DE"))
    engine = plain([recognizer])
    quick = fast(engine)
    for kind in phonenumbers.PhoneNumberType.values():
        number = phonenumbers.example_number_for_type(region, kind)
        if number is None:
            continue
        for form in (phonenumbers.PhoneNumberFormat.NATIONAL, phonenumbers.PhoneNumberFormat.INTERNATIONAL):
            written = phonenumbers.format_number(number, form)
            for text in (
                written,
                written.lstrip("+"),
                f"0{number.national_number}",
                f"00{number.country_code}{number.national_number}",
            ):
                same(f"no. 12/03/2015 {text} or {text.replace(' ', '-')}/{text}.", engine, quick)


def test_a_pattern_that_takes_long_is_left_to_presidio():
    slow = Pattern("slow", r"\b(?:a|aa)+$", 0.5)
    plan = Plan([PatternRecognizer("X", name="slow", patterns=[slow])])
    text = "a" * 60 + "!"
    assert plan.matches(text) == {0: None}
    with pytest.raises(TimeoutError):
        next(plan.needed(text)[0].patterns[0].compiled_regex.finditer(text, timeout=0.05))


@given(st.lists(st.sampled_from(["AB", "ab1", "12", "123-45", "\n", "\t", "\u00a0", " ", "x" * 50, "1" * 20, "身"]), max_size=12))
@settings(max_examples=100, deadline=None)
def test_white_space_and_long_runs(parts):
    same("".join(parts), SHAPED, QUICK)
