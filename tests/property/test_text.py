"""Whatever stands around it, a value is found where it stands; whatever a text is, it gets an answer."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import piiscrub as ps
from piiscrub.model.policy import REDACT, Policy
from piiscrub.packs.load import load_folder, load_words, packs_folder
from tests.growth import LINEAR, growth
from tests.packs.test_examples import takes_underscore, valid_values
from tests.security.guard import examples

TEXTS = sorted({text.replace("<<", "").replace(">>", "") for _, _, text in examples()})


@cache
def alone() -> tuple[tuple[str, str, str], ...]:
    """Pack, entity and value of everything that its pack reports without a word beside it, and that _ does not belong to."""
    found = []
    for pack in load_folder(packs_folder()):
        for value in valid_values(pack):
            if value.words["s"] == "" and "\n" not in value.text and not takes_underscore(pack, value):
                found.append((pack.id, pack.entity, value.text))
    return tuple(found)


@cache
def meaningful() -> frozenset[str]:
    """Characters that mean something to a pack: parts of labels, digits, units, provinces on plates."""
    packs = load_folder(packs_folder())
    words = load_words(packs_folder() / "words" / "negative.toml")
    texts = [word for pack in packs for word in (*pack.context.zh, *pack.context.columns)]
    texts += [pattern.regex for pack in packs for pattern in pack.patterns]
    return frozenset("".join((*texts, *words.zh, *TEXTS)))


han = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF).filter(lambda ch: ch not in meaningful())
marks = st.sampled_from("，。；、！？：（）【】「」『』《》〈〉“”‘’… \n\t\u3000,;!?'\"|[]{}<>")
beside = st.text(han | marks, max_size=8)


def spans(text: str, pack: str, entity: str) -> set[tuple[int, int]]:
    """Spans that the pack found, or that carry its entity, alternatives included."""
    return {
        (f.start, f.end)
        for f in ps.scan(text).findings
        for reading in (f, *f.alternatives)
        if reading.recognizer == pack or reading.entity == entity
    }


@given(number=st.integers(0, 10_000), before=beside, after=beside)
@settings(max_examples=400)
def test_a_value_is_found_between_any_han_and_punctuation(number: int, before: str, after: str) -> None:
    pack, entity, value = alone()[number % len(alone())]
    text = f"{before}{value}{after}"
    assert (len(before), len(before) + len(value)) in spans(text, pack, entity), pack


WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F) if chr(c).isalnum()})


@given(number=st.integers(0, 10_000), before=st.text(han, max_size=8), after=st.text(han, max_size=8))
@settings(max_examples=200)
def test_a_full_width_value_is_found_as_well(number: int, before: str, after: str) -> None:
    pack, entity, value = alone()[number % len(alone())]
    text = f"{before}{value.translate(WIDE)}{after}"
    assert (len(before), len(before) + len(value)) in spans(text, pack, entity), pack


REDACTED = ps.Scrubber(policy=Policy(id="all", default=REDACT, threshold=0.0))


@given(st.lists(st.integers(0, 10_000) | beside, max_size=8))
@settings(max_examples=200)
def test_what_is_outside_the_findings_is_untouched(parts: list[int | str]) -> None:
    text = "".join(part if isinstance(part, str) else TEXTS[part % len(TEXTS)] for part in parts)
    result = REDACTED.scrub(text)
    wanted, at = [], 0
    for f in result.findings:
        assert at <= f.start < f.end <= len(text)
        wanted += [text[at : f.start], "[REDACTED]"]
        at = f.end
    assert result.text == "".join((*wanted, text[at:]))


@pytest.mark.parametrize("policy", ["balanced", "strict"])  # what display leaves of a value may look like another
def test_scrubbing_twice_changes_nothing_more(policy: str) -> None:
    scrubber = ps.Scrubber(policy=policy, ner=None)  # a tagger reads what is left as another sentence
    again = []
    for number, text in enumerate(TEXTS):
        once = scrubber.scrub(text).text
        if scrubber.scrub(once).text != once:
            again.append(number)
    assert again == []


PAIRS = [("110101190001010014", "CN_ID_CARD"), ("4111111111111111", "CREDIT_CARD"), ("91110101MA0000007T", "CN_USCC")]


@given(which=st.sampled_from(range(len(PAIRS))), place=st.integers(0, 30), shift=st.integers(1, 9))
def test_one_changed_digit_is_no_finding_without_its_label_and_a_failed_check_beside_it(
    which: int, place: int, shift: int
) -> None:
    value, entity = PAIRS[which]
    digits = [i for i, ch in enumerate(value) if ch.isdigit()]
    at = digits[place % len(digits)]
    changed = value[:at] + str((int(value[at]) + shift) % 10) + value[at + 1 :]
    kinds = {reading.entity for f in ps.scan(f"登记：{changed}。").findings for reading in (f, *f.alternatives)}
    assert entity not in kinds
    checks = {f.check for f in ps.scan(f"证件号码：{changed}。", entities=[entity]).findings}
    assert "passed" not in checks


anything = st.characters(categories=["L", "M", "N", "P", "S", "Z", "Cc", "Cf", "Cs", "Co", "Cn"])


@given(st.text(anything | st.sampled_from("0123456789@.-:/*年月日\u200b\u202e\ud800"), max_size=80))
@settings(max_examples=300)
def test_any_text_gets_an_answer(text: str) -> None:
    result = ps.scan(text)
    assert all(0 <= f.start < f.end <= len(text) for f in result.findings)
    assert all(result.value(f) == text[f.start : f.end] for f in result.findings)
    assert isinstance(ps.scrub(text, policy="strict").text, str)
    if text:
        ps.explain(text, 0, len(text)).to_text(lang="zh")


JUNK = {
    "control characters": "\x00\x01\x1b[31m\x7f\x85",
    "lone surrogates": "\ud800\udfff\ud83d",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈👉",
    "right to left": "שלום\u202eمرحبا\u202c",
    "combining": "中\u0301\u0300\u20e3",
    "beyond the basic plane": "𠀀𝟏𝟚",
    "private": "\ue000\U000f0000",
    "line ends": "\r\n\u2028\u2029\x0b\x0c",
}


@pytest.mark.parametrize("name", JUNK)
def test_a_value_is_found_in_the_middle_of_junk(name: str) -> None:
    text = f"{JUNK[name]}手机13800138000{JUNK[name]}"
    start = text.index("1380")
    result = ps.scan(text)
    assert [(f.entity, result.value(f).strip("\u200b\u202e\u200d")) for f in result.findings] == [
        ("CN_MOBILE", text[start : start + 11])
    ]
    assert "13800138000" not in ps.scrub(text).text


@pytest.mark.parametrize(
    "ch", ["1", "a", " ", ".", "@", "-", "*", "中", "号", "一", "\u200b", "１", "\ud800", "é", ":", "/"], ids=ascii
)
def test_a_megabyte_of_one_character(ch: str) -> None:
    scan = ps.Scrubber(ner=None).scan  # how the time of taggers grows is seen in their own tests

    def nothing(size: int) -> None:
        assert {f.entity for f in scan(ch * size).findings} <= {"UNEXAMINED"}

    assert growth(nothing, 1_000_000 // len(ch.encode("utf-8", "surrogatepass"))) < LINEAR


def test_the_order_of_packs_does_not_matter() -> None:
    packs = list(load_folder(packs_folder()))
    said = decisions(ps.Scrubber(policy="strict"), ps.Scrubber(policy="strict", ner=None))
    for seed in (1, 2):
        random.Random(seed).shuffle(packs)
        shuffled = [ps.Scrubber(policy="strict", recognizers=[tuple(packs)], ner=ner) for ner in ("default", None)]
        assert [n for n, both in enumerate(zip(said, decisions(*shuffled), strict=True)) if both[0] != both[1]] == []


def decisions(together: ps.Scrubber, alone: ps.Scrubber) -> list[object]:
    """Decisions on all texts together, and on each alone, where taggers, which know nothing of packs, would take most time."""
    return [result.decisions for result in together.scan_many(TEXTS)] + [alone.scan(text).decisions for text in TEXTS]


@given(st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_the_order_of_rules_and_lists_does_not_matter(chance: random.Random) -> None:
    policy = ps.load_policy("balanced").replace(
        allow=("a@example.com", "10000"), deny=(("PERSON", "甲"), ("PERSON", "乙")), thresholds=(("AGE", 0.5), ("PERSON", 0.6))
    )
    mixed = {name: list(getattr(policy, name)) for name in ("rules", "allow", "deny", "thresholds")}
    for one in mixed.values():
        chance.shuffle(one)
    other = policy.replace(**{name: tuple(one) for name, one in mixed.items()})
    assert other.hash == policy.hash
    text = "甲和乙，年龄35岁，QQ号10000，邮箱a@example.com，电话13800138000"
    assert ps.scrub(text, policy=other).text == ps.scrub(text, policy=policy).text


def test_values_of_all_packs_take_part() -> None:
    assert len({pack for pack, _, _ in alone()}) >= 15
