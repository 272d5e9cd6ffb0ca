"""Names told by a word beside them: my driver, Bekzod, said; approved by Tomasz."""

from __future__ import annotations

from collections.abc import Iterator

from piiscrub.model.finding import Finding
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.words import cue_words, is_listed, latin_names
from piiscrub.text.late import late

_ID = "names"
# Both begin with a character or two that the search can skip to; the word before is looked at afterwards.
_BETWEEN_COMMAS = late(
    r", (?P<name>[A-ZÀ-Þ][a-zà-ÿ]{1,14}(?:-[A-ZÀ-Þ][a-zà-ÿ]{1,14})?)"
    r"(?:,(?![ ](?:Inc|LLC|Ltd|[A-Z]{2}\b))|(?P<last>[.;)])(?=\s|$))"
)
_BY = late(r" by (?P<name>[A-ZÀ-Þ][a-zà-ÿ]{2,14})(?=[.,;:!?)\n]|$| \(| (?:on|at|in|and|to|from|for|yesterday|today)\b)")
# My, our driver and one word with a capital: Our driver Dieter waited.
_OWN = late(
    r"[MmOoHhTtYy](?<![A-Za-z][MmOoHhTtYy])(?:y|u?r|is|er|heir|our) (?:[a-z]{3,10} )?(?P<who>[a-z]{3,13})"
    r" (?P<name>[A-ZÀ-Þ][a-zà-ÿ]{2,14}(?: (?P<last>[A-ZÀ-Þ][A-Za-zà-ÿ'’-]{1,20}))?)"
    r"(?=[.,;:!?)\n]|$|['’]s |[ ](?:[a-z]|[0-9(]))"
)
# A constable is PC; so is a computer, therefore what one does must follow.
_RANK = late(
    r"[PDW](?<![A-Za-z0-9][PDW])(?:C|S|I|CI|PC|CSO) (?:[0-9]{2,5} )?(?P<name>[A-ZÀ-Þ][a-zà-ÿ'’-]+(?: [A-ZÀ-Þ][a-zà-ÿ'’-]+)?)"
    r"(?= (?:attended|arrived|spoke|saw|said|stated|noted|arrested|recovered|seized|told|advised|asked|interviewed)\b)"
)
_AUNT = late(
    r"(?<![A-Za-z])(?:Aunt|Auntie|Uncle) "
    r"(?P<name>(?!Sam\b|Ben['’]?s\b|Jemima\b|Tom\b|Bob['’]s\b)[A-ZÀ-Þ][a-zà-ÿ]{1,14})(?![A-Za-z])"
)
# With the number on the collar it is no computer, whatever follows.
_COLLAR = late(r"[PDW](?<![A-Za-z0-9][PDW])(?:C|S|I|CI|PC|CSO) [0-9]{3,5} (?P<name>[A-ZÀ-Þ][a-zà-ÿ'’-]{2,20})(?=[.,;:)\n]|$)")
_LAST_WORD = late(r"[A-Za-z]+$")


def role_names(text: str, words: frozenset[str]) -> Iterator[Finding]:
    """One word between commas behind what somebody is, and a listed given name behind what was done by somebody.

    ``words`` are those of the text.

    >>> from piiscrub.recognize.vocabulary import words_of
    >>> text = "Our courier Velibor rang, PC Testov attended, my friend Google said"
    >>> [text[f.start : f.end] for f in role_names(text, words_of(text))]
    ['Velibor', 'Testov']
    >>> text = "PC 1482 Testov. The housekeeper, Jadwiga. To my niece Clementine Rossi, PC 10 Home. Aunt Philly, Uncle Sam"
    >>> [text[f.start : f.end] for f in role_names(text, words_of(text))]
    ['Jadwiga', 'Philly', 'Clementine Rossi', 'Testov']
    >>> text = "My driver, Bekzod, waited. Approved by Jane on Monday, Friday, and by Congress"
    >>> [text[f.start : f.end] for f in role_names(text, words_of(text))]
    ['Bekzod', 'Jane']
    """
    for m in _BETWEEN_COMMAS.finditer(text):
        if m["last"] and not is_listed(m["name"], "given"):
            continue  # husband and wife, Defendants.
        if _word_before(text, m.start()) in cue_words("somebody") and m["name"].lower() not in cue_words("no_place"):
            yield Finding("PERSON", *m.span("name"), worth.GREETING, _ID, "role", context=("role",))
    for m in _BY.finditer(text):
        if _word_before(text, m.start()) in cue_words("done_by") and m["name"].lower() in latin_names("given"):
            yield Finding("PERSON", *m.span("name"), worth.GREETING, _ID, "role", context=("by",))

    if "Aunt" in text or "Uncle" in text:
        for m in _AUNT.finditer(text):
            yield Finding("PERSON", *m.span("name"), worth.GREETING, _ID, "role", context=("role",))
    if not words.isdisjoint(cue_words("kin")):
        for m in _OWN.finditer(text):
            if m["who"] in cue_words("kin") and _somebody(m["name"], m["last"]):
                yield Finding("PERSON", *m.span("name"), worth.GREETING, _ID, "role", context=("role",))
    if "C " in text or "S " in text or "I " in text or "O " in text:
        for m in (*_RANK.finditer(text), *_COLLAR.finditer(text)):
            yield Finding("PERSON", *m.span("name"), worth.GREETING, _ID, "rank", context=("rank",))


def _somebody(name: str, last: str | None) -> bool:
    """Whether the words behind my niece are a name: of two, a list must know one."""
    first = name.split(" ")[0]
    if last is None:
        return name.lower() not in cue_words("no_place")
    return is_listed(first, "given") or (is_listed(last, "surname") and first.lower() not in cue_words("no_place"))


def _word_before(text: str, at: int) -> str:
    m = _LAST_WORD.search(text, max(0, at - 16), at)
    return m.group().lower() if m else ""
