"""A purpose: which personal information it needs, and in which form. What it does not name, it does not need.

Minimisation (PIPL 6, GDPR 5(1)(c)) as data: ``registry/purposes.py`` reads ``policies/purposes.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from piiscrub.model import entities

Form: TypeAlias = Literal["clear", "masked", "generalised", "pseudonym", "dropped"]
"""From what tells most to what tells least."""

FORMS: tuple[Form, ...] = ("clear", "masked", "generalised", "pseudonym", "dropped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What data is handed over for. ``forms`` are pairs of entity and form, as written.

    ``text`` says whether free text is needed at all; if so, what is found in it takes these forms too.
    """

    id: str
    title_en: str
    title_zh: str
    forms: tuple[tuple[str, Form], ...]
    text: bool = False
    version: str = "1"

    def form_for(self, entity: str) -> Form:
        """The form in which this purpose needs an entity: its own, else that of the nearest ancestor, else dropped.

        A form that leaves something readable does not reach a child that identifies more directly or is more sensitive
        than the entity it was written for: the rule of inheritance of policies.

        >>> Purpose(id="x", title_en="", title_zh="", forms=(("LOCATION", "clear"),)).form_for("ADDRESS")
        'dropped'
        """
        forms = dict(self.forms)
        if entity not in entities.tree():
            return "dropped"
        for name in (entity, *entities.ancestors(entity)):
            form = forms.get(name)
            if form is not None and (form == "pseudonym" or name == entity or not entities.exceeds(entity, name)):
                return form
        return "dropped"
