"""Many texts: order, progress, workers, and failures that name the position and never the text."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator

import pytest

import piiscrub as ps
from piiscrub.errors import InputError, PiiscrubError
from piiscrub.model.finding import Finding

SECRET = "13800138000"


class Fragile:
    """Fails in a way that is no Exception of its own: the pipeline cannot call it 'not examined'."""

    id = "fragile"
    entities = ("PERSON",)

    def find(self, text: str) -> Iterator[Finding]:
        if "falls" in text:
            raise Fell(text)
        if "dies" in text:
            os._exit(3)
        return iter(())


class Fell(BaseException):
    pass


def bad(position: int) -> list[object]:
    texts: list[object] = [f"第{i}位 手机{SECRET}" for i in range(150)]
    texts[position] = SECRET.encode()
    return texts


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("position", [0, 70])
def test_an_item_that_is_no_text_is_named_after_all_before_it_were_given(workers: int, position: int) -> None:
    results = ps.scrub_many(bad(position), workers=workers)  # type: ignore[arg-type]  # wrong on purpose
    given = 0
    with pytest.raises(InputError) as caught:
        for _ in results:
            given += 1
    assert given == position
    assert f"item {position}," in str(caught.value)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("workers", [1, 2])
def test_an_item_that_fails_is_named_by_its_position(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scrubber = ps.Scrubber(recognizers=[Strange()])
    texts = [f"手机{SECRET}"] * 70 + [f"strange {SECRET}", "x"]
    given = 0
    with pytest.raises(PiiscrubError) as caught:
        for _ in scrubber.scrub_many(texts, workers=workers):
            given += 1
    assert given == 70
    assert str(caught.value) == "item 70 failed: ValueError"
    assert SECRET not in "".join(traceback.format_exception(caught.value))


class Strange:
    """Finds an entity whose name breaks whoever looks at it."""

    id = "strange"
    entities = ("PERSON",)

    def find(self, text: str) -> Iterator[Finding]:
        if text.startswith("strange"):
            yield Finding(Name(text), 0, 3, 0.9, self.id)


class Name(str):
    def __hash__(self) -> int:
        raise ValueError(str(self))

    def __eq__(self, other: object) -> bool:
        return str(self) == other


def test_a_worker_that_dies_is_told_with_the_first_item_that_has_no_result() -> None:
    scrubber = ps.Scrubber(recognizers=[Fragile()])
    with pytest.raises(PiiscrubError, match="first item without a result is 0"):
        list(scrubber.scan_many([f"dies {SECRET}"], workers=2))


@pytest.mark.parametrize("workers", [1, 2])
def test_order_and_progress(workers: int) -> None:
    texts = [f"第{i}位 手机{SECRET}" for i in range(130)]
    seen: list[int] = []
    results = list(ps.scrub_many(iter(texts), workers=workers, progress=seen.append))
    assert [r.text for r in results] == [f"第{i}位 手机<CN_MOBILE_1>" for i in range(130)]
    assert seen == list(range(1, 131))


def test_wrong_calls_fail_at_once() -> None:
    with pytest.raises(ps.PiiscrubError, match="Did you mean 'CN_MOBILE'"):
        ps.scan_many([], entities=["CN_MOBIL"])
    with pytest.raises(InputError, match="workers must be at least 1"):
        ps.scan_many([], workers=0)
    with pytest.raises(InputError, match="one text"):
        ps.scan_many(SECRET)
    with pytest.raises(InputError, match="'review' only looks"):
        ps.scrub_many([], policy="review")
    with pytest.raises(InputError, match="'review' only looks"):
        ps.scrub("x", policy="review")
