"""``piiscrub profile``, ``plan`` and ``apply``."""

from __future__ import annotations

import gzip
import io
import json

import pyarrow as pa
import pytest
from pyarrow import parquet

import piiscrub as ps
from piiscrub.keys.ring import KeyRing
from piiscrub.table import files, streaming
from tests.sources.test_tabular import make_workbook

MOBILE = "13800138000"
NAMES = ["陈晓明", "李建国", "王秀英", "张桂兰", "刘志强", "赵文静"]


def customers(path, rows=30, **more):
    lines = ["姓名,手机号,备注,金额"]
    for n in range(rows):
        note = f"请联系1390000{n:04d}处理售后，谢谢" if n % 3 == 0 else "客户反馈设备运行正常"
        lines.append(f"{NAMES[n % 6]},1380013{8000 + n:04d},{note},{n * 1.5}")
    data = ("\n".join(lines) + "\n").encode(more.get("codec", "utf-8"))
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def objects(out):
    return [json.loads(line) for line in out.splitlines()]


def planned(run, path, tmp_path, *options):
    done = run(
        "plan", path, "-o", tmp_path / "plan.toml", "--overwrite", "--purpose", "demo", "--recipient", "Example Ltd", *options
    )
    assert done.code == 0, done.err
    return tmp_path / "plan.toml"


def test_profile_says_what_each_column_is_and_shows_no_value(run, tmp_path):
    customers(tmp_path / "a.csv")
    done = run("profile", tmp_path / "a.csv", "--html", tmp_path / "a.html")
    assert done.code == 0
    for word in ("CN_MOBILE", "PERSON", "direct identifier", "free text", "30 rows × 4 columns"):
        assert word in done.out
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "CN_MOBILE" in page
    for said in (done.out, done.err, page):
        assert MOBILE not in said
        assert NAMES[0] not in said
    (found,) = objects(run("profile", tmp_path / "a.csv", "--json", "--lang", "zh").out)
    assert (found["type"], found["table"], found["rows"]) == ("profile", "a.csv", 30)
    assert [column["entity"] for column in found["columns"]] == ["PERSON", "CN_MOBILE", "", ""]


def test_plan_then_apply_gives_a_file_of_the_same_kind(run, tmp_path):
    customers(tmp_path / "a.csv", codec="gbk")
    plan = planned(run, tmp_path / "a.csv", tmp_path, "--html", tmp_path / "plan.html")
    assert "CN_MOBILE" in (tmp_path / "plan.html").read_text(encoding="utf-8")
    done = run("apply", tmp_path / "a.csv", "--plan", plan, "-o", tmp_path / "b.csv", "--html", tmp_path / "b.html")
    assert done.code == 0, done.err
    assert "30 rows" in done.out
    assert "not examined" in (tmp_path / "b.html").read_text(encoding="utf-8")
    text = (tmp_path / "b.csv").read_text(encoding="gb18030")
    first, second = text.splitlines()[:2]
    assert first == "姓名,手机号,备注,金额"
    assert second == "<PERSON_1>,<CN_MOBILE_1>,请联系<CN_MOBILE_31>处理售后，谢谢,0.0"
    assert "1390000" not in text


def test_a_big_file_of_many_values_is_refused_with_the_ways_out_and_each_way_works(run, fails, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "IN_ONE_PIECE", 0)
    monkeypatch.setattr(streaming, "NUMBERED", 5)
    customers(tmp_path / "a.csv.gz")
    plan = planned(run, tmp_path / "a.csv.gz", tmp_path)
    said = fails("apply", tmp_path / "a.csv.gz", "--plan", plan, "-o", tmp_path / "b.csv.gz")
    assert "--no-numbers" in said
    assert not (tmp_path / "b.csv.gz").exists()
    for option, wanted in (("--no-numbers", "<PERSON>,<CN_MOBILE>"), ("--in-memory", "<PERSON_1>,<CN_MOBILE_1>")):
        target = tmp_path / f"{option}.csv.gz"
        assert run("apply", tmp_path / "a.csv.gz", "--plan", plan, "-o", target, option).code == 0
        assert gzip.decompress(target.read_bytes()).decode().splitlines()[1].startswith(wanted)


