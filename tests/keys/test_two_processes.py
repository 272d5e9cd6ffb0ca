"""Several processes change one key file at once: no epoch is lost, none comes back, and nobody reads half a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from piiscrub.errors import KeysError
from piiscrub.keys import own_file
from piiscrub.keys.ceremony import Destruction, rotate
from piiscrub.keys.ring import KeyRing

ROTATE = """
import sys
from piiscrub.keys.ceremony import rotate
from piiscrub.keys.ring import KeyRing
ring = KeyRing.load(sys.argv[1])
for _ in range(int(sys.argv[2])):
    rotate(ring)  # of the ring as it was read first: what the others did meanwhile is in the file alone
"""
DESTROY = """
import sys
from piiscrub.keys.ceremony import Destruction
from piiscrub.keys.ring import KeyRing
ring = KeyRing.load(sys.argv[1])
for epoch in map(int, sys.argv[2:]):
    step = Destruction(ring, epoch)
    step.confirm(step.code)
"""
READ = """
import sys
from piiscrub.keys.ring import KeyRing
for _ in range(int(sys.argv[2])):
    KeyRing.load(sys.argv[1]).derive("hash", "PERSON")
"""


def started(script, path, *arguments):
    command = [sys.executable, "-c", script, str(path), *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def ended(processes):
    assert [(one.wait(), one.communicate()[1]) for one in processes] == [(0, "")] * len(processes)


def test_no_epoch_is_lost(tmp_path):
    path = tmp_path / "keys.json"
    KeyRing.new(path)
    ended([*(started(ROTATE, path, 6) for _ in range(3)), started(READ, path, 60)])
    ring = KeyRing.load(path)
    assert ring.epochs == tuple(range(1, 20))
    assert len({ring.derive("hash", "PERSON", epoch=epoch) for epoch in ring.epochs}) == 19
    assert sorted(one.name for one in tmp_path.iterdir()) == ["keys.json", "keys.json.lock"]


def test_what_is_destroyed_stays_so_while_another_rotates(tmp_path):
    path = tmp_path / "keys.json"
    ring = KeyRing.new(path)
    for _ in range(3):
        ring, _event = rotate(ring)
    salts = json.loads(path.read_text())["epochs"]
    ended([started(ROTATE, path, 6), started(DESTROY, path, 1, 2, 3)])
    assert KeyRing.load(path).epochs == tuple(range(4, 11))
    assert not any(salts[epoch] in path.read_text() for epoch in "123")


def test_a_ring_read_before_begins_a_further_epoch(tmp_path, ring):
    first, event = rotate(ring)
    second, other = rotate(ring)
    assert (event.epoch, other.epoch, second.epochs) == (2, 3, (1, 2, 3))
    assert second.derive("hash", "PERSON", epoch=2) == first.derive("hash", "PERSON")


def test_an_epoch_is_destroyed_once(tmp_path, ring):
    later, _ = rotate(ring)
    one, same = Destruction(later, 1), Destruction(later, 1)
    one.confirm(one.code)
    with pytest.raises(KeysError, match=r"epoch 1 .* was destroyed"):
        same.confirm(same.code)
    whole, again = Destruction(later), Destruction(later)
    whole.confirm(whole.code)
    with pytest.raises(KeysError, match=r"keys\.json"):
        again.confirm(again.code)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_not_rotated(tmp_path, ring):
    path = tmp_path / "keys.json"
    data = json.loads(path.read_text())
    path.write_text(json.dumps({**data, "epochs": {**data["epochs"], "2": data["epochs"]["1"]}}))
    before = path.read_bytes()
    with pytest.raises(KeysError, match="was changed since it was written"):
        rotate(ring)
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_who_waits_too_long_is_told(tmp_path, ring, monkeypatch):
    monkeypatch.setattr(own_file, "PATIENCE", 0.05)
    with own_file.locked(tmp_path / "keys.json"), pytest.raises(KeysError, match="another process"):
        rotate(ring)
    assert (tmp_path / "keys.json.lock").stat().st_mode & 0o777 == 0o600
    assert KeyRing.load(tmp_path / "keys.json").epochs == (1,)
