"""Keccak-256 as Ethereum uses it: the function before NIST changed the padding to make SHA3-256 of it.

Neither hashlib nor cryptography offers it. It checks the capitals of an address and protects nothing.
"""

from __future__ import annotations

_MASK = (1 << 64) - 1
_RATE = 136  # bytes taken in per round of the sponge


def _round_constants() -> tuple[int, ...]:
    """The constants of the step iota, from the shift register of the specification."""
    register, found = 1, []
    for _ in range(24):
        constant = 0
        for power in range(7):
            if register & 1:
                constant |= 1 << ((1 << power) - 1)
            register = register << 1 ^ (0x171 if register & 0x80 else 0)
        found.append(constant)
    return tuple(found)


_CONSTANTS = _round_constants()


def _turn(lane: int, by: int) -> int:
    return (lane << by | lane >> (64 - by)) & _MASK


def _permute(lanes: list[int]) -> list[int]:
    """Keccak-f[1600] on 25 lanes, lane x + 5 y."""
    for constant in _CONSTANTS:
        columns = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)]
        mixed = [lanes[i] ^ columns[(i - 1) % 5] ^ _turn(columns[(i + 1) % 5], 1) for i in range(25)]
        moved = [mixed[0]] * 25
        x, y = 1, 0
        for step in range(24):
            target = y + 5 * ((2 * x + 3 * y) % 5)
            moved[target] = _turn(mixed[x + 5 * y], (step + 1) * (step + 2) // 2 % 64)
            x, y = target % 5, target // 5
        lanes = [moved[i] ^ (~moved[i // 5 * 5 + (i + 1) % 5] & moved[i // 5 * 5 + (i + 2) % 5]) & _MASK for i in range(25)]
        lanes[0] ^= constant
    return lanes


def keccak256(data: bytes) -> bytes:
    """The 32-byte digest.

    >>> keccak256(b"").hex()[:16]
    'c5d2460186f7233c'
    """
    padded = bytearray(data) + b"\x01" + bytes(-(len(data) + 1) % _RATE)
    padded[-1] |= 0x80
    lanes = [0] * 25
    for start in range(0, len(padded), _RATE):
        for i in range(_RATE // 8):
            lanes[i] ^= int.from_bytes(padded[start + 8 * i : start + 8 * i + 8], "little")
        lanes = _permute(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])
