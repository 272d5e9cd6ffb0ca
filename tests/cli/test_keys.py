"""`piiscrub keys`: keys are made, rotated and destroyed, and never shown."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys

import pytest

import piiscrub as ps
from piiscrub.errors import KeysError
from piiscrub.handing_over.manifest import fingerprint


@pytest.fixture
def path(tmp_path, run):
    assert run("keys", "new", tmp_path / "keys.json").code == 0
    return tmp_path / "keys.json"


def test_new_shows_the_id_and_nothing_secret(tmp_path, run):
    path = tmp_path / "keys.json"
    done = run("keys", "new", path)
    ring = ps.KeyRing.load(path)
    assert ring.id in done.out and done.err == ""
    master, salts = ring.secrets()
    for secret in (master, *salts.values()):
        assert secret.hex() not in done.out and base64.b64encode(secret).decode() not in done.out


def test_an_existing_file_is_left_alone(path, fails):
    before = path.read_bytes()
    fails("keys", "new", path)
    assert path.read_bytes() == before


def test_show_id(path, run):
    shown = json.loads(run("keys", "show-id", path, "--json").out)
    ring = ps.KeyRing.load(path)
    wanted = {"key": ring.id, "epoch": 1, "epochs": [1], "public_key": ring.public_key.hex()}
    assert shown == wanted | {"fingerprint": fingerprint(ring.public_key)}
    assert "密钥" in run("keys", "show-id", path, "--lang", "zh").out


def test_rotate(path, run):
    assert json.loads(run("keys", "rotate", path, "--json").out)["epoch"] == 2
    assert ps.KeyRing.load(path).epochs == (1, 2)


def test_a_passphrase_comes_and_goes(path, run):
    before = ps.KeyRing.load(path)
    read, write = os.pipe()
    os.write(write, b"a passphrase for this test\n" * 2)
    os.close(write)
    done = run("keys", "passphrase", path, "--new-passphrase-fd", read)
    os.close(read)
    assert "new passphrase" in done.out and "backups" in done.out
    with pytest.raises(KeysError, match="under a passphrase"):
        ps.KeyRing.load(path)
    read, write = os.pipe()
    os.write(write, b"a passphrase for this test\n")
    os.close(write)
    event = json.loads(run("keys", "passphrase", path, "--passphrase-fd", read, "--remove", "--json").out)
    os.close(read)
    assert event["action"] == "keys-passphrase"
    assert ps.KeyRing.load(path).public_key == before.public_key


class TestDestroy:
    def test_the_first_step_destroys_nothing_and_says_what_would_be_lost(self, path, run):
        before = path.read_bytes()
        out = run("keys", "destroy", path, "--epoch", "1").out
        assert "pseudonyms" in out and "vaults" in out and "backups" in out and "signing" not in out
        assert "signing key" in run("keys", "destroy", path).out
        assert path.read_bytes() == before

    def test_the_second_step_takes_the_code(self, path, run, fails):
        code = json.loads(run("keys", "destroy", path, "--epoch", "1", "--json").out)["confirm"]
        whole = json.loads(run("keys", "destroy", path, "--json").out)["confirm"]
        for wrong in ("0" * 8, whole):
            fails("keys", "destroy", path, "--epoch", "1", "--confirm", wrong)
        assert ps.KeyRing.load(path).epochs == (1,)
        event = json.loads(run("keys", "destroy", path, "--epoch", "1", "--confirm", code, "--json").out)
        assert (event["action"], event["epoch"]) == ("keys-destroy", 1)
        with pytest.raises(KeysError, match="destroyed"):
            ps.KeyRing.load(path).derive("hash", "PERSON", epoch=1)

    def test_the_whole_ring(self, path, run):
        code = json.loads(run("keys", "destroy", path, "--json").out)["confirm"]
        with path.open("rb") as old:
            assert run("keys", "destroy", path, "--confirm", code).code == 0
            assert set(old.read()) == {0}
        assert not path.exists()

    def test_an_epoch_that_is_not_there(self, path, fails):
        fails("keys", "destroy", path, "--epoch", "7")


@pytest.mark.skipif(os.name != "posix", reason="passes a file descriptor on")
def test_a_passphrase_comes_from_a_descriptor_and_is_in_no_process_list(tmp_path):
    path = tmp_path / "keys.json"
    for command in ("new", "show-id"):
        read, write = os.pipe()
        os.write(write, b"a passphrase for this test\n")
        os.close(write)
        arguments = [sys.executable, "-m", "piiscrub.cli", "keys", command, str(path), "--passphrase-fd", str(read)]
        done = subprocess.run(arguments, pass_fds=(read,), capture_output=True, text=True, check=False)
        os.close(read)
        assert done.returncode == 0, done.stderr
        assert "a passphrase" not in done.stdout + done.stderr
    with pytest.raises(KeysError, match="under a passphrase"):
        ps.KeyRing.load(path)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_file_that_others_can_read_is_refused(path, fails):
    path.chmod(0o644)
    fails("keys", "show-id", path)
