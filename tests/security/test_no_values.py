"""No value leaves by accident: not in a repr, a log, an error, HTML, evidence, a table, nor on the command line.

Every example of every pack goes through every door: one by one under the policy that the door has by default, together with
the others under each other policy. What the rest of the suite says is watched by ``guard.py``.
"""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
import traceback
from functools import cache

import pytest

import piiscrub as ps
from piiscrub.cli import main
from piiscrub.model.policy import OperatorSpec
from piiscrub.recognize.ner.bilingual import BilingualTagger
from tests.security.guard import examples, shown_in, values

POLICIES = ("review", "balanced", "strict", "display")


@cache
def texts():
    """All examples of all packs, marks removed, and each value under the label of another kind."""
    found = [text.replace("<<", "").replace(">>", "") for _, _, text in examples()]
    return (*found, *(f"备注：{value}，订单号：{value}。" for value in values()))


@pytest.fixture(scope="module", autouse=True)
def _tagged_once():
    """All doors and policies read the same texts: the taggers, the slowest part, read each once and then say the same again."""
    said, tag = {}, BilingualTagger.tag

    def once(tagger, asked):
        new = [text for text in dict.fromkeys(asked) if text not in said]
        said.update(zip(new, tag(tagger, new), strict=True))
        return [said[text].copy() for text in asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BilingualTagger, "tag", once)
        yield


def test_there_is_something_to_watch():
    assert len(texts()) > 300
    assert len(values()) > 150


@pytest.fixture(scope="module")
def scrubbed():
    """What the texts become under each policy, and what the log says meanwhile."""
    said, listener, logger = [], logging.Handler(), logging.getLogger("piiscrub")
    listener.emit = lambda record: said.append(record.getMessage())
    logger.addHandler(listener)
    assert logger.isEnabledFor(logging.DEBUG), "the guard listens to everything, and so does this"
    results = {policy: list(ps.scrub_many(texts(), policy=policy)) for policy in POLICIES[1:]}
    results["balanced"] += map(ps.Scrubber(ner=None).scrub, texts())
    logger.removeHandler(listener)
    return results, said


@pytest.mark.parametrize("policy", POLICIES)
def test_scan_results_show_no_value(policy):
    said = []
    alone = texts() if policy == "review" else ()
    for result in (*map(ps.Scrubber(policy=policy, ner=None).scan, alone), *ps.scan_many(texts(), policy=policy)):
        said += [repr(result), str(result), result._repr_html_(), repr(result.findings), repr(result.decisions)]
    assert shown_in("\n".join(set(said))) == []


def test_a_frame_shows_no_value():
    result = ps.scan("\n".join(texts()))
    assert len(result.findings) > 100
    assert shown_in(result.to_frame().to_csv()) == []


@pytest.mark.parametrize("policy", POLICIES[1:])
def test_scrub_results_show_no_value(policy, scrubbed):
    said = []
    for result in scrubbed[0][policy]:
        said += [repr(result), str(result), repr(result.findings), repr(result.decisions)]
        said += [repr(result.evidence), str(result.evidence.to_dict()), result.evidence.to_json()]
    assert shown_in("\n".join(set(said))) == []


def test_explanations_show_no_value():
    scrubber, said = ps.Scrubber(policy="review"), []
    for text in texts()[::7]:
        explanation = scrubber.explain(text, 0, len(text))
        said += [str(explanation), repr(explanation), explanation._repr_html_()]
    assert shown_in("\n".join(said)) == []


def test_the_log_shows_no_value(scrubbed):
    assert shown_in("\n".join(scrubbed[1])) == []


def test_a_scrub_result_keeps_no_original(scrubbed):
    results = scrubbed[0]["strict"]
    found = shown_in(pickle.dumps(results).decode("latin-1"))
    # What strict leaves in the text is a miss, counted elsewhere; what the result keeps besides the text is a leak.
    left = shown_in("\n".join(result.text for result in results))
    assert [pack for pack in found if pack not in left] == []


def junk(value):
    yield value.encode()
    yield bytearray(value.encode())
    yield [value]
    yield {"value": value}
    yield int(value) if value.isascii() and value.isdigit() else 1.5


@pytest.mark.parametrize("door", ["scan", "scrub"])
def test_errors_show_no_value(door):
    said = []
    for value in values():
        for wrong in junk(value):
            with pytest.raises(ps.PiiscrubError) as caught:
                getattr(ps, door)(wrong)
            said.append("".join(traceback.format_exception_only(caught.value)))
    assert shown_in("\n".join(said)) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_among_many_names_the_position(workers):
    value = next(iter(values()))
    with pytest.raises(ps.PiiscrubError) as caught:
        list(ps.scan_many([f"甲{value}", "乙", value.encode()], workers=workers))
    assert shown_in(str(caught.value)) == []
    assert "2" in str(caught.value) or "3" in str(caught.value)


def test_a_failing_recognizer_shows_no_value():
    class Broken:
        id, entities = "broken", ("PERSON",)

        def find(self, text):
            raise ValueError(f"cannot read {text}")

    result = ps.Scrubber(policy="review", recognizers=[Broken()]).scan(f"值{next(iter(values()))}")
    assert shown_in(repr(result.decisions)) == []
    assert any(f.entity == "UNEXAMINED" for f in result.findings)


def test_a_failing_operator_shows_no_value():
    def broken(value, finding):
        raise ValueError(f"cannot mask {value}")

    policy = ps.load_policy("balanced").replace(default=OperatorSpec("broken"))
    text = "电话13800138000"
    result = ps.Scrubber(policy=policy, operators={"broken": broken}).scrub(text)
    assert "13800138000" not in repr(result.decisions) + repr(result.evidence) + result.text
    assert result.evidence.failures


class TestCommandLine:
    """One scan is a process of its own; the others share this one's packs and weights, and say all they say just so."""

    @pytest.fixture
    def run(self, capfd):
        def call(*arguments):
            assert main(arguments) in (0, 4)
            said = capfd.readouterr()
            assert "Traceback" not in said.err
            return said.out + said.err

        return call

    @pytest.fixture
    def everything(self, tmp_path):
        path = tmp_path / "everything.txt"
        path.write_text("\n".join(texts()), encoding="utf-8")
        return path

    def test_a_process_that_scans(self, everything):
        command = [sys.executable, "-P", "-c", "from piiscrub.cli import main; main()", "scan", str(everything)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.stdout
        assert "Traceback" not in done.stderr
        assert shown_in(done.stdout + done.stderr) == []

    def test_scan_for_programs(self, everything, run):
        said = run("scan", str(everything), "--json")
        assert said
        assert shown_in(said) == []

    @pytest.mark.parametrize("policy", POLICIES[1:])
    def test_scrub(self, everything, run, tmp_path, policy):
        said = run("scrub", str(everything), "-o", str(tmp_path / "out.txt"), "--policy", policy)
        assert (tmp_path / "out.txt").stat().st_size > 0
        assert shown_in(said) == []

    def test_a_name_of_a_file_is_text_too(self, run, tmp_path):
        path = tmp_path / "11010519491231002X.txt"
        path.write_text("电话13800138000", encoding="utf-8")
        assert shown_in(run("scan", str(tmp_path))) == []
