"""What an operator is, and what it may know about the document it works in.

An operator has one of three shapes.

*Value*: called with a value and its finding, it returns the text that takes the value's place. One that needs something of
the document besides (a number that is the same for the same value, a key) also has ``start``: it is handed the document's
state once and returns the callable for this document. ``many(values, entity, document)`` is the fast way over the distinct
values of a column.

*Column*: ``column(values, context)`` sees a whole column, or two: date shift by person, noise, shuffle, swap.

*Table*: ``keep_rows(columns, rows, keys)`` says which rows stay, or ``empty_cells(columns, rows, keys)`` which cells become
missing and which rows stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, runtime_checkable

from piiscrub.errors import OperatorError
from piiscrub.model.finding import Finding
from piiscrub.operate.same import same

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from piiscrub.keys.bound import BoundKeys

TAKEN = "taken "
"""Before the name of an entity: what is remembered of it are no numbers that show, and few enough whatever the data."""

Apply: TypeAlias = Callable[[str, Finding], str]
Shape: TypeAlias = Literal["value", "column", "table"]


class Operator(Protocol):
    """Whatever has these is an operator; no base class is needed.

    ``reversible``: with the key or vault the value can be had back. ``permissive``: part of the value stays readable, so
    the safe inheritance of policies stops it. ``streams``: needs no memory that grows with the data. ``leaks``: what can
    still be learnt from the result, in one sentence. An operator may also say its ``shape`` ("value" unless told) and its
    ``family``, the words of ISO/IEC 20889 and NIST for what it does.
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


@runtime_checkable
class Many(Protocol):
    """An operator with a fast way over the distinct values of one entity: as many results, in the same order."""

    def many(self, values: Sequence[str], entity: str, document: DocumentState, /) -> list[str]: ...


@runtime_checkable
class OnColumn(Protocol):
    """An operator of the shape "column": Python scalars or None in, as many out."""

    def column(self, values: Sequence[Any], context: ColumnContext, /) -> list[Any]: ...


@runtime_checkable
class OnTable(Protocol):
    """An operator of the shape "table": which rows stay, as a numpy array of bool."""

    def keep_rows(self, columns: Mapping[str, Sequence[Any]], rows: int, keys: BoundKeys, /) -> NDArray[np.bool_]: ...


@runtime_checkable
class OnCells(Protocol):
    """An operator of the shape "table" that empties cells: per column the cells that become missing, and the rows that stay."""

    def empty_cells(
        self, columns: Mapping[str, Sequence[Any]], rows: int, keys: BoundKeys, /
    ) -> tuple[Mapping[str, NDArray[np.bool_]], NDArray[np.bool_]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnContext:
    """What an operator on a column may know besides its cells.

    ``by`` are the cells of a second column, of the same length: the person of each row, or the group to stay within.
    ``plan`` is the hash of the plan, so that chance is the same whenever the same plan is carried out, and another for another.
    """

    name: str
    keys: BoundKeys
    entity: str = ""
    by: Sequence[Any] | None = None
    plan: str = ""

    def generator(self, use: str) -> np.random.Generator:
        """Chance for this column under this plan."""
        return self.keys.stream(use, self.entity, self.plan, self.name).generator()


class DocumentState:
    """What the operators of one document share: the numbers given so far, the keys and the vault of this call.

    All operators of a document get the same state, so that ``<PERSON_1>`` means one person whichever rule replaced them.
    ``failures`` counts values an operator could not handle, ``collisions`` those that share their surrogate with another,
    ``widened`` those that got a tag as the range of their kind had no place left.
    It holds values while the document is worked on; it has no repr that shows them and refuses to be pickled.
    """

    __slots__ = ("_keys", "_numbers", "_vault", "collisions", "failures", "group", "key_used", "widened")

    def __init__(self, *, keys: BoundKeys | None = None, vault: VaultScope | None = None, group: str = "") -> None:
        self._keys = keys
        self._vault = vault
        self._numbers: dict[str, dict[str, int]] = {}
        self.group = group
        self.key_used = False
        self.failures: Counter[str] = Counter()
        self.collisions: Counter[str] = Counter()
        self.widened: Counter[str] = Counter()

    @property
    def keys(self) -> BoundKeys | None:
        """The keys of this call. Whoever reads them is taken to use them: ``key_used`` goes into the evidence."""
        self.key_used = self.key_used or self._keys is not None
        return self._keys

    @property
    def vault(self) -> VaultScope | None:
        """The scope of the vault that tokens of this call go to."""
        return self._vault

    def label(self, entity: str) -> str:
        """The linkage group, or the entity where there is none: what keys and associated data are made for."""
        return f"group {self.group}" if self.group else entity

    def key(self, operator: str, use: str, entity: str) -> bytes:
        """The 32 bytes for one use and entity, or for the linkage group.

        Raises:
            OperatorError: the call has no keys.

        >>> from piiscrub.keys.bound import bound
        >>> document = DocumentState(keys=bound(None))
        >>> document.key_used, len(document.key("hash", "hash", "PERSON")), document.key_used
        (False, 32, True)
        """
        keys = self.keys
        if keys is None:
            raise OperatorError(f"{operator}: the key is missing. Hand over keys=KeyRing.load(path), or let the call make one.")
        return keys.key(use, self.label(entity))

    def within(self, group: str) -> DocumentState:
        """The same document for the columns of a linkage group: numbers, keys and counts are shared."""
        other = DocumentState(keys=self._keys, vault=self._vault, group=group)
        other._numbers, other.failures = self._numbers, self.failures
        other.collisions, other.widened = self.collisions, self.widened
        return other

    def go_on(self, numbers: dict[str, dict[str, int]]) -> None:
        """Number on where another part of the same document has stopped: ``numbers`` are its numbers by entity, and grow."""
        self._numbers = numbers

    def number(self, entity: str, value: str) -> int:
        """1 for the first value of this entity, 2 for the next different one; the same value keeps its number.

        >>> document = DocumentState()
        >>> [document.number("CN_MOBILE", v) for v in ("13800138000", "14200000000", "138-0013-8000")]
        [1, 2, 1]
        """
        numbers = self._numbers.setdefault(entity, {})
        return numbers.setdefault(same(entity, value), len(numbers) + 1)

    def numbers(self, entity: str) -> dict[str, int]:
        """The numbers given so far, by the form in which spellings are equal (see :mod:`piiscrub.operate.same`)."""
        return self._numbers.setdefault(entity, {})

    def taken(self, entity: str) -> dict[str, int]:
        """The places of a range that surrogates of an entity or linkage group have by now, with what tells their owner."""
        return self._numbers.setdefault(f"{TAKEN}{self.label(entity)}", {})

    def __reduce__(self) -> str:
        raise TypeError("The state of a document holds values and a key; it is not pickled.")


class VaultScope(Protocol):
    """What is needed of a vault's scope (:class:`piiscrub.keys.scope.Scope`)."""

    @property
    def id(self) -> str: ...

    def batch(self) -> AbstractContextManager[object]: ...

    def put(self, entity: str, value: str, *, random: bool = False) -> str: ...

    def put_many(self, entity: str, values: Iterable[str], *, random: bool = False) -> list[str]: ...

    def get(self, token: str) -> str | None: ...


def start(operator: Operator, document: DocumentState) -> Apply:
    """The callable that does this operator's work in one document."""
    return operator.start(document) if isinstance(operator, StartsPerDocument) else operator
