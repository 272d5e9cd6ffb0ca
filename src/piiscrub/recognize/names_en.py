"""English and romanised Chinese names by rule (placeholder)."""

from __future__ import annotations

from collections.abc import Iterator

from piiscrub.model.finding import Finding


def english_names(text: str) -> Iterator[Finding]:
    """Names of persons in Latin letters."""
    return iter(())
