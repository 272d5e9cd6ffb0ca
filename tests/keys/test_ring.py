"""The ring: where it comes from, what it refuses, what it derives."""

from __future__ import annotations

import base64
import copy
import json
import os
import pickle
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.errors import KeysError
from piiscrub.keys.bound import BoundKeys, bound
from piiscrub.keys.ceremony import Destruction
from piiscrub.keys.fields import fields
from piiscrub.keys.ring import KeyRing, verify

posix = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")


def secrets_of(path):
    """The secret strings of a key file in every form that could be printed."""
    data = json.loads(path.read_text())
    texts = [data["master"]["key"], *data["epochs"].values(), data["signing"]["sealed"]]
    raw = [base64.b64decode(text) for text in texts if text]
    return [*(text for text in texts if text), *(repr(one)[2:-1] for one in raw), *(one.hex() for one in raw)]


class TestFile:
    @posix
    def test_only_the_owner_reads_it(self, tmp_path, ring):
        assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600

    @posix
    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
    def test_one_that_others_can_read_is_refused(self, tmp_path, ring, mode):
        (tmp_path / "keys.json").chmod(mode)
        with pytest.raises(KeysError, match="others than the owner"):
            KeyRing.load(tmp_path / "keys.json")

    def test_it_gives_the_same_keys_again(self, tmp_path, ring):
        again = KeyRing.load(tmp_path / "keys.json")
        assert (again.id, again.epoch, again.public_key) == (ring.id, ring.epoch, ring.public_key)
        assert again.derive("hash", "PERSON") == ring.derive("hash", "PERSON")

    def test_an_existing_one_is_never_overwritten(self, tmp_path, ring):
        before = (tmp_path / "keys.json").read_bytes()
        with pytest.raises(KeysError):
            KeyRing.new(tmp_path / "keys.json")
        assert (tmp_path / "keys.json").read_bytes() == before

    @pytest.mark.parametrize("where", ["id", "epochs", "master", "signing"])
    def test_a_changed_one_is_refused(self, tmp_path, ring, where):
        path = tmp_path / "keys.json"
        data = json.loads(path.read_text())
        other = base64.b64encode(bytes(32)).decode()
        data[where] = {"id": "kother", "epochs": {"1": other}, "master": {"kind": "plain", "key": other}, "signing": {}}[where]
        path.write_text(json.dumps(data))
        with pytest.raises(KeysError) as caught:
            KeyRing.load(path)
        assert other not in str(caught.value)

    @pytest.mark.parametrize("junk", [b"", b"{}", b"[]", b"\xff", b"null", b'{"id": 1}', b"[" * 100_000])
    def test_junk_is_refused(self, tmp_path, junk):
        path = tmp_path / "junk"
        path.write_bytes(junk)
        path.chmod(0o600)
        with pytest.raises(KeysError, match="no key file"):
            KeyRing.load(path)

    def test_a_missing_one_is_named(self, tmp_path):
        with pytest.raises(KeysError, match=r"nowhere\.json"):
            KeyRing.load(tmp_path / "nowhere.json")


class TestPassphrase:
    @pytest.fixture
    def made(self, tmp_path):
        return self.with_line(b"correct horse \xe9\xa9\xac\n", lambda fd: KeyRing.new(tmp_path / "keys.json", descriptor=fd))

    @staticmethod
    def with_line(line, call):
        read, write = os.pipe()
        os.write(write, line)
        os.close(write)
        try:
            return call(read)
        finally:
            os.close(read)

    def test_it_opens_with_the_passphrase_only(self, tmp_path, made):
        path = tmp_path / "keys.json"
        again = self.with_line("correct horse 马".encode(), lambda fd: KeyRing.from_passphrase(path, descriptor=fd))
        assert again.derive("a", "b") == made.derive("a", "b")
        with pytest.raises(KeysError, match="passphrase is wrong"):
            self.with_line(b"correct horse x", lambda fd: KeyRing.from_passphrase(path, descriptor=fd))
        with pytest.raises(KeysError, match="under a passphrase"):
            KeyRing.load(path)
        assert json.loads(path.read_text())["master"].keys() == {"kind", "kdf", "salt", "sealed"}

    def test_it_rotates_without_being_typed_again(self, tmp_path, made):
        made.rotated().save()
        path = tmp_path / "keys.json"
        again = self.with_line("correct horse 马".encode(), lambda fd: KeyRing.from_passphrase(path, descriptor=fd))
        assert again.epochs == (1, 2)

    @pytest.mark.parametrize("line", [b"short\n", b"", b"\n", b"\xff" * 20])
    def test_a_bad_one_is_refused(self, tmp_path, line):
        with pytest.raises(KeysError):
            self.with_line(line, lambda fd: KeyRing.new(tmp_path / "keys.json", descriptor=fd))
        assert not (tmp_path / "keys.json").exists()

    def test_it_may_be_changed_without_changing_a_key(self, tmp_path, made):
        path, another = tmp_path / "keys.json", b"another horse \xe9\xa9\xac"
        with pytest.raises(KeysError, match="12 characters"):
            self.with_line(b"short", lambda fd: made.reseal(descriptor=fd))
        self.with_line(another, lambda fd: made.reseal(descriptor=fd))
        with pytest.raises(KeysError, match="passphrase is wrong"):
            self.with_line("correct horse 马".encode(), lambda fd: KeyRing.from_passphrase(path, descriptor=fd))
        again = self.with_line(another, lambda fd: KeyRing.from_passphrase(path, descriptor=fd))
        assert again.derive("a", "b") == made.derive("a", "b")
        again.reseal(remove=True)
        assert KeyRing.load(path).derive("a", "b") == made.derive("a", "b")
        with pytest.raises(KeysError, match="key file"):
            KeyRing.ephemeral().reseal(remove=True)


