"""Names in Latin letters by rule: behind a title, a label or a greeting, in a signature, and romanised Chinese ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.parse import pinyin
from piiscrub.parse.latin import latin_stretches
from piiscrub.parse.names_en import NAME, titles
from piiscrub.parse.names_syllables import korean, vietnamese
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.names_acts import act_names
from piiscrub.recognize.names_roles import role_names
from piiscrub.recognize.vocabulary import heads
from piiscrub.reference.words import cue_words, latin_names
from piiscrub.text.late import late

_ID = "names"
WHOLE = "syllables"
"""The pattern of a name whose parts say where it begins and ends, whatever a tagger saw of it."""
_LABEL = late(
    r"(?<![A-Za-z])(?:(?:full|first|last|given|family|sur|maiden|legal|patient|client|customer|contact|employee|stud"
    r"ent|applicant|account holder|card ?holder"
    r"|beneficiary|recipient|sender|guest|passenger|insured|tenant|landlord|witness|spouse|father|mother|manager|gua"
    r"rdian|emergency contact|next of kin)"
    r"(?:'s)?[ _-]?(?:name)?|name|attn|attention|signed(?: by)?|prepared by|reviewed by|approved by|submitted by|rep"
    r"orted by|author|from|to|cc|bcc|c/o|(?-i:[SDW]/o)|née|nee|aka|a\.k\.a\.|deliver to|ship to|bill to|sold to)"
    r"[ \t]{0,8}(?P<colon>[:：=]|(?<=/o)|(?:(?<=née)|(?<=nee)|(?<=by)|(?<=aka))(?![A-Za-zÀ-ž]))[ \t\"']{0,12}(?=[A-ZÀ-Þ])",
    re.IGNORECASE,
)
# A set of characters first, so that the search runs at memory speed; the rest of the word is told by what it begins with.
_GREETING = late(
    r"[CDGHT](?<![A-Za-z].)(?:(?<=D)ear|(?<=H)(?:i|ello|ey|iya)|(?<=G)ood (?:morning|afternoon)|(?<=T)hank(?:s| you)|(?<=C)heers)"
    r"[ ,]{1,2}(?=[A-ZÀ-Þ][a-zà-ÿ'’.A-Z])"
)
_SIGNED = late(
    r"(?:[Rr]egards|[Ss]incerely|[Yy]ours(?: truly| faithfully| sincerely)?|[Cc]heers|[Tt]hanks|[Tt]hank you|[Bb]est"
    r"(?: wishes)?|[Ww]armly|[Rr]espectfully|[Ll]ove),?[ \t]{0,4}\n{1,3}[ \t]{0,8}(?:[-–—~]{1,2}\s?)?(?=[A-ZÀ-Þ])"
)
_NEXT_LINE = late(r"\n\n{0,2}[ \t]{0,8}(?:[-–—~]{1,2}\s?)?(?=[A-ZÀ-Þ])")
_ENDS_SIGNED = frozenset("estuy, \t")  # the last letters of these words, and what may stand behind them
_LONGEST_SIGNED = 25  # characters of Yours faithfully with a comma and blanks
_SAID = late(
    r"(?:[Mm]y name is|[Tt]his is|[Nn]ame's|[Ss]igned,|[Cc]alled|[Ii]'m|I am|spoke (?:with|to)|speak (?:with|to)|[Cc]ont"
    r"act|met with|on behalf of) (?=[A-ZÀ-Þ])"
)
# In small letters, one stands in every match: to look for them costs a hundredth of the search.
_IN_LABELS = (":", "=", "：", "/o", "aka", "née", "nee", "by")
_IN_SAID = tuple("name is|this is|name's|signed,|called|i'm|i am|spoke |speak |contact|met with|on behalf of".split("|"))
# Here the words before the set are looked at afterwards.
_SAID_ZH = late(r"[叫是为人者名：: ](?=[A-ZÀ-Þ][a-zà-ÿ]{2})")
_SAYS_ZH = late("(?:我叫|他叫|她叫|名叫|叫做|英文名字?(?:是|叫|为)?|[收寄发联][件货系]人|收件者|姓名|经办人)[：: ]?$")
_RANKS = frozenset(
    "General Gen Major Maj Justice Judge Officer Father Sister Brother Attorney Nurse Captain Hon Inspector Detective".split()
)
_CONTACT = late(r"[ ]?[<(\[]{1,2}(?:mailto:)?[A-Za-z0-9._%+-]{1,40}@|,? (?:at |on )?\+?[0-9][0-9 ()-]{6}")
_PAIR = late(
    r"[A-Z](?<![A-Za-z0-9_@./'’-].)[A-Za-züǚǜáàǎāéèěēíìǐīóòǒōúùǔū'-]{0,11}(?:, ?| )[A-Z][A-Za-züáàǎāéèěēíìǐīóòǒōúùǔū'"
    r"-]{0,15}(?: [A-Z][a-züáàǎāéèěēíìǐīóòǒōúùǔū]{0,6})?(?![A-Za-z0-9_@'’])"
)
_PLACES = frozenset(
    (
        "hong kong shang hai|bei jing|guang zhou|xi an|shan xi|shan dong|hu nan|he nan|he bei|hu bei|jiang su|zhe jiang|hai"
        " nan|si chuan"
    ).split("|")
)


@cache
def _title() -> re.Pattern[str]:
    """A title and what parts it from the name. The search begins with the set of the first letters, at memory speed."""
    tails: dict[str, list[str]] = {}
    for title in sorted(titles()):
        tails.setdefault(title[0], []).append(title[1:])
    each = "|".join(f"(?<={first})(?:{'|'.join(rest)})" for first, rest in tails.items())
    return re.compile(
        rf"[{''.join(tails)}](?<![A-Za-z0-9_@#./-].)(?:(?:{each})(?:\.\s?|\s)"
        r"|(?:(?<=M)(?:RS?|S)|(?<=D)R|(?<=P)ROF)(?:\.\s?|[ \t]))(?=[A-ZÀ-Þ])"  # behind DOE/JANE MS the next line begins
    )


@cache
def _title_heads() -> frozenset[str]:
    return heads(titles())


def english_names(text: str, words: frozenset[str]) -> Iterator[Finding]:
    """Names in Latin letters that a rule can see. ``words`` are those of the text."""
    small = text.lower()
    labels, said = (any(map(small.__contains__, marks)) for marks in (_IN_LABELS, _IN_SAID))
    titled = not _title_heads().isdisjoint(words)
    for low, high in latin_stretches(text):
        if titled:
            yield from _behind(text, _title().finditer(text, low, high), worth.TITLE_EN, 1, "title")
        if labels:
            yield from _behind(text, _LABEL.finditer(text, low, high), worth.LABEL_EN, 1, "label")
        yield from _behind(text, _GREETING.finditer(text, low, high), worth.GREETING, 1, "greeting")
        yield from _behind(text, _signed(text, low, high), worth.GREETING, 1, "signature")
        if said:
            yield from _behind(text, _SAID.finditer(text, low, high), worth.ROMANISED, 2, "said")
        yield from _romanised(text, low, high)
    for start, end in (*vietnamese(text), *korean(text)):
        yield Finding("PERSON", start, end, worth.TITLE_EN, _ID, WHOLE, context=("surname",))
    yield from role_names(text, words)
    yield from act_names(text, words)
    if "/" in text:
        yield from _passengers(text)
    if not text.isascii():
        for m in _SAID_ZH.finditer(text):
            if _SAYS_ZH.search(text, max(0, m.end() - 8), m.end()):
                yield from _behind(text, (m,), worth.LABEL_EN, 1, "label")


# As airlines write passengers: DOE/JANE MS, behind a label without the title.
_PASSENGER = late(
    r"(?<![A-Za-z0-9/._'’-])(?:(?:DA|DE|DEL|DI|DOS|VAN|VON|EL|AL|LA|LE|SAN) )?(?:[DO]['’])?[A-Z]{2,21}(?:-[A-Z]{2,20})?"
    r"/[A-Z]{2,24}(?:[ ](?!MR|MS|MISS|CHD|INF)[A-Z]{2,20}(?=[ ]?(?:MR|MS|MRS|MISS|MSTR)\b))?(?![A-Za-z/0-9])"
)
_PASSENGER_TITLE = late(r"[ ]?(?:MR|MS|MRS|MISS|MSTR|CHD|INF)\b(?![ ][A-Z][a-z])")
_PASSENGER_LABEL = late(r"(?:[Pp]assenger|PASSENGER|PAX|[Nn]ame|NAME|[旅乘]客|乘机人|姓名)(?: ?name| ?NAME)?[：: ]{1,3}$")


# The bar code of a boarding pass: the name fills twenty places, behind it the booking and the flight.
_BOARDING = late(
    r"M(?<![A-Za-z0-9]M)[1-4](?P<name>[A-Z][A-Z '-]{1,17}/[A-Z](?:[A-Z ]{0,16}[A-Z])?) {1,15}E?[A-Z0-9]{5,7} {1,2}[A-Z]{6}"
)


def _passengers(text: str) -> Iterator[Finding]:
    for m in _BOARDING.finditer(text):
        yield Finding("PERSON", *m.span("name"), worth.HIGHEST, _ID, "passenger", context=("passenger",))
    for m in _PASSENGER.finditer(text):
        if (
            _PASSENGER_TITLE.match(text, m.end())
            or _of_a_list(text, m)
            or _PASSENGER_LABEL.search(text, max(0, m.start() - 20), m.start())
        ):
            yield Finding("PERSON", m.start(), m.end(), worth.HIGHEST, _ID, "passenger", context=("passenger",))


def _of_a_list(text: str, m: re.Match[str]) -> bool:
    """Whether a passenger's given name is a listed one: then another field may follow the title, as in DOE/JANE MRS French."""
    return _TITLE_BEHIND.match(text, m.end()) is not None and _given(m.group().partition("/")[2].split(" ")[0])


