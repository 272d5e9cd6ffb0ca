"""The primitives the keys are made with, all from ``cryptography``: HKDF-SHA256, AES-256-GCM, scrypt."""

from __future__ import annotations

import os

from piiscrub.errors import KeysError

KEY_BYTES = 32
NONCE_BYTES = 12
SCRYPT = (2**17, 8, 1)  # N, r, p: 128 MiB and some tenths of a second for each guess


def hkdf(master: bytes, *, salt: bytes, info: bytes, size: int = KEY_BYTES) -> bytes:
    """HKDF-SHA256 (RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=size, salt=salt, info=info).derive(master)


def seal(key: bytes, data: bytes, context: bytes) -> bytes:
    """AES-256-GCM under a random 96-bit nonce, which stands before the result. ``context`` is bound in, not stored."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, data, context)


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """What :func:`seal` sealed.

    Raises:
        KeysError: another key, another context, or changed bytes; which of them cannot be told.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
    except (InvalidTag, ValueError):
        raise KeysError("what was sealed does not open: another key, another place, or the bytes were changed.") from None


def stretched(passphrase: str, salt: bytes) -> bytes:
    """The key of a passphrase by scrypt (RFC 7914) with N = 2^17, r = 8, p = 1."""
    import unicodedata

    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    n, r, p = SCRYPT
    return Scrypt(salt=salt, length=KEY_BYTES, n=n, r=r, p=p).derive(unicodedata.normalize("NFC", passphrase).encode("utf-8"))
