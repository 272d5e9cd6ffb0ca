"""The reports of a hand-over, both languages on one page: for the recipient what was delivered, for the owner everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from piiscrub.model import entities
from piiscrub.render.catalogue import LANGUAGES, has, say
from piiscrub.render.html import document, fill
from piiscrub.render.joining import told
from piiscrub.render.risk import report as risk_report

if TYPE_CHECKING:
    from piiscrub.render.risk import Report as Risk

Plain = Mapping[str, Any]  # Any: plain data of several depths, as it stands in the manifest
_HEAD = ("purpose", "basis", "until", "contact", "made", "tool", "policy", "key")


def recipient_html(about: Plain, files: Sequence[Plain]) -> str:
    """The report that goes with the data: columns, families of protection, what may be done with it, term, contact."""
    title = say("handover.title", "en", recipient=about["recipient"] or "–")
    body = "".join(
        fill("handover.html", lang, about=about, files=files, head=_head(about, lang), protection=protection_words, holds=holds)
        for lang in LANGUAGES
    )
    return document(body, title)


def record_html(full: Plain, risks: Mapping[str, Risk] = MappingProxyType({})) -> str:
    """The report that stays: inventory, reasons, what was not examined, what the check found; ``risks`` by table."""
    title = say("handover.record-title", "en", recipient=full["recipient"] or "–")
    body = "".join(
        fill(
            "handover_record.html",
            lang,
            full=full,
            head=_head(full, lang),
            joining=partial(told, lang=lang),
            left=left_words(full["left_out"], lang),
            holds=holds,
        )
        + "".join(f"<h3>{escape(name)}</h3>{risk_report(one, lang=lang)}" for name, one in risks.items())
        for lang in LANGUAGES
    )
    return document(body, title)


def recipient_markdown(about: Plain, files: Sequence[Plain]) -> str:
    """The same as text."""
    return "\n".join(line for lang in LANGUAGES for line in _markdown(about, files, lang)) + "\n"


def _markdown(about: Plain, files: Sequence[Plain], lang: str) -> Iterator[str]:
    yield f"# {cell(say('handover.title', lang, recipient=about['recipient'] or '–'))}"
    yield ""
    yield from (f"- {name}: {cell(value)}" for name, value in _head(about, lang))
    yield ""
    for file in files:
        for table in file["tables"]:
            yield f"## {cell(file['name'])}: {table['rows']} {say('handover.rows', lang)}"
            yield ""
            yield f"| {say('handover.column', lang)} | {say('handover.holds', lang)} | {say('handover.protection', lang)} |"
            yield "| --- | --- | --- |"
            for one in table["columns"]:
                how = protection_words(one["protection"], lang)
                yield f"| {cell(one['name'])} | {cell(holds(one['entity'], lang))} | {cell(how)} |"
            yield ""
    for key in ("duties", "invented"):
        yield say(f"handover.{key}", lang)
        yield ""
    yield say("handover.check", lang)
    yield ""


def _head(about: Plain, lang: str) -> list[tuple[str, str]]:
    values = {
        "purpose": about["purpose"]["zh" if lang == "zh" else "en"],
        "basis": basis_words(about["basis"], lang),
        "until": about["until"] or "–",
        "contact": about["contact"],
        "made": about["made"],
        "tool": about["tool"],
        "policy": f"{about['policy']['id']} {about['policy']['version']}",
        "key": about["key"]["signer"],
    }
    return [(say(f"handover.{key}", lang), values[key]) for key in _HEAD]


def protection_words(family: str, lang: str) -> str:
    """A family of protection as people read it.

    >>> protection_words("suppression: record suppression (ISO/IEC 20889)", "zh")
    '抑制：记录抑制（ISO/IEC 20889）'
    """
    if family in ("none", "text"):
        return say(f"handover.protection-{family}", lang)
    return say(f"family.{family}", lang) if has(f"family.{family}") else family


def left_words(left_out: Mapping[str, int], lang: str) -> list[str]:
    """Why rows stayed behind, and how many; reasons without a row are left out.

    >>> left_words({"under 14": 2, "no consent": 0}, "zh")
    ['未满 14 周岁且无监护人同意 ×2']
    """
    told = ((say("handover.why-" + why.replace(" ", "-"), lang), n) for why, n in sorted(left_out.items()) if n)
    return [f"{why} ×{n}" for why, n in told]


def holds(entity: str, lang: str) -> str:
    """What a column holds, as people read it, with the name of the entity behind.

    >>> holds("CN_MOBILE", "zh"), holds("", "en")
    ('手机号（CN_MOBILE）', '–')
    """
    if entity not in entities.tree():
        return entity or "–"
    return say("handover.entity", lang, title=entities.get(entity).title(lang), id=entity)


def basis_words(kind: str, lang: str) -> str:
    """A basis as people read it."""
    return say(f"basis.{kind}", lang) if has(f"basis.{kind}") else kind


def cell(text: str) -> str:
    """Text that cannot end a cell or begin markup."""
    safe = " ".join(str(text).split())
    for sign in "\\`*_{}[]<>|#":
        safe = safe.replace(sign, f"\\{sign}")
    return safe
