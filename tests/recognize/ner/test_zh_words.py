"""Words and hints of a batch against plain ones: one text at a time, one character at a time."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.recognize.ner import zh
from piiscrub.recognize.ner.zh_network import _LEAST, _PERSON, KINDS, Tagged

NETWORK = zh._network(zh._WEIGHTS, False)
LENGTHS = st.lists(st.integers(1, 12), min_size=1, max_size=6)


def plain_words(kinds: list[int], begins: list[bool], meant: np.ndarray) -> list[tuple[int, int, int, float]]:
    found, at = [], 0
    while at < len(kinds):
        end = at + 1
        while end < len(kinds) and kinds[end] == kinds[at] and not begins[end]:
            end += 1
        if kinds[at]:
            score = float(meant[at:end, kinds[at]].min())
            if end < len(kinds):
                score = min(score, 1 - float(meant[end, len(KINDS) + kinds[at]]))
            found.append((at, end, kinds[at], score))
        at = end
    return found


def plain_hints(kinds: list[int], person: np.ndarray) -> list[tuple[int, int, float]]:
    found, at = [], 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] == 0 and person[end] >= _LEAST:
            end += 1
        if end > at + 1:
            found.append((at, end, float(person[at:end].mean())))
        at = max(end, at + 1)
    return found


@given(LENGTHS, st.integers(0, 2**32 - 1), st.sampled_from([0.02, 0.3, 1.0]))
def test_words_and_hints_are_those_of_each_text_alone(lengths: list[int], seed: int, most: float) -> None:
    chance = np.random.default_rng(seed)
    size = sum(lengths)
    tags = chance.choice(len(NETWORK._kind), 4)  # few, so that runs form
    path = tags[chance.integers(0, len(tags), size)]
    meant = (chance.random((size, 2 * len(KINDS) + 1)) * most).astype("f4")
    ends = np.cumsum(lengths)
    found = [Tagged([], []) for _ in lengths]
    NETWORK._words(path, meant, ends, found)
    NETWORK._hints(path, meant[:, _PERSON], ends, found)
    for end, length, tagged in zip(ends.tolist(), lengths, found, strict=True):
        mine = slice(end - length, end)
        kinds = NETWORK._kind[path[mine]].tolist()
        assert tagged.words == plain_words(kinds, NETWORK._begins[path[mine]].tolist(), meant[mine])
        assert tagged.hints == plain_hints(kinds, meant[mine, _PERSON])
