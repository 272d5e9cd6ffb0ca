"""The draft of an impact assessment (PIPL 55, 56): filled from what a hand-over knows, the rest marked for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from piiscrub.handing_over.crossborder import title
from piiscrub.model import entities
from piiscrub.render.catalogue import LANGUAGES, listed, say
from piiscrub.render.handover import basis_words, cell, holds, left_words, protection_words

_KINDS = {"processor": "entrust", "public": "publish"}


def draft(full: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> str:
    """The draft as Markdown, both languages.

    Args:
        full: the full report of the record. files: what was delivered, as the manifest tells it.
    """
    return "\n".join(line for lang in LANGUAGES for line in _lines(full, files, lang)) + "\n"


def _lines(full: Mapping[str, Any], files: Sequence[Mapping[str, Any]], lang: str) -> Iterator[str]:
    def word(key: str, **told: object) -> str:
        return say(f"assessment.{key}", lang, **{name: cell(str(value)) for name, value in told.items()})

    yield from (f"# {word('title')}", "", word("about"), "", f"## {word('why')}", "")
    yield from (f"- {reason}" for reason in _reasons(full, files, word, lang))
    yield from ("", f"## {word('lawful')}", "")
    purpose = full["purpose"]["zh" if lang == "zh" else "en"]
    yield "- " + word(
        "purpose",
        purpose=purpose,
        basis=basis_words(full["basis"], lang),
        reference=full["reference"] or "–",
        responsible=full["responsible"] or "–",
    )
    kind = say(f"recipient.{full['recipient_kind']}", lang)
    yield "- " + word(
        "recipient", recipient=full["recipient"] or "–", kind=kind, country=full["country"],
        until=full["until"] or "–", contact=full["contact"],
    )  # fmt: skip  # the fields of the terms
    yield "- " + word("scope", rows=sum(table["rows"] for file in files for table in file["tables"]))
    for file in files:
        for table in file["tables"]:
            for one in table["columns"]:
                how = protection_words(one["protection"], lang)
                yield "  - " + word("column", name=one["name"], entity=holds(one["entity"], lang), protection=how)
    dropped = sum(column["action"] == "drop" for table in full["tables"] for column in table["columns"])
    yield "- " + word("left-out", columns=dropped, rows=listed(left_words(full["left_out"], lang), lang) or 0)
    for what in ("age_unknown", "beyond", "unremembered"):
        if full[what]:
            yield "- " + say(f"handover.{what.replace('_', '-')}", lang, n=full[what]) + ("。" if lang == "zh" else ".")
    yield from ("", word("person-lawful"), "", f"## {word('risk')}", "")
    residual = full["residual"]
    yield "- " + word(
        "checked", rows=residual["rows"], cells=residual["cells"], found=residual["found"],
        coincidences=sum(residual["coincidences"].values()),
        unexamined=sum(column["unexamined"] for table in full["tables"] for column in table["columns"]),
    )  # fmt: skip  # the fields of the check
    for name, risk in full["risk"].items():
        yield "- " + (
            word("measured", table=name, k=risk["k"], unique=risk["unique"]) if risk else word("unmeasured", table=name)
        )
    if full["route"]:
        counts = {key: full["route"][key] for key in ("ordinary", "sensitive")}
        yield "- " + word("route", route=title(full["route"]["id"], lang), **counts)
    yield from ("", word("person-risk"), "", f"## {word('fit')}", "")
    operators = sorted({c["operator"] for table in full["tables"] for c in table["columns"] if c["operator"]})
    yield "- " + word(
        "measures", policy=full["policy"]["id"], operators=", ".join(operators) or "–", signer=full["key"]["signer"]
    )
    yield from ("", word("person-fit"), "")


def _reasons(full: Mapping[str, Any], files: Sequence[Mapping[str, Any]], word: Any, lang: str) -> Iterator[str]:
    yield word(f"why-{_KINDS.get(full['recipient_kind'], 'provide')}")
    if full["country"] != "CN":
        yield word("why-abroad")
    held = {one["entity"] for file in files for table in file["tables"] for one in table["columns"]} - {""}
    sensitive = sorted(name for name in held if name in entities.tree() and entities.get(name).sensitive)
    if sensitive:
        yield word("why-sensitive", entities=listed((holds(name, lang) for name in sensitive), lang))
