"""The evidence ledger: a file that only grows, each line signed and chained to the one before it."""

from __future__ import annotations

import base64
import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from piiscrub.errors import InputError, LedgerError
from piiscrub.evidence.canonical import digest
from piiscrub.evidence.checking import LedgerReport, check
from piiscrub.evidence.entry import FIRST, RECOVERED, Entry, Head, Torn, to_sign
from piiscrub.keys.signing import public_key

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing

_BLOCK = 1 << 16


class Ledger:
    """What was done with personal data, one signed line per scan, apply, hand-over, restore, key event and deletion.

    Several processes of one machine may append at once: a lock file beside the ledger keeps them apart. Every line is on the disk
    before ``append`` returns. The head (count, hash, signature of the last line) also lies beside the file, under
    ``NAME.head``, and in every bundle, certificate and report.

    Args:
        path: the file; made with the first entry (0600).
        keys: the ring that signs, from a key file. Without it the ledger can be read and verified only.

    >>> import tempfile
    >>> from piiscrub.keys.ring import KeyRing
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ledger = Ledger(folder + "/ledger.jsonl", keys=KeyRing.new(folder + "/keys"))
    ...     ledger.append("scan", {"rows": 3}).number, ledger.verify().ok
    (1, True)
    """

    def __init__(self, path: str | PathLike[str], *, keys: KeyRing | None = None) -> None:
        self.path = Path(path)
        self._keys = keys

    def __repr__(self) -> str:
        return f"<Ledger {self.path.name!r}>"

    def ready(self) -> None:
        """Look whether an entry can be written: asked before anything is done that cannot be undone. Nothing is made.

        Raises:
            LedgerError: the file or its folder cannot be written, or it is no ledger.
        """
        folder = self.path.parent
        if not folder.is_dir():
            raise LedgerError(f"{self.path.name}: there is no folder to write it in.")
        if not os.access(folder, os.W_OK):
            raise LedgerError(f"{self.path.name}: its folder cannot be written.")
        if os.path.lexists(self.path):
            with self._locked(), self._open() as file:
                _tail(file, self.path.name)

    def append(self, action: str, fields: Mapping[str, Any], *, now: datetime | None = None) -> Entry:
        """Write one line and return it.

        Args:
            action: what was done: ``scan``, ``apply``, ``handover``, ``restore``, ``keys-destroy``, ``destroy`` …
            fields: plain data without any value of a person: counts, ids, hashes (rule book B7).
            now: an aware time; the clock's if left out.

        Raises:
            LedgerError: the ring cannot sign; the file is no ledger, or its last entry does not verify.
            InputError: ``fields`` is no plain data, or ``now`` has no time zone.
        """
        if self._keys is None:
            raise LedgerError(f"{self.path.name}: appending needs the key ring that signs: Ledger(path, keys=ring).")
        moment = datetime.now(UTC) if now is None else now
        if moment.tzinfo is None:
            raise InputError("a ledger takes times with a time zone, for example datetime.now(timezone.utc).")
        time = moment.astimezone(UTC).isoformat(timespec="seconds")
        with self._locked(), self._open() as file:
            last, torn = _tail(file, self.path.name)
            end = b""
            if torn and (whole := _whole(torn)):  # only the end of the line is missing
                last, torn, end = whole, b"", b"\n"
            if torn:
                # The half line of a crash stays as it is: what was once written is never taken out. This entry closes it.
                about = {"bytes": len(torn), "sha256": digest(torn)}
                last = self._write(file, b"\n", self._signed(last, time, RECOVERED, about))
            entry = self._write(file, end, self._signed(last, time, action, fields))
            self._keep(entry.head)
        return entry

    def record(self, done: object, *, now: datetime | None = None) -> Entry:
        """Write the line of what a function gave back, without any value of it.

        Args:
            done: what ``scan``, ``profile``, ``scrub``, ``apply`` or ``restore`` gave, or the event of a key or vault operation.
            now: as for ``append``.

        Raises:
            InputError: there are no entries for such an object.
            LedgerError: as ``append``.
        """
        from piiscrub.evidence.acts import act_of

        action, fields = act_of(done)
        return self.append(action, fields, now=now)

    def entries(self) -> Iterator[Entry]:
        """The entries as they stand, without checking them. Raises LedgerError for a file that cannot be read."""
        with self._reading() as file:
            for line in file:
                with contextlib.suppress(Torn):  # verify() tells; here half a line is no entry
                    yield Entry.parse(line.rstrip(b"\n"))

    def head(self) -> Head | None:
        """The head of the last entry; None for a ledger without any."""
        if not self.path.exists():
            return None
        with self._reading() as file:
            last, _ = _tail(file, self.path.name)
        return last.head if last else None

    def verify(self, *, anchor: Head | str | PathLike[str] | None = None, signer: bytes | str | None = None) -> LedgerReport:
        """Whether nothing was edited, reordered, removed or slipped in.

        That is found always, if ``signer`` is known; a cut end is found only against an ``anchor`` that whoever cut it
        could not change.

        Args:
            anchor: a head kept elsewhere: a Head, the path of a file that holds one as JSON, or the hash alone.
            signer: the public key (32 bytes, their base64 or hexadecimal digits) of whoever must have signed; the ring's own
                if left out.

        Raises:
            LedgerError: the file or the anchor cannot be read. KeysError: ``signer`` is no public key.
        """
        if signer is None and self._keys is not None:
            signer = self._keys.public_key
        if signer is not None:
            signer = base64.b64encode(public_key(signer)).decode()
        with self._settled(), self._reading() as file:
            return check(file, anchor=self._anchor(anchor), beside=self._beside(), signer=signer)

    def _signed(self, last: Entry | None, time: str, action: str, fields: Mapping[str, Any]) -> Entry:
        assert self._keys is not None
        entry = Entry(
            number=last.number + 1 if last else 1,
            time=time,
            action=action,
            fields=dict(fields),
            previous=last.hash if last else FIRST,
            signer=base64.b64encode(self._keys.public_key).decode(),
        )
        made = entry.computed_hash()
        signature = base64.b64encode(self._keys.sign(to_sign(made))).decode()
        return Entry(**{**entry.content(), "hash": made, "signature": signature})

    def _write(self, file: BinaryIO, before: bytes, entry: Entry) -> Entry:
        file.seek(0, os.SEEK_END)
        file.write(before + entry.line())
        file.flush()
        os.fsync(file.fileno())
        return entry

    def _keep(self, head: Head) -> None:
        beside = self._head_path()
        new = beside.with_name(f"{beside.name}.new")
        with _created(new) as file:
            file.write(json.dumps(head.to_dict()).encode())
            file.flush()
            os.fsync(file.fileno())
        new.replace(beside)

    def _beside(self) -> Head | None:
        try:
            return Head.of(json.loads(self._head_path().read_bytes()))
        except (OSError, ValueError):
            return None

    def _anchor(self, anchor: Head | str | PathLike[str] | None) -> Head | str | None:
        if anchor is None or isinstance(anchor, Head):
            return anchor
        if isinstance(anchor, str) and len(anchor) == len(FIRST) and set(anchor) <= set("0123456789abcdef"):
            return anchor
        try:
            table = json.loads(Path(anchor).read_bytes())
            return Head.of(table.get("ledger", table))
        except (OSError, ValueError, AttributeError):
            raise LedgerError("the anchor is neither the 64 hexadecimal digits of a hash nor a file that holds a head.") from None

    def _head_path(self) -> Path:
        return self.path.with_name(f"{self.path.name}.head")

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import FileLock

        with FileLock(str(self.path.with_name(f"{self.path.name}.lock")), mode=0o600):
            yield

    @contextlib.contextmanager
    def _settled(self) -> Iterator[None]:
        """Wait for whoever is writing; where no lock can be made (a read-only folder) nobody is."""
        if not os.access(self.path.parent, os.W_OK):
            yield
            return
        with self._locked():
            yield

    def _open(self) -> BinaryIO:
        try:
            return os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600), "r+b")
        except OSError as error:
            raise LedgerError(f"{self.path.name}: cannot be written ({error.strerror}).") from None

    def _reading(self) -> BinaryIO:
        try:
            return self.path.open("rb")
        except OSError as error:
            raise LedgerError(f"{self.path.name}: cannot be read ({error.strerror}).") from None


