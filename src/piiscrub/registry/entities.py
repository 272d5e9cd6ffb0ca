"""The entity tree as a table."""

from __future__ import annotations

from dataclasses import asdict

from piiscrub.model.entities import tree
from piiscrub.render.table import Table


def entities() -> Table:
    """Every entity with its parent, titles and classes under the standards (model/entities.toml).

    >>> next(row["parent"] for row in entities() if row["name"] == "CN_MOBILE")
    'PHONE_NUMBER'
    """
    return Table((asdict(entity) for entity in tree().values()), caption="entities")
