"""The file of a key ring: JSON, readable by its owner only, with a MAC over all of it.

format    1
id        names the master
master    {"kind": "plain", "key"} or {"kind": "passphrase", "kdf": "scrypt", "salt", "sealed"}
epochs    number → salt; null: destroyed
signing   {"salt", "sealed"}: the Ed25519 key, under a key of the master and of this salt
mac       HMAC-SHA256 over the rest
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from piiscrub.errors import KeysError
from piiscrub.keys import own_file
from piiscrub.keys.fields import fields
from piiscrub.keys.primitives import KEY_BYTES, hkdf, seal, stretched, unseal

FORMAT = 1
_MOST = 1 << 20
_CONTEXT = "piiscrub key file 1"


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What a key file holds."""

    id: str
    master: bytes = field(repr=False)
    salts: Mapping[int, bytes | None] = field(repr=False)
    signing_key: bytes = field(repr=False)

    def __reduce__(self) -> NoReturn:
        raise TypeError("The content of a key file is not pickled.")


def create(path: Path, content: Content, passphrase: str | None) -> None:
    """Make the file. Raises KeysError if it exists or cannot be made."""
    master = _kept(content, passphrase)
    salt = secrets.token_bytes(KEY_BYTES)
    private = seal(_signing_wrap(content.master, salt), content.signing_key, fields(_CONTEXT, "signing", content.id))
    data = {"format": FORMAT, "id": content.id, "master": master, "signing": {"salt": _text(salt), "sealed": _text(private)}}
    own_file.write(path, _whole(data, content))


def salts(path: Path, content: Content) -> dict[int, bytes | None]:
    """The epochs that the file of this ring holds now. Raises KeysError: one of another ring, or a changed one."""
    data = _parsed(path, own_file.read(path, _MOST + 1))
    _same_ring(path, data, content.id)
    if not hmac.compare_digest(_mac(data, content.master), str(data.get("mac"))):
        raise _changed(path)
    return _epochs(data)


def replace(path: Path, content: Content, passphrase: str | bool = True) -> None:
    """Write other epochs into the file of this ring, and overwrite what it held. The caller holds the lock.

    ``passphrase``: another one for the master; False: none; True: as it is.

    The file is there whole or not at all; what it was before is overwritten where it lay, which reaches neither copies,
    backups and snapshots nor what a disk keeps of its own accord.
    """
    with own_file.opened(path, "r+b") as old:
        data = _parsed(path, old.read(_MOST + 1))
        _same_ring(path, data, content.id)
        there, newest = data["epochs"], max(content.salts)
        unknown = any(int(number) not in content.salts for number in there)
        revived = any(salt is None and content.salts.get(int(number)) is not None for number, salt in there.items())
        if unknown or revived or _differ(there.get(str(newest)), content.salts[newest]):
            raise KeysError(f"{path}: the key file has changed since it was read; load it again.")
        if passphrase is not True:
            data["master"] = _kept(content, passphrase or None)
        own_file.put(path, _whole(data, content))
        own_file.overwrite(old)
    own_file.sync_folder(path)


def overwrite_and_remove(path: Path, ring_id: str) -> None:
    """Overwrite the file of this ring and remove it, with the limits said at :func:`replace`. The caller holds the lock."""
    with own_file.opened(path, "r+b") as old:
        _same_ring(path, _parsed(path, old.read(_MOST + 1)), ring_id)
        own_file.overwrite(old)
    path.unlink()
    path.with_name(f"{path.name}.lock").unlink(missing_ok=True)  # whoever waits for it finds no key file to change
    own_file.sync_folder(path)


def read(path: Path, passphrase: str | None) -> Content:
    """What the file holds. Raises KeysError for whatever is wrong with it, in words that show none of it."""
    data = _parsed(path, own_file.read(path, _MOST + 1))
    try:
        sealed = data["master"]["kind"] == "passphrase"
        if sealed and passphrase is None:
            raise KeysError(f"{path}: the key file is under a passphrase. Use KeyRing.from_passphrase, or --passphrase.")
        if not sealed and passphrase is not None:
            raise KeysError(f"{path}: the key file is under no passphrase. Use KeyRing.load.")
        if passphrase is None:
            master = _bytes(data["master"]["key"])
        else:
            key = stretched(passphrase, _bytes(data["master"]["salt"]))
            try:
                master = unseal(key, _bytes(data["master"]["sealed"]), fields(_CONTEXT, "master", data["id"]))
            except KeysError:
                raise KeysError(f"{path}: the passphrase is wrong, or the file was changed.") from None
        if not hmac.compare_digest(_mac(data, master), data["mac"]):
            raise _changed(path)
        wrap = _signing_wrap(master, _bytes(data["signing"]["salt"]))
        private = unseal(wrap, _bytes(data["signing"]["sealed"]), fields(_CONTEXT, "signing", data["id"]))
        return Content(data["id"], master, _epochs(data), private)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, KeysError):
            raise
        raise _no_key_file(path) from None


def _kept(content: Content, passphrase: str | None) -> dict[str, object]:
    """The master as it is written."""
    if passphrase is None:
        return {"kind": "plain", "key": _text(content.master)}
    salt = secrets.token_bytes(KEY_BYTES)
    sealed = seal(stretched(passphrase, salt), content.master, fields(_CONTEXT, "master", content.id))
    return {"kind": "passphrase", "kdf": "scrypt", "salt": _text(salt), "sealed": _text(sealed)}


def _differ(there: str | None, salt: bytes | None) -> bool:
    return there is not None and salt is not None and there != _text(salt)


def _epochs(data: Mapping[str, Any]) -> dict[int, bytes | None]:
    return {int(number): None if salt is None else _bytes(salt) for number, salt in data["epochs"].items()}


def _same_ring(path: Path, data: Mapping[str, Any], ring_id: str) -> None:
    if data["id"] != ring_id:
        raise KeysError(f"{path}: the key file is one of another ring ({data['id']}); nothing was changed.")


def _changed(path: Path) -> KeysError:
    return KeysError(f"{path}: the key file was changed since it was written; take it from a backup.")


def _parsed(path: Path, raw: bytes) -> dict[str, Any]:
    try:
        data = json.loads(raw) if len(raw) <= _MOST else None
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        raise _no_key_file(path)
    if data.get("format") != FORMAT:
        raise KeysError(f"{path}: the key file is of another format than {FORMAT}; this version cannot read it.")
    return data


def _no_key_file(path: Path) -> KeysError:
    return KeysError(f"{path}: this is no key file of piiscrub, or it is damaged.")


def _whole(data: dict[str, Any], content: Content) -> bytes:
    epochs = {str(number): None if salt is None else _text(salt) for number, salt in sorted(content.salts.items())}
    data = {**data, "epochs": epochs}
    data["mac"] = _mac(data, content.master)
    return (json.dumps(data, indent=2, sort_keys=True) + "\n").encode()


def _signing_wrap(master: bytes, salt: bytes) -> bytes:
    return hkdf(master, salt=salt, info=fields(_CONTEXT, "signing"))


def _mac(data: Mapping[str, Any], master: bytes) -> str:
    rest = {key: value for key, value in data.items() if key != "mac"}
    key = hkdf(master, salt=b"", info=fields(_CONTEXT, "mac"))
    return _text(hmac.new(key, json.dumps(rest, sort_keys=True).encode(), hashlib.sha256).digest())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
