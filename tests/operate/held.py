"""Keys and documents for the tests of this room."""

from __future__ import annotations

from piiscrub.keys.bound import BoundKeys
from piiscrub.keys.ring import KeyRing
from piiscrub.model.finding import Finding
from piiscrub.operate.protocol import DocumentState

RING = KeyRing(bytes(range(32)), {1: bytes(32)})
KEYS = BoundKeys(RING, recipient="Example Ltd", purpose="billing")
OTHERS = BoundKeys(RING, recipient="Another Ltd", purpose="billing")


def document(keys: BoundKeys = KEYS, group: str = "") -> DocumentState:
    return DocumentState(keys=keys, group=group)


def finding(entity: str) -> Finding:
    return Finding(entity, 0, 1, 0.9, "test")
