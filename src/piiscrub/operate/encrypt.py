"""Encrypt a value, so that the key holder can have it back from the result alone."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from piiscrub.errors import OperatorError
from piiscrub.operate import params, sealed
from piiscrub.operate.protocol import DocumentState
from piiscrub.operate.values import OnValues, Work

if TYPE_CHECKING:
    from piiscrub.keys.bound import BoundKeys

FORMAT = b"piiscrub encrypt 1"
_SALT, _NONCE, _TAG = 16, 12, 16
_MOST = 2**32  # values under one key and random nonces of 96 bits (NIST SP 800-38D)
_Seal = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Encrypt(OnValues):
    """Encrypt with authentication, written in base64 for URLs without padding; ``undo`` brings the values back.

    ``mode`` "deterministic" is AES-SIV (RFC 5297, 256 bits): equal values give equal results within one entity or linkage
    group. "random" is GCM: equal values differ; ``cipher`` may be "sm4" (GB/T 32907) there. Every call derives a key of its
    own for it from a random salt of 128 bits that stands in the result, and stops at 2^32 values.

    Format, id and epoch of the key, entity or linkage group are bound in: a result moved elsewhere or changed does not
    decrypt. ``pad`` brings the values to a multiple of that many bytes first, so that their length shows less. Inside free
    text a result says of itself what opens it, ``<CN_MOBILE:enc1.d0.e1.…>``, and ``restore`` with the keys finds it there.

    >>> from piiscrub.keys.bound import bound
    >>> document = DocumentState(keys=bound(None))
    >>> (result,) = Encrypt().many(["13800138000"], "CN_MOBILE", document)
    >>> Encrypt().undo([result], "CN_MOBILE", document)
    ['13800138000']
    """

    mode: str = "deterministic"
    cipher: str = "aes"
    pad: int = 0

    name: ClassVar[str] = "encrypt"
    reversible: ClassVar[bool] = True
    permissive: ClassVar[bool] = False
    streams: ClassVar[bool] = True
    family: ClassVar[str] = "cryptographic: deterministic or randomised encryption (ISO/IEC 20889; RFC 5297, NIST SP 800-38D)"

    def __post_init__(self) -> None:
        params.one_of(self.name, "mode", self.mode, ("deterministic", "random"))
        params.one_of(self.name, "cipher", self.cipher, ("aes", "sm4"))
        params.whole(self.name, "pad", self.pad, 0, 255)
        if self.cipher == "sm4" and self.mode != "random":
            raise OperatorError("encrypt: sm4 goes with mode = 'random'; no library offers it in a deterministic mode.")

    @property
    def leaks(self) -> str:
        """What equal and unequal results tell."""
        length = f"the length in steps of {self.pad} bytes" if self.pad else "the length"
        return f"Which places hold the same value, and {length}." if self.mode == "deterministic" else f"{length.capitalize()}."

    def work(self, entity: str, document: DocumentState, /) -> Work:
        seal = self._seal(entity, document)
        if document.group:  # a cell of a column, which its plan restores
            return lambda value: _text(seal(self._padded(value)))
        keys = document.keys
        epoch = keys.epoch if keys is not None else 0
        return lambda value: sealed.written(entity, self.mode, self.cipher, self.pad, epoch, _text(seal(self._padded(value))))

    def many(self, values: Sequence[str], entity: str, document: DocumentState, /) -> list[str]:
        seal = self._seal(entity, document)
        if self.pad:
            return [_text(seal(self._padded(value))) for value in values]
        write = base64.urlsafe_b64encode
        return [write(seal(value.encode("utf-8", "surrogatepass"))).decode().rstrip("=") for value in values]

    def undo(self, results: Sequence[str], entity: str, document: DocumentState, /) -> list[str]:
        """The values, from what ``many`` or the work in a text gave with the same keys and parameters.

        Raises:
            OperatorError: another key, entity or linkage group, or a result that was changed; which cannot be told.
        """
        from cryptography.exceptions import InvalidTag

        opened = self._open(entity, document)
        done: list[str] = []
        for one in map(sealed.payload_of, results):
            try:
                raw = opened(base64.b64decode(one + "=" * (-len(one) % 4), altchars=b"-_", validate=True))
                done.append(self._unpadded(raw))
            except (InvalidTag, binascii.Error, ValueError):
                raise OperatorError("encrypt: a value does not decrypt: another key or column, or it was changed.") from None
        return done

    def _padded(self, value: str) -> bytes:
        raw = value.encode("utf-8", "surrogatepass")
        if not self.pad:
            return raw
        return raw + b"\x80" + bytes(-(len(raw) + 1) % self.pad)  # ISO/IEC 7816-4

    def _unpadded(self, raw: bytes) -> str:
        if self.pad:
            raw = raw.rstrip(b"\0")
            if not raw.endswith(b"\x80"):
                raise ValueError
            raw = raw[:-1]
        return raw.decode("utf-8", "surrogatepass")

    def _seal(self, entity: str, document: DocumentState) -> _Seal:
        bound_in = _bound_in(self._name(), entity, document)
        if self.mode == "deterministic":
            siv = _siv(entity, document)
            return lambda raw: siv.encrypt(raw, [bound_in])
        salt = os.urandom(_SALT)
        encrypt = _gcm(self.cipher, entity, document, salt)[0]
        left = iter(range(_MOST))

        def seal(raw: bytes) -> bytes:
            if next(left, None) is None:
                raise OperatorError("encrypt: 2^32 values are encrypted under one key; start another call.")
            nonce = os.urandom(_NONCE)
            return salt + nonce + encrypt(nonce, raw, bound_in)

        return seal

    def _open(self, entity: str, document: DocumentState) -> _Seal:
        bound_in = _bound_in(self._name(), entity, document)
        if self.mode == "deterministic":
            siv = _siv(entity, document)
            return lambda raw: siv.decrypt(raw, [bound_in])
        known: dict[bytes, Callable[[bytes, bytes, bytes], bytes]] = {}

        def opened(raw: bytes) -> bytes:
            salt, nonce, rest = raw[:_SALT], raw[_SALT : _SALT + _NONCE], raw[_SALT + _NONCE :]
            decrypt = known.get(salt)
            if decrypt is None:
                decrypt = known[salt] = _gcm(self.cipher, entity, document, salt)[1]
            return decrypt(nonce, rest, bound_in)

        return opened

    def _name(self) -> str:
        return f"{self.mode} {self.cipher} pad {self.pad}"


def _bound_in(name: str, entity: str, document: DocumentState) -> bytes:
    """The associated data: format, form, id and epoch of the key, entity or linkage group."""
    from piiscrub.keys.fields import fields

    keys: BoundKeys | None = document.keys
    if keys is None:
        document.key("encrypt", "siv", entity)  # says that there are no keys
        raise AssertionError
    return fields(FORMAT, name, keys.id, str(keys.epoch), document.label(entity))


def _siv(entity: str, document: DocumentState):  # type: ignore[no-untyped-def]  # AESSIV is imported when first used
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

    return AESSIV(document.key("encrypt", "siv mac", entity) + document.key("encrypt", "siv stream", entity))


def _gcm(
    cipher: str, entity: str, document: DocumentState, salt: bytes
) -> tuple[Callable[[bytes, bytes, bytes], bytes], Callable[[bytes, bytes, bytes], bytes]]:
    """Encryption and decryption under a key for this salt, each of (nonce, text, associated data)."""
    import hashlib
    import hmac

    key = hmac.digest(document.key("encrypt", f"gcm {cipher}", entity), b"piiscrub gcm 1" + salt, hashlib.sha256)
    if cipher == "aes":
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        aes = AESGCM(key)
        return aes.encrypt, aes.decrypt
    from cryptography.hazmat.primitives.ciphers import Cipher, modes
    from cryptography.hazmat.primitives.ciphers.algorithms import SM4

    sm4 = SM4(key[:16])

    def encrypt(nonce: bytes, raw: bytes, bound_in: bytes) -> bytes:
        one = Cipher(sm4, modes.GCM(nonce)).encryptor()
        one.authenticate_additional_data(bound_in)
        return one.update(raw) + one.finalize() + one.tag

    def decrypt(nonce: bytes, sealed: bytes, bound_in: bytes) -> bytes:
        one = Cipher(sm4, modes.GCM(nonce, sealed[-_TAG:])).decryptor()
        one.authenticate_additional_data(bound_in)
        return one.update(sealed[:-_TAG]) + one.finalize()

    return encrypt, decrypt


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