def test_a_folder_is_not_resumed_with_another_random_key(run, tmp_path):
    given, out = tmp_path / "in", tmp_path / "out"
    given.mkdir()
    customers(given / "a.csv")
    plan = planned(run, given, tmp_path, "--policy", "pipl-share", "--purpose", "analytics")
    call = ("apply", given, "--plan", plan, "-o", out)
    assert run(*call).code == 0
    assert run(*call).code == 0, "nothing was left to do"
    customers(given / "b.csv", rows=6)
    refused = run(*call)
    assert refused.code == 2
    assert "random key that is gone" in refused.err
    assert not (out / "b.csv").exists()
    KeyRing.new(tmp_path / "key")
    assert run(*call, "--keys", tmp_path / "key").code == 0
    assert (out / "b.csv").exists()


def test_a_folder_is_resumed_file_by_file(run, tmp_path):
    given = tmp_path / "in"
    (given / "sub").mkdir(parents=True)
    customers(given / "a.csv")
    customers(given / "sub" / "b.csv", rows=6)
    customers(given / f"{MOBILE}.csv")
    plan = planned(run, given, tmp_path)
    out = tmp_path / "out"
    KeyRing.new(tmp_path / "key")
    call = ("apply", given, "--plan", plan, "-o", out, "--keys", tmp_path / "key")
    done = run(*call)
    assert done.code == 0, done.err
    assert MOBILE not in done.out
    made = {path.relative_to(out).as_posix() for path in out.rglob("*.csv")}
    assert made == {"a.csv", "sub/b.csv", "file_01.csv"}
    before = {name: (out / name).stat().st_mtime_ns for name in made}
    again = run(*call)
    assert again.out.count("done in an earlier run") == 3
    customers(given / "a.csv", rows=12)
    (out / "sub" / "b.csv").unlink()
    third = run(*call)
    assert third.out.count("done in an earlier run") == 1
    assert {name for name in made if (out / name).stat().st_mtime_ns != before[name]} == {"a.csv", "sub/b.csv"}
    assert MOBILE not in (out / ".piiscrub-applied.jsonl").read_text(encoding="utf-8")


