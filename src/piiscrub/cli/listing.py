"""``piiscrub recognizers``, ``entities`` and ``policies``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from piiscrub.cli import jsonout, show
from piiscrub.cli.language import lang, word
from piiscrub.cli.outcome import OK
from piiscrub.model import entities as tree

Rows = Sequence[Mapping[str, object]]


def recognizers(wanted: Sequence[str], country: str | None, *, as_json: bool) -> int:
    """The recognizers, only those for an entity (with its children) and a country if asked."""
    from piiscrub.registry.recognizers import recognizers as all_of_them

    names = {tree.get(name).name for name in wanted}
    rows = [
        row
        for row in all_of_them()
        if (not names or any(tree.is_a(str(row["entity"]), name) for name in names))
        and (country is None or row["country"] == ("" if country == "intl" else country.lower()))
    ]
    return _show(
        "cli.recognizers",
        rows,
        ("id", "entity", "country", f"title_{lang()}", "modes", "validators", "parser", "status"),
        as_json=as_json,
    )


def entities(*, as_json: bool) -> int:
    """The tree of entities."""
    from piiscrub.registry.entities import entities as all_of_them

    columns = ("name", "parent", f"title_{lang()}", "identifier", "gbt35273", "gbt45574", "jrt0171", "hipaa", "gdpr")
    return _show("cli.entities", all_of_them(), columns, as_json=as_json)


def policies(*, as_json: bool) -> int:
    """The built-in policies."""
    from piiscrub.registry.policies import policies as all_of_them

    columns = ("id", f"title_{lang()}", "default", "threshold", "unexamined")
    return _show("cli.policies", all_of_them(), columns, as_json=as_json)


def _show(caption: str, rows: Rows, columns: Sequence[str], *, as_json: bool) -> int:
    if as_json:
        for row in rows:
            jsonout.line(dict(row))
    else:
        show.rows(show.console(), word(caption), rows, columns)
    return OK
