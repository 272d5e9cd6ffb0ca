"""The page of a leak and the draft of the notice, from plain data; no value is in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from piiscrub.model import entities
from piiscrub.render.catalogue import LANGUAGES, say
from piiscrub.render.html import document, fill

Plain = Mapping[str, Any]  # Any: plain data of several depths


def triage_html(told: Plain) -> str:
    """For a notebook: what is in the file, where it comes from and who has to be told, in English."""
    return fill("triage.html", "en", told=told, title=_title, draft="")


def triage_page(told: Plain) -> str:
    """A whole page in both languages, with the drafts of the notice."""
    body = "".join(fill("triage.html", lang, told=told, title=_title, draft=notice(told, lang)) for lang in LANGUAGES)
    return document(body, say("triage.title", "en"))


def notice(told: Plain, lang: str = "en") -> str:
    """The draft of the notice of PIPL 57 and GDPR 33: what the file says is filled in, what only people know is in brackets."""
    kinds = say("triage.and", lang).join(_title(one, lang) for one in told["categories"]) or "–"
    persons = str(told["persons"])
    if told["persons_at_least"] != told["persons"]:
        persons = f"{told['persons_at_least']}–{told['persons']}"
    lines = [f"# {say('triage.notice-title', lang)}", ""]
    fills = {"known": told["known"], "kinds": kinds, "persons": persons, "level": say(f"triage.level-{told['level']}", lang)}
    for key in ("when", "kinds", "persons", "cause", "harm", "remedies", "self-help", "contact"):
        lines += [f"## {say(f'triage.notice-{key}', lang)}", "", say(f"triage.notice-{key}-text", lang, **fills), ""]
    if told["sensitive"]:
        lines += [say("triage.notice-sensitive", lang), ""]
    return "\n".join(lines)


def _title(entity: str, lang: str) -> str:
    return entities.get(entity).title(lang) if entity in entities.tree() else entity
