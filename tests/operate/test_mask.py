"""Masks show what rule book part C says, no more, whatever the value looks like."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.errors import OperatorError
from piiscrub.model import entities
from piiscrub.model.finding import Check, Finding
from piiscrub.operate.mask import Mask
from piiscrub.operate.masks import STYLES, shapes_for, written
from piiscrub.operate.shapes import Band, Decimals, Division, Edges, Kept, Network, Year, units

WHOLE = "******"
ID_1905 = "110105" + "19050307" + "002X"  # the check character does not matter here: the finding says what the check said
MOBILE = "142" + "00000000"  # 142 is not assigned


def finding(entity: str, check: Check = "none") -> Finding:
    return Finding(entity, 0, 1, 0.9, "test", check=check)


# entity, value, display, strict, why
DEFAULTS = [
    ("PERSON", "张三", "张**", "张某", "two characters"),
    ("PERSON", "张三丰", "张**", "张某", "three characters look the same"),
    ("PERSON", "欧阳娜娜", "欧阳**", "欧阳某", "a compound surname stays"),
    ("PERSON", "歐陽娜娜", "歐陽**", "歐陽某", "in traditional script too"),
    ("PERSON", "欧阳", "欧**", "欧某", "two characters are never shown whole"),
    ("PERSON", "张 三", "张**", "张某", "spaced"),
    ("PERSON", "买买提·艾力", "买**", "买某", "parts joined by a dot have no surname"),
    ("PERSON", "欧阳•艾力", "欧**", "欧某", "nor has one that begins like a compound surname"),
    ("PERSON", "John Smith", "J**", "J**", "first letter; 某 is for Chinese names"),
    ("PERSON", "Ｊｏｈｎ", "Ｊ**", "Ｊ**", "full-width"),
    ("PERSON", "张", WHOLE, WHOLE, "too short to keep anything"),
    ("PERSON_REFERENCE", "张经理", "张**", "张某", "a form of address like a name"),
    ("CN_ID_CARD", ID_1905, "1" + "*" * 16 + "X", WHOLE, "1+1"),
    ("CN_ID_CARD", "110105 19050307 002X", "1***** ******** ***X", WHOLE, "separators stay and are not counted"),
    ("CN_ID_CARD", ID_1905[:17] + "×", "1" + "*" * 16 + "×", WHOLE, "a look-alike X is a character of the number"),
    ("CN_STUDENT_STATUS_NO", "G" + ID_1905, "G" + "*" * 17 + "X", WHOLE, "holds an identity number"),
    ("CN_DISABILITY_CERT", ID_1905 + "31", WHOLE, WHOLE, "more sensitive than its parent: the parent's mask does not hold"),
    ("CN_PASSPORT", "E12345678", "E******78", WHOLE, "1+2"),
    ("CN_TAIWAN_TRAVEL_PERMIT", "01234567", "0*****67", WHOLE, "1+2"),
    ("CN_MILITARY_ID", "南字第01234567号", "南*********7号", WHOLE, "1+2"),
    ("PASSPORT_MRZ", "P<UTOERIKSSON<<ANNA", WHOLE, WHOLE, "holds name and number: nothing stays"),
    ("CN_MOBILE", MOBILE, "142****0000", "142******00", "3+4, 3+2"),
    ("CN_MOBILE", "+86 142-0000-0000", "+86 142-****-0000", "+86 142-****-**00", "the country code is not counted"),
    ("CN_MOBILE", "１４２００００００００", "１４２****００００", "１４２******００", "full-width"),
    ("CN_MOBILE", "142\u200b00000000", "142****0000", "142******00", "zero-width characters go"),
    ("PERSON", "张 三 丰", "张**", "张某", "the spaces of a spread word go"),
    ("CN_MOBILE", "1420000", WHOLE, WHOLE, "too short"),
    ("CN_LANDLINE", "0755-00000012", "0755-******12", "0755-********", "area code + 2, area code"),
    ("CN_LANDLINE", "(010)00000012", "(010)******12", "(010)********", "in brackets"),
    ("CN_LANDLINE", "01000000012", "010******12", "010********", "without a separator"),
    ("CN_LANDLINE", "60000012", "******12", "********", "no area code"),
    ("PHONE_NUMBER", "(212) 555-0100", "(***) ***-0100", "(***) ***-**00", "last 4"),
    ("EMAIL_ADDRESS", "zhang.san@example.com", "z***@example.com", WHOLE, "first 1 and the domain"),
    ("EMAIL_ADDRESS", "z＠example.com", "***＠example.com", WHOLE, "a mailbox of one character is hidden"),
    ("CN_BANK_CARD", "6200 0000 0000 0000 123", "**** **** **** ***0 123", "**** **** **** ***0 123", "last 4"),
    ("IBAN_CODE", "GB82 WEST 1234 5698 7654 32", "GB** **** **** **** **54 32", "GB** **** **** **** **54 32", "country + 4"),
    ("US_SSN", "078-05-1120", "***-**-1120", "***-**-1120", "last 4"),
    ("CRYPTO_BTC", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "***tpyT", WHOLE, "last 4, length not shown"),
    ("CN_VEHICLE_PLATE", "粤B·12345", "粤B***5", "粤***", "2+1, province"),
    ("CN_VEHICLE_PLATE", "粤BD12345", "粤B***5", "粤***", "a new-energy plate looks the same"),
    ("WECHAT_ID", "some_name-1", "s***1", WHOLE, "1+1, length not shown"),
    ("QQ_NUMBER", "10001", "1***1", WHOLE, "1+1"),
    ("IP_ADDRESS", "192.0.2.17", "192.0.2.0", "192.0.0.0", "/24, /16"),
    ("IP_ADDRESS", "2001:db8:1:2::3", "2001:db8:1::", "2001:db8::", "/48, /32"),
    ("IP_ADDRESS", "::ffff:192.0.2.17", "::ffff:192.0.2.0", "::ffff:192.0.0.0", "an IPv4 address in disguise"),
    ("IP_ADDRESS", "192.0.2", WHOLE, WHOLE, "no address"),
    ("MAC_ADDRESS", "00:00:5E:00:53:01", "00:00:5E:**:**:**", WHOLE, "the maker's part stays"),
    ("IMEI", "490154203237518", "49015420*******", WHOLE, "the model's part stays"),
    ("DATE_OF_BIRTH", "1905-03-07", "1905", WHOLE, "the year"),
    ("DATE_OF_BIRTH", "19050307", "1905", WHOLE, "eight digits"),
    ("DATE_OF_BIRTH", "1905年3月7日", "1905年", WHOLE, "Chinese form"),
    ("DATE_OF_BIRTH", "一九〇五年三月七日", "一九〇五年", WHOLE, "Chinese digits"),
    ("DATE_OF_BIRTH", "05-03-07", WHOLE, WHOLE, "no year of four digits"),
    ("AGE", "37", "35-39", "30-39", "bands of 5 and 10"),
    ("AGE", "93岁", "90+岁", "90+岁", "90 and above are one band"),
    ("AGE", "8个月", WHOLE, WHOLE, "months"),
    ("PASSWORD", "correct horse", WHOLE, WHOLE, "length not shown"),
    ("SECRET_JWT", "eyJ.e30.", WHOLE, WHOLE, "length not shown"),
    ("GEO_COORDINATE", "22.543096, 114.057865", "22.54, 114.05", WHOLE, "2 decimals"),
    ("CN_USCC", "91110000600037341L", "91110000600037341L", WHOLE, "a company's code is kept"),
    ("CN_USCC", "92110000600037341L", "92************341L", WHOLE, "one person's business"),
    ("CN_USCC", "９２110000600037341L", "９２************341L", WHOLE, "full-width does not slip through"),
    ("CN_BUSINESS_LICENSE_NO", "110108600000016", "11*********0016", WHOLE, "seventh digit 6: one person's business"),
    ("CN_ADDRESS", "广东省深圳市南山区示例路1号", "广东省深圳市南山区***", "广东省***", "to the district, to the province"),
    ("CN_ADDRESS", "广东深圳南山区示例路1号", "广东深圳南山区***", "***", "short names count if a division follows"),
    ("CN_ADDRESS", "江苏省昆山市示例路1号", "江苏省昆山市***", "江苏省***", "a city of county level"),
    ("CN_ADDRESS", "阳光小区3号楼", "***", "***", "a housing estate is no district"),
    ("CN_ADDRESS", "深圳市科技园区3栋", "深圳市***", "深圳市***", "nor is a science park"),
    ("CN_ADDRESS", "南京路100号", "***", "***", "a street named after a city"),
    ("ADDRESS", "12 Example St, Springfield, IL 62704", "***, Springfield, IL", "***, IL", "city and state"),
    ("ADDRESS", "12 Example St, Apt B, IL 62704", "***", "***", "a flat is no city"),
    ("CN_MEDICAL_RECORD_NO", "A0012345", WHOLE, WHOLE, "no rule: nothing stays"),
    ("NOT_IN_THE_TREE", "A0012345", WHOLE, WHOLE, "unknown: nothing stays"),
]


@pytest.mark.parametrize(
    ("entity", "value", "display", "strict", "why"), DEFAULTS, ids=[f"{row[0]}-{i}" for i, row in enumerate(DEFAULTS)]
)
def test_default_masks(entity: str, value: str, display: str, strict: str, why: str) -> None:
    assert Mask(style="display")(value, finding(entity)) == display, why
    assert Mask(style="strict")(value, finding(entity)) == strict, why


@pytest.mark.parametrize("style", ["display", "strict", "full"])
@pytest.mark.parametrize("entity", sorted({row[0] for row in DEFAULTS}))
def test_a_failed_check_is_masked_whole(entity: str, style: str) -> None:
    value = next(row[1] for row in DEFAULTS if row[0] == entity)
    assert Mask(style=style)(value, finding(entity, "failed")) == WHOLE


def test_a_failed_check_is_masked_whole_in_stated_forms_too() -> None:
    assert Mask(keep_first=3, keep_last=4)(MOBILE, finding("CN_MOBILE", "failed")) == "*" * 11
    assert Mask(keep_last=4, length="fixed")(MOBILE, finding("CN_MOBILE", "failed")) == "***"


FORMS = [
    (Mask(keep_first=3, keep_last=2), "abcdefgh", "abc***gh"),
    (Mask(keep_first=2), "abcdefgh", "ab******"),
    (Mask(keep_last=2, length="fixed"), "abcdefgh", "***gh"),
    (Mask(keep_first=4, keep_last=4), "abcdefgh", "********"),  # would hide nothing
    (Mask(keep_from=3, keep_to=5), "abcdefgh", "**cde***"),
    (Mask(keep_from=3, keep_to=5, length="fixed"), "abcdefgh", "***cde***"),
    (Mask(keep_from=1, keep_to=9), "abcdefgh", "********"),  # would hide nothing
    (Mask(mask_first=3), "abcdefgh", "***defgh"),
    (Mask(mask_first=1, mask_last=2), "abcdefgh", "*bcdef**"),
    (Mask(mask_last=20), "abcdefgh", "********"),
    (Mask(mask_from=3, mask_to=5), "abcdefgh", "ab***fgh"),
    (Mask(mask_from=12, mask_to=15), "abcdefgh", "********"),  # would hide nothing
    (Mask(before="@"), "abc@example", "***@example"),
    (Mask(after="@"), "abc@example", "abc@*******"),
    (Mask(after="@", length="fixed"), "abc@example", "abc@***"),
    (Mask(before="#"), "abcdefgh", "********"),  # there is none
    (Mask(after="h"), "abcdefgh", "********"),  # nothing stands after it
    (Mask(before="@"), "a@b@example", "***@example"),  # the widest reading hides
    (Mask(style="full"), "abcdefgh", WHOLE),
    (Mask(keep_last=4, char="•"), "1420-0000-0012", "••••-••••-0012"),
    (Mask(keep_last=2), "--", WHOLE),  # nothing but separators
]


@pytest.mark.parametrize(("mask", "value", "expected"), FORMS, ids=range(len(FORMS)))
def test_stated_forms(mask: Mask, value: str, expected: str) -> None:
    assert mask(value, finding("CN_EMPLOYEE_ID")) == expected


def test_the_caller_chooses_the_sign() -> None:
    assert Mask(char="#")(MOBILE, finding("CN_MOBILE")) == "142####0000"
    assert Mask(char="#", style="full")(MOBILE, finding("CN_MOBILE")) == "######"


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=30)
LATIN = st.text(string.ascii_letters, min_size=2, max_size=60)


@given(st.one_of(HAN, LATIN), st.sampled_from(STYLES))
def test_the_length_of_a_name_does_not_show(name: str, style: str) -> None:
    masked = Mask(style=style)(name, finding("PERSON"))
    shown = masked.rstrip("*某")
    assert name.startswith(shown)
    assert len(shown) == 1 or shown in name[:4]  # more than one character only for a compound surname
    assert len(shown) < len(name)
    assert len(masked) - len(shown) <= 2


@given(st.sampled_from(sorted(entities.tree())), st.text(min_size=0, max_size=40), st.sampled_from(STYLES))
def test_a_mask_never_shows_a_whole_value(entity: str, value: str, style: str) -> None:
    shapes = shapes_for(entity, style)
    if any(isinstance(shape, Kept | Network | Decimals | Band | Year | Division) for shape in shapes):
        return  # a company's code is kept by rule; a coarse value may be as coarse already
    masked = Mask(style=style)(value, finding(entity))
    assert len(units(value)) < 2 or value not in masked


@given(st.data(), st.sampled_from(STYLES))
def test_edges_show_no_more_than_they_say(data: st.DataObject, style: str) -> None:
    entity = data.draw(st.sampled_from([n for n in sorted(entities.tree()) if _edges(n, style)]))
    value = data.draw(st.text("23456789abcdefABCDEF -", max_size=30))
    masked = Mask(style=style)(value, finding(entity))
    edges = _edges(entity, style)
    assert len([c for c in masked if c not in "*- "]) <= max(edge.first + edge.last for edge in edges)


def _edges(entity: str, style: str) -> list[Edges]:
    shapes = shapes_for(entity, style)
    return [shape for shape in shapes if isinstance(shape, Edges)] if not any(isinstance(s, Kept) for s in shapes) else []


@pytest.mark.parametrize("style", STYLES)
def test_a_mask_rule_reaches_no_more_sensitive_child(style: str) -> None:
    for name in entities.tree():
        if shapes_for(name, style):
            source = next(one for one in (name, *entities.ancestors(name)) if one in written())
            assert source == name or not entities.exceeds(name, source)


def test_every_rule_is_for_an_entity_of_the_tree() -> None:
    assert set(written()) <= set(entities.tree())


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"style": "displya"}, "style takes one of 'display', 'strict', 'full', not 'displya'. Did you mean 'display'"),
        ({"keep_first": -1}, "keep_first takes a whole number, 0 or more, not -1"),
        ({"keep_first": True}, "keep_first takes a whole number, 0 or more, not bool"),
        ({"keep_last": "4"}, "keep_last takes a whole number, 0 or more, not str"),
        ({"char": "**"}, "char takes exactly one character, not 2"),
        ({"char": "X"}, "char takes a sign"),
        ({"char": 1}, "char takes text, not int"),
        ({"before": "ab"}, "before takes exactly one character, not 2"),
        ({"keep_from": 2}, "keep_from and keep_to go together"),
        ({"mask_from": 5, "mask_to": 2}, "mask_from and mask_to go together"),
        ({"keep_first": 1, "mask_last": 1}, "keep_first and mask_first are different ways of masking"),
        ({"style": "display", "keep_last": 1}, "keep_first and style are different ways of masking"),
        ({"length": "fixd", "keep_last": 1}, "Did you mean 'fixed'"),
        ({"style": "display", "length": "fixed"}, "length goes with a stated form"),
    ],
    ids=range(14),
)
def test_wrong_parameters_are_refused(params: dict[str, object], message: str) -> None:
    with pytest.raises(OperatorError) as caught:
        Mask(**params)  # type: ignore[arg-type]  # wrong types on purpose
    assert message in str(caught.value)
