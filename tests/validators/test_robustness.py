"""Junk of every kind: a check answers no, quickly, and raises nothing but ValidationError."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piiscrub.validators._base import ValidationError
from tests.growth import LINEAR, growth, ratio
from tests.validators.modules import FREE_FORMS, MODULES, NAMES

LINES = (Path(__file__).parent / "vectors.jsonl").read_text(encoding="utf-8").splitlines()
VALUES = [value if isinstance(value, str) else "".join(value) for value in (json.loads(line)["value"] for line in LINES)]

JUNK = {
    "empty": "",
    "none": "None",
    "nan": "nan",
    "circled": "⑱",
    "circled_18": "①" * 18,
    "superscript": "3²",
    "superscript_11": "138001380²³",
    "superscript_15": "11010100010100²",
    "superscript_16": "411111111111111¹",
    "superscript_18": "11010519491231002²",
    "arabic_digits": "١٢٣٤٥٦٧٨٩",
    "arabic_id": "١" * 18,
    "full_width": "１３８００１３８０００",
    "full_width_x": "11010519491231002Ｘ",
    "surrogate": "\ud800",
    "surrogate_18": "11010519491231002\ud800",
    "surrogate_11": "1380013800\udfff",
    "surrogates": "\ud800" * 18,
    "spaces": " " * 18,
    "ideographic_spaces": "\u3000" * 18,
    "hyphens": "-" * 18,
    "separators": " -.()/" * 5,
    "nul": "\x00",
    "nul_18": "\x00" * 18,
    "nul_inside": "1101051949\x0012310X",
    "newline": "13800138000\n",
    "han": "身份证号",
    "han_18": "汉" * 18,
    "han_digits": "一三八零零一三八零零零",
    "emoji": "🙂" * 11,
    "dotless": "ı" * 17,
    "sharp_s": "ß" * 9,
    "ligature": "ﬃ" * 11,
    "underscore": "1_1_0_1_0_5_1_9_4_",
    "signs": "+1380013800",
    "minus": "-1380013800",
    "exponent": "1.10105E+17",
    "at": "@" * 50,
    "dots": "." * 50,
    "colons": ":" * 39,
    "angle": "<" * 88,
    "angle_p": "P" + "<" * 87,
    "angle_i": "I" + "<" * 89,
    "stars": "*" * 20,
    "jwt_list": "W10.W10.W10",
    "jwt_deep": "W1tb" * 400 + ".e30.",
    "jwt_deeper": "W1tb" * 2_000 + ".e30.",
    "jwt_text": "IiI.e30.",
    "jwt_not_utf8": "gIGC.e30.",
    "letters": "ABCDEFGHIJKLMNOPQR",
    "bech32": "bc1" + "q" * 60,
    "base58": "1" * 34,
    "zeros_18": "0" * 18,
    "nines_18": "9" * 18,
}
LONG = {
    "digits": "1",
    "letters": "A",
    "spaces": " ",
    "han": "汉",
    "surname": "张",
    "spaced_digits": "1 ",
    "surrogates": "\udc80",
    "ats": "a@",
    "dots": "a.",
    "extensions": "转801",
    "hyphens": "-",
    "colons": ":",
    "angles": "<",
    "jwt": "W1tb",
}

every_module = pytest.mark.parametrize("module", MODULES, ids=NAMES)


def _ask(module, text):
    """Both answers, which must agree."""
    verdict = module.is_valid(text)
    assert isinstance(verdict, bool)
    with suppress(ValidationError):  # what has to be read to be made compact may be refused there
        assert isinstance(module.compact(text), str)
    if verdict:
        assert isinstance(module.validate(text), str)
        return
    with pytest.raises(ValidationError) as caught:
        module.validate(text)
    assert len(text) < 6 or text not in str(caught.value)  # a shorter text can be part of any sentence


@every_module
def test_junk(module):
    for text in JUNK.values():
        _ask(module, text)


@every_module
def test_long_junk_takes_time_in_proportion(module):
    for name, part in LONG.items():
        assert growth(lambda size, part=part: _ask(module, part * (size // len(part))), 40_000) < LINEAR, name


@every_module
def test_junk_is_no_slower_than_values(module):
    def ask(texts):
        for text in texts:
            _ask(module, text)

    short = [text for text in JUNK.values() if len(text) < 100]
    assert ratio(lambda: ask(short), lambda: ask(VALUES), 1.0) < 1.0


@every_module
def test_what_only_looks_like_a_digit_is_none(module):
    for size in range(1, 20):
        for sign in "²⑨９٩":
            assert not module.is_valid(sign * size), (sign, size)


@every_module
def test_vectors_of_all_the_others(module):
    for value in VALUES:
        _ask(module, value)


@settings(max_examples=30, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=40), st.text("0123456789X -+()", max_size=24), st.from_regex(r"[A-Z0-9]{8,20}", fullmatch=True)
    )
)
def test_any_text(text):
    for module in MODULES:
        _ask(module, text)


@pytest.mark.parametrize("name", sorted(set(NAMES) - FREE_FORMS))
def test_house_style(name):
    module = MODULES[NAMES.index(name)]
    assert module.__doc__
    assert ">>> validate(" in module.__doc__, "a good case"
    assert "Traceback" in module.__doc__, "a bad one"
    assert "confidence" in module.__doc__.lower()
    for function in ("compact", "validate", "is_valid"):
        assert getattr(module, function).__doc__
