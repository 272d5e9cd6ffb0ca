"""Ed25519 signatures (RFC 8032). A signing key is random, lies wrapped in the ring and does nothing else."""

from __future__ import annotations

import base64
import re

from piiscrub.errors import KeysError

PUBLIC_BYTES = 32


def public_key(given: bytes | str) -> bytes:
    """The 32 bytes of a public key that was handed over as they are, in base64, or in hexadecimal digits.

    Raises:
        KeysError: it is none.

    >>> public_key("00" * 32) == public_key(base64.b64encode(bytes(32)).decode()) == bytes(32)
    True
    """
    if isinstance(given, str):
        plain = re.sub(r"[\s:]", "", given)
        try:
            given = bytes.fromhex(plain) if len(plain) == 2 * PUBLIC_BYTES else base64.b64decode(plain, validate=True)
        except ValueError:
            given = b""
    if len(given) != PUBLIC_BYTES:
        raise KeysError("the signer is a public key: 32 bytes, in base64 or as 64 hexadecimal digits.")
    return given


def new_private() -> bytes:
    """32 random bytes that are a private key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The 32 bytes of the public key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def signed(private: bytes, data: bytes) -> bytes:
    """The 64 bytes of the signature."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).sign(data)


def verify(public_key: bytes, signature: bytes, data: bytes) -> bool:
    """Whether the holder of the private key signed exactly these bytes. Never raises; junk is not valid.

    >>> private = new_private()
    >>> verify(public_of(private), signed(private, b"list"), b"list"), verify(public_of(private), bytes(64), b"list")
    (True, False)
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, data)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
