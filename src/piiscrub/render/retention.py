"""The report of a retention check: tables by status, and what falls due next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from piiscrub.render.catalogue import say
from piiscrub.render.html import document, fill

STATUSES = ("overdue", "held", "minimum", "referred", "running", "undated", "done")


def retention_html(report: Mapping[str, Any], lang: str = "en") -> str:
    """A part of a page, for notebooks."""
    return fill("retention.html", lang, report=report, statuses=STATUSES)


def retention_page(report: Mapping[str, Any], lang: str = "en") -> str:
    """A whole page."""
    return document(retention_html(report, lang), say("lifecycle.retention", lang, today=report["today"]), lang=lang)