_TITLE_BEHIND = late(r"[ ](?:MR|MS|MRS|MISS|MSTR|CHD|INF)\b")


def _signed(text: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """Good wishes and thanks at the end of a line; what they end with is rarer than what they begin with."""
    for line in _NEXT_LINE.finditer(text, low, high):
        start = max(low, line.start() - _LONGEST_SIGNED)
        if text[line.start() - 1] in _ENDS_SIGNED and (m := _SIGNED.search(text, start, min(line.end() + 1, high))):
            yield m
        low = line.end()


def _behind(text: str, cues: Iterable[re.Match[str]], score: float, words: int, kind: str) -> Iterator[Finding]:
    for m in cues:
        start = m.end()
        name = NAME.match(text, start, start + 60)
        if name is None:
            continue
        if _SPEECH.match(text, start) or (_STEP.match(m.group()) and _ORDER.match(text, start) and not _given(name.group())):
            continue  # Customer: May I ask; name: Run tests
        end = _cut(text, start, name.end())
        if text[end : end + 1].isalnum() or (kind == "label" and _OF_A_PROGRAM.match(text, end)):
            continue  # Name="LowerLeft", name: String::from, trait Student: Person {
        if end - start < 2 or len(text[start:end].split()) < words:
            continue
        if kind == "title" and m.group().strip(" .") in _RANKS and " " not in text[start:end]:
            continue  # General Assembly; one word behind such a title is the tagger's business
        if kind == "title" and _DOUBTFUL_TITLE.match(m.group()) and not _listed(text[start:end].split()[0]):
            continue  # General Public License, MS Crypto API
        word = m.group().strip(" :：=\"'\t\n,").split("\n")[0]
        if kind == "label" and word.lower() in _WEAK_LABELS and " " not in text[start:end] and not _listed(text[start:end]):
            continue  # To: Everyone; From: London
        yield Finding("PERSON", start, end, score, _ID, kind, context=(word.lower(),) if word else ())


_SPEECH = late(
    "(?:May|Will|Mark|Bill|Grant|Rob|Pat|Chase|Sue|Drew) (?:I|you|we|it|he|she|they|the|my|your|this|me|him|her|us)\\b"
)
_OF_A_PROGRAM = late(r"::|[<({\[;]| \{")
_STEP = late(r"name[ \t]*:", re.IGNORECASE)  # of a step, a job or a test too
_ORDER = late(r"[A-Z][a-z]+ (?!de |del |van |von |bin |al |la |el |da |do |dos )[a-z]{2,}")
_DOUBTFUL_TITLE = late(r"(?:General|Major|Judge|Justice|Attorney|MS)\s")
_WEAK_LABELS = frozenset("from to cc bcc attention attn manager author".split())


_PIECE = late(r"[^\s,]+")
_NEXT_LABEL = late(r"(?:given|first|last|middle|family|other|maiden|full) names?\b", re.IGNORECASE)


def _given(name: str) -> bool:
    return name.strip(".,'’").lower() in latin_names("given")


def _listed(name: str) -> bool:
    letters = name.strip(".,'’").lower()
    return letters in latin_names("given") or letters in latin_names("surname")


def _cut(text: str, start: int, end: int) -> int:
    """Words that are no names end a name."""
    at = start
    for m in _PIECE.finditer(text[start:end]):
        if m.group().strip(".,'’").lower() in cue_words("no_name") or _NEXT_LABEL.match(text, start + m.start()):
            break
        at = start + m.end()
    at -= len(_POSSESSIVE.search(text[start:at]).group())  # type: ignore[union-attr]  # it matches nothing too
    piece = text[start:at]
    if piece.count(" ") == 0 and piece.isupper() and len(piece) < 4:
        return start
    return at - 1 if piece.endswith(".") and len(piece) > 3 and piece[-3].isalpha() and piece[-2].islower() else at


_POSSESSIVE = late("(?:['’]s?)?$")


_SHOUTED = late("[A-Z]{2,}[ ,.!']+[A-Z]{1,}[ ,.!']+[A-Z]{2,}")


def _romanised(text: str, low: int, high: int) -> Iterator[Finding]:
    at = low
    while m := _PAIR.search(text, at, high):
        at = m.start() + 1
        piece = m.group()
        found = None
        # Where no word is a surname, there is no need to look closer.
        one_is = any(map(pinyin.is_surname, piece.replace(",", " ").replace("-", " ").split()))
        for end in _ends(piece) if one_is else ():
            name = pinyin.split(piece[:end])
            if name is not None and piece[:end].lower() not in _PLACES:
                found = (name, end)
                break
        if found is None:
            at = m.start() + len(piece.partition(" ")[0].partition(",")[0]) if " " in piece else m.end()
            continue
        name, end = found
        at = m.start() + end
        score = worth.ROMANISED if pinyin.frequent(name) else worth.ROMANISED_RARE
        if _CONTACT.match(text, at):
            score += 0.15
        if name.doubt:
            score -= 0.35
        if piece[:end].isupper() and _SHOUTED.search(text, max(0, m.start() - 12), at + 12):
            score -= 0.35  # words in a line of capitals
        if "," in piece[:end] and not (name.surname.isupper() or _CONTACT.match(text, at)):
            score -= 0.15
        if score >= worth.REPORT:
            yield Finding("PERSON", m.start(), at, min(score, 0.92), _ID, "romanised")


def _ends(piece: str) -> list[int]:
    """The ends of the longest and of shorter runs of at least two words."""
    ends = [m.end() for m in _PIECE.finditer(piece)]
    return sorted(ends[1:], reverse=True)