class TestEnvironment:
    def test_exactly_32_bytes_of_base64(self, monkeypatch):
        monkeypatch.setenv("PIISCRUB_KEY", base64.b64encode(bytes(range(32))).decode())
        assert KeyRing.from_env().id == KeyRing.from_env().id
        assert KeyRing.from_env().derive("a", "b") == KeyRing.from_env().derive("a", "b")

    SHORT, RIGHT, LONG = (base64.b64encode(bytes(size)).decode() for size in (31, 32, 33))

    @pytest.mark.parametrize(
        "text",
        ["", "x", SHORT, LONG, bytes(32).hex(), RIGHT + "\n", " " + RIGHT, RIGHT[:-2] + "B=", RIGHT.rstrip("=")],
    )
    def test_anything_else_is_refused(self, monkeypatch, text):
        monkeypatch.setenv("PIISCRUB_KEY", text)
        with pytest.raises(KeysError) as caught:
            KeyRing.from_env()
        assert len(text) < 5 or text not in str(caught.value)

    def test_missing(self, monkeypatch):
        monkeypatch.delenv("PIISCRUB_KEY", raising=False)
        with pytest.raises(KeysError, match="not set"):
            KeyRing.from_env()

    def test_what_needs_a_file_says_so(self, monkeypatch):
        monkeypatch.setenv("PIISCRUB_KEY", base64.b64encode(bytes(32)).decode())
        for call in (lambda ring: ring.sign(b""), lambda ring: ring.public_key, KeyRing.rotated, lambda ring: ring.without(1)):
            with pytest.raises(KeysError, match="key file"):
                call(KeyRing.from_env())


class TestDerivation:
    def test_fields_keep_apart(self, ring):
        assert fields("ab", "c") != fields("a", "bc")
        assert ring.derive("ab", "c") != ring.derive("a", "bc")
        assert ring.derive("x", "y", recipient="ab", purpose="c") != ring.derive("x", "y", recipient="a", purpose="bc")

    @given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
    def test_no_two_lists_give_the_same_bytes(self, one, other):
        assert (fields(*one) == fields(*other)) == (one == other)

    def test_every_field_counts(self, ring):
        derived = {
            ring.derive("hash", "PERSON"),
            ring.derive("siv", "PERSON"),
            ring.derive("hash", "EMAIL_ADDRESS"),
            ring.derive("hash", "PERSON", recipient="Example Ltd"),
            ring.derive("hash", "PERSON", purpose="Example Ltd"),
            ring.rotated().derive("hash", "PERSON"),
        }
        assert len(derived) == 6

    def test_two_rings_share_nothing(self):
        one, other = KeyRing.ephemeral(), KeyRing.ephemeral()
        assert one.id != other.id
        assert one.derive("hash", "PERSON") != other.derive("hash", "PERSON")


