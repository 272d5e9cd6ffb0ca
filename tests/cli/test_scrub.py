"""``piiscrub scrub``."""

from __future__ import annotations

import json

import pytest

MOBILE = "13800138000"
KEEPING = """
schema = 1
id = "keeping"
version = "1"
unexamined = "keep"
[title]
en = "t"
zh = "t"
[default]
operator = "redact"
"""


def scrubbed(run, tmp_path, name, data, *options):
    source, target = tmp_path / name, tmp_path / f"out-{name}"
    source.write_bytes(data)
    done = run("scrub", source, "-o", target, *options)
    assert source.read_bytes() == data
    assert MOBILE not in done.out + done.err
    return done, target.read_bytes()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gbk", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_same_encoding_and_newlines(run, tmp_path, codec, newline):
    text = f"你好，{newline}手机{MOBILE}。{newline}"
    done, out = scrubbed(run, tmp_path, "a.txt", text.encode(codec))
    assert (done.code, out) == (0, text.replace(MOBILE, "<CN_MOBILE_1>").encode(codec))


def test_the_same_quoting(run, tmp_path):
    text = f'name;"mobile";note\r\n"甲";{MOBILE};"a ""b"";c"\r\n乙;"{MOBILE}"; =1+1\r\n丙\r\n'
    done, out = scrubbed(run, tmp_path, "a.csv", text.encode())
    assert done.code == 0
    assert out.decode() == text.replace(MOBILE, "<CN_MOBILE_1>")


def test_the_same_json(run, tmp_path):
    text = f'{{"n": 1.50, "mobile": {MOBILE},  "t": "\\u624b\\u673a{MOBILE}", "x": [1e3, true, null]}}\n\n{{"a":"b"}}\n'
    done, out = scrubbed(run, tmp_path, "a.jsonl", text.encode())
    assert done.code == 0
    assert "1 JSON numbers became strings" in done.out
    lines = out.decode().split("\n")
    assert lines[1:] == ["", '{"a":"b"}', ""]
    assert lines[0].startswith('{"n": 1.50, "mobile": "<CN_MOBILE_')
    assert lines[0].endswith(', "x": [1e3, true, null]}')
    assert json.loads(lines[0])["t"].startswith("手机<CN_MOBILE_")
    assert "\\u624b" in lines[0]


def test_what_is_clean_comes_out_byte_for_byte(run, tmp_path):
    for name, data in {
        "a.csv": 'x,"y"\n"1, 2" ,3\n'.encode("utf-16"),
        "b.json": b'{ "a" : [ 1.0e-2 , "\\u4e2d" ] }',
        "c.txt": "天气\r很好\r\n".encode("gb18030"),
        "d.csv": b"",
    }.items():
        done, out = scrubbed(run, tmp_path, name, data)
        assert (done.code, out) == (0, data)


def test_a_header_and_a_key_that_change_are_named_by_position(run, tmp_path):
    done, out = scrubbed(run, tmp_path, "a.csv", f"id,mail zhang.san@example.com\n1,{MOBILE}\n".encode())
    assert out.decode().split("\n")[0] == "id,column_02"
    assert "1 header or key was renamed" in done.out
    done, out = scrubbed(run, tmp_path, "a.json", json.dumps({"x": 1, "zhang.san@example.com": 2}).encode())
    assert json.loads(out) == {"x": 1, "key_02": 2}


def test_a_key_that_has_to_go_is_called_as_no_other_key_is(run, tmp_path):
    text = json.dumps({MOBILE: "a", "key_01": "b", "c": [{"a@example.com": 1, "key_1": 2}], f"key_{'9' * 5000}": 3})
    _, out = scrubbed(run, tmp_path, "a.json", text.encode(), "--no-names")
    pairs = json.loads(out, object_pairs_hook=list)
    assert [len(dict(one)) for one in (pairs, pairs[2][1][0])] == [4, 2]
    assert dict(pairs)["key_01"] == "b" and b"example" not in out


def test_evidence(run, tmp_path):
    done, _ = scrubbed(run, tmp_path, "a.txt", f"手机{MOBILE}".encode(), "--json")
    summary = json.loads(done.out.splitlines()[-1])
    assert summary["evidence"]["operators"] == {"replace": 1}
    assert summary["evidence"]["policy"] == "balanced"
    assert len(summary["evidence"]["packs_hash"]) == 64


