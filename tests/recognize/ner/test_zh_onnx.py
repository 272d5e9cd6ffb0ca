"""onnxruntime in place of numpy: the same spans, under the same scores."""

from __future__ import annotations

import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.recognize.ner.tagger import Span
from piiscrub.recognize.ner.zh import ChineseTagger
from piiscrub.recognize.ner.zh_network import Network

NUMPY, ONNX = ChineseTagger(), ChineseTagger(onnx=True)
PARTS = "联系人：赵建国|，住深圳市南山区科技路3号|。北京大学教授王立新|出差|\n|聯絡人：趙建國| |x|吴海燕\t财务部|订单|1380".split(
    "|"
)
TEXTS = st.lists(st.lists(st.sampled_from(PARTS), max_size=30).map("".join), max_size=12)
SOME = [number * "本产品质量不错，" + "请找陈丽华经理" for number in range(20)]


def same(one: list[list[Span]], two: list[list[Span]]) -> bool:
    """The last digit of a rounded score may fall either way."""
    flat = [(a, b) for x, y in zip(one, two, strict=True) for a, b in zip(x, y, strict=True)]
    return all(a[:3] == b[:3] and abs(a.score - b.score) <= 0.0011 for a, b in flat)


@given(TEXTS)
def test_the_same_spans_as_numpy(texts: list[str]) -> None:
    assert same(ONNX.tag(texts), NUMPY.tag(texts))


@given(st.lists(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=60), max_size=20))
def test_the_same_in_text_that_says_nothing(texts: list[str]) -> None:
    assert same(ONNX.tag(texts), NUMPY.tag(texts))


@pytest.mark.parametrize("small", [True, False])
def test_the_same_scores_of_tags(small: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where numpy's library has kernels for small products they are made there, else in onnxruntime."""
    from piiscrub.recognize.ner import products
    from piiscrub.recognize.ner.packed import pack

    monkeypatch.setattr(products, "small", lambda: small)
    numpy, onnx = Network(NUMPY._weights)._units, Network(NUMPY._weights, onnx=True)._units
    chance = random.Random(7)
    lengths = sorted((chance.randint(1, 60) for _ in range(20)), reverse=True)
    packed = pack(np.array(lengths))
    inputs = np.array([chance.randrange(20_000) for _ in range(sum(lengths))])
    assert numpy.scores(inputs, packed) == pytest.approx(onnx.scores(inputs, packed), abs=1e-3)


def test_threads_share_one_session() -> None:
    expected = NUMPY.tag(SOME)
    with ThreadPoolExecutor(4) as pool:
        assert all(same(answer, expected) for answer in pool.map(lambda _: ONNX.tag(SOME), range(8)))


def test_the_default_never_loads_it_and_its_absence_is_told() -> None:
    code = """
import sys
from piiscrub.recognize.ner.zh import ChineseTagger
ChineseTagger().tag(["张三"])
assert not {"onnx", "onnxruntime"} & set(sys.modules)
sys.modules["onnxruntime"] = None
try:
    ChineseTagger(onnx=True).tag(["张三"])
except ImportError as error:
    print(type(error).__name__, "[onnx]" in str(error))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["MissingDependencyError", "True"]
