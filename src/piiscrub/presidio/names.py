"""What an entity is called in Presidio and here.

>>> theirs("CN_MOBILE"), theirs("CN_ID_CARD"), ours("KR_RRN"), ours("US_SSN"), ours("MY_OWN")
('PHONE_NUMBER', 'CN_ID_CARD', 'NATIONAL_ID', 'US_SSN', 'MY_OWN')
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from piiscrub.errors import UnknownNameError
from piiscrub.model import entities


def theirs(entity: str) -> str:
    """Presidio's name of one of our entities: its own or its nearest ancestor's in the tree, else ours."""
    try:
        return entities.get(entity).presidio or entity
    except UnknownNameError:
        return entity


def ours(entity: str) -> str:
    """Our name of one of Presidio's entities: the same in the tree, else the nearest kind, else theirs."""
    listed = _tables()["entities"].get(entity)
    if listed is not None:
        return listed
    try:
        return entities.get(entity).name
    except UnknownNameError:
        return entity


def folders() -> Mapping[str, str]:
    """Country code by the name of Presidio's folder."""
    return _tables()["folders"]


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    text = Path(__file__).with_name("names.toml").read_text(encoding="utf-8")
    return cast("Mapping[str, Mapping[str, str]]", tomllib.loads(text))
