r"""Characters written as codes are read as what they stand for, and every span leads back to whole codes."""

import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.errors import InputError
from piiscrub.text.escapes import may_hold_codes, without_codes
from piiscrub.text.folding import fold, read, read_each

NAME = "王小明"
LONG = "Thank you for your letter of the third; we have written to "
FORMS = {
    "JSON": json.dumps(NAME)[1:-1],
    "JSON in JSON": json.dumps(json.dumps(NAME))[3:-3],
    "capital digits": "".join(f"\\u{ord(c):04X}" for c in NAME),
    "query": quote(NAME),
    "query, small digits": quote(NAME).lower(),
    "bytes of nginx": "".join(f"\\x{byte:02X}" for byte in NAME.encode()),
    "bytes of Python": "".join(f"\\x{byte:02x}" for byte in NAME.encode()),
    "octal of protobuf": "".join(f"\\{byte:03o}" for byte in NAME.encode()),
    "references of HTML": "".join(f"&#{ord(c)};" for c in NAME),
    "references, hexadecimal": "".join(f"&#x{ord(c):x};" for c in NAME),
    "quoted-printable": "".join(f"={byte:02X}" for byte in NAME.encode()),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_name_in_codes(form):
    text = read(f"a{FORMS[form]}b")
    assert text.folded == f"a{NAME}b"
    assert text.original(1, 4) == (1, len(text.raw) - 1)
    size = len(FORMS[form]) // 3
    assert text.original(2, 3) == (1 + size, 1 + 2 * size)
    assert text.folded_span(1 + size, 1 + 2 * size) == (2, 3)
    assert [text.coded(place) for place in range(5)] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        pytest.param(r"\u624b\u673a13800138000", "手机13800138000", id="the last digit of a code touches no number"),
        pytest.param(r"\ud842\udfb7", "𠮷", id="a pair"),
        pytest.param("zhang%40example.com", "zhang@example.com", id="at"),
        pytest.param("tel=%2B8613800138000", "tel=+8613800138000", id="plus"),
        pytest.param("138%200013%208000", "138 0013 8000", id="spaces between groups"),
        pytest.param(r"\u003cli@example.com\u003e", "<li@example.com>", id="Go writes < so"),
        pytest.param(r"\uff11\uff13", "13", id="full-width, folded as well"),
        pytest.param('"a":"x\\ny\\tz"', '"a":"x\ny\tz"', id="lines of a quoted text"),
        pytest.param(r'"u":"https:\/\/example.com"', '"u":"https://example.com"', id="slashes of PHP"),
        pytest.param("M%C3%BCller", "Müller", id="two bytes"),
        pytest.param("1️⃣3️⃣8️⃣ 加", "138 加", id="digits on keys"),
        pytest.param(f"{LONG}exa=\nmple.com", f"{LONG}example.com", id="a line that mail broke within a word"),
    ],
)
def test_forms(raw, folded):
    assert read(raw).folded == folded


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("增长5%20元，约30%40岁", id="percents"),
        pytest.param(r"\ud842 \u12 \u", id="half of a pair, too short"),
        pytest.param(r"\u0000\u001b", id="control characters"),
        pytest.param("%E5%BC %FF%FE %D5%C5", id="no UTF-8"),
        pytest.param(r'"C:\new\temp\notes.txt" D:\reports\team', id="paths"),
        pytest.param(r'"\\server\team\new" ..\new', id="more paths"),
        pytest.param(r"$\theta + \nabla \rho$", id="a formula"),
        pytest.param("a && b; x = E5; 100% &# &amp;", id="signs alone"),
        pytest.param("&#0;&#55296;&#9999999;", id="numbers of no character"),
        pytest.param("user=\nphone=\nname", id="fields without a value"),
        pytest.param(f"{LONG}abc=\n  def", id="a line of code that goes on"),
        pytest.param("A" * 63 + "=\nMIIB", id="the padding of base64"),
    ],
)
def test_what_is_no_code_stays(raw):
    assert without_codes(raw) == (raw, ())
    assert read(raw) == fold(raw)


@given(st.lists(st.sampled_from(["a", "中", "1", "\u200b", *FORMS.values(), "%40", "%", "\\", r"\u5f20", "％"])))
def test_spans_lead_back_to_what_they_came_from(pieces):
    text = read("".join(pieces))
    at = 0
    for place in range(len(text.folded)):
        start, end = text.original(place, place + 1)
        assert at <= start < end <= len(text.raw)
        assert text.folded_span(start, end) == (place, place + 1)
        assert text.folded[place] in read(text.raw[start:end]).folded
        at = end


@given(st.text(alphabet='%\\uxnE5BCA04f1&#;="C:d ', max_size=60))
def test_no_text_is_too_odd(raw):
    text = read(raw)
    if text.folded:
        assert text.original(0, len(text.folded))[1] <= len(raw)


def test_many_at_once_are_read_as_each():
    texts = [FORMS["query"], "没有", "１", FORMS["JSON"] + "\u200b１", ""]
    assert read_each(texts) == [read(text) for text in texts]


def test_a_sign_tells_whether_to_look():
    assert not may_hold_codes("手机13800138000, call zhang.san@example.com = ok & done #1")


def test_only_str_can_be_read():
    with pytest.raises(InputError, match="takes a str, not bytes"):
        read(b"x")
