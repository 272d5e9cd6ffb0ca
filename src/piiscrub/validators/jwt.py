"""JSON Web Token (RFC 7519, RFC 7515): three segments, the first decodes to a JSON object that names its ``alg``.

The signature may be empty; it is not verified. Confidence H.

>>> validate("eyJhbGciOiJub25lIn0.e30.")
'eyJhbGciOiJub25lIn0.e30.'
>>> validate("eyJhbGciOiJub25lIn0.e30")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
>>> validate("e30.e30.")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The header names no algorithm.
"""

from __future__ import annotations

import base64
import json
import re

from piiscrub.validators._base import InvalidComponent, InvalidFormat, InvalidLength, passes

_FORM = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
# A header holds a few names, perhaps a key; what is longer is not decoded, because nested JSON costs stack.
_HEADER = 8192


def compact(number: str) -> str:
    """Remove surrounding spaces."""
    return number.strip(" ")


def validate(number: str) -> str:
    """Return the token, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    header = number.partition(".")[0]
    if len(header) > _HEADER:
        raise InvalidLength
    try:
        decoded = json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))
    except (ValueError, RecursionError):
        raise InvalidFormat from None
    if not isinstance(decoded, dict) or "alg" not in decoded:
        raise InvalidComponent("The header names no algorithm.")
    return number


def is_valid(number: str) -> bool:
    """Whether the header decodes and names an algorithm."""
    return passes(validate, number)
