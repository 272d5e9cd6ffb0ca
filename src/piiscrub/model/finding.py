"""What a recognizer saw, and what was decided about it. Neither holds the value itself.

Named tuples rather than frozen dataclasses: they are as immutable, pickle as well, and cost a third of the time to
make, which counts when a megabyte holds twenty thousand of them.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Check = Literal["passed", "failed", "none"]

UNEXAMINED = "UNEXAMINED"
"""Entity of a finding that says: this stretch could not be examined (ARCHITECTURE, principle 3)."""


class Alternative(NamedTuple):
    """Another reading of the same span that lost: a 15-digit number may be an old ID and an IMEI."""

    entity: str
    score: float
    recognizer: str
    check: Check


class Finding(NamedTuple):
    """One stretch of text that may be personal information.

    ``start`` and ``end`` are half-open code point offsets of the original text. ``score`` is 0 to 1 and already takes
    the check and the context into account. ``context`` lists the words met nearby that speak for it, ``against`` the
    nearest word that speaks against it ("" if none). The value is not kept: ask ``ScanResult.value(finding)``.
    """

    entity: str
    start: int
    end: int
    score: float
    recognizer: str
    pattern: str = ""
    check: Check = "none"
    context: tuple[str, ...] = ()
    against: str = ""
    alternatives: tuple[Alternative, ...] = ()


class Decision(NamedTuple):
    """A finding and what happens to it.

    ``operator`` is the name of the operator that will handle it, or "" when it was dropped; then ``reason`` says why:
    ``threshold``, ``overlap``, ``allow list``, ``not wanted``. For a kept one the reason says what kept it.
    """

    finding: Finding
    kept: bool
    operator: str
    reason: str
