"""Recognizers of the caller: a file, a folder, an object, the plug-in of a distribution that was named."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pytest

import piiscrub as ps
from piiscrub.errors import DefinitionError, InputError, PackError, UnknownNameError
from piiscrub.model.finding import Finding
from piiscrub.packs.schema import Pack
from piiscrub.registry import recognizers
from piiscrub.registry.recognizers import engine_for, packs_hash, split

PACK = r"""
schema = 1
id = "{id}"
entity = "MEMBER_NUMBER"
mode = "auto"

[title]
en = "Library card number"

[[patterns]]
name = "plain"
regex = '{letters}-[0-9]{{5}}'
score = 0.7
boundary = "alnum"
max = 8

[examples]
match = [ {{ text = "<<{letters}-00417>>", why = "plain" }} ]
no_match = [ {{ text = "{letters}-0041", why = "too short" }} ]
"""
TEXT = "借书证LC-00417，读者证RC-00532"


def write(folder: Path, id: str = "library_card", letters: str = "LC") -> Path:
    path = folder / f"{id}.toml"
    path.write_text(PACK.format(id=id, letters=letters), encoding="utf-8")
    return path


def found(*recognizers: object, text: str = TEXT) -> list[tuple[str, int, int]]:
    scrubber = ps.Scrubber(policy="review", recognizers=recognizers)
    return [(f.recognizer, f.start, f.end) for f in scrubber.scan(text, entities=["MEMBER_NUMBER"]).findings]


def test_one_file(tmp_path: Path) -> None:
    path = write(tmp_path)
    assert found() == []
    assert found(ps.load_recognizer(path)) == found(path) == found(str(path)) == [("library_card", 3, 11)]


def test_a_folder_with_all_that_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    write(tmp_path)
    write(tmp_path / "more", "reader_card", "RC")
    loaded = ps.load_recognizer(tmp_path)
    assert [pack.id for pack in loaded] == ["library_card", "reader_card"]
    assert found(loaded) == found(*loaded) == found(tmp_path) == [("library_card", 3, 11), ("reader_card", 15, 23)]


@pytest.mark.parametrize("id", ["a_card", "zz_card"])
def test_what_a_caller_brings_wins_where_all_else_is_equal(tmp_path: Path, id: str) -> None:
    text = "工号LC-00417"
    (known,) = ps.Scrubber(policy="review").scan(text).findings
    path = write(tmp_path, id)
    source = path.read_text("utf-8").replace("0.7", "0.4").replace('mode = "auto"', 'mode = "context"')
    path.write_text(source.replace("[[patterns]]", '[context]\nzh = ["工号"]\n\n[[patterns]]', 1), encoding="utf-8")
    (mine,) = ps.Scrubber(policy="review", recognizers=[path]).scan(text).findings
    assert (known.score, known.start, known.end) == (mine.score, mine.start, mine.end)
    assert (mine.recognizer, [a.recognizer for a in mine.alternatives]) == (id, [known.recognizer])


def test_a_pack_of_the_same_id_takes_the_place_of_the_built_in_one(tmp_path: Path) -> None:
    pack = ps.load_recognizer(write(tmp_path, "cn_mobile", "LC"))
    scrubber = ps.Scrubber(policy="review", recognizers=[pack])
    assert "cn_mobile" not in {f.recognizer for f in scrubber.scan("手机13800138000").findings}
    assert [f.recognizer for f in scrubber.scan("LC-00417").findings] == ["cn_mobile"]


def test_the_evidence_names_the_packs_that_were_used(tmp_path: Path) -> None:
    plain, more = ps.Scrubber(), ps.Scrubber(recognizers=[write(tmp_path)])
    assert plain.scrub("x").evidence.packs_hash == packs_hash(engine_for().packs)
    assert more.scrub("x").evidence.packs_hash != plain.scrub("x").evidence.packs_hash
    (tmp_path / "elsewhere").mkdir()
    again = ps.Scrubber(recognizers=[write(tmp_path / "elsewhere")])
    assert again.scrub("x").evidence.packs_hash == more.scrub("x").evidence.packs_hash


def test_the_hash_of_the_packs_is_looked_up_once_and_not_for_every_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    plain = recognizers.packs_hash

    def counted(packs: tuple[Pack, ...]) -> str:
        nonlocal asked
        asked += 1
        return plain(packs)

    monkeypatch.setattr(recognizers, "packs_hash", counted)
    scrubber = ps.Scrubber(recognizers=[write(tmp_path)], ner=None)
    assert len({scrubber.scrub(f"x{n}").evidence.packs_hash for n in range(5)}) == 1
    assert asked == 1


def test_a_wrong_file_says_what_is_wrong(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("MEMBER_NUMBER", "MEMBER_NUMBR"), encoding="utf-8")
    with pytest.raises(PackError, match=r"library_card\.toml: entity: .*Did you mean 'MEMBER_NUMBER'"):
        ps.Scrubber(recognizers=[path])
    with pytest.raises(ps.PiiscrubError, match=r"missing\.toml"):
        ps.load_recognizer(tmp_path / "missing.toml")


class Initials:
    id = "initials"
    entities = ("PERSON",)

    def find(self, text: str) -> list[Finding]:
        return [Finding("PERSON", 0, 2, 0.9, self.id)] if text.startswith("Q.") else []


def test_an_object_with_id_entities_and_find() -> None:
    scrubber = ps.Scrubber(recognizers=[Initials()])
    assert scrubber.scrub("Q. wrote").text == "<PERSON_1> wrote"
    assert pickle.loads(pickle.dumps(scrubber)).scrub("Q. wrote").text == "<PERSON_1> wrote"


@pytest.mark.parametrize("given", ["nonsense", Finding("PERSON", 2, 99, 0.9, "x"), Finding("PERSON", 3, 3, 0.9, "x"), None])
def test_an_object_that_finds_what_cannot_be_has_examined_nothing(given: object) -> None:
    class Wrong(Initials):
        def find(self, text: str) -> list[Finding]:
            return [given]  # type: ignore[list-item]  # wrong on purpose

    result = ps.Scrubber(recognizers=[Wrong()]).scrub("a text")
    assert [f.entity for f in result.findings] == ["UNEXAMINED"]
    assert result.text == "[REDACTED]"


@pytest.mark.parametrize("wrong", [7, object(), Initials])
def test_what_is_no_recognizer_is_refused(wrong: object) -> None:
    with pytest.raises(InputError, match="recognizers takes"):
        ps.Scrubber(recognizers=[wrong])


def test_a_path_alone_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"put the path into one: \[path\]"):
        split(str(write(tmp_path)))


def test_one_recognizer_alone_is_no_list(tmp_path: Path) -> None:
    for one in (ps.load_recognizer(write(tmp_path)), Initials(), None):
        with pytest.raises(InputError, match=r"recognizers takes a list; put the \w+ into one: \[recognizer\]"):
            ps.Scrubber(recognizers=one)  # type: ignore[arg-type]  # wrong on purpose


def test_a_file_that_is_nested_too_deep_is_no_definition(tmp_path: Path) -> None:
    (tmp_path / "deep.toml").write_text("schema = " + "[" * 10_000, encoding="utf-8")
    for load in (ps.load_recognizer, ps.load_policy, ps.load_plan):
        with pytest.raises(DefinitionError, match=r"deep\.toml: .*not (valid )?TOML"):
            load(tmp_path / "deep.toml")  # type: ignore[operator]  # one of the three functions


@pytest.fixture
def distributions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two installed distributions with plug-ins; the module of the second must never be loaded."""
    site = tmp_path / "site"
    for name, module, code in (
        ("Library.Cards", "library_plugin", "def packs():\n    return [HERE / 'library_card.toml', Initials()]\n"),
        ("stranger", "stranger_plugin", "raise SystemExit('loaded')\n"),
    ):
        info = site / f"{name.replace('.', '_')}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[piiscrub.recognizers]\nall = {module}:packs\n", encoding="utf-8")
        head = "from pathlib import Path\nfrom tests.registry.test_recognizers import Initials\nHERE = Path(__file__).parent\n"
        (site / f"{module}.py").write_text(head + code, encoding="utf-8")
    write(site)
    monkeypatch.syspath_prepend(str(site))
    return site


