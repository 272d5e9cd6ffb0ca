from __future__ import annotations

import pytest

from piiscrub.parse.organisations import no_organisation, part_of_token
from piiscrub.parse.things import called_after, car, of_no_person
from piiscrub.reference.tables import rows


def _marked(text: str) -> tuple[str, int, int]:
    start, end = text.index("["), text.index("]") - 1
    return text.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(
    "text",
    [
        "a history of [Kaposi] sarcoma",
        "[Parkinson]'s disease",
        "[Glorp] syndrome",
        "[Reed-Sternberg] cells",
        "the [Treynor] ratio",
        "[Glasgow Coma Scale]",
        "Hurricane [Jane]",
        "[Hurricane Jane]",
        "[Storm Jane]",
        "the [Sherman] Act",
    ],
)
def test_a_thing_called_after_somebody(text: str) -> None:
    assert called_after(*_marked(text))


@pytest.mark.parametrize(
    "text",
    [
        "[Turner]'s score was 9",  # somebody's
        "[Wilson]'s number is in the book",
        "Mr [Wilson]'s disease progressed",
        "patient [Wilson] test pending",
        "[Jane] disease progression",
        "[Jane Doe] syndrome",
        "[Jane] plan to leave",
        "[Storm Roe] called",
        "in [Glasgow]",
    ],
)
def test_somebody(text: str) -> None:
    assert not called_after(*_marked(text))


@pytest.mark.parametrize(
    "text",
    [
        "口服[雷尼]替丁",
        "[罗红霉素]",
        "给予[戈舍]瑞林",
        "新药[阿测替尼]",
        "[何乐]不为",
        "[张王]李赵",
        "[霍奇金]淋巴瘤",
        "[桂枝]10g，甘草6g",
    ],
)
def test_medicines_and_idioms_are_nobody(text: str) -> None:
    assert of_no_person(*_marked(text))


@pytest.mark.parametrize(
    "text", ["[白薇]已到", "[李替尼]来电", "[桂枝]请假", "[王小明]服用头孢", "[王芳]胰岛素用量", "[王芳]卡因为欠费停用"]
)
def test_what_could_be_a_name_is_one_without_a_word_of_medicine(text: str) -> None:
    assert not of_no_person(*_marked(text))


def test_a_brand_may_be_a_firm() -> None:
    assert of_no_person("一瓶李锦记酱油", 2, 5)
    assert not of_no_person("一瓶李锦记酱油", 2, 5, brands=False)


def test_every_word_of_the_table_is_seen_whole_and_in_part() -> None:
    for kind, words in rows("things_zh"):
        if kind in ("sure", "idiom", "brand"):
            for word in words.split(" "):
                assert of_no_person(f"见{word}等", 1, 1 + len(word)), word
                assert not of_no_person(f"{word[0]}见{word[-1]}", 0, 3), word


@pytest.mark.parametrize(
    "text",
    [
        "see [np].pi",
        "numpy.[nan] is",
        "`[DocTest]`",
        "[OrderService].deduct(Order.java:7)",
        "[Test].java:7",
        "00700.[HK]",
        "[run]()",
    ],
)
def test_a_name_in_code(text: str) -> None:
    assert part_of_token(*_marked(text))


@pytest.mark.parametrize(
    "text", ["1.[Jane Doe] 2.John Roe", "done.[Jane] left", "[john].doe", "`[John]` ran", "[Acme]. Then", "[Acme] (London)"]
)
def test_no_name_in_code(text: str) -> None:
    assert not part_of_token(*_marked(text))


def test_a_class_is_no_organisation() -> None:
    assert no_organisation("ValueError")
    assert no_organisation("TestStockService")
    assert not no_organisation("TestSoft")


def test_a_model_with_its_maker_is_a_car() -> None:
    assert car(*_marked("a [Skoda Octavia]"))
    assert not car(*_marked("a [Skoda]"))
    assert not car(*_marked("[Jane Octavia]"))
