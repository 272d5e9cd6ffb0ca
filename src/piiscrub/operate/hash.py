"""Put a keyed code in the value's place: the same for the same value, and nothing to be learnt without the key."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import ClassVar

from piiscrub.errors import OperatorError
from piiscrub.model.finding import Finding
from piiscrub.operate import params
from piiscrub.operate.protocol import Apply, DocumentState
from piiscrub.operate.same import same

KEY_BYTES = 32
LEAST_BITS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Hash:
    """HMAC-SHA256 of entity and value, cut to ``bits``, in lowercase hexadecimal or base32 without padding.

    There is no default key: an unkeyed hash of an eleven-digit phone number is the phone number to whoever tries them all.
    The key comes from the caller or, through the document, from the call. Spellings of one value agree
    (see :mod:`piiscrub.operate.same`). Each field enters the MAC with its length before it (domain separation), so
    no value of one entity can stand for one of another.

    >>> work = Hash(key=bytes(range(32)))
    >>> phone = Finding("CN_MOBILE", 0, 11, 0.9, "demo")
    >>> work("13800138000", phone) == work("138 0013 8000", phone), len(work("13800138000", phone))
    (True, 32)
    """

    key: bytes | None = field(default=None, repr=False)
    bits: int = 128
    encoding: str = "hex"

    name: ClassVar[str] = "hash"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = False
    streams: ClassVar[bool] = True
    leaks: ClassVar[str] = "Which places hold the same value, across everything hashed with the same key."

    def __post_init__(self) -> None:
        params.whole(self.name, "bits", self.bits, LEAST_BITS, 256)
        if self.bits % 8:
            raise OperatorError(f"hash: bits takes a multiple of 8, not {self.bits}.")
        params.one_of(self.name, "encoding", self.encoding, ("hex", "base32"))
        key: object = self.key
        if key is not None and (not isinstance(key, bytes) or len(key) != KEY_BYTES):
            raise OperatorError(f"hash: key takes {KEY_BYTES} random bytes, for example from secrets.token_bytes({KEY_BYTES}).")

    def __call__(self, value: str, finding: Finding, /) -> str:
        if self.key is None:
            raise OperatorError(f"hash: key is missing. Pass {KEY_BYTES} random bytes, or let the call make one for itself.")
        fields = (b"piiscrub hash 1", finding.entity.encode(), same(finding.entity, value).encode("utf-8", "surrogatepass"))
        message = b"".join(len(one).to_bytes(8, "big") + one for one in fields)
        digest = hmac.new(self.key, message, hashlib.sha256).digest()[: self.bits // 8]
        return digest.hex() if self.encoding == "hex" else base64.b32encode(digest).decode().rstrip("=").lower()

    def start(self, document: DocumentState, /) -> Apply:
        """This operator with the key of the call, unless it has its own."""
        if self.key is not None:
            return self
        key = document.key
        return self if key is None else replace(self, key=key)

    def __reduce__(self) -> tuple[Callable[[], Hash], tuple[()]]:
        """Pickles without the key: it must not travel with a Scrubber."""
        return partial(Hash, bits=self.bits, encoding=self.encoding), ()
