"""Ages in English: the finding is the number, the words around it say that it is one.

``a 33 year old nurse``, ``turned 60``, ``aged 42``, ``at the age of 61``, ``54 y/o``, ``when he was 64``. Beside a label, where
the value is the whole cell (``Age: 89 years old``), the words behind belong to the finding. In Chinese a number behind 今年 that
ends its clause: ``我今年29，``, ``今年七十三了``, or behind the sex in a row of particulars: ``男，29，本科``.

A number after ``turned`` or ``was`` counts only where a clause ends behind it: in ``turned 20 pages`` pages are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.parse.plain_columns import below
from piiscrub.recognize.ner.en_lists import is_place
from piiscrub.reference.words import cue_words, is_listed
from piiscrub.text.late import late

NEEDS = ("今年", "岁", "享年", "享寿", "终年", "年龄", "十")  # those told without a number, or by a row of them
OLDEST = 120
_WINDOW = 32  # characters looked at on either side

_FLAGS = re.ASCII | re.IGNORECASE
_UNIT = late(r"[ -]?(?:(?:year|yr|month|week|day)s?\.?[ -]?(?:olds?|young|of[ -]age)|y[./]? ?o\b\.?)", _FLAGS)
_LABEL = late(r"(?:\bage[\"']? ?[:：=]|(?:年龄|年齡|年纪|岁数)[是为]?[\"']? ?[:：=]?) ?[\"']?\Z", _FLAGS)
_NAMED = late(r"\b(?:aged|ages?|age (?:of|is|was))[\"']? ?[:：=(>,|\t]? ?[\"']?\Z", _FLAGS)
_CLAUSE = late(
    r"\b(?:turn(?:s|ed|ing)?|i'm|i am|s?he's|s?he (?:is|was)"
    r"|(?:when|since|until|before|after|because|while) (?:i|s?he|they|we) (?:was|were|is|am|are))"
    r"(?: (?:now|only|just|about|already|almost|nearly))? \Z",
    _FLAGS,
)
_CLAUSE_END = late(
    r" ?(?:[.!?;,)\"'\n](?![0-9])|\Z|[^\x00-\x7f])"
    r"| (?:years?|yrs?|this|next|last|in|on|and|or|but|when|soon|today|tomorrow|yesterday|now)\b",
    _FLAGS,
)
# The last words that the three expressions above can end with; all others are refused at the price of a look-up.
_LAST = frozenset(
    "age ages aged of is was were are am i'm he's she's turn turns turned turning "
    "now only just about already almost nearly".split()
)
# What says in Chinese that two digits at the end of a clause are an age: 今年29， and, in a row of particulars, 男，29，本科.
_TOLD_ZH = ("今年", "今年刚", "今年才", "今年都", "今年已经", "今年快", "男，", "女，", "男,", "女,", "男、", "女、")
_TOLD_ZH_LAST = frozenset(word[-1] for word in _TOLD_ZH)
_SPELLED = late("(?:今年(?:刚|才|都|已经|快)?|[虚实]岁)(?P<age>[二三四五六七八九]?十(?:有?[一二三四五六七八九])?多?)")
# How old somebody seemed to be: 走失老人，约75-80岁; what is for ages from … to … is for anybody.
_GUESSED = late(
    "(?:年?约|大约|大概|目测|看(?:上去|起来|着)像?有?)(?P<age>[1-9][0-9] ?[-~至到—–] ?[1-9][0-9] ?周?岁)"
    "(?!的?(?:儿童|孩子|宝宝|人群|人员|群体|女性|男性|人士)|[以及]|适|年龄段|之间的)"
)
_AT_DEATH = late(
    "(?:享年|享寿|终年)(?P<age>[四五六七八九]十(?:有?[一二三四五六七八九])?|百岁|1[01][0-9]|[1-9][0-9])(?![0-9岁歲周一二三四五六七八九])"
)
_BARE = late("[0-9]{1,3}")
# Of old people, as they are spoken of: 他七十三了, 我妈都六十八了; a feast or a day is none, see _FEASTS.
_TOLD_BY_OTHERS = late(
    "(?:[他她我俺您]|[我他她你][爸妈爹娘爷奶公婆]|父亲|母亲|爷爷|奶奶|外公|外婆|姥姥|姥爷|老人家?)(?:今年)?(?:都|已经|也|快|刚)?"
    "(?P<age>[二三四五六七八九]十[一二三四五六七八九]|[四五六七八九]十)(?:多|好几|来岁)?(?=了|啦)"
)
_FEASTS = frozenset({"十一", "十五", "三十"})  # the first of October, the fifteenth and the last day of a month; not before 了
_OVER = late(r"\s{0,2}(?:[，。,；;！!？?、）)\n]|[了啦]|\Z)")
_LAST_LETTERS = frozenset({letter for word in _LAST for letter in (word[-1], word[-1].upper())})
_TAIL = late(r"[a-z']+\Z", _FLAGS)
_EDGES = " :：=(>,|\t\"'"
_EDGE = frozenset(_EDGES)
_UNIT_ZH = frozenset("岁歲周週")  # the pack age_zh takes the whole of 35岁
_SEXES = frozenset("MFmf")
_IN_BRACKETS = late(" ?[MFmf]\\)")
# Notes of doctors: 67M w/ chest pain, 46F presents with a cough; 14F alone is a seat.
_IN_NOTES = late(
    r"[MF],? (?:(?:w/|c/o|s/p|h/o|p/w|hx|pmh|pmhx|presents?|presenting|presented|admitted|complain(?:s|ing))(?![A-Za-z])"
    r"|with (?:a )?(?:history|hx))"
)
_TWO_NAMES = late(r"(?P<given>[A-Z][A-Za-z'’-]+) (?:[A-Z]\.? |[A-Z][a-z]+ |[\"“(][A-Z][a-z]+[\"”)] )?[A-Z][A-Za-z'’-]+ ?\Z")
# Notes of newspapers: Jane Roe, 34, of Testham; Jane Roe, 34, was seen.
_IN_THE_NEWS = late(
    ", (?:of|from|for|an?|the|who|whose|was|is|had|has|passed|died|said|told|lived|lives|went|pleaded|denied|admitted"
    "|last seen|says|has been|were|suffered|collapsed|appeared|faces|faced|won|works|worked|left|missing|formerly|both|is)\\b"
)
# Forums: I'm 31M, my husband (34M); a seat and a floor are nobody's.
_WHOSE = late(
    r"\b(?:I|I['’]m|me|he['’]s|she['’]s|(?:husband|wife|partner|boyfriend|girlfriend|bf|gf|fiancée?|brother|sister|mother|father|mom|mum"
    r"|dad|son|daughter|friend|boss|roommate|flatmate|housemate|coworker|colleague|landlord|ex|cousin|neighbou?r|niece|nephew|aunt|uncle"
    r"|gran|nan|nana|grandma|grandpa|grandad|grand(?:mother|father|son|daughter)|(?:sister|brother|mother|father|son|daughter)-in-law"
    r"|(?:step|half)-?(?:sister|brother|mother|father|mum|mom|dad|son|daughter)))[ ]?[ (]\Z",
    _FLAGS,
)
_HE_OR_SHE = late(r"(?P<who>[a-z]{2,13}) \((?P<name>[A-Z][a-z]{1,14}), \Z")  # my ex (Jane, 34F)
_IS_A = late(r"\b(?:(?:is|was) an?|[Pp]t) \Z")  # is a 58F with gout
_THEN_WITH = late(r"[MFmf](?=[.,;:)]|$| (?:with|who|w/|from|and|in|on|here|presents|presenting|c/o|s/p)\b)")
_YEARS = late(r"(?:[Yy]|[Yy][Rr]?[Ss]?)(?:,? ?[MFmf](?![A-Za-z0-9])|,? (?:[Mm]ale|[Ff]emale|MALE|FEMALE)\b)")
_SEX_ENDS = late(r"[MFmf](?![A-Za-z0-9])")
_POLICE = late(r"(?<![A-Za-z])[WBHAIO]/[MF],? \Z")  # W/M 38: what a suspect looks like
_ENDS_A_NOTE = frozenset(".,;)")
_TITLED = late(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Sra?|Mme|Smt|Shri)\.? [A-Z][A-Za-z'’-]+(?: [A-Z][A-Za-z'’-]+){0,2} ?\Z")
_FIRST = late(r"(?:^|\n)(?P<name>[A-Z][a-z'’-]{2,14})\Z")
_ONE_NAME = late(r"(?P<who>[a-z]{3,12},?) (?P<name>[A-Z][a-z'’-]{2,14})\Z")
_UNIT_FIRST = frozenset("yYmMwWdD")
# One to three digits that no longer number or word goes through: not -1, 1.5, x33, 12:30, 33%.
_MAY_STAND_BEFORE = " (\"'[=:\n\t,;>|"
_MAY_NOT_STAND_BEFORE = frozenset(map(chr, range(128))) - frozenset(_MAY_STAND_BEFORE)
_NUMBER = late(r"[0-9]{1,3}(?![0-9:%/_])")
_DIGITS = late("[0-9]+")


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every age.

    >>> [text[a:b] for text in ("I'll turn 81.", "a 7-year-old boy", "Age: 89 years old") for a, b, *_ in find(text)]
    ['81', '7', '89 years old']
    """
    if "今年" in text or "虚岁" in text or "实岁" in text:
        yield from _spelled(text)
    if "岁" in text and ("约" in text or "目测" in text or "看" in text):
        for guess in _GUESSED.finditer(text):
            yield *guess.span("age"), "guessed", "none"
    if "享" in text or "终年" in text:
        for at_death in _AT_DEATH.finditer(text):
            yield *at_death.span("age"), "at death", "none"
    if "年龄" in text:
        for start, end in below(text, "年龄"):
            if (bare := _BARE.fullmatch(text, start, end)) and int(bare.group()) <= OLDEST:
                yield start, end, "column", "none"
    if "十" in text and ("了" in text or "啦" in text):
        for told in _TOLD_BY_OTHERS.finditer(text):
            yield *told.span("age"), "words before", "none"
    yield from at_numbers(text, [m.start() for m in _DIGITS.finditer(text)] if numbers is None else numbers)


