"""Asking whoever finds things besides the packs: a recognizer of somebody else's, and the one for names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from piiscrub.model.finding import UNEXAMINED, Finding
from piiscrub.recognize.protocol import Recognizer

if TYPE_CHECKING:
    from piiscrub.registry.taggers import Named


def findings_of(recognizer: Recognizer, text: str, label: str) -> Iterator[Finding]:
    """A recognizer that fails has examined nothing: the whole text is reported as not examined (fail closed)."""
    try:
        under = getattr(recognizer, "under", None) if label else None  # one that knows what a label is
        found: Iterable[object] = under(text, label) if under else recognizer.find(text)  # whatever its type says, a stranger's
        for finding in found:
            if not (isinstance(finding, Finding) and 0 <= finding.start < finding.end <= len(text)):
                raise ValueError("no finding of this text")
            yield finding
    except Exception as error:  # noqa: BLE001  # whatever a stranger's code raises, silence would read as "clean"
        yield Finding(UNEXAMINED, 0, len(text), 1.0, recognizer.id, f"recognizer failed: {type(error).__name__}")


def named_in(named: Named, texts: Sequence[str]) -> Sequence[Sequence[Finding] | None]:
    """What is named in each of these folded texts, looked for at once; None where one has to be asked about by itself."""
    try:
        found = named.find_many(texts)
    except Exception:  # noqa: BLE001  # one text is at fault: asked one by one, the others are examined
        return [None] * len(texts)
    return [
        findings if all(0 <= f.start < f.end <= len(text) for f in findings) else None
        for text, findings in zip(texts, found, strict=True)
    ]
