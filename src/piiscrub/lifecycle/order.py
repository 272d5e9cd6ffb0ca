"""The paper side of a destruction: who ordered it, why, who does it, who watches. Plain data, from a mapping or a TOML file."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

from piiscrub.errors import DefinitionError, SourceError, nearest

TWO_PERSONS_FROM = 3
"""Grade of the data from which a second person has to be there (rule book B6); unknown counts as that."""
_NEEDED = ("organisation", "basis", "reason", "approver", "operator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the certificate needs and no program can know (rule book B6).

    ``basis`` is the ground: PIPL 47 with its item, a clause, a retention rule. ``grade`` of the data, 1 (low) to 5, 0 unknown;
    ``persons`` how many people it is about, -1 unknown. ``copies`` lists copies that remain (what, where, until when);
    ``notified`` the recipients told; ``media`` what the data lies on. ``keep_years``: how long the certificate is kept, at
    least 3, 10 in finance.
    """

    organisation: str = ""
    basis: str = ""
    requester: str = ""
    reason: str = ""
    approver: str = ""
    approved: str = ""
    operator: str = ""
    witness: str = ""
    position: str = ""
    place: str = ""
    contact: str = ""
    category: str = ""
    grade: int = 0
    system: str = ""
    location: str = ""
    media: str = ""
    persons: int = -1
    date_range: str = ""
    copies: tuple[str, ...] = ()
    notified: tuple[str, ...] = ()
    keep_years: int = 3

    @property
    def two_persons(self) -> bool:
        return self.grade == 0 or self.grade >= TWO_PERSONS_FROM

    def lacks(self) -> list[str]:
        """What is missing, in words; empty if the destruction may begin."""
        found = [f"the order does not say: {name}." for name in _NEEDED if not getattr(self, name).strip()]
        if self.two_persons and (not self.witness.strip() or _same(self.witness, self.operator)):
            why = "the grade is not known" if self.grade == 0 else f"grade {self.grade}"
            found.append(f"two persons are needed ({why}): name a witness who is not the operator.")
        return found

    def to_dict(self) -> dict[str, Any]:
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}


def order_of(given: Order | Mapping[str, Any] | str | PathLike[str] | None, shown: str = "order") -> Order:
    """The order from whatever the caller has: an Order, its fields, or the path of a TOML file with them.

    Raises:
        DefinitionError: a field that does not exist or is of the wrong type. SourceError: the file cannot be read.

    >>> order_of({"operator": "Operator A", "grade": 2}).two_persons
    False
    """
    if given is None:
        return Order()
    if isinstance(given, Order):
        return given
    if isinstance(given, str | PathLike):
        name = Path(given).name
        try:
            return order_of(tomllib.loads(Path(given).read_text(encoding="utf-8-sig")), name)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise DefinitionError(name, "", f"this is not valid TOML: {error}.") from None
        except (OSError, UnicodeDecodeError) as error:
            if isinstance(error, DefinitionError):
                raise
            raise SourceError(f"{name}: the order cannot be read ({type(error).__name__}).") from None
    known = {one.name: one.type for one in fields(Order)}
    made: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known:
            near = nearest(key, known)
            raise DefinitionError(shown, key, "there is no such key." + (f" Did you mean {near!r}?" if near else ""))
        made[key] = _fit(shown, key, value, str(known[key]))
    return Order(**made)


def _fit(shown: str, key: str, value: Any, kind: str) -> Any:
    if isinstance(value, date):
        value = value.isoformat()
    if kind == "int" and isinstance(value, int) and not isinstance(value, bool):
        if (key == "grade" and not 0 <= value <= 5) or (key == "keep_years" and value < 3):
            raise DefinitionError(shown, key, "takes 0 to 5." if key == "grade" else "takes at least 3.")
        return value
    if kind == "str" and isinstance(value, str):
        return value
    if kind.startswith("tuple") and isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return tuple(value)
    wanted = {"int": "a whole number", "str": "a text"}.get(kind, "a list of texts")
    raise DefinitionError(shown, key, f"takes {wanted}.")


def _same(one: str, other: str) -> bool:
    def form(name: str) -> str:
        return "".join(unicodedata.normalize("NFKC", name).casefold().split())

    return form(one) == form(other)
