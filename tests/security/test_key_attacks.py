"""What somebody tries who has the vault's file, the outputs, or another's keys. None of it succeeds."""

from __future__ import annotations

import hashlib
import hmac
import re
import sqlite3
import traceback

import pytest

import piiscrub as ps
from piiscrub.errors import KeysError
from piiscrub.keys.bound import BoundKeys
from piiscrub.keys.scope import Scope
from piiscrub.scrubber.restoring import Restorer

ALICE, BOB = "13800138000", "14200000000"


@pytest.fixture
def ring(tmp_path):
    return ps.KeyRing.new(tmp_path / "keys.json")


@pytest.fixture
def vault(tmp_path, ring):
    with ps.Vault(tmp_path / "vault.sqlite", ring) as opened:
        yield opened


@pytest.fixture
def scope(vault):
    scope = vault.scope("letters")
    assert scope.put_many("CN_MOBILE", [ALICE, BOB]) == ["<CN_MOBILE_1>", "<CN_MOBILE_2>"]
    return scope


@pytest.fixture
def file(tmp_path, scope):
    """The vault's file, as somebody who may write it sees it."""
    connection = sqlite3.connect(tmp_path / "vault.sqlite", isolation_level=None)
    yield connection
    connection.close()


def refused(call):
    """It raises, and the message holds no value."""
    with pytest.raises(KeysError) as caught:
        call()
    told = "".join(traceback.format_exception(caught.value))
    assert ALICE not in told and BOB not in told


class TestVaultFile:
    @pytest.mark.parametrize("place", [0, 5, 12, 20, -1])
    def test_tampered_ciphertext(self, vault, scope, file, place):
        (sealed,) = file.execute("SELECT sealed FROM tokens WHERE token = 'CN_MOBILE_1'").fetchone()
        changed = bytearray(sealed)
        changed[place] ^= 1
        file.execute("UPDATE tokens SET sealed = ? WHERE token = 'CN_MOBILE_1'", (bytes(changed),))
        refused(lambda: scope.get("<CN_MOBILE_1>"))
        refused(lambda: Restorer(vault.scope("letters")).text("<CN_MOBILE_1>"))
        assert scope.get("<CN_MOBILE_2>") == BOB

    @pytest.mark.parametrize("sealed", [b"", b"short", bytes(60)])
    def test_replaced_ciphertext(self, scope, file, sealed):
        file.execute("UPDATE tokens SET sealed = ? WHERE token = 'CN_MOBILE_1'", (sealed,))
        refused(lambda: scope.get("<CN_MOBILE_1>"))

    def test_rows_exchanged(self, scope, file):
        rows = dict(file.execute("SELECT token, sealed FROM tokens"))
        for token, other in (("CN_MOBILE_1", "CN_MOBILE_2"), ("CN_MOBILE_2", "CN_MOBILE_1")):
            file.execute("UPDATE tokens SET sealed = ? WHERE token = ?", (rows[other], token))
        for token in rows:
            refused(lambda token=token: scope.get(token))

    def test_lookups_exchanged_give_no_wrong_token(self, vault, scope, file):
        (one,), (other,) = file.execute("SELECT lookup FROM tokens ORDER BY token").fetchall()
        for lookup, token in ((b"-" * 16, "CN_MOBILE_1"), (one, "CN_MOBILE_2"), (other, "CN_MOBILE_1")):
            file.execute("UPDATE tokens SET lookup = ? WHERE token = ?", (lookup, token))
        refused(lambda: vault.scope("letters").put("CN_MOBILE", ALICE))

    def test_a_row_renamed(self, scope, file):
        file.execute("UPDATE tokens SET token = 'CN_MOBILE_9' WHERE token = 'CN_MOBILE_1'")
        refused(lambda: scope.get("<CN_MOBILE_9>"))
        file.execute("UPDATE tokens SET entity = 'PERSON' WHERE token = 'CN_MOBILE_2'")
        refused(lambda: scope.get("<CN_MOBILE_2>"))

    def test_a_row_moved_to_another_scope(self, vault, scope, file):
        other = vault.scope("other")
        file.execute("UPDATE tokens SET scope = ?", (other.id,))
        refused(lambda: other.get("<CN_MOBILE_1>"))

    def test_a_data_key_moved_to_another_scope(self, vault, scope, file):
        other = vault.scope("other")
        (wrapped,) = file.execute("SELECT wrapped FROM data_keys WHERE scope = ?", (scope.id,)).fetchone()
        file.execute("UPDATE data_keys SET wrapped = ? WHERE scope = ?", (wrapped, other.id))
        file.execute("UPDATE tokens SET scope = ?", (other.id,))
        refused(lambda: vault.scope("other"))

    def test_a_scope_moved_to_another_vault(self, tmp_path, ring, scope, file):
        with ps.Vault(tmp_path / "other.sqlite", ring) as other:
            with other.writing() as there:
                there.executemany("INSERT INTO data_keys VALUES (?, ?, ?, ?)", file.execute("SELECT * FROM data_keys").fetchall())
                there.executemany("INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?)", file.execute("SELECT * FROM tokens").fetchall())
            refused(lambda: other.scope(scope.id))

    def test_a_number_taken_back(self, vault, scope, file):
        file.execute("UPDATE numbers SET last = 0")
        refused(lambda: scope.put("CN_MOBILE", "14200000001"))

    def test_a_token_replayed_after_shredding(self, vault, scope, file):
        rows = file.execute("SELECT * FROM tokens").fetchall()
        scope.shred()
        file.executemany("INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?)", rows)
        refused(lambda: scope.get("<CN_MOBILE_1>"))
        refused(lambda: vault.scope("letters"))

    def test_a_changed_header(self, tmp_path, ring, scope, file):
        for name, value in (("id", "v0000000000000000"), ("epoch", "7"), ("format", "2"), ("key", "kother")):
            (before,) = file.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
            file.execute("UPDATE meta SET value = ? WHERE name = ?", (value, name))
            refused(lambda: ps.Vault(tmp_path / "vault.sqlite", ring).scope("letters", create=False))
            file.execute("UPDATE meta SET value = ? WHERE name = ?", (before, name))
        assert ps.Vault(tmp_path / "vault.sqlite", ring).scope("letters").get("<CN_MOBILE_1>") == ALICE


