"""``piiscrub apply``."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from piiscrub.cli import jsonout, show
from piiscrub.cli.booking import Book
from piiscrub.cli.language import lang, word
from piiscrub.cli.outcome import NOT_EXAMINED, UsageProblem
from piiscrub.cli.profiling import refuse_page, told, write_page
from piiscrub.cli.progress import table_progress
from piiscrub.cli.resuming import Journal
from piiscrub.cli.secrets import Secrets
from piiscrub.cli.tables import Found, Reading, files_of, tables_in
from piiscrub.evidence.acts import applied
from piiscrub.keys.bound import BoundKeys
from piiscrub.keys.ring import ENVIRONMENT, KeyRing
from piiscrub.keys.scope import Scope
from piiscrub.keys.vault import Vault
from piiscrub.model.plan import ColumnPlan, SharePlan
from piiscrub.planner.in_text import in_text
from piiscrub.planner.policies import policy_of
from piiscrub.planner.reading import load
from piiscrub.render.tables import table_scrub
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.sources import NotExamined, problem, refuse
from piiscrub.table.files import Defuse, FileScrub, apply_file
from piiscrub.table.result import TableEvidence
from piiscrub.table.streaming import plain, without_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of one run."""

    plan: Path
    secrets: Secrets
    scope: str | None = None
    overwrite: bool = False
    defuse: Defuse = "written"
    numbers: bool = True
    names: bool = True
    in_memory: bool | None = None
    out_encoding: str = ""
    page: Path | None = None
    as_json: bool = False
    ledger: Path | None = None


def apply(path: Path, out: Path, reading: Reading, asked: Asked) -> int:
    """Carry out a plan on a file, or on every table below a folder; returns the exit code."""
    refuse_page(asked.page, [*files_of(path), asked.plan, out])
    plan = load(asked.plan)
    policy = in_text(policy_of(plan), plan)
    share: SharePlan = plan
    if not asked.numbers:
        share, policy = _without_numbers(plan), without_numbers(policy)
    ring = asked.secrets.ring() or (KeyRing.from_env() if os.environ.get(ENVIRONMENT) else KeyRing.ephemeral())
    book = Book(asked.ledger, ring)
    keys = BoundKeys(ring, recipient=plan.recipient, purpose=plan.purpose)
    with contextlib.ExitStack() as stack:
        scope = None
        if asked.secrets.vault is not None:
            scope = stack.enter_context(Vault(asked.secrets.vault, ring)).scope(asked.scope)
        scrubber = Scrubber(policy=policy, ner="default" if asked.names else None)
        work = _Work(share, scrubber, keys, scope, asked)
        code = _apply(path, out, reading, asked, work)
        inputs, outputs = (book.prints(files) for files in (work.read, work.written))
        digest = hashlib.sha256(asked.plan.read_bytes()).hexdigest()
        book.append("apply", applied(work.evidence, plan=digest, inputs=inputs, outputs=outputs))
        return code


def _apply(path: Path, out: Path, reading: Reading, asked: Asked, work: _Work) -> int:
    if path.is_dir():
        if out.resolve().is_relative_to(path.resolve()):
            raise problem("inside-input", str(out))
        out.mkdir(parents=True, exist_ok=True)
        same = repr(dataclasses.replace(asked, overwrite=False, ledger=None))
        work.journal = Journal(out, plan=asked.plan, options=same, keys=work.keys)
    else:
        refuse(out, inputs=[path, asked.plan], overwrite=asked.overwrite)
    for found in tables_in(path, reading):
        work.one(found, out / found.label if path.is_dir() else out)
    if not path.is_dir() and work.missed:
        raise problem("not-examined", work.missed[0].name, word(f"cause.{work.missed[0].cause}"))
    return work.end()