class TestEpochs:
    def test_an_earlier_epoch_still_opens(self, tmp_path, ring):
        later = ring.rotated()
        later.save()
        again = KeyRing.load(tmp_path / "keys.json")
        assert (again.epoch, again.epochs) == (2, (1, 2))
        assert again.derive("a", "b", epoch=1) == ring.derive("a", "b")
        assert BoundKeys(again).in_epoch(1).key("a", "b") == BoundKeys(ring).key("a", "b")

    def test_a_destroyed_one_never_opens_again(self, tmp_path, ring):
        path = tmp_path / "keys.json"
        salt = json.loads(path.read_text())["epochs"]["1"]
        wrapped = ring.wrap(bytes(32), context=b"here")
        ring.without(1).save()
        again = KeyRing.load(path)
        assert again.epochs == (2,)
        assert salt not in path.read_text()
        for call in (lambda: again.derive("a", "b", epoch=1), lambda: again.unwrap(wrapped, context=b"here", epoch=1)):
            with pytest.raises(KeysError, match="destroyed"):
                call()

    def test_the_old_file_is_overwritten_where_it_lay(self, tmp_path, ring):
        path = tmp_path / "keys.json"
        with path.open("rb") as old:  # keeps the old file at hand under no name
            ring.without(1).save()
            assert set(old.read()) == {0}

    def test_the_signature_outlives_the_epoch(self, tmp_path, ring):
        ring.without(1).save()
        assert KeyRing.load(tmp_path / "keys.json").public_key == ring.public_key

    def test_what_another_process_wrote_is_not_lost(self, tmp_path, ring):
        ring.rotated().save()
        before = (tmp_path / "keys.json").read_bytes()
        for late in (ring.rotated(), ring.without(1), ring):
            with pytest.raises(KeysError, match="changed since"):
                late.save()
        assert (tmp_path / "keys.json").read_bytes() == before

    def test_another_ring_is_not_written_over(self, tmp_path, ring):
        other = KeyRing.new(tmp_path / "other.json")
        (tmp_path / "keys.json").write_bytes((tmp_path / "other.json").read_bytes())
        with pytest.raises(KeysError, match="another ring"):
            ring.rotated().save()
        assert KeyRing.load(tmp_path / "keys.json").id == other.id

    def test_a_link_stays_one(self, tmp_path, ring):
        link = tmp_path / "link.json"
        link.symlink_to("keys.json")
        KeyRing.load(link).rotated().save()
        assert link.is_symlink()
        assert KeyRing.load(tmp_path / "keys.json").epoch == KeyRing.load(link).epoch == 2
        whole = Destruction(KeyRing.load(link))
        whole.confirm(whole.code)
        assert not (tmp_path / "keys.json").exists()

    def test_another_ring_is_not_destroyed(self, tmp_path, ring):
        whole = Destruction(ring)
        other = KeyRing.new(tmp_path / "other.json")
        (tmp_path / "keys.json").write_bytes((tmp_path / "other.json").read_bytes())
        with pytest.raises(KeysError, match="another ring"):
            whole.confirm(whole.code)
        assert KeyRing.load(tmp_path / "keys.json").id == other.id


class TestWrapAndSign:
    def test_round_trip(self, ring):
        assert ring.unwrap(ring.wrap(b"k" * 32, context=b"c"), context=b"c", epoch=1) == b"k" * 32

    def test_another_context_ring_or_byte_fails(self, ring):
        wrapped = ring.wrap(b"k" * 32, context=b"c")
        changed = bytes([wrapped[0] ^ 1]) + wrapped[1:]
        other = KeyRing.ephemeral()
        for holder, data, context in ((ring, wrapped, b"d"), (other, wrapped, b"c"), (ring, changed, b"c"), (ring, b"", b"c")):
            with pytest.raises(KeysError):
                holder.unwrap(data, context=context, epoch=1)

    def test_signature(self, ring):
        signature = ring.sign(b"list")
        assert verify(ring.public_key, signature, b"list")
        assert not verify(ring.public_key, signature, b"lists")
        assert not verify(bytes(32), signature, b"list")
        assert not verify(b"junk", b"junk", b"junk")


class TestNothingShows:
    def test_repr_pickle_and_copies(self, tmp_path, ring):
        keys = BoundKeys(ring, recipient="Example Ltd")
        keys.key("a", "b")
        shown = repr(ring) + str(ring) + repr(keys) + f"{ring!r:>80}" + repr(keys.stream("a", "b"))
        assert [secret for secret in secrets_of(tmp_path / "keys.json") if secret in shown] == []
        for thing in (ring, keys, keys.stream("a", "b")):
            with pytest.raises(TypeError):
                pickle.dumps(thing)
        with pytest.raises(TypeError):
            copy.deepcopy(ring)

    @pytest.mark.parametrize("given", ["keys.json", bytes(32), 7], ids=["path", "bytes", "number"])
    def test_what_is_no_ring_is_refused(self, given):
        for call in (bound, BoundKeys):
            with pytest.raises(KeysError, match="KeyRing"):
                call(given)

    def test_it_is_immutable(self, ring):
        with pytest.raises(AttributeError):
            ring._master = bytes(32)

    def test_without_keys_each_call_has_its_own(self):
        one, other = bound(None), bound(None)
        assert one.ephemeral and other.ephemeral
        assert one.key("a", "b") != other.key("a", "b")


def test_a_ring_read_before_does_not_bring_a_destroyed_epoch_back(tmp_path):
    KeyRing.new(tmp_path / "keys").rotated().save()
    KeyRing.load(tmp_path / "keys").rotated().save()
    first, second = KeyRing.load(tmp_path / "keys"), KeyRing.load(tmp_path / "keys")
    first.without(1).save()
    with pytest.raises(KeysError, match="changed since"):
        second.without(2).save()
    assert KeyRing.load(tmp_path / "keys").epochs == (2, 3)