def test_pipes(run, tmp_path):
    done = run("scrub", "-", "-o", tmp_path / "out", stdin=f"手机{MOBILE}".encode())
    assert (done.code, (tmp_path / "out").read_text(encoding="utf-8")) == (0, "手机<CN_MOBILE_1>")


def test_display(run, tmp_path):
    _, out = scrubbed(run, tmp_path, "a.txt", f"手机{MOBILE}".encode(), "--policy", "display")
    assert out.decode() == "手机138****8000"


def test_not_over_another_file(run, fails, tmp_path):
    source, target = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_text("x")
    target.write_text("old")
    assert "exists already" in fails("scrub", source, "-o", target)
    assert target.read_text() == "old"
    assert run("scrub", source, "-o", target, "--overwrite").code == 0
    assert target.read_text() == "x"


def test_a_policy_that_only_looks_cannot_scrub(fails, tmp_path):
    (tmp_path / "a.txt").write_text("x")
    assert "only looks" in fails("scrub", tmp_path / "a.txt", "-o", tmp_path / "b", "--policy", "review")
    assert not (tmp_path / "b").exists()


def test_unexamined_parts_are_redacted_and_said(run, tmp_path):
    done, out = scrubbed(run, tmp_path, "a.jsonl", f'{{"a": "{MOBILE}"\n{{"a": "天气"}}\n'.encode())
    assert done.code == 4
    assert "not examined: it is not valid JSON (line 1)" in done.out
    assert out.decode() == '"<UNEXAMINED>"\n{"a": "天气"}\n'


def test_unless_the_policy_keeps_them(run, tmp_path):
    (tmp_path / "p.toml").write_text(KEEPING)
    text = '{"a": 1\n'
    done, out = scrubbed(run, tmp_path, "a.jsonl", text.encode(), "--policy", tmp_path / "p.toml")
    assert (done.code, out.decode()) == (4, text)
    assert "left what was not examined" in done.out


def test_a_cell_of_ours_that_a_spreadsheet_would_run_is_defused_and_said(run, tmp_path):
    given = f"a,b\n=1+{MOBILE},=2+2\n-{MOBILE}x@example.com,@x\n".encode()
    done, out = scrubbed(run, tmp_path, "a.csv", given)
    lines = out.decode().splitlines()
    assert lines[1] == "'=1+<CN_MOBILE_1>,=2+2"
    assert lines[2].endswith(",@x")
    assert lines[2].startswith("'-<")
    assert "2 cells that a spreadsheet would run" in done.out
    done, out = scrubbed(run, tmp_path, "a.txt", given)
    assert out.decode().startswith("a,b\n=1+<CN_MOBILE_1>")


def test_the_option_that_is_missing_is_named(run, tmp_path):
    source = tmp_path / "a.txt"
    source.write_text("x", encoding="utf-8")
    done = run("scrub", source)
    assert done.code == 2
    assert "--out" in done.err


def test_headers_and_keys_that_are_words_stay_though_somebody_may_be_called_so(run, tmp_path):
    _, out = scrubbed(run, tmp_path, "a.csv", "Vorname;Geburtsdatum;张伟\nx;1;2\ny;3;4\n".encode())
    assert out.decode().splitlines()[0] == "Vorname;Geburtsdatum;column_03"
    _, out = scrubbed(run, tmp_path, "a.jsonl", '{"Vorname": "x", "张伟": 1}\n'.encode())
    assert list(json.loads(out)) == ["Vorname", "key_02"]


def test_a_number_in_json_is_told_by_the_key_above_it(run, tmp_path):
    data = b'{"users": [{"id": "10000001"}], "order": {"id": "10000002"}, "cust": {"no": "0000010003"}}\n'
    _, out = scrubbed(run, tmp_path, "a.jsonl", data)
    assert json.loads(out) == {"users": [{"id": "<ACCOUNT_1>"}], "order": {"id": "10000002"}, "cust": {"no": "<ACCOUNT_2>"}}
