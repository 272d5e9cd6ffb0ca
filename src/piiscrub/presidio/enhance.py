"""Presidio's own context step, with the same outcome: each token and each keyword is looked up, not searched for."""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Sequence
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
    artifacts: Any,
    recognizers: Sequence[Any],
    context: Any,
    text: str,
    *,
    words_only: bool = False,
) -> list[Any]:
    """What ``enhancer.enhance_using_context`` gives, on copies of the results.

    ``words_only``: the lemmas of these artifacts are the words of the text in small letters. Then tokens are made only if the
    text holds a word of the recognizer at all.

    Raises:
        ValueError: as Presidio does, where a result stands behind the last token.
    """
    done = _copies(results)
    by_id = {recognizer.id: recognizer for recognizer in recognizers}
    given = [word.lower() for word in context] if context else []
    words: _Words | None = None
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
            words = words or _Words(enhancer, artifacts)
            near = words.around(text[result.start : result.end], result.start) + given
        found = enhancer._find_supportive_word_in_context(near, recognizer.context, *mode)
        if found != "":
            score = max(result.score + enhancer.context_similarity_factor, enhancer.min_score_with_context_similarity)
            result.score = min(score, ContextAwareEnhancer.MAX_SCORE)
            result.analysis_explanation.set_supportive_context_word(found)
            result.analysis_explanation.set_improved_score(result.score)
    return done


class _Words:
    """The tokens of one text, made ready to be asked."""

    def __init__(self, enhancer: Any, artifacts: Any) -> None:
        self.enhancer, self.artifacts = enhancer, artifacts
        self.tokens = artifacts.tokens
        if self.tokens:
            self.lemmas = [lemma.lower() for lemma in artifacts.lemmas]
            self.keywords = frozenset(artifacts.keywords)
            self.ends = [at + len(token) for at, token in zip(artifacts.tokens_indices, self.tokens, strict=False)]

    def around(self, word: str, start: int) -> list[str]:
        if not self.tokens:
            return [""]
        at = bisect_right(self.ends, start)
        if at == len(self.ends):
            self.enhancer._find_index_of_match_token(word, start, self.tokens, self.artifacts.tokens_indices)
        near = self._some(at, -1, self.enhancer.context_prefix_count)
        return near + self._some(at, 1, self.enhancer.context_suffix_count)

    def _some(self, at: int, step: int, count: int) -> list[str]:
        found: list[str] = []
        while 0 <= at < len(self.lemmas) and len(found) <= count:
            if self.lemmas[at] in self.keywords:
                found.append(self.lemmas[at])
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
