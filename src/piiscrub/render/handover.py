"""The reports of a hand-over, both languages on one page: for the recipient what was delivered, for the owner everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from piiscrub.render.catalogue import LANGUAGES, say
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
        fill("handover.html", lang, about=about, files=files, head=_head(about, lang), protection=protection_words)
        for lang in LANGUAGES
    )
    return document(body, title)


def record_html(full: Plain, risks: Mapping[str, Risk] = MappingProxyType({})) -> str:
    """The report that stays: inventory, reasons, what was not examined, what the check found; ``risks`` by table."""
    title = say("handover.record-title", "en", recipient=full["recipient"] or "–")
    body = "".join(
        fill("handover_record.html", lang, full=full, head=_head(full, lang), joining=partial(told, lang=lang))
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
                yield f"| {cell(one['name'])} | {one['entity'] or '–'} | {cell(protection_words(one['protection'], lang))} |"
            yield ""
    for key in ("duties", "invented"):
        yield say(f"handover.{key}", lang)
        yield ""
    yield say("handover.check", lang)
    yield ""


def _head(about: Plain, lang: str) -> list[tuple[str, str]]:
    values = {
        "purpose": about["purpose"]["zh" if lang == "zh" else "en"],
        "basis": about["basis"],
        "until": about["until"] or "–",
        "contact": about["contact"],
        "made": about["made"],
        "tool": about["tool"],
        "policy": f"{about['policy']['id']} {about['policy']['version']}",
        "key": about["key"]["signer"],
    }
    return [(say(f"handover.{key}", lang), values[key]) for key in _HEAD]


def protection_words(family: str, lang: str) -> str:
    """A family of protection as people read it."""
    return say(f"handover.protection-{family}", lang) if family in ("none", "text") else family


def cell(text: str) -> str:
    """Text that cannot end a cell or begin markup."""
    safe = " ".join(str(text).split())
    for sign in "\\`*_{}[]<>|#":
        safe = safe.replace(sign, f"\\{sign}")
    return safe