class _Work:
    """What is done file by file, and what there is to tell at the end."""

    def __init__(self, plan: SharePlan, scrubber: Scrubber, keys: BoundKeys, scope: Scope | None, asked: Asked) -> None:
        self.plan, self.scrubber, self.keys, self.scope, self.asked = plan, scrubber, keys, scope, asked
        self.journal: Journal | None = None
        self.missed: list[NotExamined] = []
        self.evidence: list[TableEvidence] = []
        self.read: list[Path] = []
        self.written: list[Path] = []
        self.bodies: list[str] = []
        self.unexamined = 0
        self.random_key = False

    def one(self, found: Found, target: Path) -> None:
        """One file, unless an earlier run has finished it."""
        if isinstance(found.opened, NotExamined):
            self.missed.append(found.opened)
            return
        overwrite = self.asked.overwrite
        if self.journal is not None and not overwrite:
            if self.journal.done(found.label, found.path, target):
                if not self.asked.as_json:
                    show.console().print(word("table.file-there", name=found.label), style="dim")
                return
            if self.journal.random and self.keys.ephemeral:
                raise UsageProblem(word("keys.resume"))  # one person would have two pseudonyms
            overwrite = self.journal.ours(found.label)
        with found.opened as file:
            if isinstance(file, NotExamined):
                self.missed.append(file._replace(name=found.label))
                return
            refuse_page(self.asked.page, [target])  # it is written last, and would take the place of the table
            target.parent.mkdir(parents=True, exist_ok=True) if self.journal else None
            with table_progress(found.label, file.size) as step:
                done = apply_file(
                    file, target, self.plan, self.scrubber, name=found.label, keys=self.keys, vault=self.scope,
                    inputs=[found.path, self.asked.plan], overwrite=overwrite, defusing=self.asked.defuse,
                    in_memory=self.asked.in_memory,
                    codec=self.asked.out_encoding, progress=step,
                )  # fmt: skip  # everything that was asked for
        random = self.keys.ephemeral and any(one.key for one in done.evidence)
        if self.journal is not None:
            self.journal.note(found.label, found.path, random=random)
        self.evidence += done.evidence
        self.read.append(found.path)
        self.written.append(target)
        self.unexamined += done.unexamined
        self.random_key |= random
        if self.asked.page is not None:
            self.bodies += [_page(one) for one in done.evidence]
        _tell(found.label, target, done, as_json=self.asked.as_json)

    def end(self) -> int:
        """The last words; returns the exit code."""
        if self.asked.page is not None:
            write_page(self.asked.page, self.bodies, word("table.applied"))
        if self.random_key and not self.asked.as_json:
            show.console().print(word("table.key-ephemeral"), style="yellow")
        if self.scope is not None and not self.asked.as_json:
            show.console().print(word("keys.scope", scope=self.scope.id), soft_wrap=True)
        code = told(self.missed, as_json=self.asked.as_json)
        return NOT_EXAMINED if self.unexamined else code


def _page(one: TableEvidence) -> str:
    return table_scrub(one.columns, rows=one.rows, rows_out=one.rows_out, name=one.table, joining=one.joining, lang=lang())


def _without_numbers(plan: SharePlan) -> SharePlan:
    def column(one: ColumnPlan) -> ColumnPlan:
        return dataclasses.replace(one, operator=plain(one.operator))

    tables = (dataclasses.replace(table, columns=tuple(map(column, table.columns))) for table in plan.tables)
    return plan.replace(tables=tuple(tables))


def _tell(name: str, target: Path, done: FileScrub, *, as_json: bool) -> None:
    if as_json:
        for one in done.evidence:
            jsonout.line({"type": "applied", "file": name, "out": target.name, **one.to_dict()})
        ragged = [list(one) for one in done.ragged]
        seen = {"defused": done.defused, "ragged": ragged, "unremembered": done.unremembered, "not_examined": done.unexamined}
        jsonout.line({"type": "file", "file": name, **seen})
        return
    console = show.console()
    rows, changed = sum(one.rows for one in done.evidence), sum(c.changed for one in done.evidence for c in one.columns)
    console.print(word("table.file-done", name=name, rows=rows, cells=changed, out=target), soft_wrap=True)
    for one in done.evidence:
        for key, (before, after) in one.dtype_changes.items():
            console.print(f"  {word('table.retyped')}: {key} {before} → {after}", soft_wrap=True)
        for column in one.columns:
            if column.renamed:
                console.print(f"  {column.name}: {word('table.renamed')}", soft_wrap=True)
            if count := sum(column.failures.values()):
                console.print(f"  {column.name}: {count} {word('table.redacted-instead')}", style="yellow", soft_wrap=True)
            for what in ("emptied", "collisions", "widened"):
                if count := getattr(column, what):
                    console.print(f"  {column.name}: {count} {word(f'table.{what}')}", soft_wrap=True)
        if one.rows_out < one.rows:
            console.print("  " + word("table.rows-out", rows=one.rows, out=one.rows_out), soft_wrap=True)
        if len(done.evidence) > 1 and one.joining is not None:
            console.print(f"  {one.table}:", soft_wrap=True)
        show.joining(one.joining)
    if done.defused:
        console.print("  " + word("table.defused", n=done.defused), soft_wrap=True)
    if done.ragged:
        lines = ", ".join(str(one.line) for one in done.ragged[:20]) + (" …" if len(done.ragged) > 20 else "")
        console.print(f"  {word('table.ragged')}: {lines}", style="yellow", soft_wrap=True)
        if any(one.cells > one.expected for one in done.ragged):
            console.print("  " + word("table.ragged-beyond"), style="yellow", soft_wrap=True)
    if done.unremembered:
        console.print("  " + word("table.remark-unremembered", formulas=done.unremembered), style="yellow", soft_wrap=True)
    if missed := sum(one.unexamined for one in done.evidence):
        console.print("  " + word("cli.not-examined-count", n=missed), style="yellow")
