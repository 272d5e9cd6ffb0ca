"""What an operator is, and what it may know about the document it works in.

An operator is called with a value and its finding and returns the text that takes the value's place. One that needs
something of the document besides (a number that is the same for the same value, the key of this call) also has ``start``:
it is handed the document's state once and returns the callable for this document.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias, runtime_checkable

from piiscrub.model.finding import Finding
from piiscrub.operate.same import same

Apply: TypeAlias = Callable[[str, Finding], str]


class Operator(Protocol):
    """Whatever has these is an operator; no base class is needed.

    ``reversible``: with the key or vault the value can be had back. ``permissive``: part of the value stays readable, so
    the safe inheritance of policies stops it. ``streams``: needs no memory that grows with the data. ``leaks``: what can
    still be learnt from the result, in one sentence.
    """

    @property
    def name(self) -> str: ...

    @property
    def reversible(self) -> bool: ...

    @property
    def leaks(self) -> str: ...

    @property
    def permissive(self) -> bool: ...

    @property
    def streams(self) -> bool: ...

    def __call__(self, value: str, finding: Finding, /) -> str: ...


@runtime_checkable
class StartsPerDocument(Protocol):
    """An operator of two steps."""

    def start(self, document: DocumentState, /) -> Apply: ...


class DocumentState:
    """What the operators of one document share: the numbers given so far, and the key of this call.

    All operators of a document get the same state, so that ``<PERSON_1>`` means one person whichever rule replaced them.
    It holds values while the document is worked on; it has no repr that shows them and refuses to be pickled.
    """

    __slots__ = ("_key", "_numbers", "key_used")

    def __init__(self, *, key: bytes | None = None) -> None:
        self._key = key
        self._numbers: dict[str, dict[str, int]] = {}
        self.key_used = False

    @property
    def key(self) -> bytes | None:
        """The key of this call. Whoever reads it is taken to use it: ``key_used`` goes into the evidence.

        >>> document = DocumentState(key=bytes(32))
        >>> document.key_used, len(document.key or b""), document.key_used
        (False, 32, True)
        """
        self.key_used = self._key is not None
        return self._key

    def number(self, entity: str, value: str) -> int:
        """1 for the first value of this entity, 2 for the next different one; the same value keeps its number.

        >>> document = DocumentState()
        >>> [document.number("CN_MOBILE", v) for v in ("13800138000", "14200000000", "138-0013-8000")]
        [1, 2, 1]
        """
        numbers = self._numbers.setdefault(entity, {})
        return numbers.setdefault(same(entity, value), len(numbers) + 1)

    def __reduce__(self) -> str:
        raise TypeError("The state of a document holds values and a key; it is not pickled.")


def start(operator: Operator, document: DocumentState) -> Apply:
    """The callable that does this operator's work in one document."""
    return operator.start(document) if isinstance(operator, StartsPerDocument) else operator
