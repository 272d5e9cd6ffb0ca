"""Who finds names is chosen when the scrubber is built."""

import pickle
import sys

import pytest

import piiscrub as ps
from piiscrub.errors import InputError, MissingDependencyError
from piiscrub.recognize.ner.tagger import Span

TEXT = "收件人：王小明，电话13800138000"


class Fixed:
    def needs(self, text):
        return "王小明" in text

    def tag(self, texts):
        return [[Span(t.index("王小明"), t.index("王小明") + 3, "PERSON", 0.99)] for t in texts]


class Broken(Fixed):
    def tag(self, texts):
        raise RuntimeError("no weights")


@pytest.mark.parametrize("ner", ["rules", "default", Fixed()], ids=["rules", "default", "own"])
def test_names_are_found_and_replaced(ner):
    result = ps.Scrubber(ner=ner).scrub(TEXT)
    assert result.text == "收件人：<PERSON_1>，电话<CN_MOBILE_1>"


def test_without_a_tagger_names_are_left_alone():
    assert ps.Scrubber(ner=None).scrub(TEXT).text == "收件人：王小明，电话<CN_MOBILE_1>"


def test_a_tagger_that_fails_has_examined_nothing():
    result = ps.Scrubber(ner=Broken()).scan(TEXT)
    assert "UNEXAMINED" in {f.entity for f in result.findings}


def test_the_choice_survives_pickling():
    again = pickle.loads(pickle.dumps(ps.Scrubber(ner="rules")))
    assert "<PERSON_1>" in again.scrub(TEXT).text


def test_an_unknown_choice_is_refused():
    with pytest.raises(ps.PiiscrubError, match="Did you mean 'default'"):
        ps.Scrubber(ner="defualt")
    with pytest.raises(InputError):
        ps.Scrubber(ner=42)


def test_a_policy_names_who_looks_for_names(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text('schema = 1\nid = "own"\nextends = "balanced"\nner = "none"\n', encoding="utf-8")
    child = tmp_path / "child.toml"
    child.write_text('schema = 1\nid = "child"\nextends = "own.toml"\n', encoding="utf-8")
    assert ps.Scrubber(policy=child).scrub(TEXT).text == "收件人：王小明，电话<CN_MOBILE_1>"
    assert ps.Scrubber(policy=child, ner="rules").scrub(TEXT).text == "收件人：<PERSON_1>，电话<CN_MOBILE_1>"
    assert ps.Scrubber(policy=child, ner=Fixed()).scrub(TEXT).text == "收件人：<PERSON_1>，电话<CN_MOBILE_1>"
    path.write_text(path.read_text(encoding="utf-8").replace('"none"', '"helpful"'), encoding="utf-8")
    with pytest.raises(ps.PiiscrubError, match='ner: takes "default", "onnx", "rules", "none"'):
        ps.load_policy(path)


def test_a_policy_without_a_tagger_has_the_hash_it_had():
    policy = ps.load_policy("balanced")
    assert policy.hash == policy.replace(ner="").hash != policy.replace(ner="rules").hash


def test_onnxruntime_finds_the_same():
    assert ps.Scrubber(ner="onnx").scrub(TEXT).text == ps.Scrubber().scrub(TEXT).text
    again = pickle.loads(pickle.dumps(ps.Scrubber(policy=ps.load_policy("balanced").replace(ner="onnx"))))
    assert "<PERSON_1>" in again.scrub(TEXT).text


def test_onnxruntime_that_is_not_installed_is_told_when_the_scrubber_is_built(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingDependencyError, match=r"\[onnx\]"):
        ps.Scrubber(ner="onnx")
