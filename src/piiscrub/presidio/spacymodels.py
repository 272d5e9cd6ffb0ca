"""NLP engines of the caller, loaded only from what is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import spacy.util

from piiscrub.errors import InputError, PiiscrubError


def loaded(engine: Any) -> Any:
    """The engine, loaded. Presidio would download a missing model, and end the program where it cannot.

    Raises:
        InputError: a model is not installed.
        PiiscrubError: the engine could not be loaded.
    """
    if engine.is_loaded():
        return engine
    for name in _spacy_models(engine):
        if not (spacy.util.is_package(name) or Path(name).exists()):
            raise InputError(f"the spaCy model {name!r} is not installed, and nothing is downloaded here. Install it first.")
    try:
        engine.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001  # Presidio ends the program where a download fails
        raise PiiscrubError(f"{type(engine).__name__} could not be loaded: {type(error).__name__}.") from None
    return engine


def _spacy_models(engine: Any) -> list[str]:
    """Names of the spaCy models that an engine would load."""
    names = [model.get("model_name") for model in getattr(engine, "models", None) or () if isinstance(model, dict)]
    if getattr(engine, "engine_name", "") == "stanza":
        return []
    return [one if isinstance(one, str) else one.get("spacy", "") for one in names if isinstance(one, str | dict)]
