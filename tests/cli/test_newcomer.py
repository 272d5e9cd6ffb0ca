"""What somebody meets who uses the commands for the first time, on Parquet, in Chinese, with a slip here and there."""

from __future__ import annotations

import json

import polars as pl
import pytest

import piiscrub as ps
from piiscrub.cli.handing import _why
from piiscrub.cli.outcome import say_wrong
from piiscrub.errors import InputError
from piiscrub.keys.ring import KeyRing

ROWS = 40
FRAME = pl.DataFrame(
    {
        "会员号": [f"M{10000 + i}" for i in range(ROWS)],
        "手机": [f"142{i:08d}" for i in range(ROWS)],
        "城市": pl.Series(["北京", "上海"] * (ROWS // 2), dtype=pl.Categorical),
        "备注": pl.Series([None] * ROWS, dtype=pl.String),
    }
)
BASIS = (
    "--basis", "contract", "--basis-reference", "C-1", "--basis-responsible", "Data office", "--until", "2099-12-31",
    "--contact", "p@example.com",
)  # fmt: skip  # an option and its value side by side
SHARE = ("--purpose", "analytics", "--policy", "pipl-share", "--recipient", "Example Ltd")


@pytest.fixture
def table(tmp_path):
    FRAME.write_parquet(tmp_path / "c.parquet")
    return tmp_path / "c.parquet"


def test_the_plan_shows_what_happens_in_both_languages(run, table, tmp_path):
    for language, words in (("en", ("transform", "keep", "leave out")), ("zh", ("变换", "保留", "删除"))):
        shown = run("plan", table, "-o", tmp_path / f"{language}.toml", "--purpose", "delivery", "--lang", language)
        assert all(word in shown.out for word in words[1:]), shown.out
        shown = run("plan", table, "-o", tmp_path / f"{language}2.toml", *SHARE, "--lang", language)
        assert words[0] in shown.out and words[1] in shown.out and "pseudonym" in shown.out


def test_slips_are_told_with_the_right_word(run, table, tmp_path):
    for wrong, right in (
        ("--purpose=delivry", "delivery"),
        ("--policy=pipl-shar", "pipl-share"),
        ("--basis=contarct", "contract"),
    ):
        done = run("plan", table, "-o", tmp_path / "plan.toml", wrong)
        assert done.code == 2 and f"Did you mean '{right}'?" in done.err and not (tmp_path / "plan.toml").exists()


def test_nothing_is_written_as_another_kind(run, table, tmp_path):
    run("plan", table, "-o", tmp_path / "plan.toml", "--policy", "display")
    done = run("apply", table, "--plan", tmp_path / "plan.toml", "-o", tmp_path / "out.csv", "--lang", "zh")
    assert done.code == 2 and "扩展名" in done.err and not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_encrypted_columns_come_back(run, tmp_path, kind):
    table, plan, keys = tmp_path / f"c.{kind}", tmp_path / "plan.toml", tmp_path / "keys"
    FRAME.write_parquet(table) if kind == "parquet" else FRAME.write_csv(table)
    run("keys", "new", keys)
    run("keys", "new", tmp_path / "other")
    run("plan", table, "-o", plan, *SHARE)
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace('operator = { name = "pseudonym" }', 'operator = "encrypt"'), encoding="utf-8")
    assert "encrypt" in plan.read_text(encoding="utf-8")
    run("apply", table, "--plan", plan, "-o", tmp_path / f"sent.{kind}", "--keys", keys)
    wrong = run("restore", tmp_path / f"sent.{kind}", "-o", tmp_path / f"no.{kind}", "--keys", tmp_path / "other", "--plan", plan)
    assert wrong.code == 2 and not (tmp_path / f"no.{kind}").exists()
    done = run("restore", tmp_path / f"sent.{kind}", "-o", tmp_path / f"back.{kind}", "--keys", keys, "--plan", plan)
    assert done.code == 0 and f"{ROWS} cells" in done.out
    read = pl.read_parquet if kind == "parquet" else pl.read_csv
    assert read(tmp_path / f"back.{kind}")["手机"].cast(pl.String).to_list() == FRAME["手机"].to_list()


def test_a_table_named_to_scan_is_told_where_it_belongs(run, table):
    done = run("scan", table)
    assert done.code == 4 and "profile, plan and apply" in done.out


def test_columns_may_be_named_in_one_word(run, table):
    both = run("risk", table, "--quasi", "城市,会员号")
    assert both.code == 0 and both.out == run("risk", table, "--quasi", "城市", "--quasi", "会员号").out


def test_one_damaged_file_does_not_hide_a_folder(run, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    FRAME.write_csv(folder / "a.csv")
    (folder / "b.parquet").write_bytes(b"PAR1" + bytes(20) + b"PAR1")
    for done in (run("profile", folder), run("plan", folder, "-o", tmp_path / "plan.toml", "--policy", "display")):
        assert done.code == 4 and "MEMBER_NUMBER" in done.out and "b.parquet" in done.out


def test_reasons_stand_on_lines_of_their_own(capsys):
    say_wrong("nothing was destroyed:\n  - one.\n  - two\x1b.", "destruction", 2)
    assert capsys.readouterr().err.splitlines()[:3] == ["piiscrub: nothing was destroyed:", "  - one.", "  - two\\x1b."]


def test_what_is_wrong_with_a_bundle_is_told_in_chinese(run, table, tmp_path):
    run("keys", "new", tmp_path / "keys")
    run("plan", table, "-o", tmp_path / "plan.toml", *SHARE, *BASIS)
    run("handover", table, "--plan", tmp_path / "plan.toml", "--keys", tmp_path / "keys", "-o", tmp_path / "out")
    bundle = tmp_path / "out" / "bundle"
    outer = run("verify", tmp_path / "out", "--lang", "zh")
    assert outer.code == 2 and "请核验该文件夹" in outer.out
    with (bundle / "data" / "c.parquet").open("ab") as stream:
        stream.write(b"x")
    (bundle / "more.txt").touch()
    told = run("verify", bundle, "--lang", "zh").out
    assert "内容被改动" in told and "多出 1 个" in told
    assert _why("a sentence nobody translated") == "a sentence nobody translated"


def test_a_ledger_that_is_none_is_told_in_few_lines(run, tmp_path):
    (tmp_path / "none.jsonl").write_text("x\n" * 200, encoding="utf-8")
    done = run("ledger", "verify", tmp_path / "none.jsonl")
    assert done.code == 2 and len(done.out.splitlines()) < 16 and "190 more" in done.out


def test_tokens_go_into_the_vault_of_the_command(run, table, tmp_path):
    plan = tmp_path / "plan.toml"
    run("keys", "new", tmp_path / "keys")
    run("plan", table, "-o", plan, *SHARE, *BASIS)
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace('operator = { name = "pseudonym" }', 'operator = "token"'), encoding="utf-8")
    without = run("handover", table, "--plan", plan, "--keys", tmp_path / "keys", "-o", tmp_path / "out")
    assert without.code == 2 and "token puts the values into a vault" in without.err
    vault = ("--vault", tmp_path / "values.vault", "--scope", "example", "--keys", tmp_path / "keys")
    assert run("handover", table, "--plan", plan, "-o", tmp_path / "out", *vault).code == 0
    sent = tmp_path / "out" / "bundle" / "data" / "c.parquet"
    assert run("restore", sent, "-o", tmp_path / "back.parquet", *vault).code == 0
    assert pl.read_parquet(tmp_path / "back.parquet")["手机"].to_list() == FRAME["手机"].to_list()


ABROAD = (
    "客户编号,地址,出生日期\n"
    + "".join(f"KH{i:06d},北京市海淀区中山路{i}号,19{50 + i}-03-01\n" for i in range(20))
    + "".join(f"KH{i:06d},上海市浦东新区中山路{i}号,19{30 + i}-03-01\n" for i in range(20, 40))
)


@pytest.fixture
def abroad(tmp_path):
    """A table that goes abroad, its keys, and the options of its plan."""
    (tmp_path / "c.csv").write_text(ABROAD, encoding="utf-8")
    KeyRing.new(tmp_path / "keys")
    share = ("--purpose", "analytics", "--policy", "pipl-export", "--recipient", "Example Pte", "--country", "SG", *BASIS)
    return tmp_path / "c.csv", tmp_path / "keys", share


def test_the_route_abroad_is_said_in_words(run, abroad, tmp_path):
    table, keys, share = abroad
    assert run("plan", table, "-o", tmp_path / "plan.toml", *share).code == 0
    for language, words in (
        ("en", "none of the three routes is required (art. 5(4)); persons since 1 January: 40, with sensitive data: 0"),
        ("zh", "免予申报安全评估、订立标准合同、通过认证（第五条第四项）；本年 1 月 1 日起 40 人"),
    ):
        asked = (
            "handover",
            table,
            "--plan",
            tmp_path / "plan.toml",
            "--keys",
            keys,
            "-o",
            tmp_path / language,
            "--lang",
            language,
        )
        done = run(*asked)
        assert done.code == 0 and words.partition("；")[0] in done.out, done.err + done.out
        assert all(
            part in (tmp_path / language / "record" / "assessment.md").read_text("utf-8") for part in ("(art. 5(4))", "40 人")
        )


def test_an_address_of_which_the_province_is_left_counts_in_the_risk(run, abroad, tmp_path):
    """The years alone are 1950 to 1969 twice over; with the province everybody is alone, and the record has to say so."""
    table, keys, share = abroad
    assert run("plan", table, "-o", tmp_path / "plan.toml", *share).code == 0
    assert run("handover", table, "--plan", tmp_path / "plan.toml", "--keys", keys, "-o", tmp_path / "out").code == 0
    (risk,) = json.loads((tmp_path / "out" / "record" / "report.json").read_text("utf-8"))["risk"].values()
    assert set(risk["quasi"]) == {"地址", "出生日期"} and risk["unique"] == 40


def test_texts_are_no_tables_and_the_way_is_told(run, fails, abroad, tmp_path):
    table, keys, share = abroad
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "january.txt").write_text("电话13800138000", encoding="utf-8")
    assert run("plan", table, "-o", tmp_path / "plan.toml", *share).code == 0
    said = fails("handover", table, tmp_path / "notes", "--plan", tmp_path / "plan.toml", "--keys", keys, "-o", tmp_path / "out")
    assert "scan and scrub take it" in said and "column" in said and "no-table" not in said
    with pytest.raises(InputError, match="scan and scrub take it"):
        ps.profile(tmp_path / "notes" / "january.txt")
    with pytest.raises(InputError, match="read_text"):
        ps.scan(tmp_path / "notes" / "january.txt")


