"""Names in acts and records: the estate of Jane Roe, DEPOSITION OF JANE ROE, Suspect Jane Roe, Sponsor Jane lives in Testham.

Taggers take a whole name behind "of" for a place, and one behind a role for a firm. A list must know the given name, and with a
role and one name alone what follows must go on as a sentence does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from piiscrub.model.finding import Finding
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.vocabulary import heads
from piiscrub.reference.words import cue_words, is_listed
from piiscrub.text.late import late

_ID = "names"
_UP, _LOW = "A-ZÀ-ÞĀ-ſ", "a-zß-ÿ"
_WORD = rf"[{_UP}][{_UP}{_LOW}'’-]{{1,20}}"
_NAMES = rf"(?P<first>{_WORD})(?: (?:{_WORD}|[A-Z]\.?)){{0,2}} (?P<last>{_WORD})"
# A set of characters first, so that the search runs at memory speed; the word before is looked at by what stands behind it.
_ACT = late(rf"[eEnNtTyY] (?:of|OF) (?:the late |THE LATE )?(?P<name>{_NAMES})(?![{_UP}{_LOW}0-9'’-])")
_KINDS = (
    "estate", "deposition", "affidavit", "testament", "examination", "testimony", "obituary", "guardianship", "conservatorship",
    "interview", "witness statement", "power of attorney",
)  # fmt: skip  # a list of words
_ACTS = late(rf"(?<![A-Za-z])(?:{'|'.join(_KINDS)})$", re.IGNORECASE)
_ROLE = late(
    r"[MFSVWACDPRBTIG](?<![A-Za-z].)(?:ale|emale|uspect|ictim|itness|ccused|omplainant|efendant|laimant|ecedent|roband|etitioner"
    r"|espondent|ppellant|ponsor|orrower|eneficiary|eponent|ettlor|estator|nformant|nmate|etainee|t|atient|lient|tudent|upil|esident"
    rf"|enant|uest) (?P<name>(?P<first>[{_UP}][{_LOW}'’-]{{1,20}})(?: (?:[A-Z]\.? )?(?P<last>[{_UP}][{_UP}{_LOW}'’-]{{1,20}}))?)"
    rf"(?=[.,;)\n]|$| [{_LOW}(/])"
)

_IN_ACTS = heads(_KINDS)


def act_names(text: str, words: frozenset[str]) -> Iterator[Finding]:
    """Names behind an act that is somebody's, and behind what somebody is in a record. ``words`` are those of the text.

    >>> from piiscrub.recognize.vocabulary import words_of
    >>> text = "the estate of Jane Maud Roe deceased; DEPOSITION OF JANE ROE, Suspect Jane Roe fled. Sponsor Jane lives here"
    >>> [text[f.start : f.end] for f in act_names(text, words_of(text))]
    ['Jane Maud Roe', 'JANE ROE', 'Jane Roe', 'Jane']
    >>> text = "estate of New Testham, Client Support, Student Grace period, Victim Support said, Sponsor Apple paid"
    >>> [text[f.start : f.end] for f in act_names(text, words_of(text))]
    []
    """
    if not words.isdisjoint(_IN_ACTS):
        for m in _ACT.finditer(text):
            if _given(m["first"]) and _ACTS.search(text, max(0, m.start() - 24), m.start() + 1):
                yield Finding("PERSON", *m.span("name"), worth.TITLE_EN, _ID, "act", context=("of",))
    for m in _ROLE.finditer(text):
        if _given(m["first"]) and (m["last"] is None or is_listed(m["last"], "surname")):
            yield Finding("PERSON", *m.span("name"), worth.GREETING, _ID, "role", context=("role",))


def _given(word: str) -> bool:
    """Whether a list holds a given name that is no other word."""
    low = word.lower()
    return is_listed(word, "given") and low not in cue_words("small_word") and low not in cue_words("place_too")
