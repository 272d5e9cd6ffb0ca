"""The shape of a pattern must admit every text the pattern matches: a place it leaves out is a value missed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from piiscrub.packs.shape import LONGEST, Shape, analyse

PATTERNS = [
    # written like real packs
    r"[1-8]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]",
    r"[1-8]\d{5} ?(?:18|19|20)\d{2} ?\d{4} ?\d{3}[\dXx]",
    r"[HM]\d{8}(?:\d{2})?",
    r"\d{8}(?:\d{2}(?:[(（][A-Z0-9][)）])?)?",
    r"(?:E\d{8}|E[A-HJ-NP-Z]\d{7}|[DSP]\.?\d{7}|1[45]\d{7})",
    r"[1-9ANY][1-59]\d{6}[0-9A-HJ-NPQRTUWXY]{10}",
    r"(?:62|81|9\d|4\d|5[1-5])\d{2}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,3})?",
    r"[京津沪粤][A-HJ-Z][ ·.\-]?(?:[A-K][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-K]|[A-HJ-NP-Z0-9]{3}\d[警学挂])",
    r"WJ[京津沪]?\d{4}[0-9TDS]",
    r"(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}",
    r"(?:[(（]?\+?86[)）]?[- ]?)?[(（]?0(?:10|2[0-57-9]|[3-9]\d{2})[)）]?[- ]?[2-8]\d{6,7}(?:(?:转|[ -]*ext\.? ?|-)\d{1,6})?",
    r"(?:400|800)[- ]?\d{3}[- ]?\d{4}",
    r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?",
    r"(?!BG|GB|NK)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]",
    r"(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)",
    r"(?:\+?1[-. ]?)?(?:\([2-9]\d{2}\)|[2-9]\d{2})[-. ]?[2-9]\d{2}[-. ]?\d{4}",
    r"[A-Z]{1,2}\d{6} ?[(（]?[0-9A][)）]?",
    r"0x[0-9a-fA-F]{40}",
    r"(?:bc1|BC1)[0-9A-Za-z]{11,71}",
    r"[A-Za-z]{0,4}\d{3,12}",
    r"GIR ?0AA|[A-PR-UWYZ](?:\d[A-W]?|\d{2}|[A-HK-Y]\d[A-Y]?) ?\d[ABD-HJLNP-UW-Z]{2}",
    r"-?(?:[0-8]?\d|90)\.\d{3,8} ?[,，] ?-?(?:1[0-7]\d|180|\d{1,2})\.\d{3,8}",
    r"(?:19|20)\d{2}[-/.年](?:1[0-2]|0?[1-9])[-/.月](?:3[01]|[12]\d|0?[1-9])日?",
    r"(?:Jan|Feb|Mar|Sept?)(?:[a-z]{0,6})\.? \d{1,2},? \d{4}",
    r"\d{6}\*{8}\d{3}[\dXx]",
    r"身份证(?:号码?)?[:：]? ?\d{17}[\dXx]",
    r"[一二三四五六七八九〇零]{4}年\d{1,2}月",
    # not bound to a token
    r"[A-Za-z0-9][A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}",
    r"(?:https?|ftp)://[^\s<>\"'，。；、）】]+",
    r"ey[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]*",
    r"(?:[0-9A-Fa-f]{2}-){5}[0-9A-Fa-f]{2}",
    r"[一二三四五六七八九〇零]{4}年(?:十[一二]?|[一二三四五六七八九])月(?:[一二三]?十)?[一二三四五六七八九]?日",
    r"[\u4e00-\u9fff]\*{1,3}",
    r"[\u4e00-\u9fff]字第 ?[0-9A-Za-z]{4,8} ?号?",
    r"(?:\d{2}年|[一二]{2}年)生",
    r"(?:AB-CD|ABxCD)-[a-z]+",
    r"wx[-_]?[a-z]{3}(?:id)?_[A-Z0-9]{4}",
    # awkward on purpose
    r"(?:a-)*\d+",
    r"(?:[a-z]-){0,9}\d{2}",
    r"(?:a|-)?(?:b|_)?\d{0,3}[a-c]?\d",
    r"(?:\d?[A-Z]?){1,3}-\d",
    r"(?:x?\d{1,3}[.,]?){2,5}",
    r"\d{50,90}-[A-Z]",
    r"[a-z]{70}\d",
    r"[a-z]{60,80} \d{3}",
    r"[a-z]{10} [a-z]{10} \d",
    r"(?:é|ü|\d)\d",
    r"[^a-z]\d{3}[^\d]{2}",
    r".\d",
    r"\W{1,3}\w\d\s\S\D",
    r"(?:(?:\d{2}:){2})+\d{2}",
    r"(?:ab{2,3}c|\d{3}){2}\d",
    r"\d{3}(?:[ -]\d{3}){0,40}",
    r"(?:[A-Z]\d){1,40}_",
    r"(?:\d[ab]?){30,70}-x",
]


def trigger(match: str) -> tuple[int, str] | None:
    """Where the first token that holds a digit begins, and the token."""
    for m in re.finditer(r"[0-9A-Za-z]+", match):
        if re.search(r"[0-9]", m[0]):
            return m.start(), m[0]
    return None


def admits(shape: Shape, match: str) -> bool:
    if shape.tokens is None:
        if shape.literal is None:
            return True
        lit = shape.literal
        if lit.offset is not None:
            return match.startswith(lit.text, lit.offset)
        places = [m.start() for m in re.finditer(f"(?={re.escape(lit.text)})", match)]
        return any(p <= lit.before_max and (lit.before is None or set(match[:p]) <= lit.before) for p in places)
    found = trigger(match)
    if found is None:
        return False
    lead, token = found
    length, at_end = min(len(token), LONGEST), lead + len(token) == len(match)
    return any(
        t.lead == lead
        and token[0] in t.first
        and length in t.lengths
        and length in (t.ends if at_end else t.more)
        and (length in t.figures or not token.isdigit())
        and (at_end or t.after is None or match[lead + len(token)] in t.after)
        and (lead == 0 or t.lead_first is None or match[0] in t.lead_first)
        and (lead == 0 or t.lead_last is None or match[lead - 1] in t.lead_last)
        for t in shape.tokens
    )


def shape_admits(regex: str, *, ignore_case: bool) -> Callable[[str], None]:
    """What sees that the shape of a pattern, under every limit, admits a match."""
    shape, limit = analyse(regex, ignore_case=ignore_case, limit=128), 128
    tight = analyse(regex, ignore_case=ignore_case, limit=20)
    numbers = analyse(regex, ignore_case=ignore_case, limit=128, digit=True)
    capped = analyse(regex, ignore_case=ignore_case, limit=LONGEST)

    def check(match: str) -> None:
        if len(match) <= limit:
            assert shape.min_width <= len(match) <= shape.max_width
            assert admits(shape, match)
            assert trigger(match) is None or admits(numbers, match)
            assert capped.tokens is None or admits(capped, match), "a limit of 64 or more is no limit"
        if len(match) <= 20:
            assert admits(tight, match)

    return check


@pytest.mark.parametrize("regex", PATTERNS, ids=range(len(PATTERNS)))
def test_shape_admits_every_match(regex: str) -> None:
    as_written, any_case = re.compile(regex, re.ASCII), re.compile(regex, re.ASCII | re.IGNORECASE)
    check, check_any = shape_admits(regex, ignore_case=False), shape_admits(regex, ignore_case=True)

    @seed(20261121)
    @settings(max_examples=MANY, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(as_written, fullmatch=True))  # to make examples takes the time: one in other cases is one more
    def look(match: str) -> None:
        check(match)
        for cased in (match, match.upper(), match.lower(), match.title()):
            if any_case.fullmatch(cased):  # [^a-z] is A as written, and not in any case
                check_any(cased)

    look()


MANY = 60  # examples per pattern; run once with 3,000 when the analysis changes


def test_lengths_and_first_characters_are_as_narrow_as_the_pattern() -> None:
    [id_card] = analyse(PATTERNS[0]).tokens or ()
    assert (id_card.lead, id_card.first, id_card.ends, id_card.more) == (0, frozenset("12345678"), {18}, frozenset())
    bare, plus = analyse(r"(?:\+86)?1[3-9]\d{9}").tokens or ()
    assert (bare.first, bare.ends) == (frozenset("1"), {11})
    assert (plus.lead, plus.lead_first, plus.first, plus.ends) == (1, frozenset("+"), frozenset("8"), {13})


def test_tokens_without_letters_are_told_from_those_with_some() -> None:
    for regex, figures in ((r"[1-9][A-Z]\d\d?", set()), (r"\d{3}[\dX]", {4}), (r"\d{5}(?:[A-Z]\d)?-\d", {5})):
        [token] = analyse(regex).tokens or ()
        assert token.figures == figures
    [long] = analyse(r"\d{63,90}-[A-Z]", limit=128).tokens or ()
    assert long.figures == {63, LONGEST}


def test_words_before_the_digits_are_counted_into_the_lead() -> None:
    [nino_like] = analyse(r"[A-C]{2} \d{4}").tokens or ()
    assert (nino_like.lead, nino_like.lead_first, nino_like.first) == (3, frozenset("ABC"), frozenset("0123456789"))


@pytest.mark.parametrize(
    ("regex", "why"),
    [
        (r"[0-9A-Z]{6,20}", "may be letters alone"),
        (r"[a-z]{10} [a-z]{10} \d", "the digit is too far from the start"),
        (r"\d*", "may be empty"),
    ],
)
def test_patterns_not_bound_to_a_token(regex: str, why: str) -> None:
    assert analyse(regex).tokens is None, why


@pytest.mark.parametrize(
    ("regex", "text", "offset", "before", "before_max"),
    [
        (r"[a-z0-9]{1,20}@[a-z]+\.com", "@", None, frozenset("abcdefghijklmnopqrstuvwxyz0123456789"), 20),
        (r"(?:https?|ftp)://[^\s]+", "://", None, frozenset("htpsf"), 5),
        (r"eyJ[A-Za-z_-]+\.[A-Za-z]+", "eyJ", 0, frozenset(), 0),
        (r"[张李]\*{2,3}", "**", 1, frozenset(), 0),
        (r"[一二]{4}年[一二]月", "年", 4, frozenset(), 0),
        (r"[\u4e00-\u9fff]{1,4}先生", "先生", None, None, 4),
        (r"(?:[a-f]{2}-){2}[a-f]", "-", 2, frozenset(), 0),
        (r"(?:[a-z]{2}年|[A-Z]{3}年)", "年", None, frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"), 3),
    ],
)
def test_rarest_required_literal(
    regex: str, text: str, offset: int | None, before: frozenset[str] | None, before_max: int
) -> None:
    lit = analyse(regex).literal
    assert lit is not None
    assert (lit.text, lit.offset, lit.before) == (text, offset, before)
    assert offset is not None or lit.before_max == before_max


@pytest.mark.parametrize(
    ("regex", "left", "foreign"),
    [
        (r"eyJ[A-Za-z_-]+\.[A-Za-z]+", None, False),
        (r"[张李]\*{2,3}", set("张李"), False),
        (r"[一-龥]x{1,2}", set(), True),
        (r"(?:[ab][cd]?)+年", set("abcd"), False),
        (r"(?:[一二]{2}|[三四])年", set("一二三四"), False),
        (r"(?:[ab]\b)年", set("ab"), False),
        (r"[ab]?年", None, False),
        (r"(?:[ab]年|年)", None, False),
        (r"(?:[ab]年|[cd]年)", set("abcd"), False),
    ],
)
def test_what_can_stand_right_before_the_literal(regex: str, left: set[str] | None, foreign: bool) -> None:
    lit = analyse(regex).literal
    assert lit is not None
    assert (lit.left, lit.foreign) == (left, foreign)


def test_no_literal_is_invented() -> None:
    assert analyse(r"[A-Z]{4,8}").literal is None
    assert analyse(r"(?:ab|cd)").literal is None
    assert analyse(r"(?:-x)?[a-z]+").literal is None
    assert analyse(r"ab", ignore_case=True).literal is None


def test_back_references_leave_the_pattern_unbound() -> None:
    assert analyse(r"(\d)\1{3}").tokens is None
