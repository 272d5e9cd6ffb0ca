"""Values come back exactly, from every form that is understood and from no other."""

from __future__ import annotations

import pickle
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import piiscrub as ps
from piiscrub.errors import InputError, KeysError
from piiscrub.keys.ring import KeyRing
from piiscrub.keys.vault import Vault
from piiscrub.scrubber.quick import scrub
from piiscrub.scrubber.restoring import Restorer, restore

MOBILE, OTHER, MAIL = "13800138000", "14200000000", "zhang.san@example.com"
TEXT = f"请联系{MOBILE}或{OTHER}，邮箱{MAIL}。再打{MOBILE}！"


@pytest.fixture
def ring(tmp_path):
    return KeyRing.new(tmp_path / "keys.json")


@pytest.fixture
def vault(tmp_path, ring):
    with Vault(tmp_path / "vault.sqlite", ring) as opened:
        yield opened


@pytest.fixture
def issued(vault):
    """A scope with one mobile number and one address, and a restorer of it."""
    scope = vault.scope("letters")
    assert scope.put("CN_MOBILE", MOBILE) == "<CN_MOBILE_1>"
    assert scope.put("EMAIL_ADDRESS", MAIL) == "<EMAIL_ADDRESS_1>"
    return Restorer(scope)


class TestRoundTrip:
    def test_one_call_each_way(self, ring, vault):
        done = scrub(TEXT, keys=ring, vault=vault)
        assert done.text == "请联系<CN_MOBILE_1>或<CN_MOBILE_2>，邮箱<EMAIL_ADDRESS_1>。再打<CN_MOBILE_1>！"
        assert done.evidence.scope and done.evidence.key == f"{ring.id}, epoch 1"
        back = restore(done.text, keys=ring, vault=vault, scope=done.evidence.scope)
        assert back.text == TEXT
        assert (back.restored, back.unknown) == (("<CN_MOBILE_1>", "<CN_MOBILE_2>", "<EMAIL_ADDRESS_1>"), ())
        assert (back.event.action, back.event.key, back.event.vault) == ("restore", ring.id, vault.id)

    def test_by_path_in_another_process_of_thought(self, tmp_path, ring):
        path = tmp_path / "vault.sqlite"
        done = scrub(TEXT, keys=ring, vault=path, scope="letters")
        assert restore(done.text, keys=KeyRing.load(tmp_path / "keys.json"), vault=path, scope="letters").text == TEXT

    def test_spellings_come_back_as_they_were(self, ring, vault):
        text = f"{MOBILE}，138-0013-8000，１３８００１３８０００"
        done = scrub(text, keys=ring, vault=vault)
        assert "138" not in done.text
        assert restore(done.text, vault=vault, scope=done.evidence.scope).text == text

    def test_a_scope_of_several_documents(self, ring, vault):
        one = scrub(TEXT, keys=ring, vault=vault, scope="letters")
        other = scrub(f"电话{OTHER}", keys=ring, vault=vault, scope="letters")
        assert other.text == "电话<CN_MOBILE_2>"
        assert one.evidence.scope == other.evidence.scope

    @pytest.mark.parametrize("workers", [1, 2])
    def test_many(self, ring, vault, workers):
        texts = [f"第{n}封：电话1420000{n:04}，另见{MOBILE}" for n in range(130)]
        scrubber = ps.Scrubber(keys=ring, vault=vault)
        done = list(scrubber.scrub_many(texts, workers=workers))
        (scope,) = {one.evidence.scope for one in done}
        assert len({one.text.partition("另见")[2] for one in done}) == 1
        assert [restore(one.text, vault=vault, scope=scope).text for one in done] == texts

    def test_random_tokens(self, ring, vault):
        policy = ps.load_policy("balanced").replace(
            rules=(), default=ps.load_policy("balanced").default.of("token", permissive=False, random=True)
        )
        done = scrub(TEXT, policy=policy, keys=ring, vault=vault)
        assert MOBILE not in done.text and "<CN_MOBILE_1>" not in done.text
        assert restore(done.text.lower(), vault=vault, scope=done.evidence.scope).text == TEXT


