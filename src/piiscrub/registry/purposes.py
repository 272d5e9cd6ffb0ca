"""Purposes by id, from ``policies/purposes.toml``.

>>> purpose("delivery").form_for("CN_MOBILE"), purpose("delivery").form_for("CN_ID_CARD")
('clear', 'dropped')
>>> purpose("delivry")
Traceback (most recent call last):
piiscrub.errors.UnknownNameError: No purpose 'delivry'. Did you mean 'delivery'?
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from piiscrub.errors import PolicyError, UnknownNameError
from piiscrub.model import entities
from piiscrub.model.purpose import FORMS, Form, Purpose
from piiscrub.render.table import Table

_FILE = "policies/purposes.toml"
_KEYS = ("en", "zh", "text", *FORMS)


def purpose(name: str) -> Purpose:
    """The purpose of this id.

    Raises:
        UnknownNameError: there is none; says the nearest right id.
    """
    found = known().get(name)
    if found is None:
        raise UnknownNameError("purpose", name, known())
    return found


def purposes() -> Table:
    """Every purpose as a table: id, titles, and what it needs in which form."""
    return Table((_row(one) for one in known().values()), caption="purposes")


def _row(one: Purpose) -> dict[str, object]:
    by_form: dict[str, object] = {form: " ".join(name for name, own in one.forms if own == form) for form in FORMS[:-1]}
    return {"id": one.id, "title_en": one.title_en, "title_zh": one.title_zh, **by_form, "free_text": one.text}


@lru_cache(maxsize=1)
def known() -> Mapping[str, Purpose]:
    """Id → purpose, as the file has them. Raises PolicyError if the file is wrong."""
    packaged = Path(__file__).parents[1] / "_policies"
    folder = packaged if packaged.is_dir() else Path(__file__).parents[3] / "policies"
    return read(folder.joinpath("purposes.toml").read_text(encoding="utf-8"), _FILE)


def read(text: str, shown: str) -> Mapping[str, Purpose]:
    """The purposes of a file's text.

    Raises:
        PolicyError: an unknown key, entity or form, or one entity in two forms; says where.
    """
    table: dict[str, Any] = tomllib.loads(text)
    version = str(table.get("version", "1"))
    return {id: _purpose(id, own, version, shown) for id, own in table["purposes"].items()}


def _purpose(id: str, own: Mapping[str, Any], version: str, shown: str) -> Purpose:
    forms: dict[str, Form] = {}
    for key, value in own.items():
        place = f"purposes.{id}.{key}"
        if key not in _KEYS:
            raise PolicyError(shown, place, f"there is no such key. A purpose takes {', '.join(_KEYS)}.")
        if key not in FORMS:
            continue
        for given in value:
            try:
                name = entities.get(given).name
            except UnknownNameError as error:
                raise PolicyError(shown, place, str(error)) from None
            if name in forms:
                raise PolicyError(shown, place, f"{name} stands in two forms; a purpose needs it in one.")
            forms[name] = key
    return Purpose(
        id=id, title_en=own["en"], title_zh=own["zh"], forms=tuple(forms.items()), text=bool(own.get("text")), version=version
    )
