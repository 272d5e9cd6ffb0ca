"""What every check raises, and the few helpers they share.

    ValidationError (ValueError)
    ├── InvalidFormat      characters or arrangement that cannot be such a number
    │   └── InvalidLength  right characters, wrong count
    ├── InvalidChecksum    the check digit does not fit
    └── InvalidComponent   a part names something that does not exist: a date, a province, a country

The sentence says which part is wrong and never what stands there.
"""

from __future__ import annotations

from collections.abc import Callable


class ValidationError(ValueError):
    """The number is not one; a subclass says why."""

    message = "The number is not valid."

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.message)


class InvalidFormat(ValidationError):
    """Characters or arrangement that cannot be such a number."""

    message = "The number has an invalid format."


class InvalidLength(InvalidFormat):
    """The length is wrong."""

    message = "The number has an invalid length."


class InvalidChecksum(ValidationError):
    """The check digit or character does not fit the rest."""

    message = "The check digit does not fit."


class InvalidComponent(ValidationError):
    """A part of the number names something that does not exist."""

    message = "A part of the number names something that does not exist."


# No value that any check accepts is longer; what is longer is refused before any work is done on it.
LONGEST = 512


def passes(validate: Callable[[str], str], number: str) -> bool:
    """Turn ``validate`` into a yes or no.

    >>> passes(lambda number: number, "1")
    True
    """
    try:
        validate(number)
    except ValidationError:
        return False
    return True


def strip(number: str, separators: str = " -") -> str:
    """Remove separators. A value that is far too long comes back as it is, to fail on its length.

    >>> strip("6222 0200-0000")
    '622202000000'
    """
    if len(number) > LONGEST:
        return number
    for separator in separators:
        number = number.replace(separator, "")
    return number


def digits(number: str, *lengths: int) -> str:
    """Return the number if it is ASCII digits of one of these lengths; raise InvalidFormat or InvalidLength otherwise.

    ``str.isdigit`` alone also accepts superscripts and circled digits.

    >>> digits("123", 3)
    '123'
    >>> digits("3\u00b2", 2)
    Traceback (most recent call last):
    ...
    piiscrub.validators._base.InvalidFormat: The number has an invalid format.
    """
    if not (number.isascii() and number.isdigit()):
        raise InvalidFormat
    if len(number) not in lengths:
        raise InvalidLength
    return number


def weighted(number: str, weights: tuple[int, ...]) -> int:
    """Sum of digit times weight, over as many digits as there are weights.

    >>> weighted("123", (1, 10, 100))
    321
    """
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))


def delegate(check: Callable[[str], str], number: str) -> str:
    """Run a check of python-stdnum and raise our exceptions instead of its own.

    >>> from stdnum import luhn
    >>> delegate(luhn.validate, "79927398713")
    '79927398713'
    """
    if not number.isascii() or len(number) > LONGEST:
        raise InvalidFormat  # stdnum folds many more signs than we do; folding is done before us, once
    # Here and not above: stdnum brings ssl and sockets along, 35 ms that most checks can do without.
    from stdnum import exceptions as stdnum_exceptions

    try:
        return check(number)
    except stdnum_exceptions.InvalidChecksum:
        raise InvalidChecksum from None
    except stdnum_exceptions.InvalidComponent:
        raise InvalidComponent from None
    except stdnum_exceptions.InvalidLength:
        raise InvalidLength from None
    except stdnum_exceptions.ValidationError:
        raise InvalidFormat from None