def at_numbers(text: str, numbers: Sequence[int]) -> Iterator[tuple[int, int, str, Check]]:
    """Every age that is one of these small numbers."""
    for start in numbers:
        before = text[start - 1] if start else ""
        if before in _MAY_NOT_STAND_BEFORE:
            continue
        m = _NUMBER.match(text, start)
        if not m:
            continue
        end = m.end()
        if int(m.group()) > OLDEST:
            continue
        behind = text[end : end + 1]
        if before in (",", ":") and text[start - 2 : start - 1].isdigit():
            continue
        if (behind in (" ", "-") and text[end + 1 : end + 2] in _UNIT_FIRST) or behind in ("y", "Y"):
            unit = _UNIT.match(text, end, end + _WINDOW)
            if unit:
                labelled = _LABEL.search(text, max(0, start - _WINDOW), start)
                yield start, unit.end() if labelled else end, "labelled" if labelled else "unit", "none"
                continue
        if before in _TOLD_ZH_LAST and text.endswith(_TOLD_ZH, 0, start) and m.end() - start > 1 and _OVER.match(text, end):
            yield start, end, "words before", "none"
            continue
        if behind in ("Y", "y") and _YEARS.match(text, end):
            yield start, end, "sex behind", "none"
            continue
        if before == "(" and behind in _SEXES and _IN_BRACKETS.match(text, end) and _listed_before(text, start - 1):
            yield start, end, "sex behind", "none"
            continue
        if (
            behind == ","
            and text.startswith(", ", start - 2)
            and _IN_THE_NEWS.match(text, end)
            and _listed_before(text, start - 2)
        ):
            yield start, end, "between commas", "none"
            continue
        if (
            behind in _SEXES
            and before in (" ", "(")
            and (_WHOSE.search(text, max(0, start - 24), start) or _in_brackets_with_a_name(text, start))
            and _SEX_ENDS.match(text, end)
        ):
            yield start, end, "sex behind", "none"
            continue
        if behind in _SEXES and before == " " and _IS_A.search(text, max(0, start - 12), start) and _THEN_WITH.match(text, end):
            yield start, end, "sex behind", "none"
            continue
        if (
            before == " "
            and text[start - 4 : start].rstrip(", ").endswith(("/M", "/F"))
            and _POLICE.search(text, max(0, start - 5), start)
        ):
            yield start, end, "sex before", "none"
            continue
        if behind in _ENDS_A_NOTE and text.startswith(", ", start - 2) and _named_once(text, start - 2):
            yield start, end, "behind a name", "none"
            continue
        if behind == ")" and before == "(" and end - start > 1 and _listed_before(text, start - 1):
            yield start, end, "in brackets", "none"
            continue
        if behind in _ENDS_A_NOTE and text.startswith(", ", start - 2) and _begins_a_line(text, start - 2):
            yield start, end, "behind a name", "none"
            continue
        if behind in ("M", "F") and _IN_NOTES.match(text, end):
            yield start, end, "sex behind", "none"
            continue
        if before not in _EDGE or behind == "-" or behind in _UNIT_ZH or (behind.isascii() and behind.isalnum()):
            continue
        if behind in (".", ",") and text[end + 1 : end + 2].isdigit():
            continue
        if _introduced(text, start, end):
            yield start, end, "words before", "none"


