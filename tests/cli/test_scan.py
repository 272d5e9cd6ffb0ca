"""``piiscrub scan``."""

from __future__ import annotations

import json

import pytest

MOBILE = "13800138000"
TEXT = f"第一行\n手机{MOBILE}已绑定\n"


def objects(out):
    return [json.loads(line) for line in out.splitlines()]


def test_values_are_hidden(run, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = run("scan", tmp_path / "a.txt")
    assert done.code == 0
    assert "line 2:3" in done.out
    assert "‹CN_MOBILE·11›" in done.out
    assert MOBILE not in done.out + done.err


@pytest.mark.shows_values("that is what --show-values is for")
def test_unless_asked_for(run, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert MOBILE in run("scan", tmp_path / "a.txt", "--show-values").out
    found = objects(run("scan", tmp_path / "a.txt", "--show-values", "--json").out)
    assert found[0]["value"] == MOBILE


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_places_are_those_of_the_file_in_any_encoding(run, tmp_path, codec):
    (tmp_path / "a.txt").write_bytes(TEXT.encode(codec))
    found = objects(run("scan", tmp_path / "a.txt", "--json").out)
    assert found[0]["place"] == {"line": 2, "column": 3, "start": 6, "end": 17}
    assert [line["type"] for line in found] == ["finding", "file", "summary"]
    assert MOBILE not in json.dumps(found)


def test_cells_have_row_column_and_header(run, tmp_path):
    (tmp_path / "a.csv").write_text(f"姓名,联系方式\n甲,\n乙,{MOBILE}\n", encoding="utf-8")
    found = objects(run("scan", tmp_path / "a.csv", "--json").out)
    place = found[0]["place"]
    assert (place["row"], place["column"], place["header"], place["start"], place["end"]) == (3, 2, "联系方式", 0, 11)
    assert "row 3, column 2 (联系方式)" in run("scan", tmp_path / "a.csv").out


def test_json_values_have_a_pointer(run, tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"a": [{"tel/1": int(MOBILE)}]}) + "\n", encoding="utf-8")
    found = objects(run("scan", tmp_path / "a.jsonl", "--json").out)
    assert found[0]["place"]["pointer"] == "/a/0/tel~11"


def test_a_header_a_key_a_file_name_is_data_and_shown_masked(run, tmp_path):
    (tmp_path / "a.csv").write_text(f"id,tel {MOBILE}\n1,zhang.san@example.com\n", encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps({MOBILE: {"mail": "zhang.san@example.com"}}))
    (tmp_path / f"{MOBILE}.txt").write_text("x")
    for option in ((), ("--json",)):
        done = run("scan", tmp_path, *option)
        assert MOBILE not in done.out + done.err
        assert "CN_MOBILE" in done.out
    found = objects(run("scan", tmp_path, "--json").out)
    assert {line["file"] for line in found if "file" in line} == {"‹CN_MOBILE·11›.txt", "a.csv", "b.json"}
    assert any(line.get("place") == {"file_name": True} for line in found)
    assert any(line.get("place", {}).get("pointer") == "/‹key›/mail" for line in found)


def test_nothing_found_and_empty(run, tmp_path):
    (tmp_path / "a.txt").write_text("今天天气很好。")
    (tmp_path / "b.csv").write_text("")
    done = run("scan", tmp_path)
    assert done.code == 0
    assert "nothing found" in done.out
    assert "empty" in done.out
    assert "2 files, 0 findings, 0 not examined" in done.out


def test_standard_input(run):
    done = run("scan", "-", stdin=TEXT.encode("gbk"))
    assert (done.code, "gb18030" in done.out) == (0, True)
    assert run("scan", "-", "--format", "csv", stdin=f"tel\n{MOBILE}\n".encode()).out.count("row 2") == 1


def test_only_the_entities_asked_for(run):
    text = f"手机{MOBILE}，邮箱zhang.san@example.com".encode()
    found = objects(run("scan", "-", "--json", "--entity", "PHONE_NUMBER", stdin=text).out)
    assert [line["entity"] for line in found if line["type"] == "finding"] == ["CN_MOBILE"]


def test_fail_on_findings(run):
    assert run("scan", "-", "--fail-on-findings", stdin=TEXT.encode()).code == 3
    assert run("scan", "-", "--fail-on-findings", stdin="天气".encode()).code == 0


def test_limit(run):
    text = "\n".join(f"a{n}@example.com" for n in range(30)).encode()
    assert run("scan", "-", stdin=text).out.count("‹EMAIL_ADDRESS") == 10
    assert "20 more" in run("scan", "-", stdin=text).out
    assert run("scan", "-", "--limit", 0, stdin=text).out.count("‹EMAIL_ADDRESS") == 30


def test_it_speaks_chinese(run, monkeypatch):
    assert "检出 1 处" in run("scan", "-", "--lang", "zh", stdin=TEXT.encode()).out
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "检出 1 处" in run("scan", "-", stdin=TEXT.encode()).out
    assert "检出 1 处" not in run("scan", "-", "--lang", "en", stdin=TEXT.encode()).out
