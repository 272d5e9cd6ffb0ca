"""Copies of pattern recognizers of Presidio that run their own code on other regex objects."""

from __future__ import annotations

import copy
import types
from collections.abc import Callable
from typing import Any, TypeAlias

import regex
from presidio_analyzer import EntityRecognizer, PatternRecognizer

Recogniser: TypeAlias = Any
"""An EntityRecognizer; Presidio ships no types."""
Wrap: TypeAlias = Callable[[Any, str], Any]
"""(compiled regex, its source) → what stands in for it."""


def runs_patterns(recognizer: Recogniser) -> bool:
    """Whether ``analyze`` is Presidio's own loop over the patterns and nothing else."""
    return isinstance(recognizer, PatternRecognizer) and type(recognizer).analyze is PatternRecognizer.analyze


def adds_by_context(recognizer: Recogniser) -> bool:
    """Whether it has a context step of its own, which may report what ``analyze`` did not."""
    return type(recognizer).enhance_using_context is not EntityRecognizer.enhance_using_context


def twin(recognizer: Recogniser, wrap: Wrap) -> Recogniser:
    """A shallow copy with the same id whose patterns hold what ``wrap`` makes of each compiled regex.

    The caller's recognizer and its patterns, which Presidio keeps on the class, stay untouched.
    """
    flags = recognizer.global_regex_flags
    patterns = []
    for pattern in recognizer.patterns:
        own = copy.copy(pattern)
        own.compiled_regex, own.compiled_with_flags = wrap(regex.compile(pattern.regex, flags=flags), pattern.regex), flags
        patterns.append(own)
    other = copy.copy(recognizer)
    other.patterns = patterns
    return other


def rebound(recognizer: Recogniser, method: str, **names: Any) -> Recogniser:
    """A shallow copy on which one method, Presidio's own code, sees other things under some global names."""
    code = getattr(type(recognizer), method)
    here = types.FunctionType(code.__code__, {**code.__globals__, **names}, method, code.__defaults__, code.__closure__)
    here.__kwdefaults__ = code.__kwdefaults__
    one = copy.copy(recognizer)
    setattr(one, method, types.MethodType(here, one))
    return one
