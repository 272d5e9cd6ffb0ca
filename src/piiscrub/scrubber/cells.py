"""Many short texts under one label: the distinct cells of a column, at a smaller price for each than a scan of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from piiscrub.model.finding import Decision
from piiscrub.scrubber.ahead import found_ahead
from piiscrub.scrubber.pipeline import Scrubber

if TYPE_CHECKING:
    from piiscrub.scrubber.applying import Operators
    from piiscrub.scrubber.linking import Links


def decide_cells(
    scrubber: Scrubber, texts: Iterable[str], *, label: str = "", entities: Collection[str] | None = None
) -> Iterator[Sequence[Decision]]:
    """The decisions on each text, in order: the same as ``scan(text, label=label).decisions``.

    >>> found = decide_cells(Scrubber(policy="review"), ["电话13800138000", "你好"])
    >>> [[d.finding.entity for d in one if d.kept] for one in found]
    [['CN_MOBILE'], []]
    """
    wanted = scrubber._wanted(entities)
    if not scrubber._others and not scrubber._engine.near("", 0, 0, label=label):
        label = ""  # it says nothing to any recognizer, and looking that up takes as long as a short text
    for text, found in found_ahead(scrubber, texts, wanted, label=label, first=64):
        yield scrubber._decide(text, entities, label, found)


def rewrite(
    text: str, decisions: Sequence[Decision], document: Operators, links: Links | None = None
) -> tuple[str, list[Decision], list[str]]:
    """The text with what was kept replaced, those decisions as carried out, and what failed. ``links`` are the people at hand."""
    pieces: list[str] = []
    done: list[Decision] = []
    failures: list[str] = []
    replaced: list[tuple[int, int]] = []
    at = length = 0
    for decision in decisions:
        if not decision.kept:
            continue
        finding = decision.finding
        value = text[finding.start : finding.end]
        new, operator, failure, note = document.handle(value, finding, links)
        pieces += (text[at : finding.start], new)
        length += finding.start - at + len(new)
        replaced.append((length - len(new), length))
        at = finding.end
        reason = f"{decision.reason}; {note}" if note else decision.reason
        done.append(decision._replace(operator=operator, reason=reason) if note or operator != decision.operator else decision)
        if failure:
            failures.append(failure)
    pieces.append(text[at:])
    return document.escape("".join(pieces), replaced)[0], done, failures
