"""The index of the wheel says the same as the files."""

import json

from piiscrub.packs import index
from piiscrub.packs.load import load_folder, pack_files, packs_folder
from piiscrub.packs.shape import analyse


def test_an_indexed_pack_equals_the_one_that_was_read():
    packs = load_folder(packs_folder())
    listed = json.loads(index.dumps(packs))["packs"]
    by_id = {entry["id"]: entry for entry in listed.values()}
    for pack in packs:
        again = index.pack_of(by_id[pack.id], pack.path)
        assert again == pack
        for p in again.patterns:
            assert p.shape == analyse(p.regex, ignore_case=p.ignore_case, limit=p.max, digit=p.digit)


def test_a_changed_file_is_read_again(tmp_path, monkeypatch):
    source = pack_files(packs_folder())[0]
    file = tmp_path / source.name
    file.write_bytes(source.read_bytes())
    monkeypatch.setattr("piiscrub.packs.load.packs_folder", lambda: tmp_path)
    (tmp_path / index.NAME).write_text(index.dumps(load_folder(tmp_path)), "utf8")
    assert load_folder(tmp_path)[0].patterns[0].shape is not None
    file.write_text(file.read_text("utf8").replace('version = "1"', 'version = "2"'), "utf8")
    assert load_folder(tmp_path)[0].version == "2"


def test_an_index_of_another_format_is_left_alone(tmp_path):
    (tmp_path / index.NAME).write_text('{"format": 0, "packs": {"x": {}}}', "utf8")
    assert index.read(tmp_path) == {}
    assert index.read(tmp_path / "nowhere") == {}
