"""The vault: tokens out, values back, nothing in the file, several processes, gone for good."""

from __future__ import annotations

import os
import pickle
import signal
import sqlite3
import stat
import subprocess
import sys
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from piiscrub.errors import KeysError
from piiscrub.keys.bound import BoundKeys
from piiscrub.keys.ring import KeyRing
from piiscrub.keys.vault import Vault

NAMES = ["张伟", "王芳", "Zhang Wei", "O'Neil", "", "𠮷野", "a\ud800b"]


def content(path):
    """Every byte of the vault's files."""
    return b"".join(one.read_bytes() for one in path.parent.iterdir() if one.name.startswith(path.name))


class TestTokens:
    def test_values_come_back_exactly(self, vault):
        scope = vault.scope("letters")
        tokens = [scope.put("PERSON", name) for name in NAMES]
        assert tokens == [f"<PERSON_{n}>" for n in range(1, len(NAMES) + 1)]
        assert [scope.get(token) for token in tokens] == NAMES
        assert scope.put_many("PERSON", NAMES[::-1]) == tokens[::-1]

    def test_spellings_are_kept_apart(self, vault):
        scope = vault.scope("letters")
        one, other = scope.put_many("CN_MOBILE", ["13800138000", "138 0013 8000"])
        assert (scope.get(one), scope.get(other)) == ("13800138000", "138 0013 8000")

    def test_they_outlive_the_process(self, tmp_path, ring, vault):
        token = vault.scope("letters").put("PERSON", "张伟")
        vault.close()
        with Vault(tmp_path / "vault.sqlite", KeyRing.load(tmp_path / "keys.json"), create=False) as again:
            assert again.scope("letters", create=False).get(token) == "张伟"

    def test_random_ones_tell_no_order(self, vault):
        scope = vault.scope("letters")
        tokens = scope.put_many("PERSON", [f"name {n}" for n in range(200)], random=True)
        assert len(set(tokens)) == 200 and {len(token) for token in tokens} == {len("<PERSON_>") + 12}
        assert tokens != sorted(tokens)
        assert scope.get(tokens[7]) == "name 7"

    def test_what_was_not_issued_is_none(self, vault):
        scope = vault.scope("letters")
        scope.put("PERSON", "张伟")
        assert scope.get_many(["<PERSON_2>", "<CN_MOBILE_1>", "", "PERSON_1 ", "' OR 1=1 --"]) == [None] * 5

    @pytest.mark.parametrize("entity", ["", "person", "PERSON_", "_PERSON", "PERSON 1", "人"])
    def test_an_entity_is_a_name(self, vault, entity):
        with pytest.raises(KeysError):
            vault.scope("letters").put(entity, "张伟")

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
    @given(st.lists(st.text(max_size=30), max_size=10))
    def test_any_text_round_trips(self, vault, values):
        scope = vault.scope("any")
        assert scope.get_many(scope.put_many("PERSON", values)) == values

    def test_a_rotated_ring_still_opens_it(self, tmp_path, ring, vault):
        token = vault.scope("old").put("PERSON", "张伟")
        ring.rotated().save()
        with Vault(tmp_path / "vault.sqlite", KeyRing.load(tmp_path / "keys.json")) as again:
            assert again.scope("old").get(token) == "张伟"
            assert again.scope("new").get(again.scope("new").put("PERSON", "王芳")) == "王芳"


class TestScopes:
    def test_a_name_made_up_is_new(self, vault):
        one, other = vault.scope(), vault.scope()
        assert one.id != other.id
        assert vault.scope(one.id).id == one.id

    def test_scopes_share_nothing(self, tmp_path, vault):
        for name in ("one", "other"):
            vault.scope(name).put("PERSON", "张伟")
        rows = sqlite3.connect(tmp_path / "vault.sqlite").execute("SELECT scope, lookup, sealed FROM tokens").fetchall()
        assert len(rows) == 2
        assert all(a != b for a, b in zip(*rows, strict=True))

    def test_they_belong_to_a_recipient_and_purpose(self, tmp_path, ring, vault):
        scope = Vault(tmp_path / "vault.sqlite", BoundKeys(ring, recipient="Example Ltd")).scope("s")
        token = scope.put("PERSON", "张伟")
        for keys in (ring, BoundKeys(ring, recipient="Other Ltd"), BoundKeys(ring, recipient="Example Ltd", purpose="audit")):
            with Vault(tmp_path / "vault.sqlite", keys) as other, pytest.raises(KeysError, match="no scope"):
                other.scope("s", create=False)
            with Vault(tmp_path / "vault.sqlite", keys) as other, pytest.raises(KeysError, match="another recipient"):
                other.scope(scope.id)
        with Vault(tmp_path / "vault.sqlite", BoundKeys(ring, recipient="Example Ltd")) as same:
            assert same.scope(scope.id).get(token) == "张伟"
            assert same.scope("s", create=False).get(token) == "张伟"

    def test_they_are_listed_without_names(self, vault):
        one, other = vault.scope("letters"), vault.scope("patients")
        one.put_many("PERSON", ["张伟", "王芳"])
        other.put("URL", "https://example.com/", subject="patient 17")
        other.shred()
        listed = {state.id: state for state in vault.scopes()}
        assert dict(listed[one.id].tokens) == {"PERSON": 2}
        assert not listed[one.id].shredded
        assert (listed[other.id].shredded, listed[other.id].subjects, dict(listed[other.id].tokens)) == (True, 1, {})


