"""An NLP engine for Presidio that needs no model and no network: words of Chinese by jieba, of English by rules of spaCy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import spacy
import spacy.util
from jieba import Tokenizer
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from piiscrub.presidio.spacymodels import loaded
from piiscrub.recognize.ner.tagger import LABELS, Tagger, default_tagger
from piiscrub.registry.recognizers import builtin_packs

_OWN = frozenset(("piiscrub_lower", "piiscrub_tagger"))
_SIZES = ("trf", "lg", "md", "sm")
_LABELS = {"PERSON": "PERSON", "LOCATION": "LOCATION", "ORGANIZATION": "ORGANIZATION", "ADDRESS": "LOCATION"}


def nlp_engine(
    languages: Sequence[str] = ("zh", "en"), *, models: Mapping[str, str] | None = None, tagger: Any = "default"
) -> Any:
    """A loaded NLP engine for an ``AnalyzerEngine``.

    Args:
        languages: ``zh`` and ``en``, or any that spaCy has rules for.
        models: name of a spaCy model by language; without it, the largest one that is installed for the language is taken,
            and where none is, words without a model. Nothing is downloaded.
        tagger: who finds names, places and organisations in a language without a model: ``"default"`` (the tagger of this
            package), None (nobody), or an object with ``needs`` and ``tag``.

    Raises:
        InputError: a model that is not installed.

    >>> [token.text for token in nlp_engine(tagger=None).process_text("身份证号是11010519491231002X", "zh").tokens]
    ['身份证', '号', '是', '11010519491231002X']
    """
    chosen = {language: (models or {}).get(language) or _installed(language) for language in languages}
    with_tagger = default_tagger() if tagger == "default" else tagger
    return loaded(OfflineNlpEngine(chosen, with_tagger))


class OfflineNlpEngine(SpacyNlpEngine):
    """Presidio's spaCy engine over models that are installed, and over plain tokenizers where there is none."""

    def __init__(self, models: Mapping[str, str], tagger: Tagger | None) -> None:
        named = [{"lang_code": language, "model_name": name} for language, name in models.items() if name]
        super().__init__(models=named or [{"lang_code": "en", "model_name": ""}])
        self.models = named
        self._chosen, self._tagger = dict(models), tagger
        if not any(models.values()):
            self.ner_model_configuration = NerModelConfiguration(model_to_presidio_entity_mapping=_LABELS, labels_to_ignore=[])

    def load(self) -> None:
        loaded_now = {lang: spacy.load(name) if name else _plain(lang, self._tagger) for lang, name in self._chosen.items()}
        self.__dict__["nlp"] = loaded_now  # Presidio's annotation says it is None for ever

    def plain(self, language: str) -> bool:
        """Whether the lemmas in a language are its words in small letters, and nothing else is known of them."""
        return not self._chosen.get(language) and _OWN.issuperset(self.get_nlp(language).pipe_names)

    def get_supported_entities(self) -> list[str]:
        """What its artifacts can name; nothing without a model and a tagger."""
        return super().get_supported_entities() if self.models or self._tagger is not None else []


def _plain(language: str, tagger: Tagger | None) -> Language:
    nlp = spacy.blank(language)
    if language == "zh":
        nlp.tokenizer = _Jieba(nlp.vocab)
    nlp.add_pipe("piiscrub_lower")
    if tagger is not None:
        pipe: Any = nlp.add_pipe("piiscrub_tagger")
        pipe.tagger = tagger
    return nlp


class _Jieba:
    """A tokenizer of spaCy."""

    def __init__(self, vocab: Any) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words = [word for word, _, _ in _words().tokenize(text)] if text else []
        return Doc(self.vocab, words=words, spaces=[False] * len(words))


@cache
def _words() -> Tokenizer:
    """Jieba with its own list, read here: by itself it would write a file into the folder for temporary ones, and log."""
    jieba = Tokenizer()
    jieba.FREQ, jieba.total = jieba.gen_pfdict(jieba.get_dict_file())
    jieba.initialized = True
    for word in {word for pack in builtin_packs() for word in pack.context.zh}:
        jieba.add_word(word, _OFTEN)
    return jieba


_OFTEN = 10**6  # more often than the parts of a label, so that it is not cut


class _Lower:
    """The lemma of a word is the word in small letters: context words are listed so."""

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            token.lemma_ = token.lower_
        return doc


class _Tagged:
    """The spans of a tagger as entities of a doc, for many texts at once."""

    tagger: Tagger | None = None

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        batches: Any = spacy.util.minibatch
        for batch in batches(docs, batch_size):
            texts = [doc.text for doc in batch]
            found = self.tagger.tag(texts) if self.tagger is not None else [[] for _ in texts]
            for doc, spans in zip(batch, found, strict=True):
                made = (doc.char_span(s.start, s.end, label=s.label, alignment_mode="expand") for s in spans if s.label in LABELS)
                doc.ents = tuple(filter_spans([span for span in made if span is not None]))
                yield doc


@Language.factory("piiscrub_lower")
def _lower(nlp: Language, name: str) -> _Lower:
    return _Lower()


@Language.factory("piiscrub_tagger")
def _tagged(nlp: Language, name: str) -> _Tagged:
    return _Tagged()


def _installed(language: str) -> str:
    """The largest spaCy model that is installed for a language; "" if none is."""
    names = [name for name in spacy.util.get_installed_models() if name.startswith(f"{language}_")]
    return min(
        names, key=lambda name: (_SIZES.index(name[-3:].strip("_")) if name[-3:].strip("_") in _SIZES else 9, name), default=""
    )
