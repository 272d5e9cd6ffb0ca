"""A bundle sealed to its recipient: one file in the age format (age-encryption.org/v1), a tar of ``bundle/`` inside.

Whoever has the identity file or the passphrase opens it with ``ps.verify``, or with any age tool and tar. Sealed bytes are
randomised: the same bundle sealed twice gives two files. The package behind it, pyrage, comes with the extra ``seal``.
"""

from __future__ import annotations

import contextlib
import os
import tarfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from piiscrub.errors import InputError, KeysError, MissingDependencyError, SourceError
from piiscrub.handing_over.manifest import MANIFEST, SIGNATURE
from piiscrub.keys.passphrase import ask

SEALED, INSIDE = "bundle.age", "bundle/"
_BEGINS = "AGE-SECRET-KEY-"
LARGEST = 1 << 30
"""Bytes that a passphrase seals: that is done in memory. Sealing to a public key has no such bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passphrase:
    """A passphrase that is asked for when it is needed: typed, or the first line of a file descriptor.

    It is never an argument, where a history or a process list would keep it.
    """

    descriptor: int | None = None


Seal: TypeAlias = str | Sequence[str] | Passphrase | None
"""Public keys of recipients (``age1…``), or a passphrase."""


def library() -> Any:  # Any: pyrage ships no types
    """The age implementation. Raises MissingDependencyError where the extra is not installed."""
    try:
        import pyrage
    except ImportError:
        raise MissingDependencyError("Sealing a bundle, or opening a sealed one,", "seal") from None
    return pyrage


class Sealing:
    """To whom one bundle is sealed; made before any work is done, so that what is wrong shows at once.

    Raises:
        InputError: a recipient that is no age public key.
        KeysError: no passphrase, or one that is too short.
        MissingDependencyError: the extra is not installed.
    """

    def __init__(self, seal: str | Sequence[str] | Passphrase) -> None:
        self._age = library()
        self.recipients: tuple[str, ...] = ()
        self._keys: list[Any] = []
        self._secret = ""
        if isinstance(seal, Passphrase):
            self._secret = ask(seal.descriptor, new=True)
            return
        self.recipients = (seal,) if isinstance(seal, str) else tuple(seal)
        if not self.recipients:
            raise InputError("seal takes one public key of a recipient or several; there is none.")
        for number, one in enumerate(self.recipients, 1):
            try:
                self._keys.append(self._age.x25519.Recipient.from_str(one))
            except (self._age.RecipientError, TypeError):
                raise InputError(f"seal: recipient {number} is no age public key; it begins with age1.") from None

    def __repr__(self) -> str:
        return f"<Sealing: {len(self.recipients) or 'passphrase'}>"

    def told(self) -> dict[str, Any]:
        """For the record: how, and to which public keys."""
        return {"format": "age-encryption.org/v1", "recipients": list(self.recipients) or "passphrase"}

    def write(self, bundle: Path, target: Path) -> None:
        """Seal the folder into a new file.

        Raises:
            SourceError: too large for a passphrase.
        """
        files = _files(bundle)
        if self._secret and sum(path.stat().st_size for path in files) > LARGEST:
            raise SourceError("the bundle is larger than 1 GiB, which a passphrase does not seal: seal it to a public key.")
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out, piped(lambda stream: _tar(bundle, files, stream)) as plain:
            if self._secret:
                out.write(self._age.passphrase.encrypt(plain.read(), self._secret))
            else:
                self._age.encrypt_io(plain, out, self._keys)
            out.flush()
            os.fsync(out.fileno())


@contextlib.contextmanager
def piped(produce: Callable[[BinaryIO], object]) -> Iterator[BinaryIO]:
    """What ``produce`` writes, to be read while it is written: in a thread, so that nothing stands on the disk in the clear.

    An error of the producer is raised at the end, but for the pipe that was closed because nobody wanted the rest.
    """
    back, forth = os.pipe()
    failed: list[BaseException] = []

    def work() -> None:
        try:
            with os.fdopen(forth, "wb") as stream:
                produce(stream)
        except BaseException as error:  # noqa: BLE001  # it is raised again in the thread of the caller
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        with os.fdopen(back, "rb") as plain:
            yield plain
    finally:
        thread.join()
    if failed and not isinstance(failed[0], BrokenPipeError):
        raise failed[0]


def identities(path: Path) -> list[Any]:
    """The identities of a file as age-keygen writes it.

    Raises:
        KeysError: it cannot be read, or holds none.
    """
    age = library()
    if path.name.upper().startswith(_BEGINS):
        raise KeysError("identity takes the path of a file; the key itself was given. It was shown to whoever sees this call.")
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        raise KeysError(f"{path.name}: the identity file cannot be read.") from None
    try:
        found = [age.x25519.Identity.from_str(line.strip()) for line in lines if line.strip() and not line.startswith("#")]
    except age.IdentityError:
        found = []
    if not found:
        raise KeysError(f"{path.name}: holds no age identity, or one of another kind (lines AGE-SECRET-KEY-1…).")
    return found


def _files(bundle: Path) -> list[Path]:
    """Every file, the manifest and its signature first: whoever opens it knows then what may follow."""
    first = [bundle / MANIFEST, bundle / SIGNATURE]
    return first + sorted(path for path in bundle.rglob("*") if path.is_file() and path not in first)


def _tar(bundle: Path, files: Sequence[Path], stream: BinaryIO) -> None:
    """A tar that says nothing of who made it, where and when."""
    with tarfile.open(fileobj=stream, mode="w|", format=tarfile.GNU_FORMAT, encoding="utf-8") as archive:
        for path in files:
            about = tarfile.TarInfo(INSIDE + path.relative_to(bundle).as_posix())
            about.size, about.mode = path.stat().st_size, 0o600
            with path.open("rb") as content:
                archive.addfile(about, content)
