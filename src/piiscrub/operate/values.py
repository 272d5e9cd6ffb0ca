"""What the operators on single values share: one piece of work per entity, for a value in a text and for a column of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from piiscrub.errors import OperatorError
from piiscrub.model.finding import Finding
from piiscrub.operate.protocol import Apply, DocumentState, Shape

Work = Callable[[str], str]

FAILED = "[REDACTED]"
"""What stands in a column where a value could not be handled."""


class OnValues:
    """Turns ``work(entity, document)``, the work on values of one entity, into an operator of shape "value".

    ``many`` hides a value it cannot handle behind ``[REDACTED]`` and counts it in ``document.failures``: better a gap than
    a leak, and one odd value must not stop a column.
    """

    __slots__ = ()

    name: ClassVar[str]
    shape: ClassVar[Shape] = "value"

    def work(self, entity: str, document: DocumentState, /) -> Work:
        """The work on values of this entity in this document."""
        raise NotImplementedError

    def __call__(self, value: str, finding: Finding, /) -> str:
        return self.work(finding.entity, DocumentState())(value)

    def start(self, document: DocumentState, /) -> Apply:
        """This operator at work in one document."""
        ready: dict[str, Work] = {}

        def apply(value: str, finding: Finding) -> str:
            work = ready.get(finding.entity)
            if work is None:
                work = ready[finding.entity] = self.work(finding.entity, document)
            return work(value)

        return apply

    def many(self, values: Sequence[str], entity: str, document: DocumentState, /) -> list[str]:
        """The results for distinct values of one entity, in their order."""
        work = self.work(entity, document)
        done: list[str] = []
        for value in values:
            try:
                done.append(work(value))
            except OperatorError:
                document.failures[self.name] += 1
                done.append(FAILED)
        return done
