"""What a policy encrypted inside a text is found there and comes back with the keys alone; nothing altered or foreign does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import piiscrub as ps
from piiscrub.errors import InputError, KeysError
from piiscrub.keys.bound import BoundKeys
from piiscrub.keys.ceremony import Destruction, rotate
from piiscrub.keys.ring import KeyRing
from piiscrub.keys.vault import Vault
from piiscrub.model.finding import Finding
from piiscrub.model.policy import OperatorSpec
from piiscrub.operate import sealed
from piiscrub.operate.encrypt import Encrypt
from piiscrub.operate.protocol import DocumentState, start
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.scrubber.restoring import Restorer, restore
from piiscrub.scrubber.restoring_sealed import Opener

KEYS = BoundKeys(KeyRing.ephemeral(), recipient="Example Ltd", purpose="billing")
TEXT = "请回电13800138000，或写信到zhang.san@example.com。"
FORMS = [{}, {"pad": 16}, {"mode": "random"}, {"mode": "random", "cipher": "sm4", "pad": 8}]


def policy(**params: object):
    spec = OperatorSpec.of("encrypt", permissive=False, **params)  # type: ignore[arg-type]  # as a policy gives them
    return ps.load_policy("balanced").replace(rules=(), default=spec)


def scrubbed(text: str = TEXT, keys: BoundKeys = KEYS, **params: object) -> str:
    return Scrubber(policy=policy(**params), ner=None, keys=keys).scrub(text).text


@pytest.fixture(scope="module")
def sent() -> str:
    return scrubbed()


def token(value: str, operator: Encrypt | None = None, keys: BoundKeys = KEYS) -> str:
    work = start(operator or Encrypt(), DocumentState(keys=keys))
    return work(value, Finding("CN_MOBILE", 0, len(value), 1.0, "test"))


@pytest.mark.parametrize("params", FORMS, ids=range(len(FORMS)))
def test_a_text_comes_back_with_the_keys_alone(params: dict[str, object]) -> None:
    sent = scrubbed(**params)
    assert "13800138000" not in sent and "example.com" not in sent
    back = ps.restore(f"已办：{sent}\n-- \n{sent}", keys=KEYS)
    assert back.text == f"已办：{TEXT}\n-- \n{TEXT}"
    assert (len(back.restored) in (2, 4), back.unknown) == (True, ())
    assert (back.event.action, back.event.key, back.event.vault) == ("restore", KEYS.id, "")


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=20)), max_size=4), st.sampled_from(range(4)))
def test_any_value_between_any_text(parts: list[tuple[str, str]], form: int) -> None:
    operator = Encrypt(**FORMS[form])  # type: ignore[arg-type]  # as above
    around = [before.replace("<", "").replace("&", "") for before, _ in parts]
    text = "".join(before + token(value, operator) for before, (_, value) in zip(around, parts, strict=True))
    assert restore(text, keys=KEYS).text == "".join(b + value for b, (_, value) in zip(around, parts, strict=True))


@pytest.mark.parametrize(
    "written",
    [
        lambda one: one.replace("<", "＜").replace(">", "＞"),
        lambda one: one.replace("<", "&lt;").replace(">", "&gt;"),
        lambda one: one.replace("_", r"\_"),
        lambda one: one.replace("<", r"\<").replace(">", r"\>").replace("_", r"\_").replace("-", r"\-"),
    ],
    ids=["full width", "html", "markdown", "markdown brackets"],
)
def test_what_an_editor_makes_of_it(sent: str, written) -> None:
    assert restore(written(sent), keys=KEYS).text == TEXT


def test_one_that_was_altered_stays_and_is_listed() -> None:
    one = token("13800138000")
    for at in range(1, len(one) - 1):
        for other in "Bq1":
            changed = one[:at] + other + one[at + 1 :]
            if changed != one:
                back = restore(changed, keys=KEYS)
                assert back.text == changed and back.restored == ()
                assert back.unknown in ((), (changed,))
    flipped = one.replace(":enc1.d0.", ":enc1.d16.")
    assert restore(flipped, keys=KEYS).unknown == (flipped,)


def test_one_of_others_stays() -> None:
    ring = KEYS.ring
    for keys in (
        BoundKeys(KeyRing.ephemeral(), recipient="Example Ltd", purpose="billing"),
        BoundKeys(ring, recipient="Other Ltd", purpose="billing"), BoundKeys(ring, recipient="Example Ltd"), ring,
    ):  # fmt: skip  # one line each
        one = token("13800138000")
        assert restore(one, keys=keys).unknown == (one,)
    invented = "<CN_MOBILE:enc1.d0.e1.AAAAAAAAAAAAAAAAAAAAAAAA>"
    assert restore(invented, keys=KEYS).text == invented
    assert restore("<CN_MOBILE:enc2.d0.e1.AAAAAAAAAAAAAAAAAAAAAAAA> <CN_MOBILE_1> <b>", keys=KEYS).unknown == ()


def test_an_earlier_epoch_opens_until_it_is_destroyed(tmp_path) -> None:
    ring = KeyRing.new(tmp_path / "keys.json")
    old = scrubbed(keys=BoundKeys(ring))
    later, _ = rotate(ring)
    new = scrubbed(keys=BoundKeys(later))
    assert ".e1." in old and ".e2." in new
    assert restore(old + new, keys=later).text == TEXT * 2
    step = Destruction(later, 1)
    step.confirm(step.code)
    back = restore(old + new, keys=KeyRing.load(tmp_path / "keys.json"))
    assert back.text == old + TEXT and len(back.unknown) == 2


@given(st.data())
def test_a_stream_cut_anywhere(data: st.DataObject) -> None:
    escaped = token("王", Encrypt(mode="random")).replace("<", "&lt;").replace(">", "&gt;")
    text = "<b>a&amp;b <" + token("13800138000") + "_\\\\" + escaped
    whole = restore(text, keys=KEYS).text
    assert whole == "<b>a&amp;b <13800138000_\\\\王"
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    restorer = Restorer(keys=KEYS)
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert "".join([*map(restorer.feed, pieces), restorer.finish()]) == whole


def test_a_stream_of_plain_text_is_not_held_back() -> None:
    restorer = Restorer(keys=KEYS)
    assert restorer.feed("<p>a & b</p> x < y") == "<p>a & b</p> x < y"
    assert restorer.feed(" <CN_MOBILE:enc1.d0.e1.AAAA") == " "
    assert restorer.finish() == "<CN_MOBILE:enc1.d0.e1.AAAA"


def test_beside_placeholders_of_a_vault(tmp_path) -> None:
    keys = BoundKeys(KeyRing.new(tmp_path / "keys.json"), recipient="Example Ltd")
    sent = scrubbed(keys=keys)
    with Vault(tmp_path / "values.vault", keys) as vault:
        scope = vault.scope("letters")
        held = scope.put("PERSON", "张伟")
        back = Restorer(scope).text(f"{held}：{sent}")
        assert back == f"张伟：{TEXT}"
        assert restore(f"{held}：{sent}", keys=keys).text == f"{held}：{TEXT}"


def test_scrubbed_twice_comes_back_in_two_steps(sent: str) -> None:
    again = scrubbed(sent)
    assert restore(restore(again, keys=KEYS).text, keys=KEYS).text == TEXT
    assert restore(again, keys=KEYS).text in (sent, TEXT)


def test_what_is_missing_is_said() -> None:
    with pytest.raises(InputError, match="takes the keys"):
        restore("text")
    with pytest.raises(InputError):
        restore(b"text", keys=KEYS)  # type: ignore[arg-type]  # that is the point
    with pytest.raises(KeysError):
        Opener(KEYS)._document(7)
    assert sealed.whole("AAAA") and not sealed.whole("AAAAA") and not sealed.whole("AB==")
