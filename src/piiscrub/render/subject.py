"""A request of a person: the page she gets, where her values stand and nobody else's; and where she was found, without any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from piiscrub.render.catalogue import LANGUAGES, say
from piiscrub.render.html import document, fill


def found_html(told: Mapping[str, Any], lang: str = "en") -> str:  # Any: as below
    """Where a person was found, in counts and positions: a part of a page, for notebooks."""
    return fill("subject_found.html", lang, told=told)


def recipient_notice(one: Mapping[str, Any], day: str, lang: str = "en") -> str:  # Any: as below
    """The draft of a notice to one recipient, as Markdown."""
    blank = {name: f"［{say(f'subject.blank-{name}', lang)}］" if lang == "zh" else f"[{say(f'subject.blank-{name}', lang)}]"
             for name in ("name", "channel", "day", "sender")}  # fmt: skip  # one table
    told = {key: str(one[key]) for key in ("recipient", "purpose", "made", "record", "contact")}
    forms = [
        f"- {say('subject.notice-form', lang, entity=entity, form=say(f'subject.form-{form}', lang))}"
        for entity, form in one["forms"].items()
    ]
    parts = [
        f"# {say('subject.notice', lang)}",
        f"{say('subject.notice-to', lang, day=day, **told)}",
        say("subject.notice-why", lang, **told)
        + ("" if one["confidence"] == "certain" else " " + say("subject.notice-likely", lang)),
        "\n".join(forms),
        say("subject.notice-ask", lang, **blank),
        blank["sender"],
    ]
    return "\n\n".join(parts) + "\n"


def subject_page(told: Mapping[str, Any]) -> str:  # Any: plain data of several depths
    """The page in both languages."""
    return document("".join(fill("subject.html", lang, told=told) for lang in LANGUAGES), say("subject.title", "en"))
