"""A sealed bundle opened: its tar is read strictly, for it may come from a stranger (anybody can seal to a public key).

Only what ``sealing`` writes is taken: regular files below ``bundle/``, the manifest and its signature first, then what the
manifest lists with the size it lists. Links, devices, sparse files and the extensions of other tars are refused. Nothing is
decompressed, so that what comes out is never more than the sealed file itself.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from piiscrub.errors import KeysError, SourceError
from piiscrub.handing_over.manifest import MANIFEST, SIGNATURE, Manifest, Unfit
from piiscrub.handing_over.paths import MOST_FILES, fault
from piiscrub.handing_over.sealing import INSIDE, LARGEST, Passphrase, identities, library, piped
from piiscrub.keys.passphrase import ask

_BLOCK = 512
_LARGEST_PART = 64 << 20  # bytes of a manifest or signature
_LONGEST_NAME = 8 << 10


class Foul(ValueError):
    """What was sealed is no bundle; the message says why, without content."""


class Unsealed:
    """What came out of one sealed file: the manifest, the signature, the hash and size of every other file.

    ``foul`` says what is wrong with the whole, "" if nothing: it was read up to there.
    """

    def __init__(self) -> None:
        self.parts: dict[str, bytes] = {}
        self.prints: dict[str, tuple[str, int]] = {}
        self.foul = ""

    def part(self, name: str) -> bytes:
        """The manifest or the signature."""
        if name not in self.parts:
            raise SourceError("it is missing")
        return self.parts[name]

    def printed(self, name: str) -> tuple[str, int]:
        """SHA-256 and size of a file."""
        if name not in self.prints:
            raise SourceError("it is missing, or has another size than the manifest says")
        return self.prints[name]

    def others(self, listed: set[str]) -> int:
        """None: a file that is not listed ends the reading, and ``foul`` says so."""
        return 0


def unseal(path: Path, opener: str | os.PathLike[str] | Passphrase, into: Path | None = None) -> Unsealed:
    """Read a sealed bundle; ``into`` is a new folder of ours that its files are put in, else nothing is written.

    Raises:
        KeysError: the identity or passphrase does not open it.
        SourceError: it cannot be read.
    """
    found = Unsealed()
    try:
        with _decrypted(path, opener) as plain:
            try:
                _members(plain, found, into)
            except Foul as error:
                found.foul = str(error)  # the rest is not read
    except SourceError:
        raise
    except OSError:  # a block of the sealed file does not fit
        found.foul = "it was changed, or cut off"
    return found


@contextmanager
def _decrypted(path: Path, opener: str | os.PathLike[str] | Passphrase) -> Iterator[BinaryIO]:
    age = library()
    wrong = KeysError(f"{path.name}: is not opened by this identity or passphrase, or its head was changed.")
    try:
        sealed = path.open("rb")
    except OSError as error:
        raise SourceError(f"{path.name}: cannot be read ({error.strerror}).") from None
    with sealed:
        if isinstance(opener, Passphrase):
            if os.fstat(sealed.fileno()).st_size > LARGEST + (LARGEST >> 8):
                raise SourceError(f"{path.name}: is larger than what is sealed by a passphrase.")
            try:
                yield io.BytesIO(age.passphrase.decrypt(sealed.read(), ask(opener.descriptor)))
            except age.DecryptError:
                raise wrong from None
            return
        keys = identities(Path(opener))
        try:
            with piped(lambda stream: age.decrypt_io(sealed, stream, keys)) as plain:
                yield plain
        except age.DecryptError:
            raise wrong from None


def _members(plain: BinaryIO, found: Unsealed, into: Path | None) -> None:
    listed: dict[str, int] | None = None
    for count, (name, size) in enumerate(_heads(plain), 1):
        if count > MOST_FILES:
            raise Foul(f"it holds more than {MOST_FILES} files")
        if count <= 2:
            if name != (MANIFEST, SIGNATURE)[count - 1] or size > _LARGEST_PART:
                raise Foul("it does not begin with a manifest and its signature")
            found.parts[name] = _exactly(plain, size)
            _skip_padding(plain, size)
            if into is not None:
                _put(into, name, io.BytesIO(found.parts[name]), size)
            continue
        if listed is None:
            listed = _listed(found.parts[MANIFEST])
        if listed.get(name) != size or name in found.prints:
            raise Foul("it holds a file that its manifest does not list, or that has another size")
        found.prints[name] = _put(into, name, plain, size)
        _skip_padding(plain, size)
    if len(found.parts) < 2:
        raise Foul("it does not begin with a manifest and its signature")


def _listed(manifest: bytes) -> dict[str, int]:
    try:
        return {file.name: file.size for file in Manifest.parse(manifest).files}
    except Unfit:
        raise Foul("its manifest is none, so that nothing more of it is read") from None


def _heads(plain: BinaryIO) -> Iterator[tuple[str, int]]:
    """Name below ``bundle/`` and size of each member; whoever takes one reads its content before the next."""
    while True:
        block = _exactly(plain, _BLOCK)
        if not block.strip(b"\0"):
            while rest := plain.read(1 << 16):
                if rest.strip(b"\0"):
                    raise Foul("something stands behind its end")
            return
        about = _head(block)
        name = about.name
        if about.type == tarfile.GNUTYPE_LONGNAME:
            if not 0 < about.size <= _LONGEST_NAME:
                raise Foul("a name in it is too long")
            try:
                name = _exactly(plain, about.size).rstrip(b"\0").decode("utf-8")
            except UnicodeDecodeError:
                raise Foul("a name in it is no UTF-8") from None
            _skip_padding(plain, about.size)
            about = _head(_exactly(plain, _BLOCK))
        if about.type != tarfile.REGTYPE:
            raise Foul("it holds something that is no regular file")
        if about.size < 0:
            raise Foul("a size in it is none")
        if not name.startswith(INSIDE) or fault(name):
            raise Foul(f"a name in it {fault(name) or 'lies outside bundle/'}")
        yield name.removeprefix(INSIDE), about.size


def _head(block: bytes) -> tarfile.TarInfo:
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")  # what is no UTF-8 is no name: see fault()
    except (tarfile.HeaderError, ValueError):
        raise Foul("it is no tar") from None


def _put(into: Path | None, name: str, plain: BinaryIO, size: int) -> tuple[str, int]:
    """Read so many bytes; they go into the folder too, if there is one."""
    made, left = hashlib.sha256(), size
    out = None
    if into is not None:
        (into / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        out = os.fdopen(os.open(into / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    try:
        while left:
            block = plain.read(min(left, 1 << 20))
            if not block:
                raise Foul("it was cut off")
            made.update(block)
            left -= len(block)
            if out is not None:
                out.write(block)
    finally:
        if out is not None:
            out.close()
    return made.hexdigest(), size


def _exactly(plain: BinaryIO, size: int) -> bytes:
    data = plain.read(size)
    if len(data) != size:
        raise Foul("it was cut off")
    return data


def _skip_padding(plain: BinaryIO, size: int) -> None:
    if _exactly(plain, -size % _BLOCK).strip(b"\0"):
        raise Foul("something stands between its files")