class TestFile:
    @pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
    def test_only_the_owner_reads_it(self, tmp_path, vault):
        vault.scope("s").put("PERSON", "张伟")
        modes = {stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir() if one.name.startswith("vault")}
        assert modes == {0o600}

    def test_it_holds_no_value_and_no_name(self, tmp_path, vault):
        scope = vault.scope("case of Zhang Wei")
        scope.put("PERSON", "张伟", subject="patient 17")
        scope.put("EMAIL_ADDRESS", "zhang.wei@example.com")
        found = content(tmp_path / "vault.sqlite")
        assert b"EMAIL_ADDRESS" in found
        assert [word for word in ("张伟", "zhang.wei", "patient", "case of") if word.encode() in found] == []

    def test_an_ephemeral_ring_is_refused(self, tmp_path):
        with pytest.raises(KeysError, match="ephemeral"):
            Vault(tmp_path / "v", KeyRing.ephemeral())

    def test_another_ring_is_refused(self, tmp_path, vault):
        with pytest.raises(KeysError, match="belongs to key ring"):
            Vault(tmp_path / "vault.sqlite", KeyRing.new(tmp_path / "other.json"))

    def test_junk_and_nothing_are_refused(self, tmp_path, ring):
        (tmp_path / "junk").write_bytes(b"junk" * 1000)
        for name in ("junk", "nothing"):
            with pytest.raises(KeysError):
                Vault(tmp_path / name, ring, create=False)
        assert not (tmp_path / "nothing").exists()

    def test_nothing_is_pickled_or_shown(self, vault):
        scope = vault.scope("case of Zhang Wei")
        scope.put("PERSON", "张伟")
        assert "Zhang" not in repr(scope) + repr(vault) + repr(scope._data_keys)
        for thing in (vault, scope):
            with pytest.raises(TypeError):
                pickle.dumps(thing)


class TestBatch:
    def test_it_is_whole_or_not_there(self, vault):
        scope = vault.scope("s")
        with pytest.raises(RuntimeError), scope.batch():
            scope.put("PERSON", "张伟", subject="first seen here")
            raise RuntimeError
        assert scope.get("<PERSON_1>") is None
        assert scope.put("PERSON", "王芳", subject="first seen here") == "<PERSON_1>"
        assert vault.scope("s").get("<PERSON_1>") == "王芳"

    def test_threads_share_it(self, vault):
        scope = vault.scope("s")
        names = [f"name {n % 50}" for n in range(400)]
        got = {}

        def work(part):
            for name in names[part::4]:
                got.setdefault(name, set()).add(scope.put("PERSON", name))

        threads = [threading.Thread(target=work, args=(part,)) for part in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {len(tokens) for tokens in got.values()} == {1} and len(got) == 50
        assert scope.entities() == {"PERSON": 50}


WRITER = """
import sys
from piiscrub.keys.ring import KeyRing
from piiscrub.keys.vault import Vault
folder, start, stop = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
scope = Vault(folder + "/vault.sqlite", KeyRing.load(folder + "/keys.json")).scope("s")
for n in range(start, stop):
    print(n, scope.put("PERSON", f"name {n}"), flush=True)
"""


def writer(folder, start, stop):
    return subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(start), str(stop)], stdout=subprocess.PIPE, text=True)


