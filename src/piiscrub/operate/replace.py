"""Put the name of the kind in the value's place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from piiscrub.model.finding import Finding
from piiscrub.operate import params
from piiscrub.operate.protocol import Apply, DocumentState


@dataclass(frozen=True, slots=True, kw_only=True)
class Replace:
    """``<PHONE_NUMBER_1>``, with the same number for the same value within a document; ``numbered=False``: ``<PHONE_NUMBER>``.

    Called directly, outside a document, it has nothing to count by and gives the tag without a number.

    >>> work = Replace().start(DocumentState())
    >>> work("13800138000", Finding("CN_MOBILE", 0, 11, 0.9, "demo"))
    '<CN_MOBILE_1>'
    """

    numbered: bool = True

    name: ClassVar[str] = "replace"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = False
    leaks: ClassVar[str] = "The kind; when numbered, which places of one document hold the same value."

    def __post_init__(self) -> None:
        params.flag(self.name, "numbered", self.numbered)

    @property
    def streams(self) -> bool:
        """Numbering remembers every distinct value, so only the plain tag streams."""
        return not self.numbered

    def __call__(self, value: str, finding: Finding, /) -> str:
        return f"<{finding.entity}>"

    def start(self, document: DocumentState, /) -> Apply:
        if not self.numbered:
            return self

        def apply(value: str, finding: Finding) -> str:
            return f"<{finding.entity}_{document.number(finding.entity, value)}>"

        return apply
