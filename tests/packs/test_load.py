"""A wrong recognizer file says what is wrong, where, and what to do; a right one loads fast."""

from __future__ import annotations

import tomllib
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from piiscrub.errors import PackError
from piiscrub.packs.automaton import automaton, tree
from piiscrub.packs.lint import _problems
from piiscrub.packs.load import load_examples, load_folder, load_pack, load_skips, load_words, pack_files, packs_folder
from tests.growth import ratio

PACK = r"""
schema = 1
id = "test_pack"
entity = "CN_MOBILE"
references = ["a standard"]

[title]
en = "Test number"
zh = "测试号"

[[patterns]]
name = "plain"
regex = '7\d{9}'
score = 0.5
boundary = "alnum"
max = 10

[check]
validator = "luhn"
pass = 0.9
fail = 0.4

[context]
zh = ["测试号"]
en = ["test no"]
columns = ["test_no"]
"""
EXAMPLES = """
[examples]
match = [ { text = "测试号<<7000000001>>和<<7000000002>>。", check = "failed", why = "two of them" } ]
no_match = [ { text = "71", why = "too short" } ]
skip_surroundings = [ { text = "chat line", why = "nobody chats about it" } ]
"""


def write(folder: Path, text: str, name: str = "test_pack.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def changed(old: str, new: str) -> str:
    assert old in PACK
    return PACK.replace(old, new)


def test_a_right_file(tmp_path: Path) -> None:
    pack = load_pack(write(tmp_path, PACK + EXAMPLES))
    assert (pack.id, pack.entity, pack.country, pack.mode, pack.status) == ("test_pack", "CN_MOBILE", "", "auto", "experimental")
    assert (pack.title_zh, pack.title_en, pack.references) == ("测试号", "Test number", ("a standard",))
    [pattern] = pack.patterns
    assert (pattern.mode, pattern.validator, pattern.max, pattern.ignore_case) == ("auto", "luhn", 10, False)
    assert pack.check is not None
    assert (pack.check.passed, pack.check.failed) == (0.9, 0.4)
    assert (pack.context.zh, pack.context.boost, pack.context.reach, pack.context.gap) == (("测试号",), 0.3, 20, 0)
    with pytest.raises(FrozenInstanceError):
        pack.id = "other"  # type: ignore[misc]  # that it cannot be done is the point


def test_a_pattern_may_differ_from_its_pack(tmp_path: Path) -> None:
    text = changed("max = 10", 'max = 10\nmode = "context"\nvalidator = ""\nignore_case = true')
    [pattern] = load_pack(write(tmp_path, text)).patterns
    assert (pattern.mode, pattern.validator, pattern.ignore_case) == ("context", "", True)


def test_examples_and_skips(tmp_path: Path) -> None:
    path = write(tmp_path, PACK + EXAMPLES)
    match, no_match = load_examples(path)
    assert (match.kind, match.spans, match.check) == ("match", ((3, 13), (14, 24)), "failed")
    assert "<" not in match.text
    assert (no_match.kind, no_match.spans, no_match.why) == ("no_match", (), "too short")
    assert [(s.text, s.why) for s in load_skips(path)] == [("chat line", "nobody chats about it")]


WRONG = [
    ("unknown key", ('id = "test_pack"', 'id = "test_pack"\nentty = 1'), "entty: unknown key. Did you mean 'entity'?"),
    ("unknown pattern key", ("score = 0.5", "scores = 0.5"), "patterns[0].scores: unknown key. Did you mean 'score'?"),
    ("missing key", ('boundary = "alnum"\n', ""), "patterns[0].boundary: this key is missing."),
    ("missing score", ("score = 0.5\n", ""), "patterns[0].score: this key is missing."),
    ("id is not the file", ('id = "test_pack"', 'id = "tset_pack"'), "id: 'tset_pack' is not the name of the file."),
    ("id with capitals", ('id = "test_pack"', 'id = "Test"'), "id: an id is small letters"),
    ("entity", ("CN_MOBILE", "CN_MOBLIE"), "entity: No entity 'CN_MOBLIE'. Did you mean 'CN_MOBILE'?"),
    ("validator", ('"luhn"', '"lunh"'), "check.validator: there is no piiscrub/validators/lunh.py. Did you mean 'luhn'?"),
    ("boundary", ('"alnum"', '"alnun"'), "patterns[0].boundary: there is no boundary 'alnun'. Did you mean 'alnum'?"),
    ("mode", ("[title]", 'mode = "contxt"\n[title]'), "mode: 'contxt' is none of auto, boost, context. Did you mean 'context'?"),
    ("score above 1", ("score = 0.5", "score = 50"), "patterns[0].score: a score is a number from 0 to 1."),
    ("score true", ("score = 0.5", "score = true"), "patterns[0].score: a score is a number from 0 to 1."),
    ("fail above pass", ("fail = 0.4", "fail = 0.95"), "check.fail: a value whose check fails"),
    ("no pass", ("pass = 0.9\n", ""), "check.pass: this key is missing."),
    ("no check", ('[check]\nvalidator = "luhn"\npass = 0.9\nfail = 0.4', ""), None),
    ("check of a pattern only", ("max = 10", 'max = 10\nvalidator = "luhn"'), None),
    ("regex", (r"'7\d{9}'", r"'\b7\d{9}'"), r"patterns[0].regex: '\b' sees no edge between a Han character and a digit."),
    ("slow regex", (r"'7\d{9}'", r"'\d+\.?\d+'"), "patterns[0].regex: two repeats"),
    ("max too small", ("max = 10", "max = 9"), "patterns[0].regex: matches at least 10 characters, but max = 9."),
    ("max zero", ("max = 10", "max = 0"), "patterns[0].max: this must be from 1"),
    ("words", ('zh = ["测试号"]', 'zh = "测试号"'), "context.zh: this must be a list, not a text in quotes."),
    ("empty word", ('zh = ["测试号"]', 'zh = ["测试号", " "]'), "context.zh: this must be a list of words"),
    ("word twice", ('zh = ["测试号"]', 'zh = ["测试号", "测试号"]'), "context.zh: a word stands in this list twice."),
    ("country", ("[title]", 'country = "CHN"\n[title]'), "country: write two small letters"),
    ("schema", ("schema = 1", "schema = 2"), "schema: this version of piiscrub reads schema 1, the file says 2."),
    ("table", ("[check]", '[check]\n"a.b" = 1\n[check2]'), "check2: unknown key."),
    ("parser and patterns", ("[title]", 'parser = "phone"\n[title]'), "parser"),
    ("not TOML", ("schema = 1", "schema = "), "is not TOML"),
    ("regex in double quotes", (r"'7\d{9}'", r'"7\d{9}"'), "A regex goes between single quotes."),
]


@pytest.mark.parametrize(("change", "said"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_wrong_file(tmp_path: Path, change: tuple[str, str], said: str | None) -> None:
    path = write(tmp_path, changed(*change) + EXAMPLES)
    if said is None:
        load_pack(path)
        return
    with pytest.raises(PackError) as caught:
        load_pack(path)
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"{path}: ")


def test_a_validator_without_scores(tmp_path: Path) -> None:
    text = changed('[check]\nvalidator = "luhn"\npass = 0.9\nfail = 0.4', "").replace("max = 10", 'max = 10\nvalidator = "luhn"')
    with pytest.raises(PackError, match="check: a pattern names a validator"):
        load_pack(write(tmp_path, text))


def test_context_mode_needs_words(tmp_path: Path) -> None:
    text = PACK[: PACK.index("[context]")].replace("max = 10", 'max = 10\nmode = "context"')
    with pytest.raises(PackError, match="asks for a word beside the value"):
        load_pack(write(tmp_path, text))


def test_examples_come_last(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"\[examples\] must be the last table"):
        load_pack(write(tmp_path, PACK.replace("[check]", EXAMPLES + "\n[check]")))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('match = [ { text = "<<700", why = "x" } ]', "examples.match[0].text: a << is not closed"),
        ('match = [ { text = "700>>", why = "x" } ]', "examples.match[0].text: each << needs a >>"),
        ('match = [ { text = "<<>>", why = "x" } ]', "examples.match[0].text: each << needs a >>"),
        ('match = [ { text = "700", why = "x" } ]', "examples.match[0].text: mark the value"),
        ('no_match = [ { text = "<<700>>", why = "x" } ]', "examples.no_match[0].text: no_match marks nothing"),
        ('match = [ { text = "<<700>>" } ]', "examples.match[0].why: this key is missing"),
        ('match = [ { text = "<<700>>", why = "x", check = "ok" } ]', "examples.match[0].check: 'ok' is none of"),
        ('mtach = [ { text = "<<700>>", why = "x" } ]', "examples.mtach: unknown key. Did you mean 'match'?"),
    ],
    ids=["open", "close", "empty", "unmarked", "marked", "no why", "check", "kind"],
)
def test_a_wrong_example(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(PackError) as caught:
        load_examples(write(tmp_path, f"{PACK}\n[examples]\n{line}\n"))
    assert said in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be read"):
        load_pack(tmp_path / "absent.toml")
    bad = tmp_path / "bad.toml"
    bad.write_bytes("schema = 1 # 标题".encode("gbk"))
    with pytest.raises(PackError, match="Save it as UTF-8"):
        load_pack(bad)
    with pytest.raises(PackError, match="holds no recognizer file"):
        load_folder(tmp_path / "nowhere")


def test_a_folder(tmp_path: Path) -> None:
    for place in ("b", "a", "words"):
        (tmp_path / place).mkdir()
    write(tmp_path / "b", PACK)
    write(tmp_path / "a", PACK.replace("test_pack", "z_pack"), "z_pack.toml")
    write(tmp_path / "words", "schema = 1", "list.toml")
    write(tmp_path, "not even TOML", "TEMPLATE.toml")
    assert [pack.id for pack in load_folder(tmp_path)] == ["test_pack", "z_pack"]
    write(tmp_path / "a", PACK)
    with pytest.raises(PackError, match="'test_pack' is taken by"):
        load_folder(tmp_path)


def test_word_lists(tmp_path: Path) -> None:
    words = load_words(packs_folder() / "words" / "negative.toml")
    assert {"订单", "运单", "流水", "交易号"} <= set(words.zh)
    assert {"order", "invoice", "tracking", "version"} <= set(words.en)
    assert not {"编号", "号码"} & set(words.zh)
    assert not {"id", "no", "number"} & set(words.en)
    assert all(word == word.lower() for word in words.en)
    with pytest.raises(PackError, match="zh: this must be a list of words"):
        load_words(write(tmp_path, 'schema = 1\nzh = [""]\nen = []'))


def test_the_template_is_a_right_file(tmp_path: Path) -> None:
    text = (packs_folder() / "TEMPLATE.toml").read_text(encoding="utf-8")
    pack = load_pack(write(tmp_path, text, "xx_library_card.toml"))
    assert {e.kind for e in load_examples(pack.path)} == {"match", "no_match"}
    assert pack.id not in {p.id for p in load_folder(packs_folder())}


def test_the_packs_of_the_library_leave_nothing_out() -> None:
    """What a caller's file may leave out, ours say."""
    gaps = [
        f"{pack.id}: {key}"
        for pack in load_folder(packs_folder())
        for key in ("version", "as_of", "confidence", "references", "title_zh")
        if not getattr(pack, key)
    ]
    assert gaps == []
    assert [p.id for p in load_folder(packs_folder()) if p.title_zh == p.title_en] == []


def test_loading_is_quick() -> None:
    """All that is done with the files takes about as long as tomllib alone takes to read them."""
    load_folder(packs_folder())
    assert ratio(_cold_load, _tomllib_alone, 1.5) < 1.5


def _cold_load() -> None:
    tree.cache_clear()
    automaton.cache_clear()
    _problems.cache_clear()
    load_folder(packs_folder())


def _tomllib_alone() -> None:
    for file in pack_files(packs_folder()):
        tomllib.loads(file.read_text(encoding="utf-8"))
