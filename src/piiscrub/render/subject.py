"""A request of a person: the page she gets, where her values stand and nobody else's; and where she was found, without any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from piiscrub.render.catalogue import LANGUAGES, say
from piiscrub.render.html import document, fill


def found_html(told: Mapping[str, Any], lang: str = "en") -> str:  # Any: as below
    """Where a person was found, in counts and positions: a part of a page, for notebooks."""
    return fill("subject_found.html", lang, told=told)


def subject_page(told: Mapping[str, Any]) -> str:  # Any: plain data of several depths
    """The page in both languages."""
    return document("".join(fill("subject.html", lang, told=told) for lang in LANGUAGES), say("subject.title", "en"))
