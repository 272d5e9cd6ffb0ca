"""One confirmed destruction, from the look to the certificate; a run that was cut off is taken up from its journal."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from piiscrub.errors import DestructionError, PiiscrubError, SourceError
from piiscrub.evidence.canonical import canonical
from piiscrub.evidence.entry import Entry
from piiscrub.evidence.ledger import Ledger
from piiscrub.lifecycle import certificate as papers
from piiscrub.lifecycle import journal as journals
from piiscrub.lifecycle.certificate import Certificate
from piiscrub.lifecycle.due import FILE as KEPT
from piiscrub.lifecycle.due import content as kept_rows
from piiscrub.lifecycle.items import Intend
from piiscrub.lifecycle.journal import Journal
from piiscrub.lifecycle.on_files import FileItem
from piiscrub.lifecycle.on_rows import DatabaseItem, RowsItem
from piiscrub.lifecycle.order import Order
from piiscrub.lifecycle.places import Place, Root, lock
from piiscrub.lifecycle.planning import AnyEdits, AnyItem, DestructionPlan, again, make
from piiscrub.lifecycle.rules import RetentionRules
from piiscrub.lifecycle.sealing import opened, sealed
from piiscrub.lifecycle.targets import Target

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing
    from piiscrub.keys.vault import Vault


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What was destroyed. If something could not be, ``complete`` is False, ``problems`` says what; the same call takes it up."""

    certificate: Certificate
    path: Path
    entry: Entry | None = field(default=None, repr=False)

    @property
    def complete(self) -> bool:
        return self.certificate.complete

    @property
    def problems(self) -> tuple[str, ...]:
        """What could not be destroyed, and why."""
        items = self.certificate.content["object"]["items"]
        return tuple(f"{one['name']}: {one['error'] or 'is still there.'}" for one in items if not (one["done"] and one["gone"]))

    def _repr_html_(self) -> str:
        return self.certificate.to_html()


