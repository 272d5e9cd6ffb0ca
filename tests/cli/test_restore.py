"""`piiscrub scrub --keys --vault` and `piiscrub restore`: files out and back."""

from __future__ import annotations

import json

import pytest

FILES = {
    "letter.txt": "请联系13800138000，模板<CN_MOBILE_1>。\r\n邮箱zhang.san@example.com\n",
    "table.csv": '电话,备注\n13800138000,"回电, 急"\n,"写给 ""a@example.com"""\n',
    "formulas.csv": "a,b\n=1+13800138000,=2\n'=1+13800138000,'=2\n",
    "tickets.jsonl": '{"tel": "13800138000", "n": 1}\n{"note": "a@example.com", "tel": null}\n',
}


@pytest.fixture
def keys(tmp_path, run):
    run("keys", "new", tmp_path / "keys.json")
    return ("--keys", tmp_path / "keys.json", "--vault", tmp_path / "values.vault")


@pytest.mark.parametrize("name", FILES)
def test_every_byte_comes_back(tmp_path, run, keys, name):
    path, sent, back = (tmp_path / f"{part}-{name}" for part in ("in", "sent", "back"))
    path.write_bytes(FILES[name].encode())
    done = run("scrub", path, "-o", sent, *keys, "--json")
    assert done.code == 0, done.err
    scope = json.loads(done.out.splitlines()[-1])["evidence"]["scope"]
    assert "13800138000" not in sent.read_text("utf-8") and "example.com" not in sent.read_text("utf-8")
    done = run("restore", sent, "-o", back, *keys, "--scope", scope, "--json")
    assert done.code == 0, done.err
    assert back.read_bytes() == path.read_bytes()
    assert json.loads(done.out)["unknown"] == []


def test_the_scope_is_said_and_may_be_named(tmp_path, run, keys):
    path = tmp_path / "in.txt"
    path.write_text("电话13800138000", "utf-8")
    assert "scope" in run("scrub", path, "-o", tmp_path / "sent.txt", *keys, "--scope", "letters").out
    done = run("restore", tmp_path / "sent.txt", "-o", tmp_path / "back.txt", *keys, "--scope", "letters")
    assert (done.code, "1 placeholder restored" in done.out) == (0, True)
    assert "13800138000" not in done.out + done.err


def test_what_is_missing_is_said(tmp_path, run, keys, fails):
    path = tmp_path / "in.txt"
    path.write_text("电话<CN_MOBILE_1>", "utf-8")
    fails("scrub", path, "-o", tmp_path / "sent.txt", "--vault", tmp_path / "values.vault")
    fails("scrub", path, "-o", tmp_path / "sent.txt", "--scope", "letters")
    fails("restore", path, "-o", tmp_path / "back.txt", *keys, "--scope", "letters")
    assert not (tmp_path / "sent.txt").exists() and not (tmp_path / "back.txt").exists()


def test_placeholders_without_their_vault_are_said(tmp_path, run, keys):
    sent, back = tmp_path / "sent.csv", tmp_path / "back.csv"
    sent.write_text("tel,note\n<CN_MOBILE_1>,<b> of <CN_MOBILE_2> and <CN_MOBILE_1>\n", "utf-8")
    done = run("restore", sent, "-o", back, *keys[:2])
    assert done.code == 0 and "2 placeholders stay" in done.out and "--vault" in done.out
    assert back.read_bytes() == sent.read_bytes()
    told = json.loads(run("restore", sent, "-o", tmp_path / "again.csv", *keys[:2], "--json").out)
    assert (told["unknown"], told["waiting"]) == ([], ["<CN_MOBILE_1>", "<CN_MOBILE_2>"])


def test_what_was_encrypted_needs_the_keys_alone(tmp_path, run, fails):
    path, sent, back, keys, rules = (tmp_path / name for name in ("in.csv", "sent.csv", "back.csv", "keys.json", "mine.toml"))
    path.write_text(FILES["table.csv"], "utf-8")
    rules.write_text('schema = 1\nid = "mine"\ndefault = "encrypt"\n', "utf-8")
    run("keys", "new", keys)
    assert run("scrub", path, "-o", sent, "--keys", keys, "--policy", rules).code == 0
    assert ":enc1." in sent.read_text("utf-8") and "13800138000" not in sent.read_text("utf-8")
    assert run("restore", sent, "-o", back, "--keys", keys).code == 0
    assert back.read_bytes() == path.read_bytes()
    other = tmp_path / "other.csv"
    done = run("restore", sent, "-o", other, "--keys", keys, "--recipient", "Other Ltd", "--json")
    assert other.read_bytes() == sent.read_bytes() and len(json.loads(done.out)["unknown"]) == 2
    fails("restore", sent, "-o", tmp_path / "no.csv", "--keys", keys, "--scope", "letters")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_of_a_plan_cannot_be_turned_back_is_said_in_one_line(tmp_path, run, lang):
    path, sent, back, keys, plan = (tmp_path / name for name in ("in.csv", "sent.csv", "back.csv", "keys.json", "plan.toml"))
    path.write_text("电话,邮箱,备注\n13800138000,a@example.com,急\n13912345678,b@example.com,急\n", "utf-8")
    run("keys", "new", keys)
    column = '[[tables.columns]]\nposition = {}\nname = "{}"\n{}\n'
    columns = (
        ("电话", 'entity = "CN_MOBILE"\naction = "transform"\noperator = "pseudonym"'),
        ("邮箱", 'entity = "EMAIL_ADDRESS"\naction = "transform"\noperator = "hash"'),
        ("备注", 'action = "drop"'),
    )
    columns_text = "".join(column.format(at, *one) for at, one in enumerate(columns))
    plan.write_text(f'format = 1\n[[tables]]\nname = "in.csv"\n{columns_text}', "utf-8")
    done = run("apply", path, "--plan", plan, "-o", sent, "--keys", keys)
    assert done.code == 0, done.err
    asked = ("restore", sent, "-o", back, "--keys", keys, "--plan", plan)
    done = run(*asked, "--lang", lang)
    assert done.code == 0, done.err
    (line,) = (one for one in done.out.splitlines() if "pseudonym" in one)
    if lang == "zh":
        assert line == "  未能还原：pseudonym（1 列）、hash（1 列）：单向处理，密钥和保险库都不保存原值；drop（1 列）：内容已删去"
    else:
        assert line == (
            "  not turned back: pseudonym (1 column), hash (1 column): one way, neither a key nor a vault holds what was there; "
            "drop (1 column): left out"
        )
    told = json.loads(run(*asked, "--overwrite", "--json").out)["not_back"]
    assert [(one["action"], one["why"], one["columns"]) for one in told] == [
        ("pseudonym", "one-way", 1), ("hash", "one-way", 1), ("drop", "gone", 1),
    ]  # fmt: skip
