"""Presidio's own context step, with the same outcome: each token and each keyword is looked up, not searched for."""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from presidio_analyzer import RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer, LemmaContextAwareEnhancer

_ID = RecognizerResult.RECOGNIZER_IDENTIFIER_KEY
_BOOSTED = RecognizerResult.IS_SCORE_ENHANCED_BY_CONTEXT_KEY


def is_plain(enhancer: object) -> bool:
    """Whether it is Presidio's lemma enhancer and no class derived from it."""
    return type(enhancer) is LemmaContextAwareEnhancer


def enhance(
    enhancer: Any,
    results: Sequence[Any],
    recognizers: Sequence[Any],
    context: Any,
    text: str,
    tokens: Callable[[], Tokens | PlainTokens],
    *,
    words_only: bool = False,
) -> list[Any]:
    """What ``enhancer.enhance_using_context`` gives, on copies of the results.

    ``tokens`` makes the tokens of the text. ``words_only``: their lemmas are the words of the text in small letters. Then they
    are made only if the text holds a word of the recognizer at all.

    Raises:
        ValueError: as Presidio does, where a result stands behind the last token.
    """
    done = _copies(results)
    by_id = {recognizer.id: recognizer for recognizer in recognizers}
    given = [word.lower() for word in context] if context else []
    known: Tokens | PlainTokens | None = None
    setting = getattr(enhancer, "context_matching_mode", None)  # older versions know no modes
    mode = () if setting is None else (setting,)
    lower = text.lower() if words_only and text.isascii() else ""
    told: dict[Any, bool] = {}
    for result in done:
        metadata = result.recognition_metadata
        recognizer = by_id.get(metadata[_ID]) if metadata and _ID in metadata else None
        if recognizer is None or not recognizer.context or metadata.get(_BOOSTED):
            continue
        if lower and recognizer.id not in told:
            told[recognizer.id] = any(word.lower() in lower for word in recognizer.context)
        near = given
        if not lower or told[recognizer.id]:
            known = known or tokens()
            near = _around(enhancer, known, text[result.start : result.end], result.start) + given
        found = enhancer._find_supportive_word_in_context(near, recognizer.context, *mode)
        if found != "":
            score = max(result.score + enhancer.context_similarity_factor, enhancer.min_score_with_context_similarity)
            result.score = min(score, ContextAwareEnhancer.MAX_SCORE)
            result.analysis_explanation.set_supportive_context_word(found)
            result.analysis_explanation.set_improved_score(result.score)
    return done


class Tokens:
    """The tokens of one text, from the artifacts of an NLP engine."""

    def __init__(self, artifacts: Any) -> None:
        self.tokens, self.starts = artifacts.tokens, artifacts.tokens_indices
        self.ends = [at + len(token) for at, token in zip(self.starts, self.tokens, strict=False)] if self.tokens else []
        self._lemmas = [lemma.lower() for lemma in artifacts.lemmas] if self.tokens else []
        self._keywords = frozenset(artifacts.keywords)

    def keyword(self, at: int) -> str | None:
        """The lemma of a token in small letters, if it counts as context."""
        lemma = self._lemmas[at]
        return lemma if lemma in self._keywords else None


class PlainTokens:
    """The same for an engine without a model, where the lemma is the word: only the tokens that are asked for are looked at."""

    def __init__(self, engine: Any, text: str, language: str) -> None:
        self._engine, self._language = engine, language
        self.tokens = doc = engine.nlp[language].tokenizer(text)
        table = doc.to_array(["IDX", "LENGTH"])
        self.starts = table[:, 0].tolist()
        self.ends = table.sum(axis=1).tolist()

    @cached_property
    def _parts(self) -> frozenset[str]:
        """What stands beside a colon inside a token counts by itself."""
        found = (token.lower_ for token in self.tokens if ":" in token.text)
        return frozenset(part for word in found if self._counts(word) for part in word.split(":"))

    def keyword(self, at: int) -> str | None:
        lemma: str = self.tokens[at].lower_.lower()
        return lemma if (":" not in lemma and self._counts(lemma)) or lemma in self._parts else None

    def _counts(self, lemma: str) -> bool:
        """As ``NlpArtifacts.set_keywords`` has it."""
        engine, language = self._engine, self._language
        return not (engine.is_stopword(lemma, language) or engine.is_punct(lemma, language) or lemma in ("-PRON-", "be"))


def _around(enhancer: Any, known: Any, word: str, start: int) -> list[str]:
    """The keywords around a token, in the order in which Presidio looks at them."""
    if not len(known.tokens):
        return [""]
    at = bisect_right(known.ends, start)
    if at == len(known.ends):
        enhancer._find_index_of_match_token(word, start, known.tokens, known.starts)
    near = _some(known, at, -1, enhancer.context_prefix_count)
    return near + _some(known, at, 1, enhancer.context_suffix_count)


def _some(known: Any, at: int, step: int, count: int) -> list[str]:
    found: list[str] = []
    while 0 <= at < len(known.ends) and len(found) <= count:
        keyword = known.keyword(at)
        if keyword is not None:
            found.append(keyword)
        at += step
    return found


def _copies(results: Sequence[Any]) -> list[Any]:
    """Deep copies, at the price of shallow ones where the results are of Presidio's own class."""
    memo: dict[int, Any] = {}
    done = []
    for result in results:
        if type(result) is not RecognizerResult:
            done.append(copy.deepcopy(result, memo))
            continue
        one = object.__new__(RecognizerResult)
        one.__dict__ = dict(result.__dict__)
        for name in ("analysis_explanation", "recognition_metadata"):
            part = one.__dict__[name]
            if part is not None:
                one.__dict__[name] = memo.get(id(part)) or memo.setdefault(id(part), copy.copy(part))
        done.append(one)
    return done
