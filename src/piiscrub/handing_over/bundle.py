"""What a hand-over gives back: what went, what stayed behind, and what was done to each table. No value is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from piiscrub.evidence.entry import Entry
from piiscrub.handing_over.crossborder import Route
from piiscrub.handing_over.leaks import Residual
from piiscrub.handing_over.manifest import Manifest
from piiscrub.handing_over.sealing import SEALED
from piiscrub.render.catalogue import say
from piiscrub.render.handover import left_words
from piiscrub.table.result import TableEvidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What was handed over, or would be (``dry_run``). It holds no value.

    Attributes:
        path: the folder that holds ``bundle`` (``bundle.age`` if ``sealed``) for the recipient, and ``record`` for you.
        left_out: how many rows stayed behind, by reason.
        age_unknown: how many rows went although nobody could tell whether they are about a child.
        beyond: how many lines had more cells than there are columns; no plan covers those cells, so they stayed behind.
        unremembered: how many formulas of workbooks went as empty cells, because the workbook does not remember their values.
        route: the legal route for data that goes abroad; None if it stays on the mainland.
    """

    path: Path | None
    dry_run: bool
    manifest: Manifest
    evidence: tuple[TableEvidence, ...]
    residual: Residual
    left_out: Mapping[str, int]
    route: Route | None
    entry: Entry | None
    sealed: bool = False
    age_unknown: int = 0
    beyond: int = 0
    unremembered: int = 0

    def lines(self, lang: str = "en", *, out: str = "") -> tuple[str, ...]:
        """What was handed over and what stayed behind, in words; ``out`` is what the folder may be called."""
        rows, files = sum(one.rows_out for one in self.evidence), len(self.manifest.files)
        key = "done" if not self.dry_run else "dry" if out else "would"
        told = [say(f"handover.{key}", lang, files=files, rows=rows, out=out or (self.path.name if self.path else "–"))]
        if self.sealed:
            told.append(say("handover.sealed", lang, file=SEALED))
        if left := left_words(self.left_out, lang):
            told.append(f"{say('handover.left-out', lang)}: {' · '.join(left)}")
        for what in ("age_unknown", "beyond", "unremembered"):
            if n := getattr(self, what):
                told.append(say(f"handover.{what.replace('_', '-')}", lang, n=n))
        if self.route is not None:
            counts = {"ordinary": self.route.ordinary, "sensitive": self.route.sensitive}
            route = f"{self.route.title(lang)}; {say('handover.route-counts', lang, **counts)}"
            told.append(f"{say('handover.route', lang)}: {route}")
        return (*told, say("verify.signer", lang, signer=self.manifest.about["key"]["signer"]))

    def _repr_html_(self) -> str:
        from piiscrub.render.html import verdict
        from piiscrub.render.tables import table_scrub

        tables = (
            table_scrub(one.columns, rows=one.rows, rows_out=one.rows_out, name=one.table, joining=one.joining)
            for one in self.evidence
        )
        return verdict(self.lines(), good=not (self.beyond or self.unremembered)) + "".join(tables)

    def __repr__(self) -> str:
        rows = sum(one.rows_out for one in self.evidence)
        state = (
            "dry run, nothing written" if self.dry_run else "written, signed and sealed" if self.sealed else "written and signed"
        )
        return f"<Bundle: {len(self.manifest.files)} files, {rows} rows, {state}>"
