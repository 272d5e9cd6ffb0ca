"""Policies load by name or file; what is wrong is said with the file, the key and the nearest right name."""

from __future__ import annotations

from pathlib import Path

import pytest

from piiscrub.errors import PolicyError, SourceError, UnknownNameError
from piiscrub.model import entities
from piiscrub.model.finding import UNEXAMINED
from piiscrub.model.policy import Policy
from piiscrub.registry.policies import load_policy, policies, policy_names

HEAD = 'schema = 1\nid = "own"\n'


def write(folder: Path, text: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_four_presets_are_there() -> None:
    assert policy_names() == tuple(row["id"] for row in policies())
    assert all(row["title_en"] and row["title_zh"] and row["version"] and row["as_of"] for row in policies())


def test_a_preset_is_loaded_once_and_a_policy_comes_back_as_it_is() -> None:
    policy = load_policy("strict")
    assert load_policy("strict") is policy
    assert load_policy(policy) is policy


def test_review_reports_everything_and_changes_nothing() -> None:
    policy = load_policy("review")
    assert policy.scan_only
    assert policy.entities is None
    assert {policy.threshold_for(name) for name in entities.tree()} == {0.30, 0.0}


@pytest.mark.parametrize("name", ["balanced", "strict", "display"])
def test_every_preset_that_changes_text_redacts_what_was_not_examined(name: str) -> None:
    assert load_policy(name).unexamined == "redact"
    assert load_policy(name).rule_for(UNEXAMINED).name == "redact"


def rules(policy: Policy, operator: str) -> set[str]:
    return {name for name in entities.tree() if policy.rule_for(name).name == operator}


def test_balanced_replaces_what_identifies_and_what_is_sensitive() -> None:
    policy = load_policy("balanced")
    changed = rules(policy, "replace")
    for name, entity in entities.tree().items():
        if name != UNEXAMINED and (entity.identifier in ("direct", "sensitive") or entity.sensitive):
            assert name in changed, name
    assert policy.rule_for("PERSON").arguments() == {"numbered": True}
    assert {"DATE_OF_BIRTH", "CN_ADDRESS", "URL", "PERSON_REFERENCE"} <= changed


def test_balanced_keeps_organisations_places_dates_and_ages() -> None:
    kept = rules(load_policy("balanced"), "keep")
    assert {"ORGANIZATION", "LOCATION", "CN_NATIVE_PLACE", "DATE_TIME", "AGE", "CN_SERVICE_PHONE", "PHONE_NUMBER_MASKED"} <= kept


def test_balanced_hides_the_code_of_one_persons_business_only() -> None:
    assert load_policy("balanced").rule_for("CN_USCC").arguments() == {"style": "display"}
    assert load_policy("balanced").rule_for("CN_TAX_ID").name == "replace"


def test_strict_replaces_quasi_identifiers_too_and_asks_for_less_proof() -> None:
    policy = load_policy("strict")
    assert rules(policy, "keep") == {"BANK_CODE", "SWIFT_BIC", "ABA_ROUTING_NUMBER", "UK_SORT_CODE", "CN_SERVICE_PHONE"}
    assert rules(policy, "mask") == set()
    assert policy.threshold < load_policy("balanced").threshold


def test_display_masks_and_hides_secrets_whole() -> None:
    policy = load_policy("display")
    assert policy.rule_for("CN_MOBILE").arguments() == {"style": "display"}
    assert policy.rule_for("PASSWORD").arguments() == {"style": "full"}
    assert policy.rule_for("CN_MEDICAL_RECORD_NO").arguments() == {"style": "full"}
    assert policy.rule_for("RELIGION").arguments() == {"numbered": False}
    assert policy.rule_for("CN_DISABILITY_CERT").arguments() == {"style": "full"}


def test_a_file_says_what_happens(tmp_path: Path) -> None:
    text = """
        schema = 1
        id = "support"
        version = "3"
        as_of = "2026-11-21"
        threshold = 0.5
        entities = ["EMAIL", "CONTACT"]
        default = "redact"
        allow = ["info@example.com"]
        allow_patterns = ["*@example.org"]
        deny = [{ entity = "ORG", text = "Project Example" }]
        [title]
        en = "Support tickets"
        [thresholds]
        CN_MOBILE = 1
        [rules]
        CN_PHONE = { operator = "mask", keep_last = 4 }
        EMAIL = { operator = "hash", bits = 80 }
    """
    policy = load_policy(write(tmp_path, text))
    assert (policy.id, policy.version, policy.title_en, policy.unexamined) == ("support", "3", "Support tickets", "redact")
    assert policy.entities == ("EMAIL_ADDRESS", "CONTACT")
    assert policy.rule_for("CN_MOBILE").arguments() == {"keep_last": 4}
    assert policy.rule_for("CN_LANDLINE").name == "redact"
    assert policy.rule_for("EMAIL_ADDRESS").arguments() == {"bits": 80}
    assert policy.threshold_for("CN_MOBILE") == 1.0
    assert policy.deny == (("ORGANIZATION", "Project Example"),)
    assert policy.allows("info@example.com")
    assert policy.allows("x@example.org")


def test_a_policy_extends_another(tmp_path: Path) -> None:
    write(tmp_path, HEAD + 'extends = "balanced"\nallow = ["a"]\n[rules]\nAGE = "redact"\n', "base.toml")
    policy = load_policy(
        write(tmp_path, 'schema = 1\nid = "top"\nextends = "./base.toml"\nallow = ["b"]\n[rules]\nGENDER = "redact"\n')
    )
    names = ("AGE", "GENDER", "LOCATION", "PERSON")
    assert [policy.rule_for(name).name for name in names] == ["redact", "redact", "keep", "replace"]
    assert policy.allow == ("a", "b")
    assert policy.id == "top"
    assert policy.hash != load_policy("balanced").hash


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    assert load_policy(path).id == "own"


WRONG = [
    ("id = 'own'", "schema: this version of piiscrub reads schema = 1."),
    ("schema = 1", "id: missing or no text."),
    ("schema = 1\nid = 'Own Policy'", "id: takes lowercase letters"),
    (HEAD + "treshold = 0.4", "treshold: there is no such key. Did you mean 'threshold'?"),
    (HEAD + "threshold = 1.5", "threshold: takes a score from 0 to 1."),
    (HEAD + "threshold = true", "threshold: takes a score from 0 to 1."),
    (HEAD + "[thresholds]\nAGE = -0.1", "thresholds.AGE: takes a score from 0 to 1."),
    (HEAD + "[thresholds]\nAGGE = 0.1", "thresholds.AGGE: No entity 'AGGE'. Did you mean 'AGE'?"),
    (HEAD + "as_of = 'soon'", "as_of: takes a date such as 2026-11-21."),
    (HEAD + "unexamined = 'ignore'", 'unexamined: takes "redact" or "keep".'),
    (HEAD + "entities = ['CN_MOBLIE']", "entities: No entity 'CN_MOBLIE'. Did you mean 'CN_MOBILE'?"),
    (HEAD + "entities = 'AGE'", "entities: takes a list of texts"),
    (HEAD + "title = 'Own'", "title: is a table of two texts, en and zh."),
    (HEAD + "default = 'redcat'", "default: No operator 'redcat'. Did you mean 'redact'?"),
    (HEAD + "default = 3", "default: takes the name of an operator or a table"),
    (HEAD + "[rules]\nAGE = 'keep'", "default: missing."),
    (HEAD + "default = 'redact'\n[rules]\nPERSN = 'keep'", "rules.PERSN: No entity 'PERSN'. Did you mean 'PERSON'?"),
    (
        HEAD + "default = 'redact'\n[rules]\nUNEXAMINED = 'keep'",
        "rules.UNEXAMINED: what could not be examined has its own key: unexamined",
    ),
    (
        HEAD + "default = 'redact'\n[rules]\nEMAIL = 'keep'\nEMAIL_ADDRESS = 'redact'",
        "rules.EMAIL_ADDRESS: EMAIL_ADDRESS stands here twice, once under another name.",
    ),
    (
        HEAD + "default = 'redact'\n[rules]\nPERSON = { operator = 'mask', stile = 'display' }",
        "rules.PERSON: mask: there is no parameter 'stile'. Did you mean 'style'?",
    ),
    (
        HEAD + "default = 'redact'\n[rules]\nPERSON = { operator = 'hash', bits = 64 }",
        "rules.PERSON: hash: bits takes a whole number, 80 to 256, not 64.",
    ),
    (HEAD + "default = { operator = 'mask', keep_last = [4] }", "default.keep_last: takes a text, a number, true or false."),
    (HEAD + "rules = 'keep'", "rules: is a table of entities."),
    (HEAD + "extends = 'balnced'", "extends: there is no policy 'balnced'. Did you mean 'balanced'?"),
    (HEAD + "extends = './own.toml'", "extends: this policy extends itself, directly or through others."),
    (HEAD + "deny = ['x']", "deny[0]: takes a list of tables such as"),
    (HEAD + "allow = ['']", "allow: takes a list of texts that are not empty."),
    (HEAD + "threshold = ", "this is not valid TOML: Invalid value"),
]


@pytest.mark.parametrize(("text", "message"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_file_says_file_key_and_remedy(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(PolicyError) as caught:
        load_policy(path)
    shown = caught.value.path
    assert shown in (str(path), "./own.toml")
    assert str(caught.value).startswith(f"{shown}: {message}")


def test_a_listed_value_is_not_repeated_in_an_error(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy(write(tmp_path, HEAD + 'deny = [{ entity = "PERSN", text = "Zaphod Example" }]'))
    assert "Zaphod" not in str(caught.value)


def test_names_and_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"No policy 'balnced'\. Did you mean 'balanced'"):
        load_policy("balnced")
    with pytest.raises(SourceError, match="the policy cannot be read: No such file"):
        load_policy(tmp_path / "none.toml")
    path = tmp_path / "latin.toml"
    path.write_bytes(b"id = '\xff'")
    with pytest.raises(PolicyError, match="this is not UTF-8 text"):
        load_policy(path)
