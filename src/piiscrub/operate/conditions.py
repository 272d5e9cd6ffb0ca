"""Conditions on cells: field, operator, value, joined by and, or, not and brackets.

``age > 90 or (city = '上海' and amount >= 1000)``. Operators are = != > < >= <= contains, exists and missing; a value is a
number, a date or text, in quotes where it holds a space or a bracket. Numbers and dates are compared as such where both sides
are; a missing cell meets no comparison.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from piiscrub.errors import OperatorError
from piiscrub.operate import cells, coarser

Row = Callable[[str], Any]
"""The cell of a field in the row that is asked about."""
Test = Callable[[Row], bool]

_WORD = re.compile(r"\s*(?:(<=|>=|!=|=|<|>|\(|\))|'([^']*)'|\"([^\"]*)\"|([^\s()<>=!'\"]+))")
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: bool(a == b), "!=": lambda a, b: bool(a != b), ">": lambda a, b: bool(a > b), "<": lambda a, b: bool(a < b),
    ">=": lambda a, b: bool(a >= b), "<=": lambda a, b: bool(a <= b), "contains": lambda a, b: str(b) in str(a),
}  # fmt: skip  # one line for each pair


class Condition:
    """A condition, read once.

    >>> young = Condition("suppress", "age < 18 and city != '上海'")
    >>> young.fields, young.holds({"age": 17, "city": "北京"}.get), young.holds({"age": None}.get)
    (('age', 'city'), True, False)

    Raises:
        OperatorError: it cannot be read; the message says where.
    """

    def __init__(self, operator: str, text: str) -> None:
        self._operator, self._text = operator, text
        self._words = list(_words(operator, text))
        self._at = 0
        self.fields: tuple[str, ...] = ()
        self._test = self._any()
        if self._at < len(self._words):
            raise self._wrong("and, or")

    def holds(self, row: Row, /) -> bool:
        """Whether a row meets the condition."""
        return self._test(row)

    def rows(self, columns: Mapping[str, Sequence[Any]], count: int) -> list[bool]:
        """Which rows of a table meet it.

        Raises:
            OperatorError: a field that the table does not have.
        """
        for field in self.fields:
            if field not in columns:
                raise OperatorError(f"{self._operator}: the condition names a column {field!r}, which the table does not have.")
        return [self._test(lambda field, at=at: columns[field][at]) for at in range(count)]  # type: ignore[misc]  # at is bound

    def _any(self) -> Test:
        tests = [self._all()]
        while self._next("or"):
            tests.append(self._all())
        return tests[0] if len(tests) == 1 else lambda row: any(test(row) for test in tests)

    def _all(self) -> Test:
        tests = [self._one()]
        while self._next("and"):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else lambda row: all(test(row) for test in tests)

    def _one(self) -> Test:
        if self._next("not"):
            test = self._one()
            return lambda row: not test(row)
        if self._next("("):
            inner = self._any()
            if not self._next(")"):
                raise self._wrong(")")
            return inner
        field = self._take("the name of a column")
        self.fields = tuple(dict.fromkeys((*self.fields, field)))
        for word, wanted in (("exists", True), ("missing", False)):
            if self._next(word):
                return lambda row, wanted=wanted: bool(cells.present([row(field)])) is wanted  # type: ignore[misc]  # wanted is bound
        sign = self._take("a comparison").lower()
        compare = _COMPARE.get(sign)
        if compare is None:
            self._at -= 1
            raise self._wrong("= != > < >= <= contains exists missing")
        return _comparison(field, compare, self._take("a value"), as_text=sign == "contains")

    def _next(self, word: str) -> bool:
        found = self._at < len(self._words) and not self._words[self._at][1] and self._words[self._at][0].lower() == word
        self._at += found
        return found

    def _take(self, wanted: str) -> str:
        if self._at >= len(self._words) or (not self._words[self._at][1] and self._words[self._at][0] in ("(", ")")):
            raise self._wrong(wanted)
        self._at += 1
        return self._words[self._at - 1][0]

    def _wrong(self, wanted: str) -> OperatorError:
        return OperatorError(f"{self._operator}: the condition cannot be read at word {self._at + 1}: {wanted} is missing there.")


def _words(operator: str, text: str) -> list[tuple[str, bool]]:
    """The words of a condition, each with whether it stood in quotes."""
    found: list[tuple[str, bool]] = []
    at = 0
    text = text.rstrip()
    while at < len(text):
        word = _WORD.match(text, at)
        if word is None:
            raise OperatorError(f"{operator}: the condition cannot be read at character {at + 1}.")
        quoted = word[2] is not None or word[3] is not None
        found.append((next(part for part in word.groups() if part is not None), quoted))
        at = word.end()
    return found


def _comparison(field: str, compare: Callable[[Any, Any], bool], value: str, *, as_text: bool) -> Test:
    amount, when = coarser.number(value), cells.moment(value)

    def test(row: Row) -> bool:
        cell = row(field)
        if not cells.present([cell]):
            return False
        if not as_text:
            own = cells.number(cell)
            if amount is not None and own is not None:
                if isinstance(cell, float):
                    return compare(cell, float(amount))
                # As floats, numbers of more than 15 digits would be equal to their neighbours.
                return compare(coarser.number(cell) if isinstance(cell, str) else cell, amount)
            day = cells.moment(cell) if when is not None else None
            if when is not None and day is not None:
                return compare(day.replace(tzinfo=None), when)
        return compare(str(cell), value)

    return test
