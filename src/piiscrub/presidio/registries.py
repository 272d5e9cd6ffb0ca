"""Registry YAML files of Presidio, as they are: safe-loaded, and classes by the names that Presidio itself registers."""

from __future__ import annotations

import hashlib
import inspect
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from presidio_analyzer import EntityRecognizer, predefined_recognizers
from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider

from piiscrub.errors import DefinitionError, SourceError, UnknownNameError
from piiscrub.presidio.twins import Recogniser

_FLAGS = 26  # DOTALL, MULTILINE, IGNORECASE: what Presidio takes unless told
_OUTSIDE = (".third_party.", ".ner.", ".nlp_engine_recognizers.")


def from_yaml(path: str) -> list[Recogniser]:
    """The recognizers of a registry file.

    Raises:
        SourceError: the file cannot be read.
        DefinitionError: it is no registry file, or names a recognizer that needs a model or a service.
        UnknownNameError: it names a class that Presidio does not have.
    """
    try:
        table = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"{path}: the registry cannot be read: {error.strerror or type(error).__name__}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionError(path, "", f"this is not valid YAML: {type(error).__name__}.") from None
    listed = table.get("recognizers") if isinstance(table, dict) else None
    if not isinstance(listed, list):
        raise DefinitionError(path, "recognizers", "missing, or no list.")
    for number, one in enumerate(listed):
        _check(path, number, one)
    whole = {"supported_languages": _languages(listed), "global_regex_flags": _FLAGS, **table}
    try:
        registry = RecognizerRegistryProvider(registry_configuration=whole).create_recognizer_registry()
    except Exception as error:  # noqa: BLE001  # its message may quote the file
        raise DefinitionError(path, "", f"Presidio does not take it: {type(error).__name__}.") from None
    return list(registry.recognizers)


def _languages(listed: list[Any]) -> list[str]:
    """Every language that an entry names; Presidio needs the list where a file has only entries."""
    found: dict[str, None] = {}
    for one in (entry for entry in listed if isinstance(entry, dict)):
        for language in (one.get("supported_language"), *(one.get("supported_languages") or ())):
            name = language.get("language") if isinstance(language, dict) else language
            if isinstance(name, str):
                found[name] = None
    return list(found) or ["en"]


def sha256(path: str) -> str:
    """Of what stands in a file, hexadecimal; "" if it cannot be read."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""


def _check(path: str, number: int, one: Any) -> None:
    key = f"recognizers[{number}]"
    if isinstance(one, str):
        one = {"name": one, "type": "predefined"}  # the short form of the same
    if not isinstance(one, dict):
        raise DefinitionError(path, key, "is a name or a table.")
    if one.get("type", "custom") == "custom" or one.get("enabled") is False:
        return
    name = str(one.get("class_name") or one.get("name"))
    cls = registered().get(name)
    if cls is None:
        raise UnknownNameError("recognizer of Presidio", name, registered(), where=f"{path}: {key}")
    if any(segment in f"{cls.__module__}." for segment in _OUTSIDE):
        raise DefinitionError(path, key, f"{name} needs a model or a service. Build it in Python and hand it in: presidio=[…].")


@cache
def registered() -> dict[str, Any]:
    """The classes that come with Presidio, by name."""
    found = inspect.getmembers(predefined_recognizers, inspect.isclass)
    return {name: cls for name, cls in found if issubclass(cls, EntityRecognizer)}
