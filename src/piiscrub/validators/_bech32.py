"""Bech32 and Bech32m (BIP 173, BIP 350), the notation of segregated-witness addresses."""

from __future__ import annotations

from piiscrub.validators._base import InvalidChecksum, InvalidFormat

_VALUES = {sign: value for value, sign in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
BECH32, BECH32M = 1, 0x2BC830A3


def _polymod(values: list[int]) -> int:
    total = 1
    for value in values:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate(_GENERATOR):
            if top >> bit & 1:
                total ^= term
    return total


def witness(address: str, prefix: str) -> tuple[int, bytes]:
    """Witness version and program of a lower-case address; raises InvalidFormat or InvalidChecksum.

    >>> version, program = witness("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "bc")
    >>> version, len(program)
    (0, 20)
    """
    data = address.removeprefix(prefix + "1")
    if not 14 <= len(address) <= 90 or data == address or not _VALUES.keys() >= set(data):
        raise InvalidFormat
    values = [_VALUES[sign] for sign in data]
    expanded = [ord(sign) >> 5 for sign in prefix] + [0] + [ord(sign) & 31 for sign in prefix]
    version = values[0]
    if _polymod(expanded + values) != (BECH32M if version else BECH32):
        raise InvalidChecksum
    # five bits a sign to eight bits a byte; what is left over must be zero and shorter than a sign
    bits = 0
    for value in values[1:-6]:
        bits = bits << 5 | value
    left = 5 * len(values[1:-6]) % 8
    if left >= 5 or bits & ((1 << left) - 1):
        raise InvalidFormat
    size = 5 * len(values[1:-6]) // 8
    return version, (bits >> left).to_bytes(size, "big")