class TestProcesses:
    def test_several_write_at_once(self, tmp_path, vault):
        running = [writer(tmp_path, 0, 60), writer(tmp_path, 30, 90)]
        told = dict(line.split(" ", 1) for one in running for line in one.communicate()[0].splitlines())
        assert [one.returncode for one in running] == [0, 0]
        scope = vault.scope("s")
        assert {scope.get(token) for token in told.values()} == {f"name {n}" for n in range(90)}
        assert scope.entities() == {"PERSON": 90}

    def test_what_was_told_survives_a_kill(self, tmp_path, vault):
        for start in (0, 1000):
            running = writer(tmp_path, start, start + 100_000)
            told = [running.stdout.readline() for _ in range(25)]
            running.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
            told += running.communicate()[0].splitlines(keepends=True)
            assert len(told) < 50_000
            scope = vault.scope("s")
            for line in told:
                if line.endswith("\n"):
                    number, token = line.split()
                    assert scope.get(token) == f"name {number}"
            after = scope.put("PERSON", "after")
            assert scope.get(after) == "after"
        with vault.reading() as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
    def test_a_fork_opens_its_own(self, vault):
        scope = vault.scope("s")
        scope.put("PERSON", "张伟")
        child = os.fork()
        if child == 0:
            os._exit(0 if scope.put("PERSON", "王芳") == "<PERSON_2>" else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert scope.get("<PERSON_2>") == "王芳"


class TestShredding:
    def test_nothing_comes_back(self, tmp_path, vault):
        scope, other = vault.scope("s"), vault.scope("t")
        token, kept = scope.put("PERSON", "张伟"), other.put("PERSON", "王芳")
        event = scope.shred()
        assert (event.action, event.vault, event.counts) == ("vault-shred", vault.id, {"PERSON": 1, "data keys": 1})
        for call in (lambda: scope.get(token), lambda: scope.put("PERSON", "张伟"), lambda: vault.scope("s")):
            with pytest.raises(KeysError, match="shredded"):
                call()
        assert other.get(kept) == "王芳"

    def test_no_page_holds_the_key(self, tmp_path, vault):
        scope = vault.scope("s")
        scope.put_many("PERSON", [f"name {n}" for n in range(500)])
        with vault.reading() as connection:
            ((wrapped,),) = connection.execute("SELECT wrapped FROM data_keys").fetchall()
        assert wrapped[12:44] in content(tmp_path / "vault.sqlite")
        scope.shred()
        found = content(tmp_path / "vault.sqlite")
        assert [n for n in range(len(wrapped) - 8) if wrapped[n : n + 8] in found] == []
        assert (tmp_path / "vault.sqlite-wal").stat().st_size == 0

    def test_one_subject_alone(self, vault):
        scope = vault.scope("s")
        one = scope.put("PERSON", "张伟", subject="17")
        other = scope.put("PERSON", "张伟", subject="18")
        third = scope.put("PERSON", "张伟")
        assert len({one, other, third}) == 3
        scope.shred(subject="17")
        assert scope.get_many([one, other, third]) == [None, "张伟", "张伟"]
        with pytest.raises(KeysError, match="shredded"):
            scope.put("PERSON", "张伟", subject="17")
        assert scope.put("PERSON", "王芳", subject="18") == "<PERSON_4>"

    def test_an_open_process_cannot_go_on(self, tmp_path, ring, vault):
        scope = vault.scope("s")
        scope.put("PERSON", "张伟", subject="17")
        with Vault(tmp_path / "vault.sqlite", ring) as other:
            elsewhere = other.scope("s")
            assert elsewhere.put("PERSON", "张伟", subject="17") == "<PERSON_1>"
            scope.shred(subject="17")
            with pytest.raises(KeysError, match="shredded"):
                elsewhere.put("PERSON", "张伟", subject="17")
            scope.shred()
            with pytest.raises(KeysError, match="shredded"):
                elsewhere.put("PERSON", "王芳")

    def test_a_reader_that_stays_is_told_of(self, tmp_path, vault, monkeypatch):
        scope = vault.scope("s")
        scope.put("PERSON", "张伟")
        with vault.reading() as connection:
            connection.execute("PRAGMA busy_timeout = 100")
        reader = sqlite3.connect(tmp_path / "vault.sqlite", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM tokens").fetchall()
        with pytest.raises(KeysError, match="Call shred again"):
            scope.shred()
        reader.execute("ROLLBACK")
        scope.shred()
        with pytest.raises(KeysError, match="shredded"):
            scope.get("<PERSON_1>")

    def test_a_destroyed_epoch_ends_its_scopes(self, tmp_path, ring, vault):
        vault.scope("old").put("PERSON", "张伟")
        ring.without(1).save()
        with pytest.raises(KeysError, match="destroyed"):
            Vault(tmp_path / "vault.sqlite", KeyRing.load(tmp_path / "keys.json"))
