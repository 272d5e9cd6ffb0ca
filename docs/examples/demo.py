"""Scrub example files and show them before and after: `make demo`, or `python docs/examples/demo.py FILE...`.

It uses only what every program may use: piiscrub and piiscrub.sources. Before, every value found is shown as its label and
length, ‹CN_MOBILE·11›; after, as the policy makes it. Nothing is written.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import piiscrub as ps
from piiscrub.render.preview import masked
from piiscrub.sources import NotExamined, Unit, opened

HERE = Path(__file__).parent
FILES = ("customers.csv", "tickets.jsonl", "contract.md")
POLICY = "balanced"
SAMPLES = 3
WIDTH = 150


@dataclass
class Line:
    """One line or row: how it was, masked, and how it is."""

    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)


def lines_of(unit: Unit) -> list[tuple[int, str]]:
    """A text line by line; a cell or JSON value is one."""
    if unit.kind == "text":
        return [(unit.place.line + n, line) for n, line in enumerate(unit.text.splitlines())]
    return [(unit.place.row or unit.place.line, unit.text)]


def show(path: Path, scrubber: ps.Scrubber) -> bool:
    """Print one file's counts and samples; False if it was not examined."""
    counts: Counter[str] = Counter()
    lines: dict[int, Line] = {}
    with opened(path) as source:
        if isinstance(source, NotExamined):
            print(f"\n■ {path.name}: not examined ({source.cause})")
            return False
        document = scrubber.document()
        for piece in source.pieces():
            unit = piece.unit
            if unit is None or unit.cause:
                continue
            for number, text in lines_of(unit):
                done = scrubber.scrub(text, label=unit.label, document=document)
                counts.update(finding.entity for finding in done.findings)
                line = lines.setdefault(number, Line())
                line.before.append(masked(text, done.findings))
                line.after.append(done.text)
                line.kinds |= {finding.entity for finding in done.findings}
        print(f"\n■ {path.name}  ({source.format}, {source.encoding.name}, {len(lines)} lines)")
    for entity, count in counts.most_common():
        print(f"    {entity:<28}{count:>6}")
    if not counts:
        print("    nothing found")
    for number in sorted(sorted(lines, key=lambda n: (-len(lines[n].kinds), n))[:SAMPLES]):
        if lines[number].kinds:
            print(f"  line {number}")
            print(f"    before  {short(lines[number].before)}")
            print(f"    after   {short(lines[number].after)}")
    return True


def short(parts: list[str]) -> str:
    text = " | ".join(parts)
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def main(names: list[str]) -> int:
    paths = [Path(name) for name in names] or [HERE / name for name in FILES]
    scrubber = ps.Scrubber(policy=POLICY)
    print(f"piiscrub {ps.__version__}, policy {POLICY}: values found are shown as ‹KIND·length› before, scrubbed after.")
    examined = [show(path, scrubber) for path in paths]
    return 0 if all(examined) else 4


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
