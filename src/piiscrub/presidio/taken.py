"""What ``Scrubber(presidio=…)`` and a policy's ``[presidio]`` table take, made into recognizers of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike, fspath
from typing import Any

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry
from presidio_analyzer.nlp_engine import NlpEngine
from presidio_analyzer.predefined_recognizers import SpacyRecognizer

from piiscrub.errors import InputError
from piiscrub.presidio.countries import of_countries
from piiscrub.presidio.registries import from_yaml, sha256
from piiscrub.presidio.spacymodels import loaded
from piiscrub.presidio.theirs import Theirs
from piiscrub.presidio.whole import Whole
from piiscrub.recognize.protocol import Recognizer

_WANTED = (
    "presidio takes recognizers, an AnalyzerEngine, a RecognizerRegistry, an NLP engine, the path of a registry YAML file, "
    "or {'countries': ['kr', 'za']}; one, or a list of them"
)


def recognizers(given: object) -> tuple[Recognizer, ...]:
    """Recognizers of ours for what was handed in.

    Raises:
        InputError: for something else.
        UnknownNameError, SourceError, DefinitionError: a country or a class that does not exist, a file that is wrong.
    """
    taken = _Taken()
    taken.add(given)
    return taken.done()


class _Taken:
    def __init__(self) -> None:
        self.single: list[Any] = []
        self.nlp: dict[str, Any] = {}
        self.whole: list[Recognizer] = []

    def add(self, item: Any) -> None:
        if isinstance(item, EntityRecognizer):
            self.single.append(item)
        elif isinstance(item, AnalyzerEngine):
            self.whole.append(Whole(item))
        elif isinstance(item, RecognizerRegistry):
            self.single.extend(item.recognizers)
        elif isinstance(item, NlpEngine):
            self._engine(item)
        elif isinstance(item, str | PathLike):
            self._path(fspath(item))
        elif isinstance(item, Mapping):
            self._table(item)
        elif isinstance(item, Sequence) and not isinstance(item, bytes):
            for one in item:
                self.add(one)
        else:
            what = f"the class {item.__name__}; build it first" if isinstance(item, type) else type(item).__name__
            raise InputError(f"{_WANTED}; not {what}.")

    def done(self) -> tuple[Recognizer, ...]:
        for one in self.single:
            if isinstance(one, SpacyRecognizer) and one.supported_language not in self.nlp:
                raise InputError(
                    f"{type(one).__name__} reads what an NLP engine says, and there is none for {one.supported_language!r}. "
                    "Hand the engine in as well: presidio=[engine, …]."
                )
        group: tuple[Recognizer, ...] = (Theirs(self.single, self.nlp),) if self.single else ()
        return (*group, *self.whole)

    def _engine(self, engine: Any) -> None:
        ready = loaded(engine)
        for language in ready.get_supported_languages():
            self.nlp[language] = ready
            if ready.get_supported_entities():
                kind = RecognizerRegistry.get_nlp_recognizer(ready)
                self.single.append(kind(supported_language=language, supported_entities=ready.get_supported_entities()))

    def _path(self, path: str | bytes) -> None:
        if not isinstance(path, str) or not path.lower().endswith((".yaml", ".yml")):
            raise InputError(f"{_WANTED}; a country goes into a table, for example {{'countries': ['kr']}}.")
        self.single.extend(from_yaml(path))

    def _table(self, table: Mapping[Any, Any]) -> None:
        unknown = set(table) - {"countries", "registries", "contents"}
        if unknown:
            raise InputError(f"presidio: there is no key {min(map(str, unknown))!r}; it takes countries and registries.")
        self.single.extend(of_countries(table.get("countries", ())))
        paths = table.get("registries", ())
        for number, path in enumerate(paths):
            if "contents" in table and sha256(path) != table["contents"][number]:
                raise InputError(f"{path}: the registry has changed since the policy was read. Read the policy again.")
            self._path(path)