@pytest.mark.usefixtures("distributions")
@pytest.mark.parametrize("name", ["Library.Cards", "library-cards", "library_cards"])
def test_the_plug_ins_of_a_distribution_by_its_name(name: str) -> None:
    scrubber = ps.Scrubber(recognizers=[f"dist:{name}"])
    assert scrubber.scrub("Q. has LC-00417").text == "<PERSON_1> has <MEMBER_NUMBER_1>"
    assert pickle.loads(pickle.dumps(scrubber)).scrub("LC-00417").text == "<MEMBER_NUMBER_1>"


@pytest.mark.usefixtures("distributions")
def test_a_plug_in_that_cannot_be_loaded_is_named(distributions: Path) -> None:
    (distributions / "library_plugin.py").write_text("raise ValueError('13800138000')\n", encoding="utf-8")
    sys.modules.pop("library_plugin", None)
    with pytest.raises(InputError, match=r"^dist:library-cards: the plug-in cannot be loaded: ValueError\.$"):
        ps.Scrubber(recognizers=["dist:library-cards"])


@pytest.mark.usefixtures("distributions")
def test_nothing_is_loaded_that_was_not_named() -> None:
    assert ps.Scrubber().scrub("LC-00417").text == "LC-00417"
    with pytest.raises(
        UnknownNameError, match=r"No distribution with recognizers 'Library\.Card'\. Did you mean 'Library\.Cards'"
    ):
        ps.Scrubber(recognizers=["dist:Library.Card"])


def test_the_table_says_how_each_one_decides() -> None:
    table = ps.recognizers()
    rows = {row["id"]: row for row in table}
    assert len(rows) == len(table) == len(engine_for().packs)
    assert {"id", "entity", "country", "title_en", "title_zh", "modes", "validators", "parser", "status"} <= set(table.columns)
    assert all(row["title_en"] and row["title_zh"] and row["modes"] for row in table)
    assert rows["cn_id_card"]["validators"] == "cn_id_card"
    assert "context" in str(rows["qq_number"]["modes"])
    assert rows["private_key"]["parser"] == "private_key"


@pytest.mark.parametrize("table", [ps.recognizers, ps.entities, ps.policies])
def test_tables_show_themselves(table: object) -> None:
    made = table()  # type: ignore[operator]  # one of the three functions
    assert repr(made).startswith(f"<{made.caption}: {len(made)} rows; columns ")
    html = made._repr_html_()
    assert html.count("<tr>") >= min(len(made), 200)
    assert all(f"<th>{column}</th>" in html for column in made.columns)
    frame = made.to_frame()
    assert (list(frame.columns), len(frame)) == (list(made.columns), len(made))
    assert len(made[:2]) == 2
    assert made[:0]._repr_html_().count("<th>") == len(made.columns)
