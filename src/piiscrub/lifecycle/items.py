"""One thing that is to be destroyed: what it is, how it goes, and whether it is gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

Method: TypeAlias = Literal["clear", "row-deletion", "redaction", "cryptographic-erase", "unlink"]
"""Names after NIST SP 800-88: clear is a logical overwrite. ``unlink`` takes a name away and no content."""
Intend: TypeAlias = Callable[[str], None]
"""Is told the SHA-256 of what is about to take the place of a file; on the disk when it returns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one thing. ``how`` is a key of the wording catalogue (``lifecycle.how-…``)."""

    done: bool
    how: str
    counts: Mapping[str, int] = field(default_factory=dict)
    error: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {"done": self.done, "how": self.how, "counts": dict(self.counts), "error": self.error}


class Item(Protocol):
    """``shown`` names it without a value; ``counts`` says how much it holds; ``kept`` is what has to stay in it."""

    @property
    def kind(self) -> str: ...

    @property
    def method(self) -> Method: ...

    @property
    def shown(self) -> str: ...

    @property
    def counts(self) -> Mapping[str, int]: ...

    @property
    def obstacle(self) -> str:
        """Why it may not be destroyed; "" if it may."""

    def seal(self) -> dict[str, Any]:
        """All that tells it from something else, real names included: for the hash and the journal, not for showing."""

    def destroy(self, intend: Intend, intended: str) -> Outcome:
        """Do it, or finish what a crash has begun. What is gone already is done.

        ``intended`` is the SHA-256 that an earlier run announced by ``intend``, "" if none did.
        """

    def gone(self, intended: str) -> bool:
        """Look again."""
