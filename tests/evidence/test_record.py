"""The evidence says what was done, with what, and nothing of the text."""

from __future__ import annotations

import json

import piiscrub as ps
from piiscrub.evidence.record import FORMAT, counts
from piiscrub.model.finding import UNEXAMINED, Decision, Finding
from piiscrub.model.policy import OperatorSpec

MOBILE, MAIL = "13800138000", "zhang.san@example.com"
TEXT = f"手机{MOBILE}，订单号20240305000123，邮箱{MAIL}"


def test_counts_by_entity_operator_and_reason() -> None:
    found = Finding("CN_MOBILE", 0, 11, 0.9, "cn_mobile")
    decisions = [
        Decision(found, True, "replace", "check passed"),
        Decision(found._replace(entity="AGE"), True, "", "pattern"),
        Decision(found._replace(entity=UNEXAMINED), True, "redact", "not examined"),
        Decision(found, False, "", "threshold: 0.20 is below 0.40"),
        Decision(found, False, "", "overlap: AGE (age) at 0–2 won"),
        Decision(found, False, "", "overlap: AGE (age) at 3–5 won"),
    ]
    entities, operators, dropped, unexamined = counts(decisions)
    assert entities == {"AGE": 1, "CN_MOBILE": 1}
    assert operators == {"redact": 1, "replace": 1, "report": 1}
    assert dropped == {"overlap": 2, "threshold": 1}
    assert unexamined == 1


def test_it_names_policy_and_packs() -> None:
    policy = ps.load_policy("balanced")
    evidence = ps.scrub(TEXT).evidence
    assert (evidence.policy, evidence.policy_version, evidence.policy_hash) == (policy.id, policy.version, policy.hash)
    assert len(evidence.packs_hash) == 64
    assert evidence.entities == {"CN_MOBILE": 1, "EMAIL_ADDRESS": 1}
    assert evidence.format == FORMAT


def test_it_is_json_with_sorted_keys_and_no_value() -> None:
    said = ps.scrub(TEXT).evidence.to_json()
    data = json.loads(said)
    assert list(data) == sorted(data)
    assert data == json.loads(json.dumps(ps.scrub(TEXT).evidence.to_dict()))
    assert not any(value in said for value in (MOBILE, MAIL, "20240305000123"))


def test_a_key_is_named_only_where_one_was_used() -> None:
    hashed = ps.load_policy("balanced").replace(default=OperatorSpec("hash", (), False))
    assert ps.scrub(TEXT, policy=hashed).evidence.key == "ephemeral: random, kept nowhere"
    assert ps.scrub(TEXT).evidence.key == ""
    assert ps.scrub("天气很好", policy=hashed).evidence.key == ""


def test_texts_of_one_document_share_key_and_numbers() -> None:
    hashed = ps.load_policy("balanced").replace(default=OperatorSpec("hash", (), False))
    scrubber = ps.Scrubber(policy=hashed)
    document = scrubber.document()
    one, other = (scrubber.scrub(MAIL, document=document).text for _ in range(2))
    assert one == other == scrubber.scrub(MAIL).text != ps.Scrubber(policy=hashed).scrub(MAIL).text
    scrubber = ps.Scrubber()
    document = scrubber.document()
    texts = [scrubber.scrub(text, document=document).text for text in (MAIL, "li.si@example.com", MAIL)]
    assert texts == ["<EMAIL_ADDRESS_1>", "<EMAIL_ADDRESS_2>", "<EMAIL_ADDRESS_1>"]
