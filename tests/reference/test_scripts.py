"""Traditional characters are read as simplified ones, and all that recognizer files need are known."""

from pathlib import Path

import pytest

from piiscrub.packs.load import load_folder, load_words, packs_folder
from piiscrub.reference.scripts import simplified
from piiscrub.reference.tables import rows

WHOLE = Path(__file__).parents[2] / "training" / "zh" / "t2s.tsv"
CANTONESE = {"搵"}  # written so in both scripts


def only_simplified(character: str) -> bool:
    """Whether a character is not written in Taiwan: 既 and 教 are, whatever older forms they have."""
    try:
        return not character.encode("big5")
    except UnicodeEncodeError:
        return True


def whole_table() -> dict[str, str]:
    lines = WHOLE.read_text("utf8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("身分證字號、聯絡電話、戶籍地址", "身分证字号、联络电话、户籍地址"),
        ("請撥 02-2381-0000 轉 23", "请拨 02-2381-0000 转 23"),
        ("后里、干爹、公里", "后里、干爹、公里"),  # in both scripts
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_one_for_one(text: str, turned: str) -> None:
    assert simplified(text) == turned
    assert simplified(turned) is turned


def test_every_pair_stands_in_the_whole_table() -> None:
    whole = {**whole_table(), "衞": "卫"}  # as Hong Kong writes it; the whole table has the form of Taiwan
    for traditional, others in rows("simplified"):
        assert {one: whole[one] for one in traditional} == dict(zip(traditional, others, strict=True))


def test_what_recognizers_look_for_is_known_in_traditional_script() -> None:
    """Of the traditional forms of a character at least one, the usual one, is turned."""
    forms: dict[str, set[str]] = {}
    for traditional, other in whole_table().items():
        if traditional not in CANTONESE:
            forms.setdefault(other, set()).add(traditional)
    known = set("".join(row[0] for row in rows("simplified")))
    words = load_words(packs_folder() / "words" / "negative.toml").zh
    asked = {*"".join(words)}
    for pack in load_folder(packs_folder()):
        asked.update(*pack.context.zh, *(pattern.regex for pattern in pack.patterns))
    missing = {one: sorted(forms[one]) for one in asked if one in forms and only_simplified(one) and not forms[one] & known}
    assert not missing, "add a pair to reference/simplified.tsv for each"