def ledger_at(ledger: Ledger | str | PathLike[str] | None, keys: KeyRing | None) -> Ledger | None:
    """What a caller handed in as ``ledger``; a path is opened with the ring, which signs.

    Raises:
        InputError: a path without a ring.
        KeysError: a ring that cannot sign.
    """
    if ledger is None or isinstance(ledger, Ledger):
        return ledger
    if keys is None:
        raise InputError("ledger takes keys as well: the key ring that signs its entries.")
    _ = keys.public_key  # a ring that cannot sign says so before any work is done
    return Ledger(ledger, keys=keys)


def _created(path: Path) -> BinaryIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def _whole(line: bytes) -> Entry | None:
    try:
        entry = Entry.parse(line)
    except Torn:
        return None
    return entry if entry.computed_hash() == entry.hash else None


def _tail(file: BinaryIO, name: str) -> tuple[Entry | None, bytes]:
    """The last whole entry, and the half line behind it (empty if there is none)."""
    size = at = file.seek(0, os.SEEK_END)
    data = b""
    while at and data.count(b"\n") < 3:  # an entry, perhaps one torn line closed before it, and the rest
        step = min(max(_BLOCK, len(data)), at)  # twice as much each time: an entry that lists many files is long
        at -= step
        file.seek(at)
        data = file.read(step) + data
    *whole, torn = data.split(b"\n")
    if not size:
        return None, b""
    if not whole:
        return None, torn
    try:
        last = Entry.parse(whole[-1])
    except Torn as error:
        raise LedgerError(f"{name}: its last line is {error}; verify it before anything is added.") from None
    if last.computed_hash() != last.hash:
        raise LedgerError(f"{name}: its last line was changed; verify it before anything is added.")
    return last, torn
