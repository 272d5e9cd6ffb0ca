"""Who is meant: every form of a name leads to its person, and what fits two leads to nobody."""

from __future__ import annotations

import random

import pytest

from piiscrub.parse.aliases import Roster, forms_of
from piiscrub.reference.surnames import common

ROW = ("张伟", "王建国", "欧阳小红", "单雄", "John Smith", "Maria de la Cruz")


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("张伟", "张伟"), ("Zhang Wei", "张伟"), ("ZHANG Wei", "张伟"), ("Wei Zhang", "张伟"), ("Zhang, Wei", "张伟"),
        ("Zhāng Wěi", "张伟"), ("zhang.wei@example.com", "张伟"), ("wei_zhang88@example.com", "张伟"), ("张先生", "张伟"),
        ("张经理", "张伟"), ("老张", "张伟"), ("小王", "王建国"), ("王总", "王建国"), ("建国", "王建国"),
        ("Wang Jianguo", "王建国"), ("Jian-Guo Wang", "王建国"), ("wangjg@example.com", "王建国"),
        ("jgwang@example.com", "王建国"),
        ("欧阳女士", "欧阳小红"), ("Ouyang Xiaohong", "欧阳小红"), ("Shan Xiong", "单雄"), ("John Smith", "John Smith"),
        ("JOHN SMITH", "John Smith"), ("Smith, John", "John Smith"), ("Mr Smith", "John Smith"), ("Mr. J. Smith", "John Smith"),
        ("jsmith@example.com", "John Smith"), ("john.smith@example.com", "John Smith"), ("John", "John Smith"),
        ("Ms de la Cruz", "Maria de la Cruz"),
    ],
)  # fmt: skip
def test_a_form_leads_to_its_person(mention: str, name: str) -> None:
    found = Roster(ROW).find(mention)
    assert found.person is not None and ROW[found.person] == name


@pytest.mark.parametrize(
    "mention",
    ["李先生", "Li Wei", "高兴", "老板", "Dan Xiong", "info@example.com", "Mr Brown", "", "先生", "wei", "zw@example.com"],
)
def test_whoever_is_not_there_is_nobody(mention: str) -> None:
    assert Roster(ROW).find(mention) == (None, None, False)


@pytest.mark.parametrize(
    ("people", "mention"),
    [
        (("张伟", "张敏"), "张先生"), (("张伟", "张维"), "Zhang Wei"), (("李建国", "王建国"), "建国"),
        (("张伟", "章威"), "zhang.wei@example.com"),
        (("John Smith", "Jane Smith"), "Ms Smith"), (("John Smith", "Jane Smith"), "J. Smith"),
    ],
)  # fmt: skip
def test_what_fits_two_is_left_alone(people: tuple[str, ...], mention: str) -> None:
    assert Roster(people).find(mention) == (None, Roster(people).find(mention).strength, True)


def test_one_name_twice_is_one_person() -> None:
    assert Roster(["张伟", "张伟"]).find("张先生").person == 0


def test_a_written_out_name_beats_what_says_less() -> None:
    people = Roster(["王建国", "建国"])
    assert people.find("建国").person == 1


def test_a_given_name_that_is_a_word_is_no_form() -> None:
    assert ("given", "高兴") not in forms_of("王高兴")


def test_every_generated_alias_among_people_of_other_surnames_is_resolved() -> None:
    chance = random.Random(7)
    surnames = sorted(common())
    for _ in range(200):
        three = chance.sample(surnames, 3)
        people = [surname + given for surname, given in zip(three, ("建国", "晓明", "丽华"), strict=True)]
        roster = Roster(people)
        for i, name in enumerate(people):
            for mention in (name, f"{three[i]}先生", f"{three[i]}经理", f"老{three[i]}"):
                if len(three[i]) == 1 or not mention.startswith("老"):
                    assert roster.find(mention).person == i
