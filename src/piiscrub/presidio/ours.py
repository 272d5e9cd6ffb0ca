"""Our recognizers as Presidio's: one per language that decides, or one per pack that leaves deciding to Presidio."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from contextvars import ContextVar
from typing import Any

from presidio_analyzer import EntityRecognizer, RecognizerResult

from piiscrub.errors import InputError
from piiscrub.model.finding import UNEXAMINED, Finding
from piiscrub.packs.load import load_words, packs_folder
from piiscrub.packs.schema import Pack
from piiscrub.presidio.names import theirs
from piiscrub.presidio.results import entity_names, of_finding
from piiscrub.recognize.engine import Engine
from piiscrub.registry.recognizers import builtin_packs
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.text.folding import read

LANGUAGES = ("zh", "en")
_CODE = re.compile("[A-Za-z]{2}")
_asked: ContextVar[tuple[int, int, frozenset[str] | None]] = ContextVar("piiscrub_presidio_asked", default=(0, 0, None))


def recognizers(
    language: str = "zh",
    *,
    countries: Collection[str] | None = None,
    split: bool = False,
    policy: Any = "review",
    ner: Any = "default",
) -> list[EntityRecognizer]:
    """Recognizers to add to a registry of Presidio.

    Args:
        language: ``zh`` or ``en``: the language they are registered for. Each reads Chinese and English alike.
        countries: leave out the packs of other countries; None for all. Packs of no country always stay.
        split: False gives one recognizer that finds, weighs and settles, and returns what is left: the findings of
            ``piiscrub.scan`` under ``policy``. True gives one per pack, before anything is settled.
        policy, ner: as :class:`piiscrub.Scrubber` takes them; with ``split`` there is neither.

    Raises:
        InputError: another language, or countries that are no codes of two letters.

    >>> [one.name for one in recognizers("zh")]
    ['PiiscrubRecognizer']
    """
    if not split:
        return [PiiscrubRecognizer(supported_language=language, countries=countries, policy=policy, ner=ner)]
    return [PiiscrubPackRecognizer(pack, supported_language=_known(language)) for pack in _packs(countries)]


class PiiscrubRecognizer(EntityRecognizer):
    """Everything piiscrub finds, settled by its rules, under Presidio's names.

    Context given to ``analyze(context=…)``, such as the name of a column, counts as a label. Whatever could not be examined
    is reported as ``UNEXAMINED``, whichever entities were asked for.
    """

    def __init__(
        self,
        supported_language: str = "zh",
        name: str | None = None,
        countries: Collection[str] | None = None,
        policy: Any = "review",
        ner: Any = "default",
        context: Sequence[str] | None = None,
    ) -> None:
        self._scrubber = Scrubber(policy=policy, ner=ner)
        self._countries = None if countries is None else tuple(countries)
        self._narrow()
        super().__init__(
            supported_entities=list(entity_names()),
            name=name or type(self).__name__,
            supported_language=_known(supported_language),
        )

    def __setstate__(self, state: dict[str, Any]) -> None:
        """A Scrubber comes out of a pickle with the packs of all countries."""
        self.__dict__.update(state)
        self._narrow()

    def _narrow(self) -> None:
        if self._countries is not None:
            self._scrubber._engine = _engine(_packs(self._countries))  # this Scrubber is nobody else's

    def load(self) -> None:
        """Nothing is left to load."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        wanted = None if set(entities or self.supported_entities) >= set(self.supported_entities) else frozenset(entities)
        _asked.set((id(text), len(text), wanted))
        return self._results(text, wanted, "")

    def enhance_using_context(
        self,
        text: str,
        raw_recognizer_results: list[RecognizerResult],
        other_raw_recognizer_results: list[RecognizerResult],
        nlp_artifacts: Any,
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        """Look again with the words given from outside as the label that the text stands under."""
        seen, size, wanted = _asked.get()
        if not context or (seen, size) != (id(text), len(text)):
            return raw_recognizer_results
        return self._results(text, wanted, " ".join(map(str, context)))

    def _results(self, text: str, wanted: frozenset[str] | None, label: str) -> list[RecognizerResult]:
        decisions = self._scrubber.scan(text, label=label).decisions
        found = [of_finding(d.finding, d.reason, by=self) for d in decisions if d.kept]
        return [one for one in found if wanted is None or one.entity_type in wanted or one.entity_type == UNEXAMINED]


class PiiscrubPackRecognizer(EntityRecognizer):
    """What one pack sees, scored, before overlaps are settled.

    ``context`` lists the words of the pack, so Presidio's own context step works on them; a score that a word has raised
    already is marked, and not raised again.
    """

    def __init__(self, pack: Pack, supported_language: str = "zh") -> None:
        self._engine = _engine([pack])
        super().__init__(
            supported_entities=[theirs(pack.entity), UNEXAMINED],
            name=f"Piiscrub:{pack.id}",
            supported_language=supported_language,
            context=[*pack.context.zh, *pack.context.en],
        )
        self._code = "uk" if pack.country == "gb" else pack.country or None

    def load(self) -> None:
        """Nothing is left to load."""

    def country_code(self) -> str | None:
        """The country of the pack, in Presidio's spelling."""
        return self._code

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        folded = read(text)
        found = []
        for finding in self._engine.find(folded.folded):
            start, end = folded.original(finding.start, finding.end)
            moved: Finding = finding._replace(start=start, end=end)
            found.append(of_finding(moved, by=self))
        return found


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise InputError(f"language takes 'zh' or 'en', not {language!r}.")
    return language


def _engine(packs: Sequence[Pack]) -> Engine:
    return Engine(packs, load_words(packs_folder() / "words" / "negative.toml"))


def _packs(countries: Collection[str] | None) -> tuple[Pack, ...]:
    if countries is None:
        return builtin_packs()
    if isinstance(countries, str) or not all(_CODE.fullmatch(str(code)) for code in countries):
        raise InputError("countries takes a list of codes of two letters, such as ['cn', 'hk'].")  # a slip would find nothing
    wanted = {"", *("gb" if code.lower() == "uk" else code.lower() for code in countries)}
    return tuple(pack for pack in builtin_packs() if pack.country in wanted)
