"""One person, one pseudonym: the forms of a name in one text, and what is left alone."""

from __future__ import annotations

import re

import pytest

import piiscrub as ps
from piiscrub.operate.people import surrogate
from piiscrub.scrubber.linking import Links, Person
from piiscrub.scrubber.mentions import mentions

KEYS = ps.KeyRing.ephemeral()


class Told:
    """A recognizer that finds what it is told to."""

    id = "told"
    entities = ("PERSON", "PERSON_REFERENCE")

    def __init__(self, **found: tuple[str, ...]) -> None:
        self.found = found

    def find(self, text: str) -> list[ps.Finding]:
        return [
            ps.Finding(entity, text.index(value), text.index(value) + len(value), 0.9, self.id)
            for entity, values in self.found.items()
            for value in values
            if value in text
        ]


def scrubber(policy: str = "test-data", **found: tuple[str, ...]) -> ps.Scrubber:
    return ps.Scrubber(policy=policy, keys=KEYS, ner=None, recognizers=[Told(**found)])


def test_a_title_after_a_full_name_takes_the_surname_of_the_pseudonym() -> None:
    done = scrubber(PERSON=("王建国",)).scrub("王建国来电，王先生要求退款，建国同意")
    name, title, given = re.fullmatch("(.+)来电，(.+先生)要求退款，(.+)同意", done.text).groups()
    links = Links([Person(name)])
    assert "建国" not in done.text  # the surname may be the same by chance, and one of two characters
    assert [links.find(one)[0] for one in (title, name)] == [Person(name), Person(name)]
    assert name == title.removesuffix("先生") + given
    assert (done.evidence.linked, done.evidence.ambiguous) == (3, 0)


def test_two_of_one_surname_leave_the_title_to_itself() -> None:
    done = scrubber(PERSON=("张伟", "张敏")).scrub("张伟和张敏，张先生说")
    assert (done.evidence.linked, done.evidence.ambiguous) == (2, 1)
    assert "张伟" not in done.text and "张敏" not in done.text


def test_forms_in_letters_and_mailboxes_are_those_of_one_pseudonym_without_any_table() -> None:
    key = bytes(range(32))
    family = {surrogate(key, name).casefold() for name in ("Zhang Wei", "ZHANG Wei", "Zhāng Wěi")}
    assert len(family) == 1
    surname, given = family.pop().split()
    assert surrogate(key, "Wei Zhang").casefold() in (f"{surname} {given}", f"{given} {surname}")
    from piiscrub.operate.forms import written_like

    assert written_like(surrogate(key, "张伟"), "张伟", "Zhang Wei", "letters").casefold() == f"{surname} {given}"


@pytest.mark.parametrize("policy", ["balanced", "llm-prompt"])
def test_numbered_tags_are_not_linked_because_a_restore_gives_back_each_form(policy: str) -> None:
    done = scrubber(policy, PERSON=("王建国",), PERSON_REFERENCE=("王先生",)).scrub("王建国来电，王先生要求退款")
    assert done.text.startswith("<PERSON_1>") and "<PERSON_REFERENCE_1>" in done.text
    assert done.evidence.linked == 0


def test_a_hash_is_that_of_the_full_name() -> None:
    text = scrubber("pipl-export", PERSON=("王建国",)).scrub("王建国来电，王先生要求退款").text
    first, second = text.split("，")
    assert first.removesuffix("来电") == second.removesuffix("要求退款")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("从小李那里", []), ("建国路八号", []), ("陈建国到了", []), ("李工作了", []), ("小王说", ["小王"]),
        ("转交建国处理", ["建国"]), ("欧阳先生", []), ("WANG Jianguo, Jian-Guo Wang", ["WANG Jianguo", "Jian-Guo Wang"]),
        ("J. Wang and Mr. Wang.", ["J. Wang", "Mr. Wang"]), ("Wangfujing Street", []), ("Lihua Road", []),
    ],
)  # fmt: skip
def test_mentions_of_people_who_are_known(text: str, found: list[str]) -> None:
    people = Links([Person("王建国"), Person("李阳"), Person("阳光明")])
    seen = sorted(mentions(text, people.people, people._roster))
    assert [text[start:end] for start, end, _ in seen] == found


def test_a_scrubber_without_names_does_no_more_than_before() -> None:
    done = scrubber().scrub("王先生要求退款，联系13800138000")
    assert done.evidence.linked == done.evidence.ambiguous == 0
    assert done.text.startswith("王先生")
