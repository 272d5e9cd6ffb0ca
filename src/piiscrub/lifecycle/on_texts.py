"""Passages of texts as things to be destroyed: the file is written anew, every other character as it was."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from piiscrub.errors import SourceError
from piiscrub.evidence.canonical import canonical
from piiscrub.lifecycle.choosing import EditsLooked
from piiscrub.lifecycle.documents import Redaction, joined
from piiscrub.lifecycle.edits import Edits, Spans
from piiscrub.lifecycle.items import Intend, Method, Outcome
from piiscrub.lifecycle.judging import Kept
from piiscrub.lifecycle.places import Place, sha256
from piiscrub.lifecycle.rules import RetentionRules
from piiscrub.sources.piece import NotExamined, rewrite
from piiscrub.sources.source import Source, opened


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEdits:
    """Passages of one text."""

    target: Edits = field(repr=False)
    place: Place
    sha256: str
    looked: EditsLooked
    obstacle: str = ""
    kind: str = "text"
    method: Method = "redaction"

    @classmethod
    def of(cls, target: Edits, rules: RetentionRules | None, today: date) -> TextEdits:
        """Raises SourceError: it is not there, or no text that can be read."""
        place = Place.of(Path(target.source))
        spans = _spans(target)
        holds = [one for one in rules.holds if not one.column] if rules else []
        held = [one for one in holds if one.covers(place.name_shown, today) or one.covers(place.name, today)]
        kept = tuple(
            Kept(position=f"{place.name_shown}#1", rule=one.id, source="", until=one.until.isoformat() if one.until else "")
            for one in held
        )
        with place.open() as stream:
            made = sha256(stream)
            with _opened(stream, place) as source:
                if spans[-1][1] > sum(len(unit) for unit, _ in joined(source.pieces())):
                    raise SourceError(f"{place.name_shown}: has changed since it was searched. Search again.")
        told = hashlib.sha256(canonical([] if kept else [list(one) for one in spans])).hexdigest()
        looked = EditsLooked(0, 0 if kept else len(spans), kept, told, tuple(one.id for one in holds))
        return cls(target=target, place=place, sha256=made, looked=looked)

    @classmethod
    def resumed(cls, target: Edits, seal: Mapping[str, Any], rules: RetentionRules | None, today: date) -> TextEdits:
        place = Place.of(Path(target.source))
        return cls(target=target, place=place, sha256=seal["sha256"], looked=EditsLooked.from_dict(seal))

    @property
    def shown(self) -> str:
        return self.place.name_shown

    @property
    def counts(self) -> Mapping[str, int]:
        return self.looked.counts

    def seal(self) -> dict[str, Any]:
        return {"kind": self.kind, "name": self.place.name, "sha256": self.sha256, **self.looked.to_dict()}

    def destroy(self, intend: Intend, intended: str) -> Outcome:
        now = self.place.sha256()
        if intended and now == intended:
            return Outcome(done=True, how="rewritten-before", counts=self.counts)
        if now != self.sha256:
            raise SourceError(f"{self.shown}: has changed since it was looked at; it was left.")
        if not self.looked.mentions:
            return Outcome(done=True, how="nothing-to-do")
        with self.place.replacing() as (old, new):
            if sha256(old) != self.sha256:
                raise SourceError(f"{self.shown}: has changed since it was looked at; it was left.")
            with _opened(old, self.place) as source:
                for part in source.bytes_of(rewrite(source.reader, source.pieces(), Redaction(_spans(self.target)))):
                    new.write(part)
            intend(sha256(new))
        return Outcome(done=True, how="edited", counts=self.counts)

    def gone(self, intended: str) -> bool:
        """Whether the file is the one that was written, byte by byte."""
        return self.place.sha256() == (intended if self.looked.mentions else self.sha256)


def _spans(target: Edits) -> Spans:
    return target.passages[""][0, 0]


@contextlib.contextmanager
def _opened(stream: BinaryIO, place: Place) -> Iterator[Source]:
    with opened(stream, name=place.name) as source:
        if isinstance(source, NotExamined):
            raise SourceError(f"{place.name_shown}: is no text that can be read ({source.cause}).")
        yield source