def _named_once(text: str, at: int) -> bool:
    """Whether a given name stands before a comma behind what somebody is, or with another name: my gran, Mavis, 88."""
    m = _ONE_NAME.search(text, max(0, at - _WINDOW), at)
    if m is None or not is_listed(m["name"], "given"):
        return False
    return m["who"].rstrip(",").lower() in cue_words("somebody")


def _in_brackets_with_a_name(text: str, at: int) -> bool:
    """Whether a bracket and a given name stand before: my ex (Jane, 34F)."""
    m = _HE_OR_SHE.search(text, max(0, at - _WINDOW), at)
    return m is not None and (m["who"] == "ex" or m["who"] in cue_words("somebody")) and is_listed(m["name"], "given")


def _listed_before(text: str, at: int) -> bool:
    """Whether somebody's names stand before a bracket or comma: Jane Roe (34F), but no Sky Bar (38F), which is a floor."""
    if _TITLED.search(text, max(0, at - _WINDOW), at):
        return True
    m = _TWO_NAMES.search(text, max(0, at - _WINDOW), at)
    return m is not None and any(is_listed(name, "given") for name in (m["given"], *m["given"].split("-")))


def _begins_a_line(text: str, at: int) -> bool:
    """Whether a given name alone begins a line and ends here, as people introduce themselves: Jane, 34, nurse."""
    m = _FIRST.search(text, max(0, at - _WINDOW), at)
    known = m is not None and is_listed(m["name"], "given") and not is_place(m["name"])  # Austin, 19.
    return known and m is not None and (m.start() == 0 or text[m.start()] == "\n")


def _spelled(text: str) -> Iterator[tuple[int, int, str, Check]]:
    """Ages in Chinese numerals without a unit, which end their clause behind 今年 or 虚岁."""
    for m in _SPELLED.finditer(text):
        over = _OVER.match(text, m.end())
        if over and (m["age"] not in _FEASTS or over.group() in ("了", "啦")):
            yield *m.span("age"), "words before", "none"


_DECLARED = late(r"\b(?:u?int(?:8|16|32|64)?|integer|long|short|byte|float|double|string|number) age ?= ?\Z", _FLAGS)


def _introduced(text: str, start: int, end: int) -> bool:
    """Whether the words before the number say that it is an age."""
    left = text[max(0, start - _WINDOW) : start]
    stripped = left.rstrip(_EDGES)
    if stripped[-1:] not in _LAST_LETTERS:
        return False
    word = _TAIL.search(stripped, max(0, len(stripped) - 8))
    if word and word.group().lower() not in _LAST:
        return False
    if _NAMED.search(left):
        return not _DECLARED.search(left)  # int32 age = 3;
    return _CLAUSE.search(left) is not None and _CLAUSE_END.match(text, end) is not None
