"""Which encoding a file is in, and that the ones we are not sure of are refused."""

from __future__ import annotations

import io

import pytest

from piiscrub.errors import SourceError
from piiscrub.sources.encoding import Undecodable, decoded, detect, named

CHINESE = "客户姓名，电话与地址如下：请尽快回复。谢谢！\n第二行：合同已经签订，编号A-1。\n"
TRADITIONAL = "客戶姓名，電話與地址如下：請盡快回覆。謝謝！\n合約已經簽訂，編號甲。\n"


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8 with BOM"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16-le with BOM"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le with BOM"),
    ],
)
def test_found(codec, found):
    data = CHINESE.encode(codec)
    stream = io.BytesIO(data)
    encoding = detect(stream)
    assert encoding.name == found
    text = "".join(decoded(stream, encoding, size=3))
    assert text == CHINESE
    assert encoding.bom + text.encode(encoding.codec) == data


def test_traditional_characters_in_gbk():
    assert detect(io.BytesIO(TRADITIONAL.encode("gbk"))).codec == "gb18030"


def test_four_byte_gb18030():
    assert detect(io.BytesIO((CHINESE + "𠮷ḿ\n").encode("gb18030"))).codec == "gb18030"


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (CHINESE.encode() + CHINESE.encode("gbk"), "mixed-encoding"),
        (CHINESE.encode("gbk") + CHINESE.encode(), "mixed-encoding"),
        (CHINESE.encode("gbk") + b"\x81", "encoding"),
        ("r\xe9sum\xe9 of a na\xefve caf\xe9 owner\n".encode("latin-1"), "encoding"),
        ((TRADITIONAL * 5).encode("big5"), "encoding"),
        ("Привет, как дела? Всё хорошо.".encode("cp1251"), "encoding"),
        ("こんにちは、お元気ですか。".encode("shift-jis"), "encoding"),
        (b"\xef\xbb\xbf" + CHINESE.encode("gbk"), "encoding"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", "binary"),
        (b"text first" * 10_000 + b"\0", "binary"),
        (bytes(range(256)) * 8, "binary"),
    ],
    ids=["utf8+gbk", "gbk+utf8", "cut", "latin1", "big5", "cyrillic", "japanese", "bom+gbk", "png", "late-nul", "all-bytes"],
)
def test_refused(data, cause):
    with pytest.raises(Undecodable) as caught:
        detect(io.BytesIO(data))
    assert caught.value.cause == cause


SHORT = [
    "姓名,電話\n張偉,0912345678\n",
    "備註\n請回電 0912345678\n",
    "客戶,聯絡人\n陳志明,0912345678\n",
    "身分證字號:A123456789\n",
]


@pytest.mark.parametrize("number", range(len(SHORT)))
def test_a_short_file_of_big5_is_not_taken_for_gbk(number):
    text = SHORT[number]
    with pytest.raises(Undecodable):  # as GB18030 its few characters are as frequent, and what they say of a number is lost
        detect(io.BytesIO(text.encode("big5")))
    assert detect(io.BytesIO(text.encode("gbk"))).codec == "gb18030"


@pytest.mark.parametrize("number", range(6))
def test_characters_of_gbk_that_gb2312_has_not_are_believed(number):
    text = ["王玥,手机号\n", "李喆", "陈堃,朱镕基\n", "张珺 电话", "姓名:翀", "備註,請回電\n"][number]
    assert detect(io.BytesIO(text.encode("gbk"))).codec == "gb18030"


def test_hz_is_not_taken_for_the_encoding_that_holds_its_characters():
    stream = io.BytesIO("某甲 13800138000\n".encode("hz"))  # in ASCII: as GB18030 it would be nonsense that counts as clean
    assert "".join(decoded(stream, detect(stream, name="hz"))) == "某甲 13800138000\n"


def test_a_named_encoding_is_believed_but_checked():
    assert detect(io.BytesIO("caf\xe9".encode("cp1252")), name="cp1252").codec == "cp1252"
    assert detect(io.BytesIO(TRADITIONAL.encode("big5")), name="big5").codec == "big5"
    assert detect(io.BytesIO(CHINESE.encode("utf-16")), name="utf-16").name == "utf-16-le with BOM"
    with pytest.raises(Undecodable, match="encoding-named"):
        detect(io.BytesIO(CHINESE.encode("gbk")), name="utf-8")


@pytest.mark.parametrize("name", ["utf-9", "rot13", "hex", "", "a\0b", "zip"])
def test_a_name_that_is_no_text_encoding(name):
    with pytest.raises(SourceError) as caught:
        named(name)
    assert caught.value.code == "source-unknown-encoding"


def test_an_empty_file_is_utf8():
    assert detect(io.BytesIO(b"")).codec == "utf-8"