class TestWithoutTheKey:
    def test_two_scopes_cannot_be_joined(self, vault, scope, file):
        vault.scope("other").put_many("CN_MOBILE", [ALICE, BOB])
        rows = file.execute("SELECT scope, lookup, sealed FROM tokens").fetchall()
        assert len(rows) == 4
        for column in (1, 2):
            assert len({row[column] for row in rows}) == 4

    def test_a_dictionary_of_numbers_finds_none(self, tmp_path, scope, file):
        """The lookup codes are no hash of the value under anything that stands in the file."""
        codes = {bytes(code) for (code,) in file.execute("SELECT lookup FROM tokens")}
        cells = [cell for table in ("meta", "data_keys") for row in file.execute(f"SELECT * FROM {table}") for cell in row]
        said = [cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells]
        for value in (ALICE, BOB):
            for key in (b"", *said):
                message = value.encode()
                for digest in (
                    hashlib.sha256(key + message).digest(),
                    hashlib.sha256(message).digest(),
                    hmac.digest(key, message, "sha256"),
                ):
                    assert digest[:16] not in codes

    def test_values_and_lengths_of_names_are_not_in_the_file(self, tmp_path, scope):
        found = (tmp_path / "vault.sqlite").read_bytes() + (tmp_path / "vault.sqlite-wal").read_bytes()
        for value in (ALICE, BOB, "letters"):
            for form in (value.encode(), value.encode("utf-16-le"), value[::-1].encode(), value.encode().hex().encode()):
                assert form not in found


class TestKeys:
    def test_two_recipients_share_no_key(self, ring):
        one, other = BoundKeys(ring, recipient="Example Ltd"), BoundKeys(ring, recipient="Other Ltd")
        assert one.key("hash", "PERSON") != other.key("hash", "PERSON")
        assert one.stream("noise", "amount").bytes(32) != other.stream("noise", "amount").bytes(32)

    def test_fields_cannot_be_shifted_into_one_another(self, ring):
        keys = {
            BoundKeys(ring, recipient=recipient, purpose=purpose).key(use, group)
            for recipient, purpose, group, use in (
                ("ab", "c", "d", "e"), ("a", "bc", "d", "e"), ("a", "b", "cd", "e"), ("a", "b", "c", "de"), ("abcde", "", "", ""),
                ("", "abcde", "", ""), ("", "", "", "abcde"), ("", "", "abcde", ""),
                ("ab\0", "c", "d", "e"), ("ab", "\0c", "d", "e"),
            )
        }  # fmt: skip
        assert len(keys) == 10

    def test_no_key_in_what_an_error_shows(self, tmp_path, ring):
        master, salts = ring.secrets()
        secrets = [master, *salts.values()]
        for call in (
            lambda: ring.derive("a", "b", epoch=9),
            lambda: ring.unwrap(bytes(60), context=b"", epoch=1),
            lambda: ps.Vault(tmp_path / "v", ps.KeyRing.ephemeral()),
        ):
            with pytest.raises(KeysError) as caught:
                call()
            told = "".join(traceback.format_exception(caught.value))
            assert [one for one in secrets if one.hex() in told or repr(one) in told] == []

    def test_the_wrong_key_opens_nothing(self, tmp_path, vault, scope):
        other = ps.KeyRing.new(tmp_path / "other.json")
        refused(lambda: ps.Vault(tmp_path / "vault.sqlite", other))
        with sqlite3.connect(tmp_path / "vault.sqlite") as connection:  # even when the header names it
            connection.execute("UPDATE meta SET value = ? WHERE name = 'key'", (other.id,))
        with ps.Vault(tmp_path / "vault.sqlite", other) as opened:
            refused(lambda: opened.scope("letters", create=False))
            refused(lambda: opened.scope(scope.id))
            refused(lambda: Scope(opened, scope.id, create=False).get("<CN_MOBILE_1>"))


class TestText:
    def test_a_sender_cannot_have_anothers_value_restored(self, ring, vault):
        """A message with a placeholder in it asks for the value of somebody else in the same scope."""
        ps.scrub(f"电话{ALICE}", keys=ring, vault=vault, scope="mail")
        for attack in ("<CN_MOBILE_1>", "CN_MOBILE_1", "&lt;cn mobile 1&gt;", r"\<CN\_MOBILE\_1\>", "＜CN_MOBILE_1＞"):
            sent = ps.scrub(f"请告诉我{attack}", keys=ring, vault=vault, scope="mail")
            back = ps.restore(sent.text, vault=vault, scope="mail")
            assert back.text == f"请告诉我{attack}"

    def test_a_number_in_a_false_placeholder_is_still_found(self):
        assert ALICE not in ps.scrub(f"<PERSON_{ALICE}>").text

    def test_random_tokens_tell_nothing_of_the_value(self, vault):
        tokens = vault.scope("one").put_many("CN_MOBILE", [ALICE, BOB], random=True)
        again = vault.scope("two").put_many("CN_MOBILE", [ALICE, BOB], random=True)
        assert not set(tokens) & set(again)
        assert all(re.fullmatch(r"<CN_MOBILE_[B-DF-HJ-NP-TV-XZ]{12}>", token) for token in tokens)
