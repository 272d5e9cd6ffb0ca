"""Paths of tags against plain ones: one text at a time, one tag at a time, all tags, in double precision."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.recognize.ner.packed import pack
from piiscrub.recognize.ner.zh_paths import Paths

LENGTHS = st.lists(st.integers(1, 30), min_size=1, max_size=12).map(lambda some: sorted(some, reverse=True))
MADE = st.tuples(LENGTHS, st.integers(0, 2**32 - 1), st.sampled_from([7, 59]))


def made(lengths: list[int], seed: int, tags: int) -> tuple[list[np.ndarray], np.ndarray, np.ndarray, np.ndarray]:
    """Scores as sharp as the network's, and transitions some of which are as good as forbidden."""
    chance = np.random.default_rng(seed)
    transition = chance.normal(0, 1, (tags, tags)) - 60 * (chance.random((tags, tags)) < 0.3)
    scores = [chance.normal(0, 4, (length, tags)) for length in lengths]
    return scores, chance.normal(0, 1, tags), chance.normal(0, 1, tags), transition


def plain_shares(scores: np.ndarray, start: np.ndarray, stop: np.ndarray, transition: np.ndarray) -> np.ndarray:
    forth, back = np.empty_like(scores), np.empty_like(scores)
    forth[0] = start + scores[0]
    for at in range(1, len(scores)):
        forth[at] = np.logaddexp.reduce(forth[at - 1][:, None] + transition, 0) + scores[at]
    back[-1] = stop
    for at in range(len(scores) - 2, -1, -1):
        back[at] = np.logaddexp.reduce(transition + scores[at + 1] + back[at + 1], 1)
    total = forth + back
    return np.exp(total - np.logaddexp.reduce(total, 1, keepdims=True))


def plain_best(scores: np.ndarray, start: np.ndarray, stop: np.ndarray, transition: np.ndarray) -> list[int]:
    best, come = start + scores[0], []
    for row in scores[1:]:
        ways = best[:, None] + transition
        come.append(ways.argmax(0))
        best = ways.max(0) + row
    path = [int((best + stop).argmax())]
    for way in reversed(come):
        path.append(int(way[path[-1]]))
    return path[::-1]


def worth(path: list[int], scores: np.ndarray, start: np.ndarray, stop: np.ndarray, transition: np.ndarray) -> float:
    steps = sum(transition[a, b] for a, b in pairwise(path))
    return float(start[path[0]] + stop[path[-1]] + steps + scores[np.arange(len(path)), path].sum())


@given(MADE)
def test_shares_and_paths_of_texts_side_by_side_are_those_of_each_alone(case: tuple[list[int], int, int]) -> None:
    lengths, seed, tags = case
    scores, *edges = made(lengths, seed, tags)
    packed = pack(np.array(lengths))
    laid = np.empty((sum(lengths), tags), "f4")
    laid[packed.order] = np.concatenate(scores)
    paths = Paths(*(edge.astype("f4") for edge in edges))
    shares = paths.shares(laid, packed)
    path = np.split(paths.best(laid, shares, packed)[packed.order], np.cumsum(lengths)[:-1])
    for mine, found, own in zip(np.split(shares[packed.order], np.cumsum(lengths)[:-1]), path, scores, strict=True):
        expected = plain_shares(own, *edges)
        np.testing.assert_allclose(mine / mine.sum(1, keepdims=True), expected, rtol=0, atol=1e-4)
        # Few tags per character are looked at. Where the best of all paths keeps to them, it is found.
        best = plain_best(own, *edges)
        if all(tag in np.argsort(row)[-5:] for tag, row in zip(best, expected, strict=True)):
            assert worth(found.tolist(), own, *edges) == pytest.approx(worth(best, own, *edges), abs=1e-2)


def test_a_text_whose_every_path_is_forbidden_still_gets_shares() -> None:
    packed = pack(np.array([4]))
    paths = Paths(np.zeros(7, "f4"), np.zeros(7, "f4"), np.full((7, 7), -200, "f4"))
    shares = paths.shares(np.zeros((4, 7), "f4"), packed)
    assert np.isfinite(shares).all()
    assert (shares.sum(1) > 0).all()
    assert set(paths.best(np.zeros((4, 7), "f4"), shares, packed)) <= set(range(7))
