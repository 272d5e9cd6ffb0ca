"""Verify a bundle with nothing but the bundle: complete, intact, nothing added, and from whom."""

from __future__ import annotations

import base64
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Protocol

from piiscrub.errors import InputError, SourceError
from piiscrub.handing_over.manifest import MANIFEST, SIGNATURE, Manifest, Unfit, fingerprint, hashed, signer_of
from piiscrub.handing_over.paths import Folder
from piiscrub.handing_over.sealing import Passphrase
from piiscrub.handing_over.unsealing import Unsealed, unseal

CONFIRMED, UNVERIFIED = "confirmed", "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What a check of a bundle found. True only if it is complete, intact, and nothing was added.

    ``origin`` is "confirmed" if the sender was named and signed it, else "unverified": then it says only that the bundle is
    what somebody signed, and ``signer`` is the fingerprint to compare with the sender by another way.
    ``problems`` are (file, what is wrong); a file that is not listed is named by its place, as its name may say too much.
    """

    problems: tuple[tuple[str, str], ...]
    origin: str
    signer: str
    files: int
    manifest: Manifest | None

    @property
    def ok(self) -> bool:
        return not self.problems

    def __bool__(self) -> bool:
        return self.ok

    def lines(self, lang: str = "en") -> tuple[str, ...]:
        """What was found, in words; the problems are told by ``problems``."""
        from piiscrub.render.catalogue import say

        verdict = say("verify.good", lang, files=self.files) if self.ok else say("verify.bad", lang, n=len(self.problems))
        signed = (say("verify.signer", lang, signer=self.signer),) if self.signer else ()
        return (say(f"verify.{self.origin}", lang), verdict, *signed)

    def _repr_html_(self) -> str:
        from piiscrub.render.html import verdict

        return verdict(self.lines(), good=self.ok and self.origin == CONFIRMED, problems=self.problems)

    def __repr__(self) -> str:
        verdict = f"complete and intact, {self.files} files" if self.ok else f"NOT intact: {len(self.problems)} problems"
        return f"<VerifyReport: origin {self.origin}; {verdict}>"


def verify(
    path: str | PathLike[str],
    *,
    sender: bytes | str | None = None,
    identity: str | PathLike[str] | Passphrase | None = None,
    out: str | PathLike[str] | None = None,
) -> VerifyReport:
    """Check a bundle.

    Args:
        path: the folder ``bundle``, or a sealed one, ``bundle.age``.
        sender: the public key (32 bytes or base64) or the fingerprint of the sender, got by another way than the bundle.
        identity: for a sealed bundle, what opens it: the path of an age identity file, or a ``Passphrase``.
        out: for a sealed bundle, a folder to make with what was in it, if all of it is as it was signed. Without it nothing
            is written: the check is done while it is decrypted.

    Returns:
        A report; it is true only if every file is there, has its bytes, nothing else is there, and the signature fits
        (and is the sender's, if one is named).

    Raises:
        SourceError: there is no such folder or sealed bundle, or it has no ``identity``; ``out`` is there already.
        InputError: ``sender`` is neither a key nor a fingerprint; ``identity`` for a folder.
        KeysError: the identity or passphrase does not open it.
        MissingDependencyError: the extra ``seal`` is not installed.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     report = verify(folder)  # an empty folder is no bundle
    >>> report, bool(report)
    (<VerifyReport: origin unverified; NOT intact: 2 problems>, False)
    """
    wanted = _fingerprints_of(sender) if sender is not None else frozenset()
    if identity is None and not Path(path).is_file():
        with Folder(path) as folder:
            return _checked(_InFolder(folder), wanted)
    if Path(path).is_dir():
        raise InputError("verify: identity is for a sealed bundle; this is a folder.")
    if identity is None:
        raise SourceError(
            f"{Path(path).name}: is no folder bundle/. A sealed bundle is opened by identity: a file, or a Passphrase."
        )
    return _opened(Path(path), wanted, identity, None if out is None else Path(out))


def _opened(path: Path, wanted: frozenset[str], identity: str | PathLike[str] | Passphrase, out: Path | None) -> VerifyReport:
    if out is None:
        return _checked_sealed(path, unseal(path, identity), wanted)
    if os.path.lexists(out):
        raise SourceError(f"{out.name}: is there already. A sealed bundle is put in a folder of its own.")
    with tempfile.TemporaryDirectory(prefix=".piiscrub-", dir=out.parent) as work:  # 0700; gone after an error too
        inside = Path(work, "bundle")
        inside.mkdir(mode=0o700)
        report = _checked_sealed(path, unseal(path, identity, inside), wanted)
        if report:
            inside.rename(out)
    return report


def _checked_sealed(path: Path, found: Unsealed, wanted: frozenset[str]) -> VerifyReport:
    return _checked(found, wanted, [(path.name, found.foul)] if found.foul else [])


class _Held(Protocol):
    """A bundle, wherever it is; what is missing or cannot be read is a SourceError."""

    def part(self, name: str) -> bytes: ...

    def printed(self, name: str) -> tuple[str, int]: ...

    def others(self, listed: set[str]) -> int: ...


class _InFolder:
    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def part(self, name: str) -> bytes:
        with self._folder.open(name) as stream:
            return stream.read((64 << 20) + 1)

    def printed(self, name: str) -> tuple[str, int]:
        with self._folder.open(name) as stream:
            return hashed(stream)

    def others(self, listed: set[str]) -> int:
        return sum(name not in listed for name, _ in self._folder.walk())


def _checked(held: _Held, wanted: frozenset[str], found: Sequence[tuple[str, str]] = ()) -> VerifyReport:
    problems = list(found)
    parts = {name: _read(held, name, problems) for name in (MANIFEST, SIGNATURE)}
    manifest = _manifest(parts[MANIFEST], problems)
    signer = _signer(parts[MANIFEST], parts[SIGNATURE], problems)
    if wanted and signer and signer not in wanted:
        problems.append((SIGNATURE, "signed by another key than the sender's"))
    if manifest is not None:
        _files(held, manifest, problems)
    confirmed = signer in wanted and not problems
    return VerifyReport(
        problems=tuple(problems),
        origin=CONFIRMED if confirmed else UNVERIFIED,
        signer=signer,
        files=len(manifest.files) if manifest else 0,
        manifest=manifest,
    )


def _read(held: _Held, name: str, problems: list[tuple[str, str]]) -> bytes | None:
    try:
        return held.part(name)
    except SourceError as error:
        problems.append((name, str(error)))
        return None


def _manifest(data: bytes | None, problems: list[tuple[str, str]]) -> Manifest | None:
    try:
        return None if data is None else Manifest.parse(data)
    except Unfit as error:
        problems.append((MANIFEST, str(error)))
        return None


def _signer(manifest: bytes | None, signature: bytes | None, problems: list[tuple[str, str]]) -> str:
    if manifest is None or signature is None:
        return ""
    try:
        return fingerprint(signer_of(manifest, signature))
    except Unfit as error:
        problems.append((SIGNATURE, str(error)))
        return ""


def _files(held: _Held, manifest: Manifest, problems: list[tuple[str, str]]) -> None:
    for file in manifest.files:
        try:
            found = held.printed(file.name)
        except SourceError as error:
            problems.append((file.name, str(error)))
            continue
        if found != (file.sha256, file.size):
            problems.append((file.name, "its content was changed"))
    added = held.others({file.name for file in manifest.files} | {MANIFEST, SIGNATURE})
    if added:
        problems.append(("bundle", f"{added} files or folders that are not listed were added"))


def _fingerprints_of(sender: bytes | str) -> frozenset[str]:
    """The fingerprints that fit what the caller has; 64 hexadecimal digits may be one, or the key itself."""
    hint = "sender takes the public key (32 bytes, its base64 or its 64 hexadecimal digits) or the fingerprint."
    if isinstance(sender, str):
        plain = re.sub(r"[\s:]", "", sender).upper()
        if re.fullmatch(r"[0-9A-F]{64}", plain):
            return frozenset((" ".join(plain[i : i + 8] for i in range(0, 64, 8)), fingerprint(bytes.fromhex(plain))))
        try:
            sender = base64.b64decode(sender, validate=True)
        except ValueError:
            raise InputError(hint) from None
    if len(sender) != 32:
        raise InputError(hint)
    return frozenset((fingerprint(sender),))
