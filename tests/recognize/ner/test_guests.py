"""Taggers that a caller brings: spaCy pipelines and functions. Names are invented."""

from __future__ import annotations

import sys

import pytest

from piiscrub.errors import InputError
from piiscrub.recognize.ner.guests import CallableTagger, Pipeline, SpacyTagger
from piiscrub.registry.policies import load_policy
from piiscrub.registry.taggers import named
from piiscrub.scrubber.pipeline import Scrubber


def pipeline():
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": "PER", "pattern": "Velda Quimper"}, {"label": "MONEY", "pattern": "5 euros"}]
    )
    return nlp


def test_a_spacy_pipeline():
    nlp = pipeline()
    assert isinstance(nlp, Pipeline)
    text = "Velda Quimper paid 5 euros"
    assert [[span[:3] for span in spans] for spans in SpacyTagger(nlp).tag([text, ""])] == [[(0, 13, "PERSON")], []]
    (found,) = Scrubber(policy="review", ner=nlp).scan(text, entities=["PERSON"]).findings
    assert (found.start, found.end, found.entity) == (0, 13, "PERSON")


def test_a_function():
    text = "velda quimper lives in oslo"
    answers = [(0, 13, "name"), (0, 5, "PERSON"), (23, 27, "GPE", 0.7), (14, 19, "VERB")]
    assert CallableTagger(lambda _: answers).tag([text]) == [[(0, 13, "PERSON", 0.9), (23, 27, "LOCATION", 0.7)]]
    found = Scrubber(policy="review", ner=lambda _: [(0, 13, "PER")]).scan(text).findings
    assert ("PERSON", 0, 13) in [(f.entity, f.start, f.end) for f in found]


def test_spans_outside_the_text_are_an_error_and_the_text_counts_as_not_examined():
    with pytest.raises(InputError, match="0 to 99 in a text of 4 characters"):
        CallableTagger(lambda _: [(0, 99, "PER")]).tag(["four"])
    result = Scrubber(policy="review", ner=lambda _: [(0, 99, "PER")]).scan("four")
    assert [f.entity for f in result.findings] == ["UNEXAMINED"]


def test_what_is_no_tagger():
    with pytest.raises(InputError, match="not int"):
        named(3)


MODEL = """
def load(**_):
    import spacy
    nlp = spacy.blank("en")
    known = ("velda quimper", "Velda Quimper")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": name} for name in known])
    return nlp
"""


@pytest.fixture
def model(tmp_path, monkeypatch):
    """An installed spaCy model, as pip would leave it."""
    pytest.importorskip("spacy")
    (tmp_path / "en_piiscrub_test").mkdir()
    (tmp_path / "en_piiscrub_test" / "__init__.py").write_text(MODEL, encoding="utf-8")
    (tmp_path / "en_piiscrub_test-1.0.dist-info").mkdir()
    about = "Metadata-Version: 2.1\nName: en_piiscrub_test\nVersion: 1.0\n"
    (tmp_path / "en_piiscrub_test-1.0.dist-info" / "METADATA").write_text(about, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "spacy:en_piiscrub_test"
    sys.modules.pop("en_piiscrub_test", None)


def test_a_spacy_model_by_its_name_in_a_policy(model):
    policy = load_policy("balanced").replace(ner=model)
    scrubber = Scrubber(policy=policy)
    assert "en_piiscrub_test" not in sys.modules  # nothing is imported before the first text
    assert scrubber.scrub("Velda Quimper，收件人：王小明").text == "<PERSON_1>，收件人：<PERSON_2>"
    assert scrubber.scrub("velda quimper").text == "<PERSON_1>"
    assert Scrubber(policy="balanced", ner=model).scrub("velda quimper").text == "<PERSON_1>"


def test_a_spacy_model_that_is_not_installed_is_told_when_the_scrubber_is_built():
    with pytest.raises(InputError, match="no such package is installed"):
        Scrubber(ner="spacy:en_core_web_nowhere")
