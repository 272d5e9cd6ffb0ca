"""Hand over: check that it may be, carry out the plan, look at what lies on disk, sign it, and write down what was done.

Two folders come out, whole or not at all: ``bundle`` goes to the recipient, ``record`` stays.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any

import pyarrow as pa

from piiscrub.errors import HandoverError, PlanError, SourceError
from piiscrub.evidence.ledger import Ledger
from piiscrub.handing_over.bundle import Bundle
from piiscrub.handing_over.canaries import Canaries
from piiscrub.handing_over.canary_marks import Marking
from piiscrub.handing_over.crossborder import MAINLAND
from piiscrub.handing_over.delivered import Delivered
from piiscrub.handing_over.describing import about, entry_fields, listed, report
from piiscrub.handing_over.leaving_out import LeavingOut
from piiscrub.handing_over.manifest import MANIFEST, SIGNATURE, Manifest, hashed, sign
from piiscrub.handing_over.opening import Opened, input_print, opened
from piiscrub.handing_over.passing import Passing
from piiscrub.handing_over.paths import fault
from piiscrub.handing_over.permission import obstacles
from piiscrub.handing_over.persons import Persons
from piiscrub.handing_over.residual import Check, Given
from piiscrub.handing_over.risks import risks_of
from piiscrub.handing_over.sealing import SEALED, Seal, Sealing
from piiscrub.handing_over.watching import Seen, Watching, tapped
from piiscrub.handing_over.workplace import sync, workplace, write_new
from piiscrub.keys.bound import BoundKeys
from piiscrub.keys.ring import KeyRing
from piiscrub.model.plan import SharePlan, TablePlan
from piiscrub.operate.protocol import VaultScope
from piiscrub.planner.in_text import in_text
from piiscrub.registry.policies import load_policy
from piiscrub.risk.report import RiskReport
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.sources.tabular import ROWS, Sheet
from piiscrub.table.files import apply_file, table_name
from piiscrub.table.frame import Table
from piiscrub.table.matching import mismatches
from piiscrub.table.result import TableEvidence

WAY_OUT = "Mend these cells in the source (row 1 is the first below the header), or have the plan drop or redact the column."
BUNDLE, RECORD, DATA = "bundle", "record", "data"
Progress = Callable[[str, int, int], None] | None
"""Is told the file, and how many bytes and rows each step took."""


def handover(
    sources: Sequence[Any] | Any,
    plan: SharePlan,
    *,
    out: str | PathLike[str],
    keys: KeyRing,
    ledger: Ledger | str | PathLike[str] | None = None,
    dry_run: bool = False,
    vault: VaultScope | None = None,
    policy: Any = None,
    now: datetime | None = None,
    approver: str = "",
    seal: Seal = None,
    progress: Progress = None,
) -> Bundle:
    """Hand tables over under a plan.

    Args:
        sources: paths of files and folders, database URLs, or pyarrow tables by name; each table has one in the plan.
        plan: purpose, recipient, basis and terms are checked first.
        out: the folder to make; it must not be there yet.
        keys: a key ring with a file; it makes pseudonyms and signs.
        ledger: where the entry goes.
        dry_run: do everything but keep the files.
        vault: a scope of a vault, for operators that need one.
        policy: the policy of the plan where it is one made in Python; or a Scrubber of it, with recognizers of the caller, or
            without names (``ner=None``).
        now: an aware time; the clock's if left out.
        approver: who approved; it goes into the record and the ledger.
        seal: age public keys of the recipient, or a ``Passphrase``: one sealed file goes out in place of the folder.
        progress: see ``Progress``.

    Raises:
        HandoverError: a rule is not met, or something is left in what was written; ``problems`` says what and where.
            Nothing is handed over then.
        KeysError: the key ring has no file, and cannot sign.
        PlanError: the plan does not fit the tables.
        SourceError: something cannot be read or written.
    """
    moment = datetime.now(UTC) if now is None else now
    target = Path(out)
    problems = obstacles(plan, today=moment.date(), vault=vault is not None)
    if problems:
        raise HandoverError(problems)
    _refuse(target)
    if not target.parent.is_dir():
        raise SourceError(f"{target.name}: the folder it should lie in does not exist.")
    keys.public_key  # noqa: B018  # raises for a ring that cannot sign, before anything is read
    sealing = None if seal is None else Sealing(seal)
    book = Ledger(ledger, keys=keys) if isinstance(ledger, str | PathLike) else ledger
    if book is not None:
        book.ready()
    with workplace(target) as work, contextlib.ExitStack() as stack:
        _refuse(target)  # another process may have made it while this one waited; the ledger would tell of two
        run = _Run(plan, keys, vault, policy, work, moment, book, approver, progress, sealing)
        run.carry_out(stack.enter_context(opened(sources)))
        bundle = run.finished(dry_run=dry_run)
        if not dry_run:
            work.replace(target)
            sync(target.parent)
            bundle = replace(bundle, path=target)
    return bundle


def _refuse(target: Path) -> None:
    if os.path.lexists(target):
        raise SourceError(f"{target.name}: is there already. A hand-over makes its own folder.")


class _Run:
    """One hand-over while it is made."""

    def __init__(
        self,
        plan: SharePlan,
        keys: KeyRing,
        vault: VaultScope | None,
        policy: Any,
        work: Path,
        now: datetime,
        ledger: Ledger | None,
        approver: str,
        progress: Progress,
        sealing: Sealing | None = None,
    ) -> None:
        self.plan, self.ring, self.vault, self.work, self.now, self.ledger = plan, keys, vault, work, now, ledger
        self.approver, self.sealing, self.progress = approver, sealing, progress
        own = policy if isinstance(policy, Scrubber) else None
        self.policy = own.policy if own else load_policy(policy if policy is not None else plan.policy or "balanced")
        if plan.policy_hash and self.policy.hash != plan.policy_hash:
            raise PlanError([f"policy {self.policy.id!r} is not the one the plan was made with. Make the plan again."])
        self.seen = Seen()
        inside = in_text(self.policy, plan)
        self.scrubber = Watching(self.seen, own._under(inside) if own else Scrubber(policy=inside))
        self.keys = BoundKeys(keys, recipient=plan.recipient, purpose=plan.purpose)
        self.delivered = Delivered(keys)
        self.check = Check(self.seen, inside, self.delivered.column)
        self.persons = Persons(keys, plan.terms.subject, self.now.year) if plan.terms.country != MAINLAND else None
        self.evidence: list[TableEvidence] = []
        self.left_out: Counter[str] = Counter()
        self.age_unknown = self.beyond = self.unremembered = 0
        self.files: list[tuple[str, Sequence[TablePlan], Sequence[TableEvidence]]] = []
        self.inputs: list[str] = []
        self.given: list[Sequence[Given]] = []
        self.canaries: list[Sequence[Canaries | None]] = []
        self.marks = Marking(keys)

    def carry_out(self, sources: Sequence[Opened]) -> None:
        """Write every file, then read every file again."""
        (self.work / BUNDLE / DATA).mkdir(parents=True)
        (self.work / RECORD).mkdir()
        self._fits(sources)
        for one in sources:
            self._file(one)
        for (name, plans, _), given in zip(self.files, self.given, strict=True):
            self.check.file(self.work / BUNDLE, name, plans, given)
        for (name, _, _), some in zip(self.files, self.canaries, strict=True):
            if any(some):
                self.marks.file(self.work / BUNDLE / name, name, [one.positions if one else None for one in some])
        residual = self.check.result()
        if not residual.ok:
            places = [
                f"{leak.file}, {leak.column or 'file'}{f', row {leak.row}' if leak.row else ''}: {leak.what}."
                for leak in residual.leaks
            ]
            way_out = WAY_OUT if any(leak.row for leak in residual.leaks) else ""
            raise HandoverError(places, found=residual.found, way_out=way_out)

    def finished(self, *, dry_run: bool) -> Bundle:
        """Describe, sign and record what was written."""
        residual = self.check.result()
        route = self.persons.route(self.plan, self.ledger) if self.persons else None
        head = self.ledger.head() if self.ledger else None
        told = about(self.plan, self.policy, self.evidence, self.ring, now=self.now, head=head)
        bundle, record = self.work / BUNDLE, self.work / RECORD
        canaries = len(self.marks)
        report(
            bundle, record, self.plan, told, self.files, self.inputs, residual, self.left_out, route, self._risks(), canaries,
            self.age_unknown, self.beyond, self.unremembered,
        )  # fmt: skip  # everything that was done
        manifest = Manifest(files=tuple(listed(bundle, self.files)), about=told)
        raw = manifest.to_bytes()
        write_new(bundle / MANIFEST, raw)
        write_new(bundle / SIGNATURE, sign(raw, self.ring))
        entry = None
        if not dry_run:
            sealed = self._seal()
            self.delivered.save(record, without=self.marks.prints)
            self.marks.save(record)
            if self.persons:
                self.persons.save(record, self.ledger)
            fields = entry_fields(
                self.plan, manifest, self.files, self.inputs, residual, self.left_out, route, self.approver, self.keys
            )
            fields |= {"sealed": sealed} if sealed else {}
            fields |= {"canaries": canaries} if canaries else {}
            fields |= {"age_unknown": self.age_unknown} if self.age_unknown else {}
            fields |= {"beyond": self.beyond} if self.beyond else {}
            fields |= {"unremembered": self.unremembered} if self.unremembered else {}
            if self.ledger is not None:
                entry = self.ledger.append("handover", fields, now=self.now)
                write_new(record / "ledger-entry.json", entry.line())
        return Bundle(
            path=None,
            dry_run=dry_run,
            manifest=replace(manifest, raw=raw),
            evidence=tuple(self.evidence),
            residual=residual,
            left_out=dict(self.left_out),
            route=route,
            entry=entry,
            sealed=self.sealing is not None,
            age_unknown=self.age_unknown,
            beyond=self.beyond,
            unremembered=self.unremembered,
        )

    def _seal(self) -> dict[str, Any]:
        """One sealed file in place of the folder; what the ledger says of it."""
        if self.sealing is None:
            return {}
        self.sealing.write(self.work / BUNDLE, self.work / SEALED)
        shutil.rmtree(self.work / BUNDLE)
        with (self.work / SEALED).open("rb") as stream:
            sha256, size = hashed(stream)
        return {**self.sealing.told(), "sha256": sha256, "size": size}

    def _risks(self) -> dict[str, RiskReport | None]:
        """How many people can be singled out in what was written, table by table; None for one too large to be held."""
        return {
            shown: risk
            for (name, plans, evidences), some in zip(self.files, self.canaries, strict=True)
            for shown, risk in risks_of(
                self.work / BUNDLE / name,
                name,
                plans,
                [one.rows_out for one in evidences],
                [one.positions if one else None for one in some],
                self.policy,
            )
        }

    def _file(self, one: Opened) -> None:
        held = [(p, sheet) for p, sheet in enumerate(one.file.sheets) if len(sheet.schema)]
        called = self._called(one)
        plans = [self._plan_of(table_name(one.file, sheet, p, called), alone=len(held) == 1) for p, sheet in held]
        sheets = list(one.file.sheets)
        filters: list[LeavingOut] = []
        given: list[Given] = []
        canaries: list[Canaries | None] = []
        for (position, sheet), plan in zip(held, plans, strict=True):
            wrong = mismatches(Table.from_arrow(sheet.schema.empty_table()), plan, values=False)
            if wrong:
                raise PlanError(wrong, table=plan.name)
            leaving = LeavingOut(self.plan, plan, sheet.schema.names, today=self.now.date())
            filters.append(leaving)
            passing = tapped(sheet, plan, leaving, self.seen)
            if self.persons is not None:
                self.persons.table(plan, sheet.schema.names)
                passing = self.persons.tapped(passing)
            own = self._canaries(plan, partial(_again, sheet, leaving, None), sheet.schema.names)
            canaries.append(own)
            sheets[position] = Passing(passing, own.among) if own else passing  # last: they are nobody's, and count for nobody
            given.append(partial(_again, sheet, leaving, own))
        name = f"{DATA}/{one.output}"
        done = apply_file(
            replace(one.file, sheets=tuple(sheets)),
            self.work / BUNDLE / name,
            replace(self.plan, tables=tuple(plans)),
            self.scrubber,
            name=called,
            keys=self.keys,
            vault=self.vault,
            progress=partial(self.progress, name) if self.progress else None,
        )
        for leaving in filters:
            self.left_out.update(leaving.counts)
            self.age_unknown += leaving.age_unknown
        self.evidence += done.evidence
        self.beyond += sum(ragged.cells > ragged.expected for ragged in done.ragged)
        self.unremembered += done.unremembered
        self.files.append((name, plans, done.evidence))
        self.inputs.append(input_print(one, self.ring))
        self.given.append(given)
        self.canaries.append(canaries)

    def _canaries(self, plan: TablePlan, rows: Given, names: Sequence[str]) -> Canaries | None:
        if not plan.canaries:
            return None
        keys = BoundKeys(self.ring, recipient=self.plan.recipient, purpose=f"canaries {self.plan.purpose}")
        leaving = LeavingOut(self.plan, plan, names, today=self.now.date())
        return Canaries(plan, rows, leaving, keys, Scrubber(policy=self.policy, ner=None))

    def _called(self, one: Opened) -> str:
        """What the plan calls a file of a folder: by its way from there, as ``piiscrub plan`` does, or "" by its name alone."""
        names = {table.name for table in self.plan.tables}
        whole = (table_name(one.file, sheet, p, one.called) for p, sheet in enumerate(one.file.sheets))
        return one.called if one.called and not names.isdisjoint(whole) else ""

    def _plan_of(self, name: str, *, alone: bool) -> TablePlan:
        tables = self.plan.tables
        if alone and len(tables) == 1:
            found: TablePlan | None = tables[0]
        else:
            plain = name.removesuffix(".parquet")  # a frame goes by its name, with or without what it is written as
            found = next((table for table in tables if table.name in (name, plain)), None)
        if found is None:
            raise PlanError([f"table {name!r} is not in the plan."])
        return replace(found, columns=tuple(sorted(found.columns, key=lambda column: column.position)))

    def _fits(self, sources: Sequence[Opened]) -> None:
        if not sources:
            raise SourceError("there is nothing to hand over: no source holds a table.")
        names = [one.output for one in sources]
        doubled = [name for name, n in Counter(name.casefold() for name in names).items() if n > 1]
        if doubled:
            raise SourceError(
                f"{len(doubled)} names in the bundle are those of several files; hand them over apart or rename them."
            )
        for wrong in filter(None, (fault(f"{DATA}/{name}") for name in names)):
            raise SourceError(f"A file name {wrong}; rename the file, or give the table another name.")
        subject = self.plan.terms.subject
        if subject and not any(subject in sheet.schema.names for one in sources for sheet in one.file.sheets):
            raise PlanError([f"terms.subject: no table has a column {subject!r}."])


def _again(sheet: Sheet, leaving: LeavingOut, canaries: Canaries | None) -> Iterator[pa.RecordBatch]:
    """The rows that went, once more from the source."""
    rows = leaving.filtered(sheet.batches(rows=ROWS))
    return canaries.among(rows) if canaries else rows
