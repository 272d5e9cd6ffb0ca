"""The page of a certificate of destruction, both languages on one page, with room for signatures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from piiscrub.render.catalogue import LANGUAGES, say, words
from piiscrub.render.html import document, fill

MOST = 200
_BLOCKS = {
    "identity": ("tool", "organisation", "basis"),
    "object": ("category", "grade", "system", "location", "media", "persons", "date_range", "counts", "inventory"),
    "approval": ("requester", "reason", "approver", "approved", "checked"),
    "action": ("start", "end", "errors", "copies"),
    "proof": ("verifier", "notified"),
    "people": ("operator", "witness", "position", "place", "contact"),
    "keep": ("years", "ledger"),
}
_UNKNOWN = {"grade": 0, "persons": -1}


def certificate_html(content: Mapping[str, Any], signer: str, sha256: str) -> str:
    """A whole page, to be printed and signed."""
    parts = "".join(
        fill(
            "certificate.html",
            lang,
            full=content,
            blocks=[
                (name, [(say(_key(key), lang), _shown(content[name], key, lang)) for key in keys])
                for name, keys in _BLOCKS.items()
            ],
            items=content["object"]["items"][:MOST],
            more=max(0, len(content["object"]["items"]) - MOST),
            left=sum(not (one["done"] and one["gone"]) for one in content["object"]["items"]),
            signer=signer,
            sha256=sha256,
            counted=partial(counted, lang=lang),
        )
        for lang in LANGUAGES
    )
    return document(parts, say("lifecycle.certificate", "en", number=content["number"]))


def counted(counts: Mapping[str, int], lang: str = "en") -> str:
    """Counts in a line.

    >>> counted({"files": 2, "rows": 10}), counted({"files": 2, "rows": 10}, "zh")
    ('files 2, rows 10', '文件 2，行 10')
    """
    keys = ((f"lifecycle.count-{what.replace(' ', '-')}", what, n) for what, n in counts.items())
    named = ((say(key, lang) if key in words() else what, n) for key, what, n in keys)
    return ("，" if lang == "zh" else ", ").join(f"{what} {n}" for what, n in named) or "–"


def _key(name: str) -> str:
    return f"lifecycle.{name.replace('_', '-')}"


def _shown(block: Mapping[str, Any], key: str, lang: str) -> str:
    value = block[key]
    if key in _UNKNOWN and value == _UNKNOWN[key]:
        return say("lifecycle.unknown", lang)
    if key == "ledger":
        return "–" if value is None else f"{value['count']}, {value['hash']}"
    if isinstance(value, Mapping):
        return counted(value, lang)
    if isinstance(value, list):
        return "; ".join(value) or "–"
    return str(value) if value != "" else "–"