def test_risk_beside_the_table_before_proposes_what_was_made_coarser(run, abroad, tmp_path):
    table, keys, share = abroad
    assert run("plan", table, "-o", tmp_path / "plan.toml", *share).code == 0
    assert run("apply", table, "--plan", tmp_path / "plan.toml", "-o", tmp_path / "safe.csv", "--keys", keys).code == 0
    risk = json.loads(run("risk", tmp_path / "safe.csv", "--before", table, "--json").out)
    assert set(risk["quasi"]) == {"地址", "出生日期"} and risk["unique"] == 40


def test_a_slip_in_the_terms_is_said_when_the_plan_is_made(fails, abroad, tmp_path):
    table, _, share = abroad
    for option, wrong in (("--country", "Singapore"), ("--country", "sg"), ("--until", "2028-13-01")):
        said = fails("plan", table, "-o", tmp_path / "plan.toml", *share, option, wrong)
        assert "takes" in said and not (tmp_path / "plan.toml").exists()


def test_a_folder_is_called_one(fails, tmp_path):
    for command in (("risk",), ("restore", "-o", tmp_path / "b", "--keys", KeyRing.new(tmp_path / "keys").path)):
        assert "is a folder" in fails(*command, tmp_path)


def test_the_namespace_of_a_frame_takes_what_plan_takes():
    frame = FRAME.to_pandas()
    terms = ps.Terms(country="SG", until="2099-12-31", contact="p@example.com")
    assert frame.pii.plan(purpose="analytics", terms=terms, as_of="2026-11-23", lang="zh") == ps.plan(
        frame, purpose="analytics", terms=terms, as_of="2026-11-23", lang="zh"
    )
    for wrong in ({"basis": {"kind": "contract"}}, {"terms": {"country": "SG"}}):
        with pytest.raises(InputError, match="takes a piiscrub"):
            frame.pii.plan(**wrong)
