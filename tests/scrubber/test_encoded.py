r"""What a program has written as codes is found, and what takes its place fits what it stands for."""

import json
from urllib.parse import quote

import pytest

import piiscrub as ps
from piiscrub.keys.ring import KeyRing
from piiscrub.keys.vault import Vault

NAME, HOME = "王建国", "北京市朝阳区测试路88号"
LOG = json.dumps({"姓名": NAME, "addr": HOME, "msg": f"手机13800138000\nTel: 010-65881234\n{NAME}"})
QUERY = f"https://www.example.com/u?name={quote(NAME)}&city=x&token=%E6%B5%8B&mobile=%2B8613800138000&n=1"


def found(text, policy="review"):
    return [(f.entity, text[f.start : f.end]) for f in ps.scan(text, policy=policy).findings]


def test_json_in_ascii():
    assert LOG.isascii()
    escaped = json.dumps(NAME)[1:-1]
    assert found(LOG) == [
        ("PERSON", escaped),
        ("CN_ADDRESS", json.dumps(HOME)[1:-1]),
        ("CN_MOBILE", "13800138000"),
        ("CN_LANDLINE", "010-65881234"),
        ("PERSON", escaped),
    ]


def test_a_web_address_goes_on_behind_what_was_encoded():
    assert found(QUERY) == [
        ("URL", "https://www.example.com/u?name="),
        ("PERSON", quote(NAME)),
        ("URL", "&city=x&token=%E6%B5%8B&mobile="),
        ("CN_MOBILE", "%2B8613800138000"),
        ("URL", "&n=1"),
    ]


@pytest.mark.parametrize(
    "text", ["https://example.com/wiki/%E5%8D%97%E7%93%9C", "https://example.com/?q=%E5%8D%97%E7%93%9C&p=%E7%93%9C.x"]
)
def test_a_web_address_is_whole(text):
    assert found(f"见{text}。") == [("URL", text)]


def test_nothing_of_a_code_stays():
    done = ps.scrub(LOG).text
    assert "\\u738b" not in done
    assert json.loads(done)["addr"] == "<CN_ADDRESS_1>"


def test_a_mask_shows_what_the_codes_stand_for():
    assert json.loads(ps.scrub(LOG, policy="display").text)["姓名"] == "王**"


def test_one_person_has_one_pseudonym_however_the_name_is_written():
    done = ps.scrub(f"联系人：{NAME}；name={quote(NAME)}&x=1；{json.dumps({'name': NAME})}", policy="pipl-share").text
    first = done.partition("：")[2].partition("；")[0]
    assert first != NAME
    assert done.count(first) == 3


def test_what_is_restored_is_what_was_written(tmp_path):
    ring = KeyRing.new(tmp_path / "keys.json")
    with Vault(tmp_path / "vault.sqlite", ring) as vault:
        done = ps.scrub(LOG, keys=ring, vault=vault)
        assert ps.restore(done.text, keys=ring, vault=vault, scope=done.evidence.scope).text == LOG


def test_explain_takes_and_gives_places_of_the_text_as_handed_in():
    start = LOG.index("\\u738b")
    told = ps.explain(LOG, start, start + 18)
    assert told.found
    assert [(d.finding.start, d.finding.end) for d in told.decisions if d.kept] == [(start, start + 18)]


def test_many_texts_are_read_so_too():
    scrubber = ps.Scrubber(policy="review")
    texts = [LOG, "手机13800138000", QUERY]
    assert [r.findings for r in scrubber.scan_many(texts)] == [scrubber.scan(text).findings for text in texts]