class TestForms:
    UNDERSTOOD = (
        "<CN_MOBILE_1>", "<cn_mobile_1>", "<Cn_Mobile_1>", "＜CN_MOBILE_1＞", "&lt;CN_MOBILE_1&gt;", r"<CN\_MOBILE\_1>",
        r"\<CN\_MOBILE\_1\>", r"\<CN_MOBILE_1\>", "<CN MOBILE 1>", "<CN-MOBILE-1>", "CN_MOBILE_1", r"CN\_MOBILE\_1",
        "&lt;cn mobile 1&gt;", "＜cn-mobile-1＞", "<CN_MOBILE-1>",
    )  # fmt: skip
    OTHERS = (
        "<CN_MOBILE_01>", "<CN_MOBILE_2>", "<CN_MOBILE_1 >", "< CN_MOBILE_1>", "<CN__MOBILE_1>", "<MOBILE_1>",
        "<CNMOBILE1>", "<CN_MOBILE_１>", "<СN_MOBILE_1>", "<CN_MOBILE>", "XCN_MOBILE_1", "CN_MOBILE_12", "CN_MOBILE_1_2",
        "CN_MOBILE_1a", "_CN_MOBILE_1", "CN_MOBILE_1０", "cn_mobile_1", "CN MOBILE 1", "CN-MOBILE-1", "<CN_MOBILE_1",
        "CN_MOBILE_1>", "＜CN_MOBILE_1>", "<CN_MOBILE_1&gt;", "&lt;CN_MOBILE_1>", "<CN/MOBILE/1>", "<CN\n MOBILE_1>",
        "<CN\u00a0MOBILE_1>", "<CN.MOBILE.1>", "<1>", "MOBILE_1",
    )  # fmt: skip

    @pytest.mark.parametrize("form", UNDERSTOOD, ids=range(len(UNDERSTOOD)))
    def test_these_are_understood(self, issued, form):
        assert issued.text(f"给{form}，打电话") == f"给{MOBILE}，打电话"
        assert issued.text(form) == MOBILE

    @pytest.mark.parametrize("form", OTHERS, ids=range(len(OTHERS)))
    def test_nothing_else_is(self, issued, form):
        assert MOBILE not in issued.text(f"给{form}，打电话")

    @pytest.mark.parametrize("signs", ["[]", "{}", "《》", "“”", "()", ";;", "..", "看它"])
    def test_without_brackets_it_may_stand_between_other_signs(self, issued, signs):
        assert issued.text("CN_MOBILE_1".join(signs)) == MOBILE.join(signs)

    def test_brackets_within_brackets(self, issued):
        assert issued.text("<<CN_MOBILE_1>> \\<CN_MOBILE_1> &lt;<CN_MOBILE_1>&gt;") == f"<{MOBILE}> \\{MOBILE} &lt;{MOBILE}&gt;"


class TestUnknown:
    def test_what_was_not_issued_stays_and_is_listed(self, ring, vault, issued):
        text = "<CN_MOBILE_1> <CN_MOBILE_7> <PERSON_1> PERSON_2 <item-1>"
        assert issued.text(text) == f"{MOBILE} <CN_MOBILE_7> <PERSON_1> PERSON_2 <item-1>"
        assert issued.result().unknown == ("<CN_MOBILE_7>", "<PERSON_1>", "<PERSON_2>")

    def test_another_scope_gives_nothing(self, vault, issued):
        other = vault.scope("other")
        other.put("PERSON", "张伟")
        assert Restorer(other).text("<CN_MOBILE_1> <EMAIL_ADDRESS_1>") == "<CN_MOBILE_1> <EMAIL_ADDRESS_1>"

    def test_repr_shows_no_value(self, issued):
        result = issued.result(issued.text("<CN_MOBILE_1>"))
        assert MOBILE not in repr(result) + repr(result.event)
        assert repr(result) == "<RestoreResult: 1 restored, 0 unknown>"


