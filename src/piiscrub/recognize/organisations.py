"""Organisations: names that end with a company form or the word of an institution, joined with the spans of a tagger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from piiscrub.model.finding import Finding
from piiscrub.parse.codes import short_form
from piiscrub.parse.organisations import (
    COMPANY,
    SURE,
    goes_on,
    han_start,
    han_words,
    latin,
    latin_start,
    no_organisation,
    office_of_a_place,
    opened_there,
    part_of_token,
    too_general,
)
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.near import Near
from piiscrub.recognize.ner.tagger import ORGANIZATION, PERSON, Span
from piiscrub.recognize.organisations_short import short_organisations
from piiscrub.recognize.organisations_trades import firms_by_trade
from piiscrub.text.late import late

_ID = "organisations"
_TRIM = " \t\r\n，。、；：,;:!！?？\"“”'‘’<>《》|/~-—+=*#…@&"
_DEPARTMENT = late(r"[ ][-–—|][ ][A-Z][A-Za-z ]*$")  # Testham General Hospital - Radiology


class OrganisationRecognizer:
    """Names of organisations (ORGANIZATION).

    >>> text = "就职于测试科技有限公司，"
    >>> [text[f.start : f.end] for f in OrganisationRecognizer().find(text)]
    ['测试科技有限公司']
    """

    id = _ID
    entities = ("ORGANIZATION",)

    def find(self, text: str, spans: Sequence[Span] | None = None) -> list[Finding]:
        """Organisations in a folded text. ``spans`` come from a tagger; without one the words of institutions decide alone."""
        tagged = [s for s in spans or () if s.label == ORGANIZATION]
        persons = Near(s for s in spans or () if s.label == PERSON)
        found = _han(text, tagged, alone=spans is None) if not text.isascii() else []
        for m in latin().finditer(text):
            start = latin_start(text, m.start(), m.end(), [(p.start, p.end) for p in persons(*m.span())])
            found.append(Finding("ORGANIZATION", start, m.end(), worth.COMPANY - 0.04, _ID, "form"))
        if not text.isascii():
            known = Near(found)
            found += [f for f in (*firms_by_trade(text), *short_organisations(text)) if not known(f.start, f.end)]
        found.sort(key=lambda f: (f.start, -f.end))
        return _with_tagged(text, found, tagged)


def _han(text: str, tagged: Sequence[Span], *, alone: bool) -> list[Finding]:
    out: list[Finding] = []
    done, near = 0, Near(tagged)
    for m in han_words().finditer(text):
        if m.end() <= done:
            continue
        reaching = near(m.start() - 2, m.end())  # or ends one character before
        start = max(han_start(text, m.start(), done), done)
        if reaching:
            start = max(min(reaching[-1].start, m.start()), done)
        name = text[start : m.end()]
        company = COMPANY.search(name) is not None
        seen = alone or bool(reaching)
        if not seen and (place := office_of_a_place(text, start, m.start(), m.group())) is not None:
            start, seen, name = place, True, text[place : m.end()]
        if m.start() - start < 2 or too_general(name, m.group()) or not (seen or SURE.search(name)):
            continue
        if out and out[-1].end == start:
            start = out.pop().start  # 某某银行 + 北京分行
        score = worth.INSTITUTION if not company else worth.COMPANY if seen else worth.COMPANY_UNSEEN
        out.append(Finding("ORGANIZATION", start, m.end(), score, _ID, "form"))
        done = m.end()
    return out


def _with_tagged(text: str, found: list[Finding], tagged: Sequence[Span]) -> list[Finding]:
    out = Near(found)
    for span in tagged:
        start, end = span.start, span.end
        while start < end and text[start] in _TRIM:
            start += 1
        while end > start and text[end - 1] in _TRIM:
            end -= 1
        if part := _DEPARTMENT.search(text, start, end):
            end = part.start()
        end = goes_on(text, end)
        if end - start < 2 or no_organisation(text[start:end]) or part_of_token(text, start, end):
            continue
        if short_form(text, start, end) or opened_there(text, start, end):
            continue
        same = out(start, end)
        if any(f.start <= start and f.end >= end for f in same):
            for f in same:
                if f.score < worth.ORGANIZATION_AGREED:
                    out.put(f._replace(score=worth.ORGANIZATION_AGREED), (f,))
            continue
        out.take_out(same)
        score = worth.ORGANIZATION_AGREED if same else worth.ORGANIZATION_TAGGED
        score = min(score, span.score * 0.95)
        if score >= worth.REPORT:
            out.put(Finding("ORGANIZATION", start, end, score, _ID, "tagger"))
    return _with_branches(text, out)


_BRANCH = late("(?:[支分]行|分公司|营业部|营业厅|办事处)$")


def _with_branches(text: str, found: Iterable[Finding]) -> list[Finding]:
    """某某银行 and 北京分行 right behind it are one."""
    out: list[Finding] = []
    for f in found:
        if out and out[-1].end == f.start and _BRANCH.search(text, f.start, f.end):
            out[-1] = out[-1]._replace(end=f.end, score=max(out[-1].score, f.score))
        else:
            out.append(f)
    return out
