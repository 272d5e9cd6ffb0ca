"""``piiscrub retention``, ``destroy`` and ``certificate``, as somebody types them."""

from __future__ import annotations

import json

import pytest

import piiscrub as ps
from piiscrub.errors import InputError
from piiscrub.keys.ring import KeyRing
from piiscrub.keys.vault import Vault

RULES = 'schema = 1\n[[rules]]\nid = "closed"\ntable = "*"\nbasis = "closed"\nperiod = "3 years"\n'
ORDER = (
    'organisation = "Example Ltd"\nbasis = "PIPL 47"\nreason = "wound up"\napprover = "A"\noperator = "B"\nwitness = "C"\n'
    "grade = 3\napproved = 2026-11-20\n"
)
CSV = "姓名,手机,closed\n张三,13800138000,2015-01-01\n李四,14200000001,2026-06-01\n"


@pytest.fixture
def here(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "customers.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    (tmp_path / "order.toml").write_text(ORDER, encoding="utf-8")
    KeyRing.new(tmp_path / "keys")
    return tmp_path


def test_check_then_apply(run, here):
    asked = (here / "data", "--rules", here / "rules.toml", "--day", "2026-11-22")
    done = run("retention", "check", *asked, "--html", here / "page.html")
    assert done.code == 0 and "customers.csv: overdue 1, running 1" in done.out and "nothing was changed" in done.out
    assert "张三" not in done.out + (here / "page.html").read_text(encoding="utf-8")
    done = run("retention", "apply", *asked, "--keys", here / "keys", "--ledger", here / "ledger", "--json")
    assert done.code == 0 and json.loads(done.out)["tables"][0]["treated"] == 1
    assert (here / "data" / "customers.csv").read_text(encoding="utf-8") == CSV.replace("张三,13800138000,2015-01-01\n", "")
    assert "retention" in run("ledger", "show", here / "ledger").out


def test_rows_that_others_refer_to_stay_and_are_told_in_both_languages(run, here):
    customers = here / "data" / "customers.csv"
    customers.write_text("客户编号,closed\nKH000001,2015-01-01\nKH000002,2015-01-01\n", encoding="utf-8")
    (here / "data" / "orders.csv").write_text(
        "客户编号,closed,n\nKH000001,2026-01-01,1\nKH000001,2026-02-01,2\n", encoding="utf-8"
    )
    asked = (here / "data", "--rules", here / "rules.toml", "--day", "2026-11-22")
    line = "1 overdue row stays: referred to by 2 rows of orders.csv not due to go"
    done = run("retention", "check", *asked)
    assert line in done.out and "customers.csv: overdue 1, referred to 1" in done.out
    zh = run("retention", "apply", *asked, "--lang", "zh", "--html", here / "page.html")
    assert "1 行已到期但保留：orders.csv 中有 2 行未到期的记录引用" in zh.out and "orders.csv" in (here / "page.html").read_text(
        "utf-8"
    )
    assert "KH000001" in customers.read_text("utf-8") and "KH000002" not in customers.read_text("utf-8")
    assert line in run("retention", "apply", *asked).out and "KH0000" not in done.out + zh.out


def test_what_is_no_table_is_told_by_the_exit_code(run, here):
    (here / "data" / "scan.pdf").write_bytes(b"%PDF")
    done = run("retention", "check", here / "data", "--rules", here / "rules.toml", "--lang", "zh")
    assert done.code == 4 and "scan.pdf" in done.out and "到期" in done.out


def test_wrong_calls(fails, here):
    fails("retention", "check", here / "data", "--rules", here / "rules.toml", "--day", "soon")
    fails("retention", "apply", here / "data", "--rules", here / "rules.toml", "--ledger", here / "ledger")
    fails("destroy")
    fails("destroy", "--epoch", "1")
    fails("destroy", here / "data", "--confirm", "0" * 12)


def test_destroy_in_two_steps_and_check_the_certificate(run, here):
    step = run("destroy", here / "data", "--json")
    code = json.loads(step.out)["hash"]
    shown = run("destroy", here / "data")
    assert shown.code == 0 and f"--code {code[:12]}" in shown.out and (here / "data").exists()
    more = ("--out", here / "out", "--order", here / "order.toml", "--keys", here / "keys", "--ledger", here / "ledger")
    refused = run("destroy", here / "data", "--confirm", "0" * 64, *more)
    assert refused.code == 2 and "nothing was destroyed" in refused.err and "未销毁" in refused.err
    done = run("destroy", here / "data", "--confirm", code[:12], *more)
    assert done.code == 0 and "Destroyed and checked" in done.out and "PIPL 47" in done.out and not (here / "data").exists()
    checked = run("certificate", here / "out")
    assert checked.code == 0 and "complete" in checked.out
    assert run("certificate", here / "out", "--signer", "AAAA").code == 2
    page = here / "out" / "certificate.html"
    page.write_text(page.read_text(encoding="utf-8").replace("PIPL 47", "PIPL 48"), encoding="utf-8")
    changed = run("certificate", here / "out")  # what is printed and signed by hand says something else
    assert changed.code == 4 and "certificate.html" in changed.out


def test_rows_come_from_a_file_and_their_values_show_nowhere(run, here):
    source = here / "data" / "customers.csv"
    (here / "rows.toml").write_text(f'[[rows]]\nsource = "{source}"\nwhere = {{ "手机" = ["13800138000"] }}\n', encoding="utf-8")
    step = run("destroy", "--rows", here / "rows.toml", "--json")
    more = ("--out", here / "out", "--order", here / "order.toml", "--keys", here / "keys")
    done = run("destroy", "--rows", here / "rows.toml", "--confirm", json.loads(step.out)["hash"], *more)
    assert done.code == 0 and "13800138000" not in step.out + done.out
    assert "13800138000" not in source.read_text(encoding="utf-8") and "14200000001" in source.read_text(encoding="utf-8")


WRONG = {
    "number": "[[rows]]\nsource = 3", "none": "rows = 1", "torn": "[[rows",
    "text": '[[rows]]\nsource = "x"\nwhere = { tel = "13800138000" }',
}  # fmt: skip  # by name, so that no value is in the id of a test


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_a_wrong_rows_file_shows_no_value(run, here, text):
    (here / "rows.toml").write_text(text, encoding="utf-8")
    done = run("destroy", "--rows", here / "rows.toml")
    assert done.code == 2 and "13800138000" not in done.err + done.out


def test_a_scope_and_then_the_epoch(run, here):
    ring = KeyRing.load(here / "keys")
    with Vault(here / "vault.db", ring) as vault:
        vault.scope("customers").put("PERSON", "张三")
    run("keys", "rotate", here / "keys")
    scope, epoch = ("--vault", here / "vault.db", "--scope", "customers"), ("--epoch", "1")
    assert run("destroy", *scope, *epoch, "--keys", here / "keys").code == 2
    for n, asked in enumerate((scope, epoch)):
        step = run("destroy", *asked, "--keys", here / "keys", "--json")
        more = ("--out", here / f"out{n}", "--order", here / "order.toml", "--keys", here / "keys")
        done = run("destroy", *asked, "--confirm", json.loads(step.out)["hash"], *more)
        assert done.code == 0, done.err
    assert '"epochs": [2]' in run("keys", "show-id", here / "keys", "--json").out


@pytest.mark.parametrize("command", [("scan",), ("retention", "apply"), ("destroy",), ("subject", "find"), ("triage",)])
def test_an_empty_argument_is_not_the_folder_one_stands_in(run, tmp_path, monkeypatch, command):
    """A script writes "$FOLDER" where the variable is not set."""
    (tmp_path / "customers.csv").write_text("name,closed\n某甲,2015-01-01\n", encoding="utf-8")
    (tmp_path / "rules.toml").write_text('schema=1\n[[rules]]\nid="a"\ntable="*"\nbasis="closed"\nperiod="1 year"\n')
    monkeypatch.chdir(tmp_path)
    more = ("--rules", "rules.toml") if command[0] == "retention" else ()
    done = run(*command, "", *more)
    assert done.code == 2 and "is empty" in done.err
    assert "某甲" in (tmp_path / "customers.csv").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="the folder you stand in"):
        ps.retention("", "rules.toml")
