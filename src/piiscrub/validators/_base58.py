"""Base58Check, the notation of Bitcoin's first addresses and of TRON: version byte, payload, four bytes of double SHA-256."""

from __future__ import annotations

import hashlib

from piiscrub.validators._base import InvalidChecksum, InvalidFormat

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {sign: value for value, sign in enumerate(_ALPHABET)}


def decode(text: str) -> bytes:
    """Version byte and payload; raises InvalidFormat or InvalidChecksum.

    >>> decode("1111111111111111111114oLvT2").hex()
    '000000000000000000000000000000000000000000'
    """
    if not 5 <= len(text) <= 64 or not _VALUES.keys() >= set(text):
        raise InvalidFormat
    number = 0
    for sign in text:
        number = number * 58 + _VALUES[sign]
    zeros = len(text) - len(text.lstrip("1"))
    raw = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    body, check = raw[:-4], raw[-4:]
    if hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4] != check:
        raise InvalidChecksum
    return body
