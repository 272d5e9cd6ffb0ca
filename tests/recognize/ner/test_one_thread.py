"""The matrix library runs in one thread while a tagger reads, and then as before."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np  # noqa: F401  # loads its matrix library before it is looked for
import pytest
import threadpoolctl

from piiscrub.recognize.ner import zh_network
from piiscrub.recognize.ner.en import EnglishTagger
from piiscrub.recognize.ner.one_thread import one_thread
from piiscrub.recognize.ner.zh import ChineseTagger


def threads() -> set[int]:
    return {one["num_threads"] for one in threadpoolctl.threadpool_info() if one["user_api"] == "blas"}


@pytest.fixture
def two() -> Iterator[None]:
    with threadpoolctl.threadpool_limits(limits=2, user_api="blas"):
        yield


@pytest.mark.usefixtures("two")
def test_it_nests_and_ends_even_by_an_error() -> None:
    assert threads() == {2}
    with one_thread(), one_thread():
        assert threads() == {1}
    with pytest.raises(ValueError, match="on purpose"), one_thread():
        raise ValueError("on purpose")
    assert threads() == {2}


@pytest.mark.usefixtures("two")
def test_the_taggers_read_in_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[int]] = []
    pack = zh_network.pack
    monkeypatch.setattr(zh_network, "pack", lambda lengths: (seen.append(threads()), pack(lengths))[1])
    ChineseTagger().tag(["联系人：王小明"])
    EnglishTagger().tag(["Ask Jane Doe"])
    assert seen == [{1}]
    assert threads() == {2}


def test_threads_leave_it_as_it_was() -> None:
    before = threads()
    tagger = ChineseTagger()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: tagger.tag(["联系人：王小明"]), range(64)))
    assert all(one == found[0] for one in found)
    assert threads() == before
