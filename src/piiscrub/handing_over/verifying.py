"""Verify a bundle with nothing but the bundle: complete, intact, nothing added, and from whom."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from os import PathLike

from piiscrub.errors import InputError, SourceError
from piiscrub.handing_over.manifest import MANIFEST, SIGNATURE, Manifest, Unfit, fingerprint, hashed, signer_of
from piiscrub.handing_over.paths import Folder

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

    def __repr__(self) -> str:
        verdict = f"complete and intact, {self.files} files" if self.ok else f"NOT intact: {len(self.problems)} problems"
        return f"<VerifyReport: origin {self.origin}; {verdict}>"


def verify(path: str | PathLike[str], *, sender: bytes | str | None = None) -> VerifyReport:
    """Check a bundle.

    Args:
        path: the folder ``bundle``.
        sender: the public key (32 bytes or base64) or the fingerprint of the sender, got by another way than the bundle.

    Returns:
        A report; it is true only if every file is there, has its bytes, nothing else is there, and the signature fits
        (and is the sender's, if one is named).

    Raises:
        SourceError: there is no such folder.
        InputError: ``sender`` is neither a key nor a fingerprint.
    """
    wanted = _fingerprint_of(sender) if sender is not None else ""
    problems: list[tuple[str, str]] = []
    with Folder(path) as folder:
        parts = {name: _read(folder, name, problems) for name in (MANIFEST, SIGNATURE)}
        manifest = _manifest(parts[MANIFEST], problems)
        signer = _signer(parts[MANIFEST], parts[SIGNATURE], problems)
        if wanted and signer and signer != wanted:
            problems.append((SIGNATURE, "signed by another key than the sender's"))
        if manifest is not None:
            _files(folder, manifest, problems)
    confirmed = bool(wanted) and signer == wanted and not problems
    return VerifyReport(
        problems=tuple(problems),
        origin=CONFIRMED if confirmed else UNVERIFIED,
        signer=signer,
        files=len(manifest.files) if manifest else 0,
        manifest=manifest,
    )


def _read(folder: Folder, name: str, problems: list[tuple[str, str]]) -> bytes | None:
    try:
        with folder.open(name) as stream:
            return stream.read((64 << 20) + 1)
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


def _files(folder: Folder, manifest: Manifest, problems: list[tuple[str, str]]) -> None:
    for file in manifest.files:
        try:
            with folder.open(file.name) as stream:
                found = hashed(stream)
        except SourceError as error:
            problems.append((file.name, str(error)))
            continue
        if found != (file.sha256, file.size):
            problems.append((file.name, "its content was changed"))
    listed = {file.name for file in manifest.files} | {MANIFEST, SIGNATURE}
    added = sum(name not in listed for name, _ in folder.walk())
    if added:
        problems.append(("bundle", f"{added} files or folders that are not listed were added"))


def _fingerprint_of(sender: bytes | str) -> str:
    hint = "sender takes the public key (32 bytes or its base64) or the fingerprint (64 hexadecimal digits)."
    if isinstance(sender, str):
        plain = re.sub(r"[\s:]", "", sender).upper()
        if re.fullmatch(r"[0-9A-F]{64}", plain):
            return " ".join(plain[i : i + 8] for i in range(0, 64, 8))
        try:
            sender = base64.b64decode(sender, validate=True)
        except ValueError:
            raise InputError(hint) from None
    if len(sender) != 32:
        raise InputError(hint)
    return fingerprint(sender)