class Run:
    """One confirmed destruction."""

    def __init__(self, out: Path, keys: KeyRing, order: Order, ledger: Ledger | None, now: datetime | None) -> None:
        self.out, self.keys, self.order, self.ledger, self._now = out, keys, order, ledger, now
        self.unsearched: Sequence[tuple[str, str]] = ()  # where a person was looked for and could not be: name, cause

    def fresh(self, targets: Sequence[Target], confirm: str, rules: RetentionRules | None, today: date) -> Destroyed:
        plan = make(targets, rules, today)
        problems = [] if plan.confirmed_by(confirm) else ["this is not the hash of what is there now; look at the plan again."]
        problems += [*plan.obstacles, *self.order.lacks(), *self._in_the_way(plan)]
        if problems:
            raise DestructionError(problems)
        folder = self._folder()
        moment = self.moment()
        code = hmac.digest(self.keys.derive("destruction inventory", ""), plan.hash.encode(), hashlib.sha256).hex()
        checked = sorted({id for one in plan.items for id in _checked(one)})
        head = {
            "plan": plan.hash,
            "code": code,
            "day": today.isoformat(),
            "started": moment.isoformat(timespec="seconds"),
            "checked": checked,
            "seals": [one.seal() for one in plan.items],
            **sealed(targets, self.keys, plan.hash),
            "kept": kept_rows(plan.kept, self.keys),
        }
        journal = Journal.begin(Place(folder, journals.NAME), head)
        self._record("destroy-begin", {"inventory": code, "counts": plan.counts, **self._people()})
        return self._carry_out(folder, journal, plan.items)

    def resumed(
        self, targets: Sequence[Target] | None, confirm: str, rules: RetentionRules | None, vaults: Sequence[Vault] = ()
    ) -> Destroyed | None:
        """What a crash, or a failure, has left to be done; None if nothing was begun in this folder.

        Without ``targets`` those are taken that the journal holds sealed: what was found of a person cannot be found again
        when a part of it is gone. ``vaults`` are those it may speak of.
        """
        if not self.out.is_dir():
            return None
        folder = Root.of(self.out)
        journal = Journal.read(Place(folder, journals.NAME))
        if journal is None:
            if (self.out / papers.CERTIFICATE).exists():
                raise SourceError(f"{self.out.name}: holds a certificate already. Name another folder.")
            return None
        head = journal.head
        if len(confirm) < 12 or not head["plan"].startswith(confirm):
            raise DestructionError(["another destruction is under way in this folder; finish it, or name another folder."])
        if self.order.lacks():
            raise DestructionError(self.order.lacks())
        wanted = opened(head, self.keys, vaults) if targets is None else targets
        items = again(head["seals"], wanted, rules, date.fromisoformat(head["day"]))
        return self._carry_out(folder, journal, items)

    def _carry_out(self, folder: Root, journal: Journal, items: Sequence[AnyItem]) -> Destroyed:
        with folder.open() as handle:
            lock(handle, self.out.name)
            return self._locked(folder, journal, items)

    def _locked(self, folder: Root, journal: Journal, items: Sequence[AnyItem]) -> Destroyed:
        for number, item in enumerate(items):
            if not journal.done.get(number, {}).get("done"):
                journal.note(number, _destroyed(item, partial(journal.intend, number), journal.intended.get(number, "")))
        outcomes = [{**journal.done[n], "gone": _gone(item, journal.intended.get(n, ""))} for n, item in enumerate(items)]
        head = self.ledger.head() if self.ledger else None
        made = papers.issue(
            self.order,
            items,
            outcomes,
            self.keys,
            code=journal.head["code"],
            checked=journal.head["checked"],
            started=journal.head["started"],
            now=self.moment(),
            tool=f"piiscrub {version('piiscrub')}",
            ledger=head.to_dict() if head else None,
            kept=[kept for item in items if isinstance(item, AnyEdits) for kept in item.looked.kept],
            unsearched=self.unsearched,
        )
        for name, data in (
            (papers.SIGNATURE, made.signature), (papers.CERTIFICATE, made.raw), (papers.PAGE, made.to_html().encode())
        ):  # fmt: skip  # one line per file
            _put(folder, name, data)
        if journal.head.get("kept", {}).get("rows"):
            _put(folder, KEPT, canonical(journal.head["kept"]))
        told = {"certificate": made.sha256, "number": made.content["number"], "status": made.content["status"]}
        told |= {"inventory": journal.head["code"], "counts": made.content["object"]["counts"], **self._people()}
        entry = self._record("destroy", told)
        if entry is not None:
            _put(folder, "ledger-entry.json", entry.line())
        if made.complete:
            journal.place.wipe()
        return Destroyed(made, self.out, entry)

    def moment(self) -> datetime:
        return datetime.now(UTC) if self._now is None else self._now

    def _people(self) -> dict[str, str]:
        own = self.order
        return {"basis": own.basis, "approver": own.approver, "operator": own.operator, "witness": own.witness}

    def _record(self, action: str, fields: Mapping[str, Any]) -> Entry | None:
        return self.ledger.append(action, fields, now=self._now) if self.ledger else None

    def _folder(self) -> Root:
        """The folder of the certificate; one that is there must be empty, as a crash may leave it."""
        try:
            self.out.mkdir(mode=0o700, exist_ok=True)
            if any(self.out.iterdir()):
                raise SourceError(f"{self.out.name}: is there already and not empty. A certificate makes its own folder.")
        except OSError as error:
            if isinstance(error, SourceError):
                raise
            raise SourceError(f"{self.out.name}: cannot be made ({error.strerror}).") from None
        return Root.of(self.out)

    def _in_the_way(self, plan: DestructionPlan) -> list[str]:
        """The signing key, the ledger and the certificate must outlive what they prove."""
        paths = {"the key file that signs": self.keys.path, "the ledger": self.ledger.path if self.ledger else None}
        outlives = {what: _real(path) for what, path in paths.items() if path is not None}
        outlives["the folder of the certificate"] = _real(self.out)
        found = []
        for item in plan.items:
            if item.kind in ("file", "folder"):
                here = _real(item.place.root.path / item.place.below)  # type: ignore[union-attr]  # these kinds have a place
                found += [
                    f"{what} is among what is to be destroyed."
                    for what, path in outlives.items()
                    if here in (path, *path.parents)
                ]
        return sorted(set(found))


def _destroyed(item: AnyItem, intend: Intend, intended: str) -> dict[str, Any]:
    try:
        return item.destroy(intend, intended).to_dict()
    except PiiscrubError as error:
        return {"done": False, "how": "failed", "counts": {}, "error": str(error)}
    except OSError as error:
        return {"done": False, "how": "failed", "counts": {}, "error": f"{error.strerror or type(error).__name__}."}


def _gone(item: AnyItem, intended: str) -> bool:
    try:
        return item.gone(intended)
    except (PiiscrubError, OSError):
        return False


def _checked(item: AnyItem) -> tuple[str, ...]:
    """The rules and holds that were asked before it may go."""
    if isinstance(item, FileItem):
        return item.checked
    return item.looked.checked if isinstance(item, RowsItem | DatabaseItem | AnyEdits) else ()


def _real(path: Path) -> Path:
    return path.resolve()


def _put(folder: Root, name: str, data: bytes) -> None:
    """A file of the certificate, there whole or not at all."""
    temporary = f".{name}.tmp"
    with folder.open() as handle:
        made = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600, dir_fd=handle)
        with os.fdopen(made, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.rename(temporary, name, src_dir_fd=handle, dst_dir_fd=handle)
        os.fsync(handle)
