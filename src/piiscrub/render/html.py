"""The HTML that notebooks show: self-contained, without scripts, readable on light and dark pages, no value in it.

jinja2 escapes everything that is filled in; nothing here is marked as safe. Colours tell families of entities apart
(the palette of Okabe and Ito, made for colour-blind readers); the words say the same without colour.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from piiscrub.model import entities
from piiscrub.model.finding import Decision, Finding
from piiscrub.render.catalogue import say
from piiscrub.render.preview import preview
from piiscrub.render.reasons import lacked, reason

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_ROWS = 200
MOST_CHARACTERS = 5000
_PALETTE = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7")
_PLACEHOLDER = re.compile(r"<[A-Z][A-Z0-9_]*>")

_HALF = re.compile("[\ud800-\udfff]")
_COVERED = re.compile(r"\w")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("piiscrub.render"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["colour"] = colour
    return made


def colour(entity: str) -> str:
    """The colour of an entity's family, the root of its branch in the tree."""
    try:
        family = (entity, *entities.ancestors(entity))[-1]
    except LookupError:  # a recognizer of the caller may have entities of its own
        family = entity
    return _PALETTE[zlib.crc32(family.encode()) % len(_PALETTE)]


def fill(template: str, lang: str, **parts: object) -> str:
    """A template filled in, in a language. Half of a surrogate pair, which no page can hold, is replaced."""

    def word(key: str, **more: object) -> str:
        return say(key, lang, **more)

    def why(text: str) -> str:
        return reason(text, lang)

    page = _environment().get_template(template).render(word=word, why=why, lang=lang, **parts)
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", page)


def scan_result(
    findings: Sequence[Finding], decisions: Sequence[Decision], *, text: str = "", values: bool = False, lang: str = "en"
) -> str:
    """What was found where, in the text if it is given, and on request what was seen and not reported.

    Without ``values`` a stand-in takes the place of everything that was seen, of what is not reported too, and dots that of
    all other letters and digits.
    """
    kept = [decision for decision in decisions if decision.kept]
    dropped = [decision for decision in decisions if not decision.kept]
    return fill(
        "scan.html",
        lang,
        counts=_counts(findings),
        parts=_marked(text[:MOST_CHARACTERS], decisions, values=values) if text else [],
        cut=MOST_CHARACTERS if len(text) > MOST_CHARACTERS else 0,
        kept=kept[:MOST_ROWS],
        kept_more=max(0, len(kept) - MOST_ROWS),
        dropped=dropped[:MOST_ROWS],
        dropped_count=len(dropped),
    )


def scrub_result(
    scrubbed_text: str,
    findings: Sequence[Finding],
    decisions: Sequence[Decision],
    evidence: Mapping[str, object],
    *,
    lang: str = "en",
) -> str:
    """The new text with its placeholders marked, what was handled how, and the evidence."""
    kept = [decision for decision in decisions if decision.kept]
    return fill(
        "scrub.html",
        lang,
        counts=_counts(findings),
        parts=_parts(scrubbed_text[:MOST_CHARACTERS]),
        cut=MOST_CHARACTERS if len(scrubbed_text) > MOST_CHARACTERS else 0,
        kept=kept[:MOST_ROWS],
        kept_more=max(0, len(kept) - MOST_ROWS),
        evidence={key: _plain(value) for key, value in evidence.items()},
    )


def explanation(
    start: int,
    end: int,
    *,
    found: bool,
    decisions: Sequence[Decision],
    traces: Sequence[tuple[str, int, int, str, str, str, str]],
    lang: str = "en",
) -> str:
    """Why a span was found or not. A trace is entity, start, end, recognizer, what it lacked, detail, nearer word."""
    rows = [
        {"entity": entity, "start": at, "end": to, "by": by, "lacked": lacked(what, detail, against, lang)}
        for entity, at, to, by, what, detail, against in traces[:MOST_ROWS]
    ]
    return fill(
        "explain.html",
        lang,
        title=say("explain.found" if found else "explain.not-found", lang, start=start, end=end),
        decided=decisions[:MOST_ROWS],
        traces=rows,
        more=max(0, len(decisions) - MOST_ROWS) + max(0, len(traces) - MOST_ROWS),
    )


def table(rows: Sequence[Mapping[str, object]], caption: str, *, columns: Sequence[str] = (), lang: str = "en") -> str:
    """Rows of plain data under a caption; ``columns`` names them where there may be no row to tell."""
    columns = columns or (list(rows[0]) if rows else ())
    cells = [[_plain(row.get(column, "")) for column in columns] for row in rows[:MOST_ROWS]]
    return fill("table.html", lang, caption=caption, columns=columns, rows=cells, more=max(0, len(rows) - MOST_ROWS))


def verdict(lines: Sequence[str], *, good: bool, problems: Sequence[tuple[object, str]] = (), lang: str = "en") -> str:
    """What a check or a step came to: a sentence, more of them, and what is wrong where."""
    more = max(0, len(problems) - MOST_ROWS)
    return fill("verdict.html", lang, lines=lines, good=good, problems=problems[:MOST_ROWS], more=more)


def _marked(text: str, decisions: Sequence[Decision], *, values: bool) -> list[tuple[str, str, bool]]:
    """The text in parts: what is shown, the entity ("" for plain text), whether it is reported."""
    spans: list[tuple[int, int, str, bool]] = []
    for decision in sorted(decisions, key=lambda d: (d.finding.start, not d.kept, -d.finding.end)):
        finding = decision.finding
        start, end = min(finding.start, len(text)), min(finding.end, len(text))
        if spans and start < spans[-1][1]:  # overlapping ones are joined, under the name of one that is reported
            first, last, entity, kept = spans.pop()
            better = decision.kept and not kept
            spans.append((first, max(last, end), finding.entity if better else entity, kept or decision.kept))
        elif start < end:
            spans.append((start, end, finding.entity, decision.kept))
    parts: list[tuple[str, str, bool]] = []
    at = 0
    for start, end, entity, kept in spans:
        parts += ((text[at:start], "", False), (text[start:end] if values else preview(entity, end - start), entity, kept))
        at = end
    parts.append((text[at:], "", False))
    # What was not found may be a value all the same: without ``values`` only the lie of the text shows.
    return [(part if values or entity else _COVERED.sub("·", part), entity, kept) for part, entity, kept in parts if part]


def document(body: str, title: str, *, lang: str = "en") -> str:
    """A whole page around a part: no script runs in it and nothing is loaded, whatever stands in it."""
    from markupsafe import Markup

    return fill("page.html", lang, title=title, body=Markup(body))  # noqa: S704  # made by the templates above, which escape


def _counts(findings: Sequence[Finding]) -> list[tuple[str, int]]:
    return sorted(Counter(finding.entity for finding in findings).items())


def _parts(text: str) -> list[tuple[str, bool]]:
    """The text cut at its placeholders, each part with whether it is one."""
    parts: list[tuple[str, bool]] = []
    at = 0
    for match in _PLACEHOLDER.finditer(text):
        parts += ((text[at : match.start()], False), (match[0], True))
        at = match.end()
    return [*parts, (text[at:], False)]


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_plain(inner)}" for key, inner in value.items()) or "–"
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(_plain(inner) for inner in value) or "–"
    if isinstance(value, float):
        return f"{value:.2f}"
    return str(value)