def test_a_file_that_was_not_ours_is_not_written_over(run, fails, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    customers(tmp_path / "in" / "a.csv")
    plan = planned(run, tmp_path / "in", tmp_path)
    (tmp_path / "out" / "a.csv").write_text("mine")
    assert "exists" in fails("apply", tmp_path / "in", "--plan", plan, "-o", tmp_path / "out")
    assert (tmp_path / "out" / "a.csv").read_text() == "mine"
    assert "inside" in fails("apply", tmp_path / "in", "--plan", plan, "-o", tmp_path / "in" / "out")


def test_what_has_no_reader_is_named_and_ends_with_4(run, tmp_path):
    (tmp_path / "in").mkdir()
    customers(tmp_path / "in" / "a.csv")
    (tmp_path / "in" / "letter.pdf").write_bytes(b"%PDF")
    (tmp_path / "in" / "notes.txt").write_text("电话13800138000", encoding="utf-8")
    (tmp_path / "in" / "link.csv").symlink_to(tmp_path / "in" / "a.csv")
    done = run("profile", tmp_path / "in")
    assert done.code == 4
    assert "letter.pdf: not examined" in done.out
    assert "link.csv: not examined" in done.out
    causes = [line["cause"] for line in objects(run("profile", tmp_path / "in", "--json").out) if line["type"] == "not_examined"]
    assert causes == ["no-reader", "link", "no-table"]
    assert "notes.txt: not examined: it is no table; if it is a text, piiscrub scan and scrub take it" in done.out
    assert "请用 piiscrub scan、scrub 处理" in run("profile", tmp_path / "in", "--lang", "zh").out


def test_a_workbook_has_a_plan_per_sheet(run, tmp_path):
    make_workbook(tmp_path / "a.xlsx")
    plan = planned(run, tmp_path / "a.xlsx", tmp_path)
    text = plan.read_text(encoding="utf-8")
    assert 'name = "a.xlsx/客户"' in text
    assert 'name = "a.xlsx/hidden"' in text
    plan.write_text(text.replace('action = "decide"', 'action = "drop"'), encoding="utf-8")
    done = run("apply", tmp_path / "a.xlsx", "--plan", plan, "-o", tmp_path / "b.xlsx")
    assert done.code == 0, done.err
    import openpyxl

    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert book.sheetnames == ["客户", "hidden", "empty"]
    assert "11010519491231002X" not in str(list(book["客户"].values))


def test_types_that_change_are_told(run, tmp_path):
    table = pa.table({"手机号": pa.array([13800138000 + n for n in range(20)], pa.int64()), "金额": [n / 2 for n in range(20)]})
    parquet.write_table(table, tmp_path / "a.parquet")
    plan = planned(run, tmp_path / "a.parquet", tmp_path)
    done = run("apply", tmp_path / "a.parquet", "--plan", plan, "-o", tmp_path / "b.parquet")
    assert "int64 → string" in done.out
    assert parquet.read_table(tmp_path / "b.parquet").schema.names == table.schema.names


def test_ragged_lines_are_told_by_number(run, tmp_path):
    customers(tmp_path / "a.csv")
    plan = planned(run, tmp_path / "a.csv", tmp_path)
    with (tmp_path / "a.csv").open("a", encoding="utf-8") as more:
        more.write("陈晓明,13800138000\n陈晓明,13800138000,x,1,beyond\n")
    done = run("apply", tmp_path / "a.csv", "--plan", plan, "-o", tmp_path / "b.csv")
    assert done.code == 4
    assert "header: 32, 33" in done.out
    assert "beyond" not in (tmp_path / "b.csv").read_text(encoding="utf-8")


def test_a_plan_that_does_not_fit_writes_nothing(run, fails, tmp_path):
    customers(tmp_path / "a.csv")
    plan = planned(run, tmp_path / "a.csv", tmp_path)
    (tmp_path / "c.csv").write_text("a,b\nx,y\n", encoding="utf-8")
    assert "cannot be applied" in fails("apply", tmp_path / "c.csv", "--plan", plan, "-o", tmp_path / "d.csv")
    assert not (tmp_path / "d.csv").exists()


@pytest.mark.parametrize(
    "call",
    [
        ("profile", "none.csv"),
        ("profile", "empty.csv"),
        ("profile", "a.csv", "--delimiter", "ab"),
        ("profile", "a.csv", "--format", "docx"),
        ("apply", "a.csv", "--plan", "none.toml", "-o", "b.csv"),
        ("plan", "a.csv", "-o", "a.csv"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_said_in_one_line(fails, tmp_path, monkeypatch, call):
    monkeypatch.chdir(tmp_path)
    customers(tmp_path / "a.csv")
    (tmp_path / "empty.csv").touch()
    fails(*call)


def test_the_commands_speak_chinese(run, tmp_path):
    customers(tmp_path / "a.csv")
    assert "直接标识符" in run("profile", tmp_path / "a.csv", "--lang", "zh").out


def test_the_bar_tells_rows_and_time_on_a_terminal_and_nothing_elsewhere(monkeypatch):
    from rich.console import Console

    from piiscrub.cli import show
    from piiscrub.cli.progress import table_progress

    for terminal in (True, False):
        seen = io.StringIO()
        console = Console(file=seen, force_terminal=terminal, width=120)
        monkeypatch.setattr(show, "to_stderr", lambda console=console: console)
        with table_progress("a.csv", 10 << 20) as step:
            assert (step is not None) == terminal
            if step is not None:
                step(5 << 20, 1234)
        assert ("1,234" in seen.getvalue()) == terminal


def test_a_table_without_a_header_stays_one(run, tmp_path):
    rows = "".join(f"{name},1380013800{n}\n" for n, name in enumerate(NAMES))
    (tmp_path / "a.csv").write_text(rows, encoding="utf-8")
    plan = planned(run, tmp_path / "a.csv", tmp_path, "--policy", "display")
    assert run("apply", tmp_path / "a.csv", "--plan", plan, "-o", tmp_path / "b.csv").code == 0
    assert (tmp_path / "b.csv").read_text(encoding="utf-8").splitlines()[0] == "陈**,138****8000"


@pytest.mark.parametrize(("suppress", "said"), [("cells", "cells emptied"), ("rows", "29 rows in, 27 out")])
def test_what_a_plan_for_k_took_away_is_told(run, tmp_path, suppress, said):
    cells = [f"{age},{age % 3}" for age in (*[30] * 9, *[40] * 9, *[50] * 9, 41, 52)]
    (tmp_path / "a.csv").write_text("age,visits\n" + "\n".join(cells) + "\n", encoding="utf-8")
    hierarchies = {"age": "none", "visits": "none"}
    asked = {"quasi": ["age", "visits"], "k": 2, "max_suppression": 0.2, "hierarchies": hierarchies, "suppress": suppress}
    ps.generalize(tmp_path / "a.csv", **asked).save(tmp_path / "p.toml")
    done = run("apply", str(tmp_path / "a.csv"), "--plan", str(tmp_path / "p.toml"), "--out", str(tmp_path / "b.csv"))
    assert done.code == 0
    assert said in done.out
    assert ps.assess(tmp_path / "b.csv", quasi=["age", "visits"]).k >= 2


@pytest.mark.parametrize("command", ["profile", "plan", "apply", "risk"])
def test_a_page_is_never_written_over_the_input(run, fails, tmp_path, command):
    customers(tmp_path / "a.csv")
    before = (tmp_path / "a.csv").read_bytes()
    more = {"plan": ("-o", tmp_path / "p.toml"), "apply": ("-o", tmp_path / "b.csv", "--plan", tmp_path / "p.toml")}
    if command == "apply":
        planned(run, tmp_path / "a.csv", tmp_path).rename(tmp_path / "p.toml")
    fails(command, tmp_path / "a.csv", *more.get(command, ()), "--html", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == before
    assert not (tmp_path / "b.csv").exists()


@pytest.mark.parametrize("command", ["profile", "plan", "apply", "triage"])
def test_a_page_is_never_written_over_a_file_of_the_folder_that_is_read(run, fails, tmp_path, command):
    plan, there = tmp_path / "p.toml", tmp_path / "in" / "deep"
    there.mkdir(parents=True)
    for name in ("a.csv", "b.csv"):
        customers(there / name)
    planned(run, tmp_path / "in", tmp_path).rename(plan)
    before = (there / "b.csv").read_bytes()
    (tmp_path / "link.html").symlink_to(there / "b.csv")
    more = {"plan": ("-o", tmp_path / "new.toml"), "apply": ("-o", tmp_path / "out", "--plan", plan)}.get(command, ())
    for page in (there / "b.csv", tmp_path / "in" / "deep" / ".." / "deep" / "b.csv", tmp_path / "link.html"):
        fails(command, tmp_path / "in", *more, "--html", page)
    assert (there / "b.csv").read_bytes() == before
    assert not (tmp_path / "out").exists() and not (tmp_path / "new.toml").exists()


def test_nothing_takes_the_place_of_a_table_of_the_folder_or_of_one_just_written(run, fails, tmp_path):
    (tmp_path / "in").mkdir()
    customers(tmp_path / "in" / "a.csv")
    plan = planned(run, tmp_path / "in", tmp_path)
    before = (tmp_path / "in" / "a.csv").read_bytes()
    fails("plan", tmp_path / "in", "-o", tmp_path / "in" / "a.csv", "--overwrite")
    assert (tmp_path / "in" / "a.csv").read_bytes() == before
    fails("apply", tmp_path / "in", "-o", tmp_path / "out", "--plan", plan, "--html", tmp_path / "out" / "a.csv")
    assert run("apply", tmp_path / "in", "-o", tmp_path / "out", "--plan", plan, "--html", tmp_path / "page.html").code == 0
    assert run("profile", tmp_path / "in", "--html", tmp_path / "page.html").code == 0  # an older page is written anew


def test_a_title_above_the_header_is_remarked_on_and_cells_of_no_column_are_told(run, tmp_path):
    table = tmp_path / "list.csv"
    table.write_text("客户清单,,\n姓名,手机,备注\n张伟,14200000001,无\n", encoding="utf-8")
    done = run("profile", table)
    assert done.code == 0 and "2 of 3 columns have no name" in done.out
    table.write_text("客户清单\n姓名,手机,备注\n张伟,14200000001,无\n", encoding="utf-8")
    for step in (["profile", table], ["plan", table, "-o", tmp_path / "plan.toml", "--policy", "display"]):
        done = run(*step)
        assert done.code == 4 and "2 lines have cells beyond the last column" in done.out


def test_a_sheet_that_the_workbook_does_not_show_is_said_to_be_one(run, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["phone"])
    book.active.append(["14200000001"])
    old = book.create_sheet("old")
    old.append(["phone"])
    old.append(["14200000002"])
    old.sheet_state = "hidden"
    book.save(tmp_path / "book.xlsx")
    for step in (["profile", tmp_path / "book.xlsx"], ["plan", tmp_path / "book.xlsx", "-o", tmp_path / "plan.toml"]):
        assert run(*step).out.count("does not show this sheet") == 1
