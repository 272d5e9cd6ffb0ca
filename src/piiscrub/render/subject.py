"""The page a person gets of what is held about her; here her values stand, and nobody else's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from piiscrub.render.catalogue import LANGUAGES, say
from piiscrub.render.html import document, fill


def subject_page(told: Mapping[str, Any]) -> str:  # Any: plain data of several depths
    """The page in both languages."""
    return document("".join(fill("subject.html", lang, told=told) for lang in LANGUAGES), say("subject.title", "en"))
