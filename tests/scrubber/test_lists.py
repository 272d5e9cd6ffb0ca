"""What a policy lists: values that are never reported, and text that always is. Neither shows in what is handed on."""

from __future__ import annotations

from pathlib import Path

import pytest

import piiscrub as ps
from piiscrub.model.policy import Policy

HOTLINE, MOBILE, MAIL = "400-000-0001", "13800138000", "info@example.com"


def policy(**changes: object) -> Policy:
    return ps.load_policy("strict").replace(**changes)


def test_an_allowed_value_is_dropped_and_counted() -> None:
    result = ps.scrub(f"手机{MOBILE}，邮箱{MAIL}", policy=policy(allow=(MOBILE,)))
    assert result.text == f"手机{MOBILE}，邮箱<EMAIL_ADDRESS_1>"
    reasons = {d.finding.entity: d.reason for d in result.decisions if not d.kept}
    assert reasons["CN_MOBILE"] == "allow list"
    assert result.evidence.dropped["allow list"] >= 1
    assert MOBILE not in result.evidence.to_json() + repr(result.decisions)


def test_an_allowed_pattern_covers_the_whole_value() -> None:
    text = f"{MAIL}，{MAIL}.cn"
    assert ps.scrub(text, policy=policy(allow_patterns=("*@example.com",))).text == f"{MAIL}，<EMAIL_ADDRESS_1>"


@pytest.mark.parametrize("listed", [MOBILE, "１３８００１３８０００"], ids=["plain", "full-width"])
@pytest.mark.parametrize("written", [MOBILE, "１３８００１３８０００"], ids=["plain", "full-width"])
def test_width_makes_no_difference(listed: str, written: str) -> None:
    assert ps.scan(f"手机{written}", policy=policy(allow=(listed,))).findings == ()
    found = ps.scan(f"甲{written}乙", policy=policy(deny=(("PERSON", listed),))).decisions
    assert any(d.finding.recognizer == "deny_list" for d in found)


def test_denied_text_is_always_found() -> None:
    result = ps.scrub("项目代号青龙，负责人赵某，再说青龙", policy=policy(deny=(("ORGANIZATION", "青龙"), ("PERSON", "赵某"))))
    assert result.text == "项目代号<ORGANIZATION_1>，负责人<PERSON_1>，再说<ORGANIZATION_1>"
    assert result.evidence.entities == {"ORGANIZATION": 2, "PERSON": 1}
    assert [f.recognizer for f in result.findings] == ["deny_list"] * 3
    assert "青龙" not in result.evidence.to_json() + repr(result.decisions) + repr(result)


def test_denied_text_is_found_where_something_else_is_found_too() -> None:
    def scrub(text: str, listed: str) -> str:
        return ps.scrub(text, policy=ps.load_policy("balanced").replace(deny=(("PERSON", listed),))).text

    assert scrub("今年35岁了", "今年35岁") == "<PERSON_1>了", "what it covers loses"
    assert scrub("年龄35岁", "35") == "年龄<PERSON_1>岁", "what would stay readable loses"
    assert scrub(f"写信到{MAIL}", "info") == "写信到<EMAIL_ADDRESS_1>", "it is hidden with what is wider"
    assert scrub(f"信箱甲{MAIL}", "甲info") == "信箱<PERSON_1><EMAIL_ADDRESS_1>", "it takes what the other leaves"
    assert scrub("甲乙丙", "甲乙") == "<PERSON_1>丙"


def test_denied_text_beats_an_allowed_one() -> None:
    assert ps.scrub("负责人赵某", policy=policy(allow=("赵某",), deny=(("PERSON", "赵某"),))).text == "负责人<PERSON_1>"


def test_denied_text_is_wanted_like_any_other() -> None:
    listed = policy(deny=(("PERSON", "赵某"),))
    assert ps.scan("负责人赵某", policy=listed, entities=["CONTACT"]).findings == ()
    assert len(ps.scan("负责人赵某", policy=listed, entities=["PERSON"]).findings) == 1


def test_text_of_no_width_denies_nothing() -> None:
    assert ps.scan("天气很好", policy=policy(deny=(("PERSON", "\u200b"),))).findings == ()


def test_lists_of_a_file_reach_the_text(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        f'schema = 1\nid = "own"\nextends = "strict"\nallow = ["{HOTLINE}"]\ndeny = [{{ entity = "PERSON", text = "赵某" }}]\n',
        encoding="utf-8",
    )
    assert ps.scrub(f"赵某，客服热线{HOTLINE}", policy=str(path)).text == f"<PERSON_1>，客服热线{HOTLINE}"


def test_a_policy_file_that_changes_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    text = 'schema = 1\nid = "own"\ndefault = "{}"\n'
    path.write_text(text.format("redact"), encoding="utf-8")
    assert ps.scrub(f"手机{MOBILE}", policy=path).text == "手机[REDACTED]"
    path.write_text(text.format("replace"), encoding="utf-8")
    assert ps.scrub(f"手机{MOBILE}", policy=path).text == ps.scrub(f"手机{MOBILE}", policy=str(path)).text == "手机<CN_MOBILE_1>"


def test_the_evidence_names_lists_without_their_content() -> None:
    plain, listed = policy(), policy(allow=(MOBILE,))
    said = [ps.scrub("x", policy=one).evidence.policy_hash for one in (plain, listed, policy(allow=(MOBILE,)))]
    assert said[0] != said[1] == said[2]
