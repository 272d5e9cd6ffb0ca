"""``piiscrub explain``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from piiscrub.cli import jsonout
from piiscrub.cli.language import lang
from piiscrub.cli.outcome import OK, UsageProblem
from piiscrub.render.catalogue import say
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.sources import NotExamined, opened, problem

MOST = 4 << 20  # bytes of text that are read to explain one place in it


def explain(words: Sequence[str], file: Path | None, *, label: str, policy: str, codec: str | None, as_json: bool) -> int:
    """Explain one span; returns the exit code."""
    if len(words) != (3 if file is None else 2):
        raise UsageProblem("explain takes TEXT START END, or - START END, or --file FILE START END.")
    try:
        start, end = (int(word) for word in words[-2:])
    except ValueError:
        raise UsageProblem("START and END are numbers: the positions of the first character and after the last one.") from None
    text = words[0] if file is None and words[0] != "-" else _read(file, codec)
    told = Scrubber(policy=policy).explain(text, start, end, label=label)
    if as_json:
        jsonout.line(
            {
                "start": told.start,
                "end": told.end,
                "found": told.found,
                "decisions": [
                    {"kept": d.kept, "operator": d.operator, "reason": d.reason, "start": d.finding.start, "end": d.finding.end}
                    | jsonout.finding_data(d.finding)
                    for d in told.decisions
                ],
                "traces": [t._asdict() for t in told.traces],
                "labels": [at._asdict() for at in told.labels],
            }
        )
    else:
        print(told.to_text(lang=lang()))
    return OK


def _read(file: Path | None, codec: str | None) -> str:
    """The text as it stands in the file: positions are those that ``scan`` gives for text files."""
    name = "-" if file is None else str(file)
    with opened(sys.stdin.buffer if file is None else file, codec=codec, format="text") as source:
        if isinstance(source, NotExamined):
            raise problem("not-examined", name, say(f"cause.{source.cause}"))
        if source.size > MOST:
            raise UsageProblem(f"explain reads at most {MOST} bytes; cut out the part in question.")
        return "".join(piece.raw for piece in source.pieces())
