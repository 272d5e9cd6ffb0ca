"""Put a keyed code in the value's place: the same for the same value, and nothing to be learnt without the key."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from piiscrub.errors import OperatorError
from piiscrub.operate import params
from piiscrub.operate.protocol import DocumentState
from piiscrub.operate.same import encoded, same, same_all
from piiscrub.operate.values import OnValues, Work

LEAST_BITS = 80
_BLOCK = 64  # bytes of a block of SHA-256
_ENCODINGS = ("hex", "base32", "base64")
_ZEROS = ("keep", "ignore")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hash(OnValues):
    """HMAC-SHA256 cut to ``bits``, written in ``hex``, ``base32`` (both small letters) or ``base64`` (for URLs), unpadded.

    There is no default key: an unkeyed hash of an eleven-digit phone number is the phone number to whoever tries them all.
    The key is the call's, one for each entity or linkage group. Spellings of one value agree (see
    :mod:`piiscrub.operate.same`). ``algorithm`` may be ``sm3`` (GB/T 32905) where cryptography's SM3 is asked for.
    ``leading_zeros = "ignore"`` gives 0000123456 and 123456 one code, where some files have lost the zeros.

    >>> from piiscrub.keys.bound import bound
    >>> from piiscrub.model.finding import Finding
    >>> phone = Finding("CN_MOBILE", 0, 11, 0.9, "demo")
    >>> work = Hash().start(DocumentState(keys=bound(None)))
    >>> work("13800138000", phone) == work("138 0013 8000", phone), len(work("13800138000", phone))
    (True, 32)
    """

    bits: int = 128
    encoding: str = "hex"
    algorithm: str = "sha256"
    leading_zeros: str = "keep"

    name: ClassVar[str] = "hash"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = False
    streams: ClassVar[bool] = True
    leaks: ClassVar[str] = "Which places hold the same value, across everything hashed for the same recipient and purpose."
    family: ClassVar[str] = "pseudonymisation, cryptographic: keyed hash (FIPS 198-1, ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.whole(self.name, "bits", self.bits, LEAST_BITS, 256)
        if self.bits % 8:
            raise OperatorError(f"hash: bits takes a multiple of 8, not {self.bits}.")
        params.one_of(self.name, "encoding", self.encoding, _ENCODINGS)
        params.one_of(self.name, "algorithm", self.algorithm, ("sha256", "sm3"))
        params.one_of(self.name, "leading_zeros", self.leading_zeros, _ZEROS)

    def work(self, entity: str, document: DocumentState, /) -> Work:
        key = document.key(self.name, f"hash {self.algorithm}", entity)
        return lambda value: self._coded(key, [same(entity, value)])[0]

    def many(self, values: Sequence[str], entity: str, document: DocumentState, /) -> list[str]:
        return self._coded(document.key(self.name, f"hash {self.algorithm}", entity), same_all(entity, values))

    def _coded(self, key: bytes, forms: Sequence[str]) -> list[str]:
        size = self.bits // 8
        if self.leading_zeros == "ignore":
            forms = [form.lstrip("0") or "0" if form.isascii() and form.isdigit() else form for form in forms]
        raw = encoded(forms)
        if self.algorithm == "sm3":
            digests = _sm3(key, raw)
        else:
            digests = _sha256(key, raw)
        if self.encoding == "hex":
            written, width = b"".join(digests).hex(), 2 * len(digests[0]) if digests else 1
            return [written[at : at + 2 * size] for at in range(0, len(written), width)]
        write = base64.b32encode if self.encoding == "base32" else base64.urlsafe_b64encode
        texts = [write(one[:size]).decode().rstrip("=") for one in digests]
        return [text.lower() for text in texts] if self.encoding == "base32" else texts


def _sha256(key: bytes, raw: Sequence[bytes]) -> list[bytes]:
    """HMAC as RFC 2104 writes it: both inner states are made once and copied, in half the time of ``hmac``'s own objects."""
    padded = key.ljust(_BLOCK, b"\0")  # keys have 32 bytes (``BoundKeys.key``); a longer one than a block would be hashed
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded)).copy
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded)).copy
    done: list[bytes] = []
    for one in raw:
        within = inner()
        within.update(one)
        mac = outer()
        mac.update(within.digest())
        done.append(mac.digest())
    return done


def _sm3(key: bytes, raw: Sequence[bytes]) -> list[bytes]:
    from cryptography.hazmat.primitives.hashes import SM3
    from cryptography.hazmat.primitives.hmac import HMAC

    start = HMAC(key, SM3())
    done: list[bytes] = []
    for one in raw:
        mac = start.copy()
        mac.update(one)
        done.append(mac.finalize())
    return done