NASTY = st.lists(
    st.sampled_from(
        ["<", ">", "＜", "＞", "&lt;", "&gt;", "\\", "_", "-", " ", "1", "2", "PERSON_1", "<CN_MOBILE_1>", "<cn-mobile 1>",
         "CN\\_MOBILE\\_1",         "\\<CN\\_MOBILE\\_1\\>", "LITERAL_1", "<LITERAL_1>", "&lt;LITERAL 2&gt;", "a", "甲",
         MOBILE, OTHER, MAIL, "CN", "MOBILE", "\n", "０"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


class TestLookalikes:
    def test_they_come_back_as_they_were(self, ring, vault):
        text = f"模板<CN_MOBILE_1>和CN_MOBILE_1，电话{MOBILE}"
        done = scrub(text, keys=ring, vault=vault)
        assert done.evidence.operators["escape"] == 2
        assert "<CN_MOBILE_1>" in done.text.partition("电话")[2]
        assert restore(done.text, vault=vault, scope=done.evidence.scope).text == text

    def test_without_a_vault_nothing_is_touched(self):
        assert scrub("模板<CN_MOBILE_1>").text == "模板<CN_MOBILE_1>"

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400)
    @given(NASTY)
    def test_any_text_round_trips(self, ring, vault, text):
        done = scrub(text, keys=ring, vault=vault, scope="any")
        assert restore(done.text, vault=vault, scope="any").text == text

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
    @given(NASTY, st.randoms(use_true_random=False))
    def test_pieces_give_what_the_whole_gives(self, vault, issued, text, chance):
        restorer = Restorer(vault.scope("letters"))
        whole = restorer.text(text)
        pieces = []
        at = 0
        while at < len(text):
            step = chance.randint(1, 6)
            pieces.append(restorer.feed(text[at : at + step]))
            at += step
        assert "".join(pieces) + restorer.finish() == whole

    def test_a_stream_does_not_wait_longer_than_it_must(self, issued):
        assert issued.feed("您好，") == "您好，"
        assert issued.feed("a < b") == "a < b"
        assert issued.feed(" <CN_MO") == " "
        assert issued.feed("BILE_1> ") == f"{MOBILE} "
        assert issued.finish() == ""


class TestWrongKeys:
    def test_another_ring(self, tmp_path, ring, vault):
        done = scrub(TEXT, keys=ring, vault=vault)
        other = KeyRing.new(tmp_path / "other.json")
        for where in (vault, tmp_path / "vault.sqlite"):
            with pytest.raises(KeysError):
                restore(done.text, keys=other, vault=where, scope=done.evidence.scope)

    def test_no_keys(self, tmp_path, ring, vault):
        with pytest.raises(KeysError, match="hand over keys"):
            scrub(TEXT, vault=tmp_path / "vault.sqlite")

    def test_no_such_scope(self, ring, vault):
        for scope in ("never made", "s" + "0" * 32):
            with pytest.raises(KeysError, match="no scope"):
                restore("<PERSON_1>", keys=ring, vault=vault, scope=scope)

    def test_a_scope_takes_a_vault(self, ring):
        with pytest.raises(InputError):
            scrub(TEXT, keys=ring, scope="letters")

    def test_no_text(self, vault, issued):
        with pytest.raises(InputError):
            restore(b"<PERSON_1>", vault=vault, scope="letters")


class TestKeysOfAScrubber:
    HASHED = ps.load_policy("balanced").replace(rules=(), default=ps.load_policy("balanced").default.of("hash", permissive=False))

    def test_one_ephemeral_ring_for_all_its_calls_and_workers(self):
        scrubber = ps.Scrubber(policy=self.HASHED)
        texts = [f"电话{MOBILE}"] * 130
        alone = scrubber.scrub(texts[0])
        assert {one.text for one in scrubber.scrub_many(texts, workers=2)} == {alone.text}
        assert alone.evidence.key == "ephemeral: random, kept nowhere"
        assert ps.Scrubber(policy=self.HASHED).scrub(texts[0]).text != alone.text

    def test_each_call_without_keys_has_its_own(self):
        assert scrub(f"电话{MOBILE}", policy=self.HASHED).text != scrub(f"电话{MOBILE}", policy=self.HASHED).text

    def test_a_ring_gives_the_same_again(self, tmp_path, ring):
        first = scrub(f"电话{MOBILE}", policy=self.HASHED, keys=ring)
        again = scrub(f"电话{MOBILE}", policy=self.HASHED, keys=KeyRing.load(tmp_path / "keys.json"))
        assert first.text == again.text
        assert first.evidence.key == f"{ring.id}, epoch 1"

    def test_keys_do_not_travel_with_it(self, tmp_path, ring):
        scrubber = ps.Scrubber(policy=self.HASHED, keys=ring)
        data = pickle.dumps(scrubber)
        master, salts = ring.secrets()
        assert [secret for secret in (master, *salts.values()) if secret in data] == []
        again = pickle.loads(data)
        for lost in (again, pickle.loads(pickle.dumps(again))):
            with pytest.raises(KeysError, match="with_keys"):
                lost.scrub(f"电话{MOBILE}")
        assert again.scan(f"电话{MOBILE}").findings
        text = f"电话{MOBILE}"
        assert again.with_keys(ring).scrub(text).text == scrubber.scrub(text).text


@pytest.mark.parametrize("kind", ["documents", "rows"])
def test_a_few_hundred_of_the_benchmark(ring, vault, kind):
    """All ten thousand: ``python -m benchmarks.restore``."""
    import benchmarks.restore.__main__ as benchmark

    assert getattr(benchmark, kind)(vault.scope(kind), 200, random.Random(20261122)) == 200


def test_no_foreign_or_invented_token_is_restored(vault):
    import benchmarks.restore.__main__ as benchmark

    scope = vault.scope("here")
    scope.put_many("CN_MOBILE", [MOBILE, OTHER])
    assert benchmark.foreign(scope, vault.scope("there"), 300, random.Random(1)) == 0
