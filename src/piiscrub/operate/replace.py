"""Put the name of the kind in the value's place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from piiscrub.model.finding import Finding
from piiscrub.operate import params
from piiscrub.operate.protocol import Apply, DocumentState, Shape
from piiscrub.operate.same import same_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Replace:
    """``<PHONE_NUMBER_1>``, with the same number for the same value within a document; ``numbered=False``: ``<PHONE_NUMBER>``.

    ``text`` puts one text of your own in the place of every value. Called directly, outside a document, it has nothing to
    count by and gives the tag without a number. With a vault the numbers are those of the scope, each spelling has its own,
    and ``ps.restore`` puts the values back.

    >>> work = Replace().start(DocumentState())
    >>> work("13800138000", Finding("CN_MOBILE", 0, 11, 0.9, "demo"))
    '<CN_MOBILE_1>'
    """

    numbered: bool = True
    text: str = ""

    name: ClassVar[str] = "replace"
    shape: ClassVar[Shape] = "value"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = False
    leaks: ClassVar[str] = "The kind; when numbered, which places of one document hold the same value."
    family: ClassVar[str] = "suppression: masking, with a running number pseudonymisation (ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.flag(self.name, "numbered", self.numbered)
        params.string(self.name, "text", self.text)

    @property
    def streams(self) -> bool:
        """Numbering remembers every distinct value, so only the plain tag streams."""
        return not self.numbered or bool(self.text)

    def __call__(self, value: str, finding: Finding, /) -> str:
        return self.text or f"<{finding.entity}>"

    def start(self, document: DocumentState, /) -> Apply:
        """This operator, counting in a document."""
        if self.streams:
            return self
        scope = document.vault
        if scope is not None:
            return lambda value, finding: scope.put(finding.entity, value)

        def apply(value: str, finding: Finding) -> str:
            return f"<{finding.entity}_{document.number(finding.entity, value)}>"

        return apply

    def many(self, values: Sequence[str], entity: str, document: DocumentState, /) -> list[str]:
        """The tags of distinct values, numbered in their order."""
        if self.streams:
            return [self.text or f"<{entity}>"] * len(values)
        if document.vault is not None:
            return document.vault.put_many(entity, values)
        numbers = document.numbers(entity)
        given = numbers.setdefault
        return [f"<{entity}_{given(form, len(numbers) + 1)}>" for form in same_all(entity, values)]
